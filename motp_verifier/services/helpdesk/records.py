"""What the verifier has on a person, read in one go: for the page, and for its findings."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection

from motp_protocol.fields import RegistrationState, RejectionReason, RevocationReason
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.code_counters import TOTAL_WINDOW_MS
from motp_verifier.services.helpdesk.facts import (
    CheckFacts,
    DeviceFacts,
    EnrolmentFacts,
    Facts,
    PinFacts,
    RunFacts,
)
from motp_verifier.services.shares import PIN_ATTEMPTS
from motp_verifier.store import staff_people as rows
from motp_verifier.store.staff_people import (
    CheckRow,
    ConsentRow,
    DeviceRow,
    EventRow,
    FailureRow,
    ListedAt,
    PersonRow,
    RunRow,
)

DAY_MS = 24 * 60 * 60 * 1000
_SUSPENDED = {"staff-suspended"}
_NAME_REFUSED = {"name-mismatch"}


@dataclass(frozen=True, slots=True)
class DeviceRecord:
    """A registration and what is counted of it."""

    row: DeviceRow
    runs: list[RunRow]
    failures: list[FailureRow]

    @property
    def code_locked(self) -> bool:
        """Whether codes are locked anywhere."""
        return self.row.code_locked_at is not None or any(
            each.locked_at is not None for each in self.runs
        )


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All of it, the newest first."""

    person: PersonRow
    institutions: list[ListedAt]
    devices: list[DeviceRecord]
    consents: list[ConsentRow]
    checks: list[CheckRow]
    events: list[EventRow]
    days: dict[tuple[int, str], int]
    enrolments: list[rows.EnrolmentRow]


def read_person(
    connection: Connection, trainee_id: str, *, now: int, days_since: int
) -> PersonRecord | None:
    """What there is on a person, or None for nobody."""
    person = rows.person(connection, trainee_id)
    if person is None:
        return None
    subject = subject_of(person.subject_key)
    return PersonRecord(
        person=person,
        institutions=rows.listed_at(connection, trainee_id),
        devices=_with_counts(connection, rows.devices(connection, trainee_id), now),
        consents=rows.consents(connection, trainee_id),
        checks=rows.checks(connection, trainee_id),
        events=[] if subject is None else rows.events(connection, subject),
        days=rows.days(connection, trainee_id, days_since),
        enrolments=rows.enrolments(connection, person, now - DAY_MS),
    )


def read_device(connection: Connection, registration_id: str, now: int) -> DeviceRecord | None:
    """A registration that was confirmed."""
    row = rows.device(connection, registration_id)
    return None if row is None else _with_counts(connection, [row], now)[0]


def _with_counts(connection: Connection, devices: list[DeviceRow], now: int) -> list[DeviceRecord]:
    ids = [each.id for each in devices]
    runs = rows.runs(connection, ids) if ids else []
    failures = rows.failures(connection, ids, now - TOTAL_WINDOW_MS) if ids else []
    return [
        DeviceRecord(
            row,
            [each for each in runs if each.registration_id == row.id],
            [each for each in failures if each.registration_id == row.id],
        )
        for row in devices
    ]


def facts_of(record: PersonRecord, consent_version: str, oldest_app: str, now: int) -> Facts:
    """The same as facts to draw conclusions from."""
    return Facts(
        now=now,
        oldest_app=oldest_app,
        devices=tuple(_device_facts(each, record, consent_version) for each in record.devices),
        checks=tuple(
            CheckFacts(
                at=each.at,
                institution=each.institution,
                registration_id=each.registration_id,
                accepted=each.result == "accepted",
                reason=cast(RejectionReason | None, each.reason),
                source=each.client_ip,
            )
            for each in record.checks
        ),
        enrolments=tuple(
            EnrolmentFacts(each.created_at, each.confirmed_at is not None, each.refused_at)
            for each in record.enrolments
        ),
    )


def _device_facts(device: DeviceRecord, record: PersonRecord, consent_version: str) -> DeviceFacts:
    row = device.row
    consents = [each for each in record.consents if each.registration_id == row.id]
    locking = _newest(record, row.id, {"pin-locked"})
    refused = _newest(record, row.id, _NAME_REFUSED)
    suspended = _newest(record, row.id, _SUSPENDED)
    activated = row.activated_at or row.created_at
    return DeviceFacts(
        id=row.id,
        state=cast(RegistrationState, row.state),
        reason=cast(RevocationReason | None, row.reason),
        app_version=row.app_version,
        activated_at=activated,
        ended_at=row.revoked_at,
        contact_at=max(row.last_contact_at or 0, activated),
        skew_ms=row.skew_ms,
        pin=PinFacts(
            failures=row.pin_failures,
            locked=row.pin_failures >= PIN_ATTEMPTS,
            locked_at=None if locking is None else locking.at,
            source=None if locking is None else locking.source,
        ),
        runs=tuple(_run_facts(each, device, record) for each in device.runs),
        locked_everywhere_at=row.code_locked_at,
        wrong_in_30_days=len(device.failures),
        old_in_30_days=sum(each.old for each in device.failures),
        suspended_at=None if suspended is None else suspended.at,
        name_verified=row.name_verified_at is not None,
        name_refused_at=None if refused is None else refused.at,
        consent_current=any(each.version == consent_version for each in consents),
        consent_at=consents[0].agreed_at if consents else None,
    )


def _run_facts(run: RunRow, device: DeviceRecord, record: PersonRecord) -> RunFacts:
    there = [each for each in device.failures if each.institution_id == run.institution_id]
    wrong = next(
        (
            each
            for each in record.checks
            if each.institution_id == run.institution_id and each.reason == "code-wrong"
        ),
        None,
    )
    mine = there[: run.run]
    return RunFacts(
        institution=run.institution,
        run=run.run,
        locked_at=run.locked_at,
        old=sum(each.old for each in mine),
        last_at=mine[0].at if mine else None,
        source=None if wrong is None else wrong.client_ip,
    )


def _newest(record: PersonRecord, registration_id: str, kinds: set[str]) -> EventRow | None:
    mine = (
        each
        for each in record.events
        if each.registration_id == registration_id and each.kind in kinds
    )
    return next(mine, None)
