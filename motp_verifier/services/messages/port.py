"""The port through which a text message leaves the verifier."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A text for one person's phone. `to` is E.164 (`+821012345678`).

    `purpose` is why it is sent, one of a few words, for counting.
    """

    to: str = field(repr=False)
    text: str = field(repr=False)
    purpose: str = "other"


class SendFailure(Enum):
    """Why a message did not leave, as far as can be known."""

    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    BAD_ANSWER = "bad-answer"


@dataclass(frozen=True, slots=True)
class Sent:
    """The message was taken. `message_id` is the provider's own name for it."""

    message_id: str


@dataclass(frozen=True, slots=True)
class SendFailed:
    """The message was not taken, or that is not known.

    `reason` is a short English phrase for the operator's log; it names neither the
    person nor the text.
    """

    kind: SendFailure
    reason: str


SendOutcome: TypeAlias = Sent | SendFailed


class MessageSender(Protocol):
    """Sends one message; never raises for what a network or a provider does."""

    async def send(self, message: TextMessage) -> SendOutcome:
        """Hand the message over, within the sender's own time limits."""
        ...
