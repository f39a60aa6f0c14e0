"""Bringing a database to this version's tables."""

from sqlalchemy import Connection, text

from motp_verifier.store.location import Database
from motp_verifier.store.opening import maintaining
from motp_verifier.store.revision import (
    SCRIPTS,
    is_current,
    known_revisions,
    newest_revisions,
    present_revisions,
)

_LOCK_KEY = int.from_bytes(b"motp-mig")  # an advisory lock's name is a number


class DatabaseTooNew(Exception):
    """The database was made by a newer version of the verifier, or by something else."""


def migrate(database: Database) -> None:
    """Create or update the tables.

    Does nothing where they are up to date. Any number of processes may call this at once:
    the first takes the lock and the others find the work done. Raises DatabaseTooNew,
    StoreUnavailable and BadDatabaseUrl.
    """
    with maintaining(database) as connection:
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Run what is missing, inside the caller's transaction. Raises DatabaseTooNew."""
    if is_current(connection):
        return
    _take_turn(connection)
    present = present_revisions(connection)
    if not present <= known_revisions():
        raise DatabaseTooNew(
            "the database was made by a newer version of motp-verifier; install that version"
        )
    if present != newest_revisions():
        _run_missing(connection)


def _run_missing(connection: Connection) -> None:
    # Most processes find nothing to do, and start sooner without it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _take_turn(connection: Connection) -> None:
    """Wait until nobody else migrates. On SQLite whoever may write is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
