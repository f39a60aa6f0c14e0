"""Statements for many rows at once: one text for SQLite and PostgreSQL, made once.

SQLAlchemy would compile or look up a statement for each call, and a round trip for each row
would cost more than the row. Here the rows are handed over as the table `given`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection

from motp_verifier.store.sqlite import changed_rows

_encode = msgspec.json.Encoder().encode
_GIVEN = re.compile(r"\bgiven\b")


class ForRows:
    """A statement that finds the rows it is run for in the table `given`.

    `columns` are the names and PostgreSQL types of that table. `body` is a SELECT, INSERT or
    UPDATE without parameters of its own; it may begin with further tables (`, name AS (...)`).
    `locking` stands for `{locking}` in a SELECT where rows can be locked one by one: not on
    SQLite, where whoever writes holds the whole file.
    """

    def __init__(self, columns: Sequence[tuple[str, str]], body: str, locking: str = "") -> None:
        names = ", ".join(name for name, _ in columns)
        types = ", ".join(f"{name} {kind}" for name, kind in columns)
        self._names = tuple(name for name, _ in columns)
        self._bytes = tuple(name for name, kind in columns if kind == "bytea")
        # None of these holds a value: names, types and bodies are written in this package.
        source = f"json_to_recordset($1::json) AS rows ({types})"
        rows = f"SELECT * FROM {source}"  # noqa: S608 - as said above
        self._given = f"given AS MATERIALIZED ({rows})"
        self._body = body.replace("{locking}", locking)
        self._postgresql = f"WITH {self._given} {self._body}"
        self._row = f"({', '.join('?' * len(columns))})"
        self._sqlite = f"WITH given ({names}) AS (VALUES %s) {body.replace('{locking}', '')}"
        self._sqlite_texts: dict[int, str] = {}

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        """Run for these rows, in one round trip; what the statement returns, if it does.

        For no rows nothing is run.
        """
        if not rows:
            return ()
        if connection.dialect.name == "sqlite":
            result = connection.exec_driver_sql(self._sqlite_text(len(rows)), _flat(rows))
            return result.all() if result.returns_rows else ()
        return on_postgresql(connection, self._postgresql, (self.as_json(rows),))

    def as_json(self, rows: Sequence[tuple[Any, ...]]) -> str:
        """The rows as one value: to make an array of each column takes many times longer."""
        members = [dict(zip(self._names, row, strict=True)) for row in rows]
        for name in self._bytes:
            for each in members:
                if each[name] is not None:
                    each[name] = f"\\x{each[name].hex()}"
        return _encode(members).decode()

    def as_part(self, number: int) -> str:
        """The tables of this statement among others in one; what it writes is `did_<number>`."""
        given = self._given.replace("$1", f"${number + 1}")
        text = f"{given}, did_{number} AS ({self._body} RETURNING 1)"
        return _GIVEN.sub(f"given_{number}", text)

    def write(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
        """Run an INSERT or UPDATE on SQLite; how many rows were written."""
        before = changed_rows(connection)
        connection.exec_driver_sql(self._sqlite_text(len(rows)), _flat(rows))
        return changed_rows(connection) - before

    def _sqlite_text(self, count: int) -> str:
        text = self._sqlite_texts.get(count)
        if text is None:
            text = self._sqlite % ", ".join([self._row] * count)
            self._sqlite_texts[count] = text
        return text


Write: TypeAlias = tuple[ForRows, Sequence[tuple[Any, ...]]]
"""An INSERT or UPDATE without RETURNING, and the rows it is for."""


def write_all(connection: Connection, writes: Sequence[Write]) -> list[int]:
    """Do all of them, in one round trip; how many rows each has written.

    None sees what another has written, and each row may be written by one of them only. One
    that is for no rows is left out.
    """
    asked = [(statement, rows) for statement, rows in writes if rows]
    if not asked:
        return [0] * len(writes)
    if connection.dialect.name == "sqlite":
        done = [statement.write(connection, rows) for statement, rows in asked]
    else:
        text = _as_one(tuple(statement for statement, _ in asked))
        values = tuple(statement.as_json(rows) for statement, rows in asked)
        ((*done,),) = on_postgresql(connection, text, values)
    counts = iter(done)
    return [next(counts) if rows else 0 for _, rows in writes]


@lru_cache(maxsize=256)
def _as_one(statements: tuple[ForRows, ...]) -> str:
    parts = ", ".join(each.as_part(number) for number, each in enumerate(statements))
    numbers = range(len(statements))
    counts = ", ".join(f"(SELECT count(*) FROM did_{each})" for each in numbers)  # noqa: S608 - numbers
    return f"WITH {parts} SELECT {counts}"


def on_postgresql(
    connection: Connection, text: str, values: tuple[str, ...]
) -> Sequence[tuple[Any, ...]]:
    """Run a statement that only PostgreSQL has, with parameters `$1` and so on; all its rows."""
    # Its driver need not be there where SQLite is used.
    from motp_verifier.store.postgres import run_bare  # noqa: PLC0415

    return run_bare(connection, text, values)


def _flat(rows: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(value for row in rows for value in row)
