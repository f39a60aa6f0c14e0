"""Bringing a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from motp_verifier.store import sqlite
from motp_verifier.store.port import StoreUnavailable

_SCRIPTS = Path(__file__).parent / "migrations"


class DatabaseTooNew(Exception):
    """The database was made by a newer version of the verifier, or by something else."""


def migrate(path: Path) -> None:
    """Create or update the tables of the SQLite file at `path`.

    Does nothing where they are up to date. Any number of processes may call this at once:
    the first takes the write lock and the others find the work done. Raises DatabaseTooNew
    and StoreUnavailable.
    """
    engine = sqlite.writing_engine(path)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    except DBAPIError as error:
        if sqlite.is_unavailable(error):
            raise StoreUnavailable(f"{path} cannot be used: {error.orig}") from error
        raise
    finally:
        engine.dispose()


def upgrade(connection: Connection) -> None:
    """Run what is missing, inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    present = set(MigrationContext.configure(connection).get_current_heads())
    if not present <= known:
        raise DatabaseTooNew(
            "the database was made by a newer version of motp-verifier; install that version"
        )
    if present != set(scripts.get_heads()):
        command.upgrade(config, "head")
