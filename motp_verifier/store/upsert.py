"""Insert or change a row in one statement, on either database."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Executable


class Upsert:
    """The statement for both databases, built once."""

    def __init__(self, table: Table, keys: Sequence[str], values: Sequence[str]) -> None:
        on_postgres = postgresql.insert(table)
        on_sqlite = sqlite.insert(table)
        self._postgres = on_postgres.on_conflict_do_update(
            index_elements=list(keys), set_={each: on_postgres.excluded[each] for each in values}
        )
        self._sqlite = on_sqlite.on_conflict_do_update(
            index_elements=list(keys), set_={each: on_sqlite.excluded[each] for each in values}
        )

    def on(self, connection: Connection) -> Executable:
        """The statement as the database of this connection takes it."""
        return self._postgres if connection.dialect.name == "postgresql" else self._sqlite


def upsert(table: Table, *, keys: Sequence[str], values: Sequence[str]) -> Upsert:
    """Insert a row; where one has the same `keys`, set its `values` instead."""
    return Upsert(table, keys, values)
