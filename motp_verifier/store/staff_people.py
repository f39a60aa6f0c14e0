"""All that is known of one person, for staff. The caller holds a transaction."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select, text

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import (
    audit_row,
    code_failure,
    code_run,
    consent,
    enrolment,
    institution,
    registration,
    roster_entry,
    trainee,
    verification,
)

DEVICES = 20
CHECKS = 50
EVENTS = 50
FAILURES = 40
_READINGS = ("staff-searched", "staff-trainee-read", "staff-status-read", "audit-searched")
# As the index has it, letter by letter.
_NO_CHECK = text("kind <> 'verification'")
_DAY_MS = 24 * 60 * 60 * 1000
_SEOUL_MS = 9 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as they are kept."""

    id: str
    name_sealed: bytes = field(repr=False)
    phone_sealed: bytes = field(repr=False)
    person_index: bytes = field(repr=False)
    phone_index: bytes = field(repr=False)
    subject_key: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListedAt:
    """An institution whose roster has the person."""

    institution_id: str
    name: str
    pairwise_id: str
    listed_at: int | None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A registration: see the table for what its members mean."""

    id: str
    trainee_id: str
    kind: str
    state: str
    reason: str | None
    public_key: bytes = field(repr=False)
    platform: str
    app_version: str
    label: str
    code_locked_at: int | None
    created_at: int
    activated_at: int | None
    revoked_at: int | None
    last_contact_at: int | None
    skew_ms: int
    name_verified_at: int | None
    pin_failures: int
    pin_lock_lifted_at: int | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """Wrong codes in a row of a registration at an institution."""

    registration_id: str
    institution_id: str
    institution: str
    run: int
    locked_at: int | None


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A wrong code; `old` where it was one of an earlier time."""

    registration_id: str
    institution_id: str
    at: int
    old: int


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check, accepted or not."""

    id: str
    at: int
    institution_id: str
    institution: str
    registration_id: str | None
    course: str
    class_: str
    session: int
    occasion: str
    method: str
    client_ip: str | None = field(repr=False)
    result: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of the audit that is no check."""

    at: int
    kind: str
    actor: str
    source: str | None = field(repr=False)
    reason: str | None
    institution: str | None
    registration_id: str | None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent as it was given."""

    registration_id: str
    version: str
    lang: str
    agreed_at: int
    withdrawn_at: int | None


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """An enrolment of this person or of this number."""

    created_at: int
    expires_at: int
    confirmed_at: int | None
    refused_at: int | None


def person(connection: Connection, trainee_id: str) -> PersonRow | None:
    """The person of this id."""
    query = select(*columns(trainee, PersonRow)).where(trainee.c.id == trainee_id)
    return read(PersonRow, connection.execute(query).first())


def listed_at(connection: Connection, trainee_id: str) -> list[ListedAt]:
    """The institutions that list the person, by name."""
    query = (
        select(
            institution.c.id,
            institution.c.name,
            roster_entry.c.pairwise_id,
            func.coalesce(roster_entry.c.listed_at, roster_entry.c.added_at),
        )
        .join(roster_entry, roster_entry.c.institution_id == institution.c.id)
        .where(roster_entry.c.trainee_id == trainee_id)
        .order_by(institution.c.name, institution.c.id)
    )
    return [ListedAt(*row) for row in connection.execute(query)]


def devices(connection: Connection, trainee_id: str) -> list[DeviceRow]:
    """The person's latest registrations, the newest first; none that was never confirmed."""
    query = (
        select(*columns(registration, DeviceRow))
        .where(registration.c.trainee_id == trainee_id, registration.c.state != "pending")
        .order_by(registration.c.created_at.desc(), registration.c.id)
        .limit(DEVICES)
    )
    return [DeviceRow(*row) for row in connection.execute(query)]


def device(connection: Connection, registration_id: str) -> DeviceRow | None:
    """A registration that was confirmed."""
    query = select(*columns(registration, DeviceRow)).where(
        registration.c.id == registration_id, registration.c.state != "pending"
    )
    return read(DeviceRow, connection.execute(query).first())


def device_of_code(
    connection: Connection, code: str, trainee_id: str | None, limit: int = 2
) -> list[DeviceRow]:
    """The registrations that this short code may mean, of one person or of all."""
    query = select(*columns(registration, DeviceRow)).where(
        registration.c.short_code == code, registration.c.state != "pending"
    )
    if trainee_id is not None:
        query = query.where(registration.c.trainee_id == trainee_id)
    return [DeviceRow(*row) for row in connection.execute(query.limit(limit))]


def runs(connection: Connection, registration_ids: list[str]) -> list[RunRow]:
    """What is counted of these registrations at each institution."""
    query = (
        select(
            code_run.c.registration_id,
            institution.c.id,
            institution.c.name,
            code_run.c.run,
            code_run.c.locked_at,
        )
        .join(institution, institution.c.id == code_run.c.institution_id)
        .where(code_run.c.registration_id.in_(registration_ids), code_run.c.run > 0)
        .order_by(institution.c.name, institution.c.id)
    )
    return [RunRow(*row) for row in connection.execute(query)]


def failures(connection: Connection, registration_ids: list[str], since: int) -> list[FailureRow]:
    """Their wrong codes since then, the newest first."""
    query = (
        select(*columns(code_failure, FailureRow))
        .where(code_failure.c.registration_id.in_(registration_ids), code_failure.c.at > since)
        .order_by(code_failure.c.at.desc(), code_failure.c.id.desc())
        .limit(FAILURES * max(1, len(registration_ids)))
    )
    return [FailureRow(*row) for row in connection.execute(query)]


def checks(connection: Connection, trainee_id: str) -> list[CheckRow]:
    """The person's latest checks, the newest first."""
    table = verification
    query = (
        select(
            table.c.id,
            table.c.at,
            table.c.institution_id,
            institution.c.name,
            table.c.registration_id,
            table.c.course,
            table.c["class"],
            table.c.session,
            table.c.occasion,
            table.c.method,
            table.c.client_ip,
            table.c.result,
            table.c.reason,
        )
        .join(institution, institution.c.id == table.c.institution_id)
        .where(table.c.trainee_id == trainee_id)
        .order_by(table.c.at.desc(), table.c.id)
        .limit(CHECKS)
    )
    return [CheckRow(*tuple(row)) for row in connection.execute(query)]


def days(connection: Connection, trainee_id: str, since: int) -> dict[tuple[int, str], int]:
    """How many of the person's checks ended so on each day, counted in Korea from 1970."""
    day = (verification.c.at + _SEOUL_MS) // _DAY_MS
    query = (
        select(day, verification.c.result, func.count())
        .where(verification.c.trainee_id == trainee_id, verification.c.at >= since)
        .group_by(day, verification.c.result)
    )
    return {(int(row[0]), row[1]): row[2] for row in connection.execute(query)}


def events(connection: Connection, subject: bytes) -> list[EventRow]:
    """What the audit has of the person beside checks and readings, the newest first."""
    query = (
        select(
            audit_row.c.at,
            audit_row.c.kind,
            audit_row.c.actor,
            audit_row.c.source,
            audit_row.c.reason,
            institution.c.name,
            audit_row.c.registration_id,
        )
        .outerjoin(institution, institution.c.id == audit_row.c.institution_id)
        .where(audit_row.c.subject == subject, _NO_CHECK, audit_row.c.kind.not_in(_READINGS))
        .order_by(audit_row.c.id.desc())
        .limit(EVENTS)
    )
    return [EventRow(*row) for row in connection.execute(query)]


def consents(connection: Connection, trainee_id: str) -> list[ConsentRow]:
    """The person's consents, the newest first."""
    query = (
        select(*columns(consent, ConsentRow))
        .where(consent.c.trainee_id == trainee_id)
        .order_by(consent.c.recorded_at.desc(), consent.c.id)
        .limit(DEVICES)
    )
    return [ConsentRow(*row) for row in connection.execute(query)]


def enrolments(connection: Connection, who: PersonRow, since: int) -> list[EnrolmentRow]:
    """Enrolments begun since then by the person's number, the newest first."""
    query = (
        select(*columns(enrolment, EnrolmentRow))
        .where(enrolment.c.phone_index == who.phone_index, enrolment.c.created_at > since)
        .order_by(enrolment.c.created_at.desc())
        .limit(DEVICES)
    )
    return [EnrolmentRow(*row) for row in connection.execute(query)]
