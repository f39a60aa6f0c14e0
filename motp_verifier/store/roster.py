"""Rosters: which trainees an institution has, and by what id it knows each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, insert, select, update

from motp_verifier.store.tables import roster_entry, trainee

_CHUNK = 500  # SQLite takes a limited number of parameters in one statement


@dataclass(frozen=True, slots=True)
class NewTrainee:
    """A trainee that is not in the database yet."""

    id: str
    person_index: bytes = field(repr=False)
    phone_index: bytes = field(repr=False)
    name_sealed: bytes = field(repr=False)
    phone_sealed: bytes = field(repr=False)
    name_index: bytes = field(repr=False)
    ending_index: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A trainee in one institution's roster. `pairwise_id` is that institution's own id."""

    trainee_id: str
    pairwise_id: str


def trainees_by_person(connection: Connection, indexes: Iterable[bytes]) -> dict[bytes, str]:
    """The ids of those trainees that exist, by the index of name and number."""
    found: dict[bytes, str] = {}
    rest = iter(indexes)
    while chunk := list(islice(rest, _CHUNK)):
        query = select(trainee.c.person_index, trainee.c.id).where(
            trainee.c.person_index.in_(chunk)
        )
        found.update((row.person_index, row.id) for row in connection.execute(query))
    return found


def roster_entries(connection: Connection, institution_id: str) -> list[RosterEntry]:
    """The whole roster of an institution."""
    query = select(roster_entry.c.trainee_id, roster_entry.c.pairwise_id).where(
        roster_entry.c.institution_id == institution_id
    )
    return [RosterEntry(*row) for row in connection.execute(query)]


def insert_trainees(connection: Connection, trainees: Sequence[NewTrainee], now: int) -> None:
    """Add trainees."""
    if trainees:
        connection.execute(
            insert(trainee),
            [
                {
                    "id": new.id,
                    "person_index": new.person_index,
                    "phone_index": new.phone_index,
                    "name_sealed": new.name_sealed,
                    "phone_sealed": new.phone_sealed,
                    "name_index": new.name_index,
                    "ending_index": new.ending_index,
                    "created_at": now,
                }
                for new in trainees
            ],
        )


def insert_entries(
    connection: Connection, institution_id: str, entries: Sequence[RosterEntry], now: int
) -> None:
    """Add trainees to a roster."""
    if entries:
        connection.execute(
            insert(roster_entry),
            [
                {
                    "institution_id": institution_id,
                    "trainee_id": entry.trainee_id,
                    "pairwise_id": entry.pairwise_id,
                    "added_at": now,
                }
                for entry in entries
            ],
        )


def change_pairwise_id(connection: Connection, institution_id: str, entry: RosterEntry) -> None:
    """Give a trainee who is in the roster another id."""
    connection.execute(
        update(roster_entry)
        .where(
            roster_entry.c.institution_id == institution_id,
            roster_entry.c.trainee_id == entry.trainee_id,
        )
        .values(pairwise_id=entry.pairwise_id)
    )


def give_entry_to(connection: Connection, institution_id: str, entry: RosterEntry) -> None:
    """Let an id that is in the roster mean another trainee."""
    connection.execute(
        update(roster_entry)
        .where(
            roster_entry.c.institution_id == institution_id,
            roster_entry.c.pairwise_id == entry.pairwise_id,
        )
        .values(trainee_id=entry.trainee_id)
    )


def mark_listed(
    connection: Connection, institution_id: str, trainee_ids: Iterable[str], now: int
) -> None:
    """Note that a roster file has these trainees now."""
    rest = iter(trainee_ids)
    while chunk := list(islice(rest, _CHUNK)):
        connection.execute(
            update(roster_entry)
            .where(
                roster_entry.c.institution_id == institution_id,
                roster_entry.c.trainee_id.in_(chunk),
            )
            .values(listed_at=now)
        )


def trainee_by_pairwise_id(
    connection: Connection, institution_id: str, pairwise_id: str
) -> str | None:
    """The trainee whom this institution knows by this id."""
    query = select(roster_entry.c.trainee_id).where(
        roster_entry.c.institution_id == institution_id,
        roster_entry.c.pairwise_id == pairwise_id,
    )
    return connection.execute(query).scalar_one_or_none()


def trainee_in_roster(
    connection: Connection, institution_id: str, person_index: bytes
) -> str | None:
    """The trainee of this name and number, if this institution has them in its roster."""
    query = (
        select(trainee.c.id)
        .join(roster_entry, roster_entry.c.trainee_id == trainee.c.id)
        .where(
            trainee.c.person_index == person_index,
            roster_entry.c.institution_id == institution_id,
        )
    )
    return connection.execute(query).scalar_one_or_none()


def pairwise_id_of(connection: Connection, institution_id: str, trainee_id: str) -> str | None:
    """What this institution calls the trainee, if it has them in its roster."""
    query = select(roster_entry.c.pairwise_id).where(
        roster_entry.c.institution_id == institution_id, roster_entry.c.trainee_id == trainee_id
    )
    return connection.execute(query).scalar_one_or_none()


def person_index_of(connection: Connection, trainee_id: str) -> bytes | None:
    """The index of a trainee's name and number."""
    query = select(trainee.c.person_index).where(trainee.c.id == trainee_id)
    return connection.execute(query).scalar_one_or_none()
