"""People by number, and all of them in turn: for whoever may look for somebody."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from motp_verifier.store.rows import columns
from motp_verifier.store.tables import roster_entry, trainee


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as they are kept: see the table."""

    id: str
    name_sealed: bytes = field(repr=False)
    phone_sealed: bytes = field(repr=False)
    subject_key: bytes | None = field(repr=False)


def people_of_number(connection: Connection, phone_index: bytes, limit: int) -> list[PersonRow]:
    """Everybody who has this number, by the index of it."""
    query = (
        select(*columns(trainee, PersonRow))
        .where(trainee.c.phone_index == phone_index)
        .order_by(trainee.c.id)
        .limit(limit)
    )
    return [PersonRow(*row) for row in connection.execute(query)]


def people_after(
    connection: Connection, person_id: str, institution_id: str | None, limit: int
) -> list[PersonRow]:
    """The people who follow this one, of one institution's roster or of all."""
    query = (
        select(*columns(trainee, PersonRow))
        .where(trainee.c.id > person_id)
        .order_by(trainee.c.id)
        .limit(limit)
    )
    if institution_id is not None:
        query = query.join(roster_entry, roster_entry.c.trainee_id == trainee.c.id).where(
            roster_entry.c.institution_id == institution_id
        )
    return [PersonRow(*row) for row in connection.execute(query)]
