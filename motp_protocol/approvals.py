"""Approval on the same PC: what the app is asked, what it answers, and the proof of it.

`docs/protocol.md`, "Same-PC approval", states it.
"""

import hashlib
import hmac
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from motp_protocol.encoding import b64url_encode
from motp_protocol.fields import Bytes32, Id, Occasion, ShortText, Timestamp
from motp_protocol.messages import Message

Decision: TypeAlias = Literal["approve", "refuse"]
TwoDigits: TypeAlias = Annotated[str, Meta(pattern=r"\A[0-9]{2}\Z")]


class ApprovalRequest(Message, frozen=True, kw_only=True, rename={"class_": "class"}):
    """`GET /v1/approvals/{ticket}`: who asks, for what, and three numbers.

    One of `numbers` stands on the page of the pop-up; a wrong choice ends the ticket.
    `institution` is its name. The answer to it is proven over these bytes as they were sent.
    """

    popup_id: Id
    institution: str
    course: ShortText
    class_: ShortText
    session: int
    occasion: Occasion
    numbers: Annotated[list[TwoDigits], Meta(min_length=3, max_length=3)]
    expires_at: Timestamp


class ApprovalAnswer(Message, frozen=True, kw_only=True):
    """`POST /v1/approvals/{ticket}`. `number` is empty for a refusal."""

    decision: Decision
    number: Annotated[str, Meta(pattern=r"\A(?:[0-9]{2})?\Z")]
    proof: Bytes32


class ApprovalAnswered(Message, frozen=True, kw_only=True):
    """What comes of an answer.

    `completion_url` is one-time and lies under the verifier's own origin; the app opens it in
    the system's browser. It is None after a refusal.
    """

    completion_url: str | None


def approval_proof(
    key: bytes, *, ticket: str, popup_id: str, decision: Decision, number: str, asked: bytes
) -> str:
    """The answer's proof under `motp_protocol.keys.approve_key`, as base64url.

    `asked` is the body of the request that was shown, byte by byte.
    """
    said = (
        ticket.encode("ascii"),
        popup_id.encode("ascii"),
        decision.encode("ascii"),
        number.encode("ascii"),
        hashlib.sha256(asked).digest(),
    )
    return b64url_encode(hmac.digest(key, b"\x00".join(said), hashlib.sha256))
