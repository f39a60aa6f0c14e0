"""Finding people for staff: by keyed indexes, a page at a time. The caller holds a transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from motp_protocol.helpdesk import PeopleSort
from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import (
    code_run,
    enrolment,
    institution,
    registration,
    roster_entry,
    trainee,
)

MOST = 10_000
"""So many people one search finds at most: the first ones that the index has."""

By: TypeAlias = Literal["number", "ending", "name", "short-code", "registration"]

# The later, the better; the greater key first.
_STATE_ORDER = {"suspended": 3, "active": 2, "revoked": 1}


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Somebody who was found. `key` is what the page is sorted by, the greatest first."""

    id: str
    key: int
    name_sealed: bytes = field(repr=False)
    phone_sealed: bytes = field(repr=False)
    subject_key: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device of somebody found, as far as a line of the search tells it."""

    trainee_id: str
    state: str
    pin_failures: int
    code_locked: bool
    last_contact_at: int | None
    created_at: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """An enrolment whose number was proven while no roster had the person."""

    id: str
    name_sealed: bytes | None = field(repr=False)
    phone_sealed: bytes | None = field(repr=False)
    phone_index: bytes = field(repr=False)
    refused_at: int


def find_people(
    connection: Connection,
    by: By,
    value: bytes | str,
    *,
    sort: PeopleSort,
    after: tuple[int, str] | None,
    limit: int,
) -> tuple[list[FoundRow], int]:
    """One page of those who are meant, and how many there are."""
    meant = _meant(by, value).limit(MOST).subquery()
    count = connection.execute(select(func.count()).select_from(meant)).scalar_one()
    key = _key(sort, meant.c.id, meant.c.created_at)
    keyed = select(meant.c.id, key.label("key")).subquery()
    query = (
        select(
            keyed.c.id,
            keyed.c.key,
            trainee.c.name_sealed,
            trainee.c.phone_sealed,
            trainee.c.subject_key,
        )
        .join(trainee, trainee.c.id == keyed.c.id)
        .order_by(keyed.c.key.desc(), keyed.c.id)
        .limit(limit)
    )
    if after is not None:
        later, last_id = after
        query = query.where(
            or_(keyed.c.key < later, and_(keyed.c.key == later, keyed.c.id > last_id))
        )
    return [FoundRow(*row) for row in connection.execute(query)], count


def devices_of(connection: Connection, trainee_ids: Sequence[str]) -> list[DeviceRow]:
    """The devices of these people, but for those never confirmed."""
    locked = (
        select(func.count())
        .select_from(code_run)
        .where(code_run.c.registration_id == registration.c.id, code_run.c.locked_at.is_not(None))
        .scalar_subquery()
    )
    query = select(
        registration.c.trainee_id,
        registration.c.state,
        registration.c.pin_failures,
        or_(registration.c.code_locked_at.is_not(None), locked > 0),
        registration.c.last_contact_at,
        registration.c.created_at,
    ).where(registration.c.trainee_id.in_(trainee_ids), registration.c.state != "pending")
    return [DeviceRow(*row) for row in connection.execute(query)]


def institutions_of(connection: Connection, trainee_ids: Iterable[str]) -> dict[str, list[str]]:
    """The names of the institutions that list each of these people."""
    query = (
        select(roster_entry.c.trainee_id, institution.c.name)
        .join(institution, institution.c.id == roster_entry.c.institution_id)
        .where(roster_entry.c.trainee_id.in_(list(trainee_ids)))
        .order_by(institution.c.name)
    )
    found: dict[str, list[str]] = {}
    for trainee_id, name in connection.execute(query):
        found.setdefault(trainee_id, []).append(name)
    return found


def newest_refused(connection: Connection, phone_index: bytes, since: int) -> RefusedRow | None:
    """The newest enrolment of this number that was refused since then."""
    query = (
        select(*columns(enrolment, RefusedRow))
        .where(enrolment.c.phone_index == phone_index, enrolment.c.refused_at > since)
        .order_by(enrolment.c.refused_at.desc())
        .limit(1)
    )
    return read(RefusedRow, connection.execute(query).first())


def refused_by_id(connection: Connection, enrolment_id: str, since: int) -> RefusedRow | None:
    """An enrolment that was refused since then."""
    query = select(*columns(enrolment, RefusedRow)).where(
        enrolment.c.id == enrolment_id, enrolment.c.refused_at > since
    )
    return read(RefusedRow, connection.execute(query).first())


def _meant(by: By, value: bytes | str) -> Any:
    people = select(trainee.c.id, trainee.c.created_at)
    match by:
        case "number":
            return people.where(trainee.c.phone_index == value)
        case "ending":
            return people.where(trainee.c.ending_index == value)
        case "name":
            return people.where(trainee.c.name_index == value)
        case "short-code":
            mine = select(registration.c.trainee_id).where(registration.c.short_code == value)
        case _:
            mine = select(registration.c.trainee_id).where(registration.c.id == value)
    return people.where(trainee.c.id.in_(mine.where(registration.c.state != "pending")))


def _key(sort: PeopleSort, trainee_id: Any, created_at: Any) -> ColumnElement[int]:
    if sort == "created":
        key: ColumnElement[int] = created_at
        return key
    told = (
        case(_STATE_ORDER, value=registration.c.state, else_=0)
        if sort == "state"
        else func.coalesce(registration.c.last_contact_at, registration.c.created_at)
    )
    greatest = (
        select(func.max(told))
        .where(registration.c.trainee_id == trainee_id, registration.c.state != "pending")
        .scalar_subquery()
    )
    return func.coalesce(greatest, 0)
