"""An enrolled trainee proves that the number is in their own name, by the carrier.

Nothing is sent or compared inside a transaction, so each step has two: one that decides and
counts before the carrier is asked, and one that keeps what came of it. A verifier that dies
in between has counted a try or a message too many, never one too few.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from sqlalchemy import Connection

from motp_protocol.messages import NameProofRequest
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import DEVICE, AuditKind, record
from motp_verifier.services.enrolment import rules
from motp_verifier.services.identity.comparing import same_person
from motp_verifier.services.identity.port import (
    Attempt,
    AttemptOver,
    CodeRefused,
    CodeSent,
    ConfirmOutcome,
    Details,
    DetailsRefused,
    IdentityService,
    ServiceFailed,
    Verified,
)
from motp_verifier.services.name_proof_outcomes import (
    AlreadyVerified,
    Challenged,
    ConfirmedOutcome,
    Failed,
    Mismatch,
    OldCode,
    ProofOver,
    SendOutcome,
    TooMany,
    Unavailable,
    WrongCode,
)
from motp_verifier.services.name_proof_rules import (
    PROOF_MS,
    challenge,
    is_over,
    seconds_to_resend,
    wrong_code,
)
from motp_verifier.services.outcomes import CurrentStatus, NotFound, Revoked, Suspended
from motp_verifier.services.owned import revoked, run_owned
from motp_verifier.services.people import Person, phone_index
from motp_verifier.services.send_limits import LimitReached, Reserved, Sending, SendQuota
from motp_verifier.services.signed import Clock, Replayed, SignedRequest
from motp_verifier.services.status import StatusBuilder, trainee_person
from motp_verifier.store import name_proofs as rows
from motp_verifier.store import registrations
from motp_verifier.store.ids import new_id
from motp_verifier.store.name_proofs import NameProofRow
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import RegistrationRow

_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - said to the identity service where none is known
_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _ToSend:
    row: NameProofRow
    attempt: Attempt
    reserved: Reserved = field(repr=False)
    source: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _ToConfirm:
    row: NameProofRow
    attempt: Attempt
    source: str | None = field(repr=False)


class NameProofs:
    """The use cases of a name proof. Requests are signed by the registration's key."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        service: IdentityService | None,
        status: StatusBuilder,
        *,
        quota: SendQuota,
        now: Clock,
    ) -> None:
        self._store = store
        self._keys = keys
        self._service = service
        self._status = status
        self._quota = quota
        self._now = now
        self._told_unavailable = False

    async def send(
        self,
        registration_id: str,
        request: NameProofRequest,
        signed: SignedRequest,
    ) -> SendOutcome:
        """Have the carrier compare the details and send a code.

        Begins anew, with all tries, where a proof was under way; but within 30 s of its
        message the answer is that of the first, for its answer may have been lost. A refusal
        by the carrier counts as a message: details are not to be guessed.
        """
        service, now = self._service, self._now()
        if service is None:
            return self._unavailable()

        def work(connection: Connection, registration: RegistrationRow) -> _ToSend | SendOutcome:
            if registration.name_verified_at is not None:
                return AlreadyVerified()
            person = trainee_person(connection, self._keys, registration.trainee_id)
            row = rows.proof_of(connection, registration.id)
            if row is not None and not is_over(row, now) and seconds_to_resend(row, now):
                return Challenged(challenge(row, person, now))
            fresh = NameProofRow(
                registration_id=registration.id,
                reference=new_id("idv"),
                ends_at=now + PROOF_MS,
                code_expires_at=now + rules.CODE_MS,
                code_sent_at=now,
                code_attempts=0,
                last_failed=None,
            )
            return self._reserve(connection, registration, fresh, person, signed=signed, now=now)

        prepared = await self._run("name-proof-start", registration_id, signed, work)
        if not isinstance(prepared, _ToSend):
            return prepared
        details = Details(request.operator, request.birth_and_sex, signed.source or _NO_ADDRESS)
        outcome = await service.send(prepared.attempt, details)
        match outcome:
            case CodeSent():
                return await self._sent(prepared)
            case DetailsRefused():
                return await self._end(prepared, "name-mismatch", Mismatch())
            case ServiceFailed():
                return await self._unsent(prepared)
            case never:
                assert_never(never)

    async def resend(self, registration_id: str, signed: SignedRequest) -> SendOutcome:
        """Have the code sent again; the count of tries stays."""
        service, now = self._service, self._now()
        if service is None:
            return self._unavailable()

        def work(connection: Connection, registration: RegistrationRow) -> _ToSend | SendOutcome:
            if registration.name_verified_at is not None:
                return AlreadyVerified()
            row = rows.proof_of(connection, registration.id)
            if row is None or is_over(row, now):
                return ProofOver()
            if wait := seconds_to_resend(row, now):
                return TooMany(wait)
            person = trainee_person(connection, self._keys, registration.trainee_id)
            expires_at = min(now + rules.CODE_MS, row.ends_at)
            again = replace(row, code_sent_at=now, code_expires_at=expires_at, last_failed=None)
            return self._reserve(connection, registration, again, person, signed=signed, now=now)

        prepared = await self._run("name-proof-resend", registration_id, signed, work)
        if not isinstance(prepared, _ToSend):
            return prepared
        outcome = await service.resend(prepared.attempt)
        match outcome:
            case CodeSent():
                return await self._sent(prepared)
            case AttemptOver():
                return await self._end(prepared, "name-proof-failed", ProofOver())
            case ServiceFailed():
                return await self._unsent(prepared)
            case never:
                assert_never(never)

    async def confirm(
        self, registration_id: str, code: str, signed: SignedRequest
    ) -> ConfirmedOutcome:
        """Give the code to the carrier, and compare whom it knows with the trainee.

        The try is counted before the carrier is asked, so that no number of parallel ones
        has more than five. The same wrong code again is not counted or asked again. Once
        the name is verified, every repetition is answered with the status.
        """
        service, now = self._service, self._now()
        if service is None:
            return self._unavailable()
        code_hash = self._keys.blind_index(
            "name proof code", f"{registration_id}\x00{code}".encode()
        )

        def work(
            connection: Connection, registration: RegistrationRow
        ) -> _ToConfirm | ConfirmedOutcome:
            if registration.name_verified_at is not None:
                return CurrentStatus(self._status.build(connection, registration.id, now))
            row = rows.proof_of(connection, registration.id)
            if row is None or now >= row.ends_at:
                return ProofOver()
            if row.last_failed == code_hash:
                return wrong_code(row.code_attempts)
            if row.code_attempts >= rules.CODE_ATTEMPTS:
                return ProofOver()
            if now >= row.code_expires_at:
                return OldCode(rules.CODE_ATTEMPTS - row.code_attempts)
            tried = replace(row, code_attempts=row.code_attempts + 1)
            rows.change_proof(connection, registration.id, code_attempts=tried.code_attempts)
            person = trainee_person(connection, self._keys, registration.trainee_id)
            return _ToConfirm(tried, Attempt(row.reference, person), signed.source)

        prepared = await self._run("name-proof-try", registration_id, signed, work)
        if not isinstance(prepared, _ToConfirm):
            return prepared
        outcome = await service.confirm(prepared.attempt, code)
        return await self._judge(prepared, outcome, code_hash)

    async def _judge(
        self, tried: _ToConfirm, outcome: ConfirmOutcome, code_hash: bytes
    ) -> ConfirmedOutcome:
        row = tried.row
        match outcome:
            case Verified():
                if same_person(tried.attempt.person, outcome):
                    return await self._verified(tried)
                return await self._end(tried, "name-mismatch", Mismatch())
            case CodeRefused():
                if row.code_attempts >= rules.CODE_ATTEMPTS:
                    return await self._end(tried, "name-proof-failed", ProofOver())

                def remember(connection: Connection) -> WrongCode | ProofOver:
                    self._change_same(connection, row, last_failed=code_hash)
                    return wrong_code(row.code_attempts)

                return await self._store.run("name-proof-wrong", remember)
            case AttemptOver():
                return await self._end(tried, "name-proof-failed", ProofOver())
            case ServiceFailed():

                def uncount(connection: Connection) -> Failed:
                    current = self._same(connection, row)
                    if current is not None:
                        left = max(0, current.code_attempts - 1)
                        rows.change_proof(connection, row.registration_id, code_attempts=left)
                    return Failed()

                return await self._store.run("name-proof-untried", uncount)
            case never:
                assert_never(never)

    def _reserve(
        self,
        connection: Connection,
        registration: RegistrationRow,
        row: NameProofRow,
        person: Person,
        *,
        signed: SignedRequest,
        now: int,
    ) -> _ToSend | TooMany:
        index = phone_index(self._keys, person.phone)
        sending = Sending("name-proof", index, registration.keyid, signed.block)
        reserved = self._quota.reserve(connection, sending, now)
        if isinstance(reserved, LimitReached):
            return TooMany(reserved.retry_after)
        rows.put_proof(connection, row)
        return _ToSend(row, Attempt(row.reference, person), reserved, signed.source)

    async def _sent(self, sent: _ToSend) -> Challenged:
        now = self._now()
        row = sent.row
        await self._store.run(
            "name-proof-sent",
            lambda connection: self._record(connection, sent, "name-proof-sent", now),
        )
        return Challenged(challenge(row, sent.attempt.person, now))

    async def _unsent(self, sent: _ToSend) -> Failed:
        """A message that did not leave costs nothing, and may be asked for again at once."""

        def work(connection: Connection) -> Failed:
            self._quota.give_back(connection, sent.reserved)
            self._change_same(connection, sent.row, code_sent_at=None)
            return Failed()

        return await self._store.run("name-proof-unsent", work)

    async def _end(self, ended: _ToSend | _ToConfirm, kind: AuditKind, outcome: T) -> T:
        now, row = self._now(), ended.row

        def work(connection: Connection) -> T:
            if self._same(connection, row) is not None:
                rows.delete_proof(connection, row.registration_id)
                self._record(connection, ended, kind, now)
            return outcome

        return await self._store.run("name-proof-end", work)

    async def _verified(self, tried: _ToConfirm) -> CurrentStatus | Revoked | NotFound:
        now, row = self._now(), tried.row

        def work(connection: Connection) -> CurrentStatus | Revoked | NotFound:
            registration = registrations.lock_registration(connection, row.registration_id)
            if registration is None:
                return NotFound()
            if registration.state == "revoked":
                return revoked(registration)
            rows.delete_proof(connection, registration.id)
            if registration.name_verified_at is None and self._service is not None:
                registrations.change_registration(
                    connection,
                    registration.id,
                    name_verified_at=now,
                    identity_method=self._service.name,
                )
                self._record(connection, tried, "name-verified", now)
            return CurrentStatus(self._status.build(connection, registration.id, now))

        return await self._store.run("name-proof-done", work)

    def _unavailable(self) -> Unavailable:
        if not self._told_unavailable:
            self._told_unavailable = True
            _log.error("a trainee means to prove their name, but the setting identity is none")
        return Unavailable()

    def _same(self, connection: Connection, row: NameProofRow) -> NameProofRow | None:
        """The row as it is now, locked, if it is still that of this attempt."""
        registrations.lock_registration(connection, row.registration_id)
        current = rows.proof_of(connection, row.registration_id)
        return current if current is not None and current.reference == row.reference else None

    def _change_same(self, connection: Connection, row: NameProofRow, **values: object) -> None:
        if self._same(connection, row) is not None:
            rows.change_proof(connection, row.registration_id, **values)

    def _record(
        self, connection: Connection, about: _ToSend | _ToConfirm, kind: AuditKind, now: int
    ) -> None:
        method = None if self._service is None else self._service.name
        record(
            connection,
            now,
            kind,
            actor=DEVICE,
            registration_id=about.row.registration_id,
            source=about.source,
            detail={"method": method},
        )

    async def _run(
        self,
        operation: str,
        registration_id: str,
        signed: SignedRequest,
        work: Callable[[Connection, RegistrationRow], T],
    ) -> T | NotFound | Replayed | Revoked | Suspended:
        """Do `work` over the active registration that the signing key owns."""

        def active(connection: Connection, row: RegistrationRow) -> T | Revoked | Suspended:
            if row.state == "revoked":
                return revoked(row)
            return Suspended() if row.state == "suspended" else work(connection, row)

        return await run_owned(self._store, operation, registration_id, signed, active)
