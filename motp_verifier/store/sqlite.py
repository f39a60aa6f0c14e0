"""SQLite connections: one file, write-ahead log, durable commits."""

import sqlite3
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from motp_verifier.store.checkpointing import WRITERS_OWN_PAGES

BUSY_TIMEOUT_SECONDS = 10
READERS = 4
CACHED_STATEMENTS = 1024
_WRITER_CACHE_KIB = 64 * 1024
"""Of pages: the upper levels of the indexes of some million rows."""

# SQLITE_* primary result codes that speak of the medium and not of the statement.
_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_PRIMARY_CODE = 0xFF


def changed_rows(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened."""
    return cast(sqlite3.Connection, connection.connection.dbapi_connection).total_changes


def writing_engine(path: Path) -> Engine:
    """An engine whose transactions take the write lock when they begin."""
    return _engine(path, begin="BEGIN IMMEDIATE", read_only=False)


def reading_engine(path: Path) -> Engine:
    """An engine whose transactions read one snapshot and write nothing."""
    return _engine(path, begin="BEGIN", read_only=True)


def is_unavailable(error: BaseException) -> bool:
    """Whether an error means that the database file can't be used now."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(code, int) and code & _PRIMARY_CODE in _UNAVAILABLE


def _engine(path: Path, *, begin: str, read_only: bool) -> Engine:
    url = URL.create("sqlite+pysqlite", database=str(path))
    arguments = {
        "timeout": BUSY_TIMEOUT_SECONDS,
        "check_same_thread": False,
        # A batch has one text for each number of rows (see `sets`).
        "cached_statements": CACHED_STATEMENTS,
    }
    # Parameters would show personal data and secrets in error messages.
    engine = (
        create_engine(
            url,
            connect_args=arguments,
            hide_parameters=True,
            poolclass=QueuePool,
            pool_size=READERS,
            max_overflow=0,
        )
        if read_only
        else create_engine(url, connect_args=arguments, hide_parameters=True, poolclass=NullPool)
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver begins no transactions of its own; `begin_transaction` below does.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint={WRITERS_OWN_PAGES}")
            # What undoes a statement, or a savepoint, else goes to a file that is made for it.
            connection.execute("PRAGMA temp_store=MEMORY")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
