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
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return frozenset(ScriptDirectory.from_config(config).get_heads())


def is_current(connection: Connection) -> bool:
    """Whether the database is at this version's revision."""
    return newest_revisions() == set(MigrationContext.configure(connection).get_current_heads())
