"""Step 1: a name, a number, a consent and a device key; a code goes to the number."""

import secrets
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar, assert_never

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_decode, format_time, parse_time
from motp_protocol.messages import (
    ConsentGiven,
    EnrolmentRequest,
    EnrolmentStarted,
    IdentityChallenge,
)
from motp_protocol.person import mask_phone, normalise_name, normalise_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services import texts
from motp_verifier.services.app_versions import ANY_APP, SupportedApps
from motp_verifier.services.audit.record import DEVICE, record
from motp_verifier.services.consents import Consents
from motp_verifier.services.enrolment import rules
from motp_verifier.services.enrolment.outcomes import (
    Conflict,
    ConsentMissing,
    ConsentNotCurrent,
    Expired,
    InvalidName,
    InvalidPhone,
    KioskRequired,
    NotSent,
    ResendOutcome,
    Started,
    StartOutcome,
    TooManyMessages,
)
from motp_verifier.services.kiosks.witnessing import KioskLocked, NoWitness, witnessed
from motp_verifier.services.messages.port import MessageSender, SendFailed, Sent, TextMessage
from motp_verifier.services.outcomes import AppOutdated, Malformed, NotFound
from motp_verifier.services.people import (
    Person,
    open_person,
    person_index,
    phone_index,
    seal_person,
)
from motp_verifier.services.send_limits import LimitReached, Reserved, Sending, SendQuota
from motp_verifier.services.signed import Clock, SignedRequest, run_signed
from motp_verifier.store import enrolments as rows
from motp_verifier.store import kiosks, registrations
from motp_verifier.store.enrolments import EnrolmentRow
from motp_verifier.store.ids import new_id
from motp_verifier.store.kiosks import Witness
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class _ToSend:
    """A code that was committed and must leave; `reserved` is its place in the day's counts."""

    row: EnrolmentRow
    phone: str = field(repr=False)
    code: str = field(repr=False)
    reserved: Reserved = field(repr=False)


_Prepared: TypeAlias = _ToSend | Started | TooManyMessages | Conflict | Expired
_Settled = TypeVar("_Settled")


class EnrolmentStart:
    """Begins enrolments and sends identity codes.

    The answer and the time that it takes do not tell whether the person is on a roster:
    nothing is looked up before the number is proven.
    """

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        documents: Consents,
        sender: MessageSender,
        *,
        quota: SendQuota,
        now: Clock,
        apps: SupportedApps = ANY_APP,
    ) -> None:
        self._store = store
        self._keys = keys
        self._documents = documents
        self._sender = sender
        self._quota = quota
        self._now = now
        self._apps = apps

    async def start(self, request: EnrolmentRequest, signed: SignedRequest) -> StartOutcome:
        """Begin an enrolment and send a code.

        A device key begins one enrolment. The same request again, from a device that never
        read the answer, finds the enrolment that it began: within 30 s of the message it
        gets the equal answer, later or where no message left it gets another code.
        """
        now = self._now()
        consent = request.consent
        at_kiosk = request.device.kind == "kiosk"
        if at_kiosk and signed.kiosk is None:
            return KioskRequired()
        if not self._apps.serves(request.device.app_version):
            return AppOutdated(self._apps.oldest)
        if consent is None or not consent.agreed:
            return ConsentMissing()
        if not self._documents.is_current(consent):
            return ConsentNotCurrent()
        try:
            agreed_at = parse_time(consent.agreed_at)
        except ValueError:
            return Malformed("agreed_at")
        try:
            name = normalise_name(request.name)
        except ValueError:
            return InvalidName()
        try:
            person = Person(name, normalise_phone(request.phone))
        except ValueError:
            return InvalidPhone()
        asked = self._new_row(
            request, consent, agreed_at, person=person, keyid=signed.keyid, now=now
        )

        def work(connection: Connection) -> _Prepared | KioskLocked | KioskRequired:
            wanted = asked
            if at_kiosk:
                match witnessed(connection, signed):
                    case Witness() as kiosk:
                        wanted = replace(asked, kiosk_id=kiosk.id)
                    case KioskLocked() as locked:
                        return locked
                    case NoWitness():
                        return KioskRequired()
            row = rows.lock_enrolment_of_key(connection, signed.keyid)
            if row is None:
                if registrations.key_has_registration(
                    connection, signed.keyid
                ) or kiosks.is_key_of_kiosk(connection, signed.keyid):
                    return Conflict()
                prepared = self._prepare(connection, wanted, person.phone, signed.block, now)
                if isinstance(prepared, _ToSend):
                    rows.insert_enrolment(connection, prepared.row, now)
                    started = {"enrolment_id": wanted.id}
                    record(
                        connection,
                        now,
                        "enrolment-started",
                        actor=DEVICE,
                        source=signed.source,
                        detail=started,
                    )
                return prepared
            if row.registration_id is not None or not _same_request(row, wanted):
                return Conflict()
            if rules.is_over(row, now):
                return Expired()
            if _seconds_to_resend(row, now):
                return self._started(row, person.phone, now)
            return self._prepare_again(connection, row, person.phone, signed.block, now)

        prepared = await run_signed(self._store, "enrolment-start", signed, work)
        return await self._finish(prepared)

    async def resend(self, enrolment_id: str, signed: SignedRequest) -> ResendOutcome:
        """Send another code; the old one is dead and the count of tries stays."""
        now = self._now()

        def work(connection: Connection) -> _Prepared | NotFound:
            row = rules.owned_enrolment(connection, enrolment_id, signed)
            if row is None:
                return NotFound()
            if row.registration_id is not None:
                return Conflict()
            if rules.is_over(row, now) or row.name_sealed is None or row.phone_sealed is None:
                return Expired()
            if wait := _seconds_to_resend(row, now):
                return TooManyMessages(wait)
            person = open_person(
                self._keys, row.name_sealed, row.phone_sealed, f"enrolment:{row.id}"
            )
            return self._prepare_again(connection, row, person.phone, signed.block, now)

        prepared = await run_signed(self._store, "enrolment-resend", signed, work)
        if isinstance(prepared, NotFound):
            return prepared
        return await self._finish(prepared)

    def _new_row(
        self,
        request: EnrolmentRequest,
        consent: ConsentGiven,
        agreed_at: int,
        *,
        person: Person,
        keyid: str,
        now: int,
    ) -> EnrolmentRow:
        enrolment_id = new_id("enr")
        name_sealed, phone_sealed = seal_person(self._keys, person, f"enrolment:{enrolment_id}")
        return EnrolmentRow(
            id=enrolment_id,
            expires_at=now + rules.ENROLMENT_MS,
            lang=request.lang,
            name_sealed=name_sealed,
            phone_sealed=phone_sealed,
            person_index=person_index(self._keys, person),
            phone_index=phone_index(self._keys, person.phone),
            public_key=b64url_decode(request.device.public_key),
            keyid=keyid,
            kind=request.device.kind,
            platform=request.device.platform,
            app_version=request.device.app_version,
            label=request.device.label,
            consent_version=consent.version,
            consent_lang=consent.lang,
            consent_sha256=consent.sha256,
            consent_agreed_at=agreed_at,
            code_hash=None,
            code_expires_at=now,
            code_sent_at=None,
            code_attempts=0,
            last_failed_proof=None,
            proof_hash=None,
            registration_id=None,
            answer_sealed=None,
            confirmation_hash=None,
            confirmed_at=None,
        )

    def _prepare(
        self, connection: Connection, row: EnrolmentRow, phone: str, block: str, now: int
    ) -> _ToSend | TooManyMessages:
        """A row with a fresh code, and its place in the day's counts."""
        sending = Sending("enrolment", row.phone_index, row.keyid, block)
        reserved = self._quota.reserve(connection, sending, now)
        if isinstance(reserved, LimitReached):
            return TooManyMessages(reserved.retry_after)
        code = f"{secrets.randbelow(10**6):06d}"
        prepared = replace(
            row,
            code_hash=code_hash(self._keys, row.id, code),
            code_expires_at=min(now + rules.CODE_MS, row.expires_at),
            code_sent_at=now,
            last_failed_proof=None,
        )
        return _ToSend(prepared, phone, code, reserved)

    def _prepare_again(
        self, connection: Connection, row: EnrolmentRow, phone: str, block: str, now: int
    ) -> _ToSend | TooManyMessages:
        prepared = self._prepare(connection, row, phone, block, now)
        if isinstance(prepared, _ToSend):
            rows.change_enrolment(
                connection,
                row.id,
                code_hash=prepared.row.code_hash,
                code_expires_at=prepared.row.code_expires_at,
                code_sent_at=prepared.row.code_sent_at,
                last_failed_proof=None,
            )
        return prepared

    async def _finish(self, prepared: _ToSend | _Settled) -> Started | NotSent | _Settled:
        if not isinstance(prepared, _ToSend):
            return prepared
        row = prepared.row
        text = texts.identity_code(row.lang, prepared.code, rules.CODE_MS // 60_000)
        outcome = await self._sender.send(TextMessage(prepared.phone, text, "enrolment"))
        match outcome:
            case Sent():
                return self._started(row, prepared.phone, self._now())
            case SendFailed():
                await self._store.run("enrolment-unsent", lambda c: self._give_back(c, prepared))
                return NotSent()
            case never:
                assert_never(never)

    def _give_back(self, connection: Connection, sent: _ToSend) -> None:
        """A message that did not leave costs nothing, and may be asked for again at once."""
        self._quota.give_back(connection, sent.reserved)
        current = rows.lock_enrolment(connection, sent.row.id)
        if current is not None and current.code_hash == sent.row.code_hash:
            rows.change_enrolment(connection, sent.row.id, code_sent_at=None)

    def _started(self, row: EnrolmentRow, phone: str, now: int) -> Started:
        return Started(
            EnrolmentStarted(
                enrolment_id=row.id,
                expires_at=format_time(row.expires_at),
                identity=IdentityChallenge(
                    method="sms",
                    sent_to=mask_phone(phone),
                    expires_at=format_time(row.code_expires_at),
                    attempts_left=rules.CODE_ATTEMPTS - row.code_attempts,
                    resend_after=_seconds_to_resend(row, now),
                ),
            )
        )


def code_hash(keys: MasterKeys, enrolment_id: str, code: str) -> bytes:
    """What is stored of an identity code: keyed, for six digits are soon guessed."""
    return keys.blind_index("identity code", f"{enrolment_id}\x00{code}".encode())


def _seconds_to_resend(row: EnrolmentRow, now: int) -> int:
    if row.code_sent_at is None:
        return 0
    return max(0, -((now - row.code_sent_at) // 1000 - rules.RESEND_SECONDS))


def _same_request(row: EnrolmentRow, wanted: EnrolmentRow) -> bool:
    compared = (
        "person_index",
        "phone_index",
        "public_key",
        "kind",
        "lang",
        "consent_version",
        "consent_lang",
        "consent_sha256",
        "platform",
        "label",
        "kiosk_id",
    )
    return all(getattr(row, each) == getattr(wanted, each) for each in compared)
