"""What the app asks and answers for a pop-up on the same PC. Its requests are signed."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar, cast

from sqlalchemy import Connection

from motp_protocol import wire
from motp_protocol.approvals import ApprovalAnswer, ApprovalRequest, Decision, approval_proof
from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.fields import Occasion
from motp_protocol.keys import approve_key
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import DEVICE, record
from motp_verifier.services.name_policy import NamePolicy
from motp_verifier.services.outcomes import Malformed, NotFound, Suspended
from motp_verifier.services.popups.browsers import address_index
from motp_verifier.services.popups.rules import COMPLETION_MS, LIVE, Stage, TicketState
from motp_verifier.services.popups.standing import stage_of
from motp_verifier.services.seeds import open_seed
from motp_verifier.services.shares import PIN_ATTEMPTS, PinLocked
from motp_verifier.services.signed import Clock, Replayed, SignedRequest, run_signed
from motp_verifier.store import popups as rows
from motp_verifier.store import registrations
from motp_verifier.store.popups import PopupRow, TicketRow
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import IN_USE, RegistrationRow
from motp_verifier.store.roster import pairwise_id_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, as it goes over the wire: the proof is over these bytes."""

    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Approved:
    """The browser is to open this address, which works once."""

    completion_url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The trainee said no, and that is the end of this ticket."""


@dataclass(frozen=True, slots=True)
class NumberWrong:
    """Another number stands on the page, and that is the end of this ticket."""


@dataclass(frozen=True, slots=True)
class ProofWrong:
    """The proof is not over what was asked and answered; nothing changed."""


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """The ticket is over: it was answered, with other values or to the end."""


@dataclass(frozen=True, slots=True)
class ReachedOther:
    """The completion's address was opened in another browser than the pop-up's."""


@dataclass(frozen=True, slots=True)
class TicketOver:
    """Too late: the ticket or its pop-up ran out, or was answered in another way."""


@dataclass(frozen=True, slots=True)
class NameUnproven:
    """The course demands a number that is proven to be in the trainee's own name."""


_Kept: TypeAlias = (
    NotFound
    | Suspended
    | PinLocked
    | NameUnproven
    | NumberWrong
    | AnsweredBefore
    | ReachedOther
    | TicketOver
)
AskedOutcome: TypeAlias = Asked | _Kept | Replayed
AnswerOutcome: TypeAlias = Approved | Refused | ProofWrong | Malformed | _Kept | Replayed


@dataclass(frozen=True, slots=True)
class _Held:
    popup: PopupRow
    ticket: TicketRow
    registration: RegistrationRow
    stage: Stage


class Approvals:
    """The use cases of the app. `origin` is the verifier's own."""

    def __init__(
        self, store: Store, keys: MasterKeys, names: NamePolicy, origin: str, now: Clock
    ) -> None:
        self._store = store
        self._keys = keys
        self._names = names
        self._origin = origin
        self._now = now

    async def request(self, ticket: str, signed: SignedRequest) -> AskedOutcome:
        """Who asks, for what, and three numbers. From now on the ticket is this device's."""
        now = self._now()

        def work(connection: Connection, held: _Held) -> AskedOutcome:
            if (over := _over(held.stage)) is not None:
                return over
            if held.ticket.asked is not None:
                return Asked(held.ticket.asked)
            body = wire.encode(_request(connection, held))
            rows.change_ticket(
                connection,
                held.popup.id,
                state="asked",
                asked=body,
                registration_id=held.registration.id,
            )
            return Asked(body)

        return await self._run("approval-request", ticket, signed, work, now)

    async def answer(
        self, ticket: str, answer: ApprovalAnswer, signed: SignedRequest
    ) -> AnswerOutcome:
        """Approve or refuse. Again with equal values, it is answered equally."""
        now = self._now()
        if (answer.decision == "refuse") != (answer.number == ""):
            return Malformed("number")
        values = "\x00".join((answer.decision, answer.number, answer.proof))
        answer_hash = hashlib.sha256(values.encode()).digest()

        def work(connection: Connection, held: _Held) -> AnswerOutcome:
            known = held.ticket
            if known.answer_hash is not None:
                if not hmac.compare_digest(known.answer_hash, answer_hash):
                    return AnsweredBefore()
                return self._again(held)
            if (over := _over(held.stage)) is not None:
                return over
            if known.asked is None:
                return NotFound()
            if not self._proves(held, answer, known.asked):
                return ProofWrong()
            state, outcome = self._judge(known, answer)
            expires_at = known.expires_at
            if state == "approved":
                expires_at = min(now + COMPLETION_MS, held.popup.expires_at)
            rows.change_ticket(
                connection,
                held.popup.id,
                state=state,
                answer_hash=answer_hash,
                expires_at=expires_at,
                address_index=address_index(self._keys, signed.source),
            )
            record(
                connection,
                now,
                "approval-answered",
                actor=DEVICE,
                institution_id=held.popup.institution_id,
                registration_id=held.registration.id,
                source=signed.source,
                detail={"popup_id": held.popup.id, "answer": state},
            )
            return outcome

        return await self._run("approval-answer", ticket, signed, work, now)

    def _judge(
        self, ticket: TicketRow, answer: ApprovalAnswer
    ) -> tuple[TicketState, Approved | Refused | NumberWrong]:
        if answer.decision == "refuse":
            return "refused", Refused()
        if not hmac.compare_digest(answer.number.encode(), ticket.number.encode()):
            return "number-wrong", NumberWrong()
        return "approved", self._approved(ticket)

    def _approved(self, ticket: TicketRow) -> Approved:
        token = completion_token(self._keys, ticket.ticket)
        return Approved(f"{self._origin}/popup/{ticket.popup_id}/complete/{token}")

    def _again(self, held: _Held) -> AnswerOutcome:
        match held.ticket.state:
            case "refused":
                return Refused()
            case "approved" | "done" if held.stage in {"approved", "done"}:
                return self._approved(held.ticket)
            case "number-wrong":
                return NumberWrong()
            case "other-browser":
                return ReachedOther()
            case _:
                return TicketOver()

    def _proves(self, held: _Held, answer: ApprovalAnswer, asked: bytes) -> bool:
        registration = held.registration
        if registration.seed_sealed is None:
            return False
        seed = open_seed(self._keys, registration.seed_sealed, registration.id)
        decision: Decision = answer.decision
        wanted = approval_proof(
            approve_key(seed),
            ticket=held.ticket.ticket,
            popup_id=held.popup.id,
            decision=decision,
            number=answer.number,
            asked=asked,
        )
        return hmac.compare_digest(wanted, answer.proof)

    async def _run(
        self,
        operation: str,
        ticket: str,
        signed: SignedRequest,
        work: Callable[[Connection, _Held], T],
        now: int,
    ) -> T | NotFound | Suspended | PinLocked | NameUnproven | Replayed:
        def owned(
            connection: Connection,
        ) -> T | NotFound | Suspended | PinLocked | NameUnproven:
            held = self._hold(connection, ticket, signed, now)
            return work(connection, held) if isinstance(held, _Held) else held

        return await run_signed(self._store, operation, signed, owned)

    def _hold(
        self, connection: Connection, ticket: str, signed: SignedRequest, now: int
    ) -> _Held | NotFound | Suspended | PinLocked | NameUnproven:
        """The ticket, where the signing key is that of a registration of the pop-up's trainee."""
        popup_id = rows.popup_of_ticket(connection, ticket)
        popup = None if popup_id is None else rows.lock_popup(connection, popup_id)
        found = None if popup is None else rows.ticket_of(connection, popup.id)
        if popup is None or found is None or found.ticket != ticket:
            return NotFound()
        registration = registrations.lock_registration_of_key(connection, signed.keyid)
        if registration is None or not _may_answer(popup, found, registration):
            return NotFound()
        if pairwise_id_of(connection, popup.institution_id, registration.trainee_id) is None:
            return NotFound()
        if (stopped := stopped_by(registration, popup, self._names)) is not None:
            return stopped
        return _Held(popup, found, registration, stage_of(popup, found, now))


def completion_token(keys: MasterKeys, ticket: str) -> str:
    """What opens the completion of this ticket: made again from it, and kept nowhere."""
    return b64url_encode(keys.blind_index("approval completion", ticket.encode()))


def stopped_by(
    registration: RegistrationRow, popup: PopupRow, names: NamePolicy
) -> Suspended | PinLocked | NameUnproven | None:
    """What keeps a registration in use from approving; a lock of typed codes does not."""
    if registration.state == "suspended":
        return Suspended()
    if registration.pin_failures >= PIN_ATTEMPTS:
        return PinLocked()
    if registration.name_verified_at is None and names.name_required(
        popup.institution_id, popup.course, popup.class_
    ):
        return NameUnproven()
    return None


def _may_answer(popup: PopupRow, ticket: TicketRow, registration: RegistrationRow) -> bool:
    return (
        registration.state in IN_USE
        and registration.trainee_id == popup.trainee_id
        and ticket.registration_id in {None, registration.id}
    )


_Over: TypeAlias = TicketOver | AnsweredBefore | NumberWrong | ReachedOther


def _over(stage: Stage) -> _Over | None:
    """How a ticket has ended, if it has."""
    if stage in LIVE:
        return None
    match stage:
        case "refused" | "done":
            return AnsweredBefore()
        case "number-wrong":
            return NumberWrong()
        case "other-browser":
            return ReachedOther()
        case _:
            return TicketOver()


def _request(connection: Connection, held: _Held) -> ApprovalRequest:
    popup, ticket = held.popup, held.ticket
    return ApprovalRequest(
        popup_id=popup.id,
        institution=rows.institution_name(connection, popup.institution_id),
        course=popup.course,
        class_=popup.class_,
        session=popup.session,
        occasion=cast(Occasion, popup.occasion),
        numbers=ticket.numbers.split(),
        expires_at=format_time(ticket.expires_at),
    )
