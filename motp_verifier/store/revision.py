"""Which migration a database is at."""

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


@cache
def newest_revisions() -> frozenset[str]:
    """The revisions at which this version's tables are."""
    return frozenset(_scripts().get_heads())


@cache
def known_revisions() -> frozenset[str]:
    """Those, and all before them."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _scripts() -> ScriptDirectory:
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def is_behind(connection: Connection) -> bool:
    """Whether the database is older than this version.

    One that a newer version migrated is not: until the next release its tables are such that
    this version goes on (ADR 40).
    """
    present = set(MigrationContext.configure(connection).get_current_heads())
    return present != newest_revisions() and present <= known_revisions()


def is_current(connection: Connection) -> bool:
    """Whether the database is at this version's revision."""
    return newest_revisions() == set(MigrationContext.configure(connection).get_current_heads())
