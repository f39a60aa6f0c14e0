"""Erasing people and devices: every row that is theirs, in whichever table.

Tables are found by their foreign keys. A row whose key may be empty stays without it (a
check keeps its course and its result); any other goes. The caller holds the transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)

from motp_verifier.store import popups
from motp_verifier.store.tables import (
    browser_refusal,
    consent,
    enrolment,
    metadata,
    registration,
    roster_entry,
    send_quota,
    trainee,
    verification,
)

_UNENDED = ("pending", "active", "suspended")


@dataclass(frozen=True, slots=True)
class DuePerson:
    """A trainee whose time is over."""

    id: str
    subject_key: bytes | None = field(repr=False)


def withdrawn_people(
    connection: Connection, before: int, limit: int, among: Sequence[str] | None = None
) -> list[DuePerson]:
    """Trainees whose last consent was withdrawn before this time, without a device in use."""
    return _people(connection, _withdrawn(before), limit, among)


def unused_people(
    connection: Connection, before: int, limit: int, among: Sequence[str] | None = None
) -> list[DuePerson]:
    """Trainees of whom nothing was seen since: no contact, no check, no roster file."""
    return _people(connection, _unused(before), limit, among)


def count_withdrawn(connection: Connection, before: int) -> int:
    """How many `withdrawn_people` there are."""
    return _count(connection, trainee, _withdrawn(before))


def count_unused(connection: Connection, before: int) -> int:
    """How many `unused_people` there are."""
    return _count(connection, trainee, _unused(before))


def delist(connection: Connection, before: int, limit: int) -> int:
    """Delete roster entries that no file had since, nor any check; how many."""
    query = (
        select(roster_entry.c.institution_id, roster_entry.c.trainee_id)
        .where(*_delisted(before))
        .limit(limit)
    )
    found = [tuple(row) for row in connection.execute(query)]
    if not found:
        return 0
    pair = tuple_(roster_entry.c.institution_id, roster_entry.c.trainee_id)
    connection.execute(delete(roster_entry).where(pair.in_(found)))
    return len(found)


def count_delisted(connection: Connection, before: int) -> int:
    """How many entries `delist` would delete."""
    return _count(connection, roster_entry, _delisted(before))


def ended_registrations(connection: Connection, before: int, limit: int) -> list[tuple[str, str]]:
    """Registrations that were revoked before this time: their ids and their trainees'."""
    query = (
        select(registration.c.id, registration.c.trainee_id)
        .where(registration.c.state == "revoked", registration.c.revoked_at < before)
        .order_by(registration.c.id)
        .limit(limit)
    )
    return [(row.id, row.trainee_id) for row in connection.execute(query)]


def count_ended(connection: Connection, before: int) -> int:
    """How many `ended_registrations` there are."""
    conditions = (registration.c.state == "revoked", registration.c.revoked_at < before)
    return _count(connection, registration, conditions)


def lock_people(connection: Connection, ids: Sequence[str]) -> None:
    """Keep everyone else from giving these trainees a new row until the commit."""
    query = select(trainee.c.id).where(trainee.c.id.in_(ids)).order_by(trainee.c.id)
    connection.execute(query.with_for_update()).all()


def erase_person(connection: Connection, trainee_id: str) -> dict[str, int]:
    """Erase a trainee, and count the rows that went or lost their name, by table."""
    row = connection.execute(
        select(trainee.c.person_index, trainee.c.phone_index).where(trainee.c.id == trainee_id)
    ).one()
    ids = list(
        connection.execute(
            select(registration.c.id).where(registration.c.trainee_id == trainee_id)
        ).scalars()
    )
    # All at once here, so that a check is counted once.
    counts = _anonymise(connection, verification.c.trainee_id == trainee_id)
    if ids:
        _add(counts, erase_registrations(connection, ids))
    _add(counts, _delete(connection, enrolment, enrolment.c.person_index == row.person_index))
    _delete(connection, browser_refusal, browser_refusal.c.person_index == row.person_index)
    if gone := popups.delete_popups_of(connection, trainee_id, row.person_index):
        _add(counts, {"popup": gone})
    _delete(connection, send_quota, send_quota.c.subject == row.phone_index)
    for column in _references(trainee):
        _add(counts, _let_go(connection, column, [trainee_id]))
    connection.execute(delete(trainee).where(trainee.c.id == trainee_id))
    return counts


def erase_registrations(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Erase devices and all that hangs on them, and count the rows by table."""
    owners = select(registration.c.trainee_id).where(registration.c.id.in_(ids))
    # The database does not know that these name a registration; their index is the trainee's.
    theirs = verification.c.trainee_id.in_(owners) & verification.c.registration_id.in_(ids)
    counts = _anonymise(connection, theirs)
    _add(counts, _delete(connection, enrolment, enrolment.c.registration_id.in_(ids)))
    for column in _references(registration):
        _add(counts, _let_go(connection, column, ids))
    _add(counts, _delete(connection, registration, registration.c.id.in_(ids)))
    return counts


def _withdrawn(before: int) -> tuple[ColumnElement[bool], ...]:
    later = consent.alias()
    withdrawn = exists().where(
        consent.c.trainee_id == trainee.c.id,
        consent.c.withdrawn_at < before,
        ~exists().where(
            later.c.trainee_id == trainee.c.id, later.c.recorded_at > consent.c.withdrawn_at
        ),
    )
    in_use = exists().where(
        registration.c.trainee_id == trainee.c.id, registration.c.state.in_(_UNENDED)
    )
    return withdrawn, ~in_use


def _unused(before: int) -> tuple[ColumnElement[bool], ...]:
    return (
        trainee.c.created_at < before,
        ~exists().where(registration.c.trainee_id == trainee.c.id, _last_contact() >= before),
        ~exists().where(verification.c.trainee_id == trainee.c.id, verification.c.at >= before),
        ~exists().where(roster_entry.c.trainee_id == trainee.c.id, _last_listed() >= before),
    )


def _delisted(before: int) -> tuple[ColumnElement[bool], ...]:
    checked = exists().where(
        verification.c.trainee_id == roster_entry.c.trainee_id,
        verification.c.institution_id == roster_entry.c.institution_id,
        verification.c.at >= before,
    )
    return _last_listed() < before, ~checked


def _last_contact() -> ColumnElement[Any]:
    columns = registration.c
    return func.coalesce(columns.last_contact_at, columns.activated_at, columns.created_at)


def _last_listed() -> ColumnElement[Any]:
    return func.coalesce(roster_entry.c.listed_at, roster_entry.c.added_at)


def _count(connection: Connection, table: Table, conditions: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(table).where(*conditions)
    return connection.execute(query).scalar_one()


def _people(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    limit: int,
    among: Sequence[str] | None,
) -> list[DuePerson]:
    query = select(trainee.c.id, trainee.c.subject_key).where(*conditions)
    if among is not None:
        query = query.where(trainee.c.id.in_(among))
    query = query.order_by(trainee.c.id).limit(limit)
    return [DuePerson(*row) for row in connection.execute(query)]


def _references(target: Table) -> list[Column[Any]]:
    """The columns that name a row of this table, in tables that nothing depends on first."""
    return [
        key.parent
        for table in reversed(metadata.sorted_tables)
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name)
        if key.column.table is target
    ]


def _let_go(connection: Connection, column: Column[Any], ids: Sequence[str]) -> dict[str, int]:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - a column of a table's own
    if not column.nullable:
        return _delete(connection, table, column.in_(ids))
    if table is verification:
        return _anonymise(connection, column.in_(ids))
    empty = {column.name: None}
    done = connection.execute(update(table).where(column.in_(ids)).values(empty))
    return {table.name: done.rowcount} if done.rowcount else {}


def _anonymise(connection: Connection, condition: ColumnElement[bool]) -> dict[str, int]:
    nobody = {"trainee_id": None, "registration_id": None, "client_ip": None}
    done = connection.execute(update(verification).where(condition).values(nobody))
    return {verification.name: done.rowcount} if done.rowcount else {}


def _delete(connection: Connection, table: Table, condition: ColumnElement[bool]) -> dict[str, int]:
    done = connection.execute(delete(table).where(condition))
    return {table.name: done.rowcount} if done.rowcount else {}


def _add(counts: dict[str, int], more: dict[str, int]) -> None:
    for name, number in more.items():
        counts[name] = counts.get(name, 0) + number
