"""Step 4: the device has its vault on disk, and the registration becomes active."""

import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_decode
from motp_protocol.fields import Lock, RevocationReason
from motp_protocol.messages import ConfirmRequest
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services import notices, texts
from motp_verifier.services.audit.record import DEVICE, AuditKind, record
from motp_verifier.services.enrolment import rules
from motp_verifier.services.enrolment.outcomes import (
    AlreadyRegistered,
    Confirmed,
    ConfirmOutcome,
    Conflict,
    Expired,
)
from motp_verifier.services.enrolment.prove import confirmation_hash
from motp_verifier.services.messages.port import TextMessage
from motp_verifier.services.outcomes import NotFound, Revoked, Suspended
from motp_verifier.services.signed import Clock, SignedRequest, run_signed
from motp_verifier.services.status import StatusBuilder, locks_of, trainee_person
from motp_verifier.store import code_runs, consents, registrations
from motp_verifier.store import enrolments as rows
from motp_verifier.store.enrolments import EnrolmentRow
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import RegistrationRow


class Confirmations:
    """Makes pending registrations active, once, in the place of older ones."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        status: StatusBuilder,
        now: Clock,
        notice_waits: Callable[[], None],
        *,
        metrics: Metrics = NO_METRICS,
    ) -> None:
        """`notice_waits` is called when a notice may have been committed."""
        self._metrics = metrics
        self._store = store
        self._keys = keys
        self._status = status
        self._now = now
        self._notice_waits = notice_waits

    async def confirm(
        self, enrolment_id: str, request: ConfirmRequest, signed: SignedRequest
    ) -> ConfirmOutcome:
        """Activate the registration and revoke the one that it replaces, together.

        Once confirmed it stays confirmed: a device that never read the answer may repeat
        this at any time, and learns `Revoked` where the registration has ended meanwhile.
        A confirmation that does not match is a `Conflict`: the two sides hold different
        keys, and only a new enrolment helps.
        """
        now = self._now()
        given = confirmation_hash(b64url_decode(request.confirmation))

        def work(connection: Connection) -> ConfirmOutcome:
            row = rules.owned_enrolment(connection, enrolment_id, signed)
            if row is None:
                return NotFound()
            if row.confirmed_at is None and rules.is_over(row, now):
                return Expired()
            if row.registration_id is None or row.confirmation_hash is None:
                return Conflict()
            if not hmac.compare_digest(row.confirmation_hash, given):
                return Conflict()
            registration = registrations.lock_registration(connection, row.registration_id)
            if registration is None:
                return Expired()
            if row.confirmed_at is not None:
                return self._again(connection, registration, now)
            return self._activate(
                connection, row, registration, replaces=request.replace, signed=signed, now=now
            )

        outcome = await run_signed(self._store, "enrolment-confirm", signed, work)
        if isinstance(outcome, Confirmed):
            self._notice_waits()
            for lock in outcome.lifted:
                self._metrics.lock_lifted(lock, "enrolment")
        return outcome

    def _again(
        self, connection: Connection, registration: RegistrationRow, now: int
    ) -> Confirmed | Revoked:
        if registration.state == "revoked":
            return Revoked(cast(RevocationReason | None, registration.reason))
        return self._confirmed(connection, registration.id, now)

    def _activate(
        self,
        connection: Connection,
        row: EnrolmentRow,
        registration: RegistrationRow,
        *,
        replaces: str | None,
        signed: SignedRequest,
        now: int,
    ) -> Confirmed | AlreadyRegistered | Suspended:
        old = registrations.lock_in_use(connection, registration.trainee_id, registration.kind)
        if old is not None and old.state == "suspended":
            # Otherwise whoever is suspended would simply enrol again.
            return Suspended()
        described = rules.describe(old)
        lifted: list[Lock] = []
        if old is not None and described is not None:
            if old.id != replaces:
                return AlreadyRegistered(described)
            # With the old registration its locks are gone.
            lifted = locks_of(old, code_runs.runs_of(connection, old.id))
            self._replace(connection, old, registration, lang=row.lang, signed=signed, now=now)
        registrations.change_registration(
            connection, registration.id, state="active", activated_at=now, last_contact_at=now
        )
        consents.insert_consent(
            connection,
            trainee_id=registration.trainee_id,
            registration_id=registration.id,
            version=row.consent_version,
            lang=row.consent_lang,
            sha256=row.consent_sha256,
            agreed_at=row.consent_agreed_at,
            now=now,
        )
        rows.change_enrolment(
            connection, row.id, confirmed_at=now, name_sealed=None, phone_sealed=None
        )
        self._note(
            connection, "consent-given", registration, signed, now, version=row.consent_version
        )
        self._note(connection, "registration-activated", registration, signed, now)
        confirmed = self._confirmed(connection, registration.id, now)
        return replace(confirmed, lifted=tuple(lifted))

    def _note(
        self,
        connection: Connection,
        kind: AuditKind,
        registration: RegistrationRow,
        signed: SignedRequest,
        now: int,
        **detail: str,
    ) -> None:
        record(
            connection,
            now,
            kind,
            actor=DEVICE,
            trainee_id=registration.trainee_id,
            registration_id=registration.id,
            source=signed.source,
            detail=detail,
        )

    def _replace(
        self,
        connection: Connection,
        old: RegistrationRow,
        new: RegistrationRow,
        *,
        lang: str,
        signed: SignedRequest,
        now: int,
    ) -> None:
        registrations.revoke_registration(connection, old.id, "replaced", now)
        self._note(connection, "registration-replaced", old, signed, now, by=new.id)
        owner = trainee_person(connection, self._keys, old.trainee_id)
        notice = TextMessage(owner.phone, texts.replaced(lang), "replaced")
        notices.enqueue(connection, self._keys, notice, now)

    def _confirmed(self, connection: Connection, registration_id: str, now: int) -> Confirmed:
        return Confirmed(registration_id, self._status.build(connection, registration_id, now))
