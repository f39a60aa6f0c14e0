"""Where a database is. Light to import: it opens nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


class BadDatabaseUrl(Exception):
    """The database's address can't be used. The message does not show it: it has a password."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A SQLite file, for the processes of one machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A PostgreSQL database, for any number of processes.

    `url` is libpq's connection URI (PostgreSQL manual, 34.1.1.2) and may hold a password.
    `connections` is the most that one process opens.
    """

    url: str = field(repr=False)
    connections: int

    def __str__(self) -> str:
        return "the PostgreSQL database"


Database: TypeAlias = SqliteFile | PostgresDatabase
