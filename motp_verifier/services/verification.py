"""`POST /v1/verifications`: a site asks whether a trainee's code is right."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from sqlalchemy import Connection

from motp_protocol.fields import RejectionReason
from motp_protocol.messages import TraineeRef, VerificationRequest
from motp_protocol.person import normalise_name, normalise_phone
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import site
from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.code_check import (
    CheckOutcome,
    CodeAccepted,
    CodeCheck,
    CodeRejected,
)
from motp_verifier.services.name_policy import NO_NAME_POLICY, NamePolicy
from motp_verifier.services.people import Person, person_index
from motp_verifier.store import audit, roster
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.ids import new_id
from motp_verifier.store.port import Store
from motp_verifier.store.verifications import CheckRecord, insert_check


@dataclass(frozen=True, slots=True)
class Accepted:
    """The code was right. `at` is in milliseconds since 1970."""

    verification_id: str
    at: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The code is not taken. `attempts_left` is None where there is nothing to try."""

    verification_id: str
    at: int
    reason: RejectionReason
    attempts_left: int | None


@dataclass(frozen=True, slots=True)
class BadName:
    """The name in the request can be nobody's; nothing was checked."""


@dataclass(frozen=True, slots=True)
class BadPhone:
    """The number in the request is no Korean mobile number; nothing was checked."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """The request is not of the documented form; nothing was checked."""

    detail: str


VerificationOutcome: TypeAlias = Accepted | Rejected | BadName | BadPhone | Malformed


@dataclass(frozen=True, slots=True)
class _ById:
    pairwise_id: str


@dataclass(frozen=True, slots=True)
class _ByPerson:
    index: bytes


class Verification:
    """Checks codes for training sites. `now` is the time in milliseconds since 1970."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        now: Callable[[], int],
        metrics: Metrics = NO_METRICS,
        *,
        names: NamePolicy = NO_NAME_POLICY,
    ) -> None:
        self._store = store
        self._names = names
        self._keys = keys
        self._now = now
        self._metrics = metrics
        self._check = CodeCheck(keys)

    async def verify(
        self, institution_id: str, request: VerificationRequest
    ) -> VerificationOutcome:
        """Check a code for an institution's own trainee, and keep that it was checked."""
        wanted = self._wanted(request.trainee)
        if not isinstance(wanted, (_ById, _ByPerson)):
            return wanted
        if "\0" in request.course or "\0" in request.class_:
            return Malformed("`course` and `class` have no NUL characters")
        try:
            client_ip = str(ipaddress.ip_address(request.client_ip)) if request.client_ip else None
        except ValueError:
            return Malformed("`client_ip` is not an IP address")

        def work(connection: Connection) -> Accepted | Rejected:
            # The time is taken when the check's turn has come: a code may expire waiting.
            now = self._now()
            trainee_id = _find(connection, institution_id, wanted)
            outcome: CheckOutcome
            if trainee_id is None:
                outcome = CodeRejected("not-registered")
            else:
                outcome = self._check.check(
                    connection,
                    trainee_id,
                    institution_id,
                    request.code,
                    name_required=self._names.name_required(institution_id, request.course),
                    now=now,
                )
            record = _record(
                institution_id,
                request,
                outcome,
                trainee_id=trainee_id,
                client_ip=client_ip,
                now=now,
            )
            insert_check(connection, record)
            key = audit.subject_key_of_trainee(connection, trainee_id) if trainee_id else None
            audit.append(connection, [audit_entry(record, key)])
            return _answer(record, outcome)

        outcome = await self._store.run("verification", work)
        self._count(request.occasion, outcome)
        return outcome

    def _count(self, occasion: str, outcome: Accepted | Rejected) -> None:
        match outcome:
            case Accepted():
                self._metrics.verified(occasion, "accepted", None)
            case Rejected():
                self._metrics.verified(occasion, "rejected", outcome.reason)
                if outcome.reason == "code-wrong" and outcome.attempts_left == 0:
                    self._metrics.lock_set("code")
            case never:
                assert_never(never)

    def _wanted(self, trainee: TraineeRef) -> _ById | _ByPerson | BadName | BadPhone | Malformed:
        if trainee.id is not None:
            return _ById(trainee.id)
        if trainee.name is None or trainee.phone is None:
            return Malformed("`trainee` has `id`, or `name` and `phone`")
        try:
            name = normalise_name(trainee.name)
        except ValueError:
            return BadName()
        try:
            phone = normalise_phone(trainee.phone)
        except ValueError:
            return BadPhone()
        return _ByPerson(person_index(self._keys, Person(name, phone)))


def _find(connection: Connection, institution_id: str, wanted: _ById | _ByPerson) -> str | None:
    match wanted:
        case _ById(pairwise_id):
            return roster.trainee_by_pairwise_id(connection, institution_id, pairwise_id)
        case _ByPerson(index):
            return roster.trainee_in_roster(connection, institution_id, index)
        case never:
            assert_never(never)


def _record(
    institution_id: str,
    request: VerificationRequest,
    outcome: CheckOutcome,
    *,
    trainee_id: str | None,
    client_ip: str | None,
    now: int,
) -> CheckRecord:
    return CheckRecord(
        id=new_id("ver"),
        at=now,
        institution_id=institution_id,
        trainee_id=trainee_id,
        registration_id=outcome.registration_id,
        course=request.course,
        class_=request.class_,
        session=request.session,
        occasion=request.occasion,
        client_ip=client_ip,
        result="accepted" if isinstance(outcome, CodeAccepted) else "rejected",
        reason=outcome.reason if isinstance(outcome, CodeRejected) else None,
        step=outcome.step if isinstance(outcome, CodeAccepted) else None,
    )


def audit_entry(record: CheckRecord, subject_key: bytes | None, method: str = "code") -> AuditEntry:
    """What the audit says of a check."""
    return AuditEntry(
        at=record.at,
        kind="verification",
        actor=site(record.institution_id),
        subject=subject_of(subject_key),
        institution_id=record.institution_id,
        registration_id=record.registration_id,
        source=record.client_ip,
        reason=record.reason,
        detail={
            "class": record.class_,
            "course": record.course,
            "method": method,
            "occasion": record.occasion,
            "result": record.result,
            "session": record.session,
            "verification_id": record.id,
        },
    )


def _answer(record: CheckRecord, outcome: CheckOutcome) -> Accepted | Rejected:
    match outcome:
        case CodeAccepted():
            return Accepted(record.id, record.at, outcome.attempts_left)
        case CodeRejected():
            return Rejected(record.id, record.at, outcome.reason, outcome.attempts_left)
        case never:
            assert_never(never)
