"""The pop-ups of a verifier in memory: tickets that are answered once, with the real proof."""

import hmac
import secrets
from dataclasses import dataclass

from motp_desktop.services.ports import Answer, Ok, Received, Refused
from motp_protocol import wire
from motp_protocol.approvals import (
    ApprovalAnswer,
    ApprovalAnswered,
    ApprovalRequest,
    approval_proof,
)
from motp_protocol.encoding import format_time
from motp_protocol.fields import Occasion
from motp_protocol.keys import approve_key
from motp_protocol.problems import ProblemType, problem

NUMBERS = ["17", "42", "93"]
RIGHT = "42"


def an_approval(
    popup_id: str = "popup_1",
    *,
    expires_at: str,
    course: str = "산업안전",
    occasion: Occasion = "lesson",
) -> ApprovalRequest:
    """The third session of a course at 한빛훈련원; the page shows `RIGHT`."""
    return ApprovalRequest(
        popup_id=popup_id,
        institution="한빛훈련원",
        course=course,
        class_="3",
        session=3,
        occasion=occasion,
        numbers=NUMBERS,
        expires_at=expires_at,
    )


@dataclass
class Ticket:
    """`answer` is what was said, `came` what it led to."""

    request: ApprovalRequest
    body: bytes
    expires_ms: int
    answer: ApprovalAnswer | None = None
    came: Answer[ApprovalAnswered] | None = None


class MemoryApprovals:
    """Tickets of one trainee. `forget` makes one that was there unknown."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.tickets: dict[str, Ticket] = {}

    def open(
        self, now_ms: int, popup_id: str = "popup_1", seconds: int = 120, *, body: bytes = b""
    ) -> str:
        """A new ticket for a pop-up; `body` stands in for the plain encoding of its request."""
        ticket = secrets.token_urlsafe(16)
        expires_ms = now_ms + seconds * 1000
        request = an_approval(popup_id, expires_at=format_time(expires_ms))
        self.tickets[ticket] = Ticket(request, body or wire.encode(request), expires_ms)
        return ticket

    def read(self, ticket: str, now_ms: int) -> Answer[Received[ApprovalRequest]]:
        """`GET /v1/approvals/{ticket}`."""
        found = self.tickets.get(ticket)
        if found is None or found.came is not None or now_ms >= found.expires_ms:
            return Refused(problem(ProblemType.NOT_FOUND))
        return Ok(Received(wire.decode(found.body, ApprovalRequest), found.body))

    def answer(
        self, ticket: str, said: ApprovalAnswer, seed: bytes, now_ms: int
    ) -> Answer[ApprovalAnswered]:
        """`POST /v1/approvals/{ticket}`: once, but equal words get an equal answer."""
        found = self.tickets.get(ticket)
        if found is None:
            return Refused(problem(ProblemType.NOT_FOUND))
        if found.came is not None and said == found.answer:
            return found.came
        if found.came is not None:
            return Refused(problem(ProblemType.APPROVAL_ANSWERED))
        if now_ms >= found.expires_ms:
            return Refused(problem(ProblemType.APPROVAL_EXPIRED))
        proof = approval_proof(
            approve_key(seed),
            ticket=ticket,
            popup_id=found.request.popup_id,
            decision=said.decision,
            number=said.number,
            asked=found.body,
        )
        if not hmac.compare_digest(proof, said.proof):
            return Refused(problem(ProblemType.APPROVAL_PROOF_WRONG))
        found.answer = said
        if said.decision == "refuse":
            found.came = Ok(ApprovalAnswered(completion_url=None))
        elif said.number == RIGHT:
            url = f"{self.origin}/popup/complete/{secrets.token_urlsafe(16)}"
            found.came = Ok(ApprovalAnswered(completion_url=url))
        else:
            found.came = Refused(problem(ProblemType.APPROVAL_NUMBER_WRONG))
        return found.came
