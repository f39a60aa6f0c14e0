"""Databases as older versions left them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from motp_verifier.store import migrations


def upgrade_to(connection: Connection, revision: str) -> None:
    """Bring a database without tables to what it was at this revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
