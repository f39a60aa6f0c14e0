"""Pop-ups: what a training site asks for, and what its server reads of the outcome.

`docs/protocol.md`, "Pop-ups", states it.
"""

from typing import Annotated, Literal

from msgspec import Meta

from motp_protocol.fields import CheckMethod, Id, Occasion, ShortText, Timestamp
from motp_protocol.messages import Message, TraineeRef


class PopupRequest(Message, frozen=True, kw_only=True, rename={"class_": "class"}):
    """`POST /v1/popups`. `return_origin` is one that the institution's policy lists."""

    trainee: TraineeRef
    course: ShortText
    class_: ShortText
    occasion: Occasion
    return_origin: Annotated[str, Meta(max_length=300)]
    session: Annotated[int, Meta(ge=0, le=999)] = 0


class PopupCreated(Message, frozen=True, kw_only=True):
    """Where the trainee's browser is to go, and until when it may be answered there."""

    popup_id: Id
    url: str
    expires_at: Timestamp


class PopupResult(Message, frozen=True, kw_only=True):
    """The check that a pop-up came to. Its members are as those of `VerificationResult`.

    `transaction_id` is there for a telephone that was proven, and good for ten minutes.
    """

    verification_id: Id
    method: CheckMethod
    verified_at: Timestamp
    satisfied_until: Timestamp | None
    receipt: str
    transaction_id: Id | None


class PopupState(Message, frozen=True, kw_only=True):
    """`GET /v1/popups/{id}`. `result` is there once it is accepted."""

    popup_id: Id
    state: Literal["open", "accepted", "expired"]
    expires_at: Timestamp
    result: PopupResult | None
