"""Opening a database, whichever kind it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TypeAlias, assert_never

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.store import sqlite
from motp_verifier.store.grouped import GroupedStore
from motp_verifier.store.location import BadDatabaseUrl, Database, PostgresDatabase, SqliteFile
from motp_verifier.store.port import Store, StoreUnavailable

OnStep: TypeAlias = Callable[[str], None]
"""Told `<operation>:<moment>` of each write: `begin`, `commit` (it is done but not yet
committed), `answer` (it is committed but not yet answered)."""


def no_step(_step: str) -> None:
    """For `OnStep`: nobody watches."""


def open_store(
    database: Database, on_step: OnStep = no_step, metrics: Metrics = NO_METRICS
) -> Store:
    """A store over the database, which must be migrated. Raises BadDatabaseUrl."""
    match database:
        case SqliteFile(path):
            return GroupedStore(path, on_step, metrics)
        case PostgresDatabase():
            _require_driver()
            from motp_verifier.store.pooled import PooledStore  # noqa: PLC0415

            return PooledStore(database, on_step, metrics)
        case never:
            assert_never(never)


@contextmanager
def maintaining(database: Database) -> Iterator[Connection]:
    """One transaction for an operator's work, however long it takes.

    It is committed at the end of the block. Raises StoreUnavailable and BadDatabaseUrl.
    """
    match database:
        case SqliteFile(path):
            engine, is_unavailable = sqlite.writing_engine(path), sqlite.is_unavailable
        case PostgresDatabase(url):
            _require_driver()
            from motp_verifier.store import postgres  # noqa: PLC0415

            engine, is_unavailable = postgres.maintenance_engine(url), postgres.is_unavailable
        case never:
            assert_never(never)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        if is_unavailable(error):
            reason = " ".join(str(error.orig).split())
            raise StoreUnavailable(f"{database} cannot be used: {reason}") from error
        raise
    finally:
        engine.dispose()


def _require_driver() -> None:
    """PostgreSQL's driver is an extra that a verifier over SQLite does without."""
    if find_spec("psycopg") is None:
        raise BadDatabaseUrl(
            "database_url: PostgreSQL's driver is missing; install motp-desktop[postgres]"
        )
