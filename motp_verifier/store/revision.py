"""Which migration a database is at. Alembic itself is only loaded where there is one to run."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

SCRIPTS = Path(__file__).parent / "migrations"
_DIGITS = 4
_present = table("alembic_version", column("version_num"))


@cache
def newest_revisions() -> frozenset[str]:
    """The revisions at which this version's tables are."""
    return frozenset({max(known_revisions())})


@cache
def known_revisions() -> frozenset[str]:
    """Those, and all before them: each is the number in its module's name, `v0001_…`."""
    return frozenset(
        path.name[1 : 1 + _DIGITS] for path in (SCRIPTS / "versions").glob("v[0-9]*.py")
    )


def present_revisions(connection: Connection) -> frozenset[str]:
    """Those that the database is at; none where it has no tables yet."""
    if not inspect(connection).has_table(_present.name):
        return frozenset()
    return frozenset(connection.execute(select(_present.c.version_num)).scalars())


def is_behind(connection: Connection) -> bool:
    """Whether the database is older than this version.

    One that a newer version migrated is not: until the next release its tables are such that
    this version goes on (ADR 40).
    """
    present = present_revisions(connection)
    return present != newest_revisions() and present <= known_revisions()


def is_current(connection: Connection) -> bool:
    """Whether the database is at this version's revision."""
    return newest_revisions() == present_revisions(connection)
