"""What staff search by, for rows that older versions wrote without it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from motp_verifier.store.rows import columns
from motp_verifier.store.sets import ForRows, write_all
from motp_verifier.store.tables import registration, trainee

_PEOPLE = ForRows(
    [("id", "text"), ("name_index", "bytea"), ("ending_index", "bytea")],
    """
    UPDATE trainee SET name_index = given.name_index, ending_index = given.ending_index
    FROM given WHERE trainee.id = given.id
    """,
)
_REGISTRATIONS = ForRows(
    [("id", "text"), ("short_code", "text")],
    "UPDATE registration SET short_code = given.short_code FROM given "
    "WHERE registration.id = given.id",
)


@dataclass(frozen=True, slots=True)
class Unindexed:
    """A person whom staff cannot find by name or the end of the number yet."""

    id: str
    name_sealed: bytes = field(repr=False)
    phone_sealed: bytes = field(repr=False)


def people_without(connection: Connection, limit: int) -> list[Unindexed]:
    """Some people without indexes."""
    query = (
        select(*columns(trainee, Unindexed)).where(trainee.c.ending_index.is_(None)).limit(limit)
    )
    return [Unindexed(*row) for row in connection.execute(query)]


def index_people(connection: Connection, rows: Sequence[tuple[str, bytes, bytes]]) -> None:
    """Keep (id, index of the name, index of the end of the number)."""
    write_all(connection, [(_PEOPLE, rows)])


def registrations_without(connection: Connection, limit: int) -> list[str]:
    """Some registrations without a short code."""
    query = select(registration.c.id).where(registration.c.short_code.is_(None)).limit(limit)
    return list(connection.execute(query).scalars())


def index_registrations(connection: Connection, rows: Sequence[tuple[str, str]]) -> None:
    """Keep (id, short code)."""
    write_all(connection, [(_REGISTRATIONS, rows)])
