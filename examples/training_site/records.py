"""What the site keeps to show attendance: each receipt, once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .receipts import Receipt

_TABLE = """
CREATE TABLE IF NOT EXISTS attendance (
    receipt_id TEXT PRIMARY KEY,
    trainee TEXT NOT NULL, course TEXT NOT NULL, class TEXT NOT NULL,
    session INTEGER NOT NULL, occasion TEXT NOT NULL, method TEXT NOT NULL,
    at INTEGER NOT NULL, receipt TEXT NOT NULL
)
"""


class Records:
    """A database file. Each receipt opens a step once: the primary key sees to it."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        with self._database() as database:
            database.execute(_TABLE)

    def add(self, receipt: Receipt, text: str) -> bool:
        """Keep a receipt; False where it was there before."""
        row = (
            receipt.id,
            receipt.trainee,
            receipt.course,
            receipt.class_,
            receipt.session,
            receipt.occasion,
            receipt.method,
            receipt.at,
            text,
        )
        with self._database() as database:
            added = database.execute(
                "INSERT INTO attendance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (receipt_id) DO NOTHING",
                row,
            )
            return added.rowcount == 1

    def of(self, trainee: str) -> list[tuple[str, str, int, str]]:
        """A trainee's course, occasion, session and method of each check, the newest first."""
        with self._database() as database:
            return database.execute(
                "SELECT course, occasion, session, method FROM attendance "
                "WHERE trainee = ? ORDER BY at DESC, rowid DESC",
                (trainee,),
            ).fetchall()

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file)) as database, database:
            yield database
