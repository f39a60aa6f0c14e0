"""Bringing a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from motp_verifier.store.location import Database
from motp_verifier.store.opening import maintaining
from motp_verifier.store.revision import is_current, newest_revisions

_SCRIPTS = Path(__file__).parent / "migrations"
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
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    _take_turn(connection)
    known = {script.revision for script in scripts.walk_revisions()}
    present = _present(connection)
    if not present <= known:
        raise DatabaseTooNew(
            "the database was made by a newer version of motp-verifier; install that version"
        )
    if present != newest_revisions():
        command.upgrade(config, "head")


def _present(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _take_turn(connection: Connection) -> None:
    """Wait until nobody else migrates. On SQLite whoever may write is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
