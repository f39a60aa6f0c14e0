"""Statements for many rows at once: one text for SQLite and PostgreSQL, made once.

SQLAlchemy would compile or look up a statement for each call, and a round trip for each row
would cost more than the row. Here the rows are handed over as the table `given`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection


class ForRows:
    """A statement that finds the rows it is run for in the table `given`.

    `columns` are the names and PostgreSQL types of that table. `body` begins with SELECT,
    INSERT or UPDATE and has no parameters of its own. `locking` ends a SELECT where rows can
    be locked one by one: not on SQLite, where whoever writes holds the whole file.
    """

    def __init__(self, columns: Sequence[tuple[str, str]], body: str, locking: str = "") -> None:
        names = ", ".join(name for name, _ in columns)
        arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
        # None of these holds a value: names, types and bodies are written in this package.
        self._postgresql = (
            f"WITH given ({names}) AS MATERIALIZED (SELECT * FROM unnest({arrays})) "  # noqa: S608
            f"{body} {locking}"
        )
        self._row = f"({', '.join('?' * len(columns))})"
        self._sqlite = f"WITH given ({names}) AS (VALUES %s) {body}"
        self._sqlite_texts: dict[int, str] = {}

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        """Run for these rows, in one round trip; what the statement returns, if it does.

        For no rows nothing is run.
        """
        if not rows:
            return ()
        if connection.dialect.name == "sqlite":
            parameters = tuple(value for row in rows for value in row)
            result = connection.exec_driver_sql(self._sqlite_text(len(rows)), parameters)
        else:
            arrays = tuple(list(column) for column in zip(*rows, strict=True))
            result = connection.exec_driver_sql(self._postgresql, arrays)
        return result.all() if result.returns_rows else ()

    def _sqlite_text(self, count: int) -> str:
        text = self._sqlite_texts.get(count)
        if text is None:
            text = self._sqlite % ", ".join([self._row] * count)
            self._sqlite_texts[count] = text
        return text
