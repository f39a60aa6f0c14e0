"""Puts a database that an older version wrote down into an empty one of either kind."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, insert, text

from tests.released.make import FOLDER
from tests.support.revisions import upgrade_to


@dataclass(frozen=True, slots=True)
class Dump:
    """What `tests.released.make` wrote; `now` is in milliseconds since 1970."""

    revision: str
    now: int
    master_key_file: str
    api_key: str
    newest_message: str
    used_code: str
    people: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]]

    def load(self, connection: Connection) -> None:
        """Fill a database without tables with the tables and rows of this revision."""
        upgrade_to(connection, self.revision)
        kept = MetaData()
        kept.reflect(connection)
        for table in kept.sorted_tables:
            rows = [_row(each) for each in self.tables.get(table.name, ())]
            if rows:
                connection.execute(insert(table), rows)
                if connection.dialect.name == "postgresql":
                    _set_sequence(connection, table.name)


def dumps() -> list[Path]:
    """The files, the oldest first."""
    return sorted(FOLDER.glob("*.json"))


def read(path: Path) -> Dump:
    """One of them."""
    return Dump(**json.loads(path.read_text("utf-8")))


def _row(written: dict[str, Any]) -> dict[str, Any]:
    return {
        name: bytes.fromhex(value["hex"]) if isinstance(value, dict) else value
        for name, value in written.items()
    }


def _set_sequence(connection: Connection, table: str) -> None:
    """As pg_restore does: the next number comes after those that are there."""
    owned = connection.execute(
        text(
            "SELECT column_name, pg_get_serial_sequence(:table, column_name) AS sequence"
            " FROM information_schema.columns WHERE table_name = :table"
        ),
        {"table": table},
    )
    for column, sequence in owned.all():
        if sequence is not None:
            connection.execute(
                text(f'SELECT setval(:sequence, max("{column}")) FROM "{table}"'),
                {"sequence": sequence},
            )
