"""What can come of an approval on the same PC (docs/protocol.md, "Same-PC approval")."""

from dataclasses import dataclass, field
from typing import TypeAlias

from motp_desktop.services.outcomes import Ended, PinLocked, Suspended, Trouble
from motp_protocol.approvals import ApprovalRequest


@dataclass(frozen=True, slots=True)
class ApprovalQuestion:
    """Who asks, for what, and which numbers; what the answer to it needs.

    `asked` are the bytes of `request` as they came. `expires_at` is a `Clock.elapsed_ms` moment.
    """

    request: ApprovalRequest
    expires_at: int
    ticket: str = field(repr=False)
    asked: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Approved:
    """The verifier took the number; the browser that holds the pop-up finishes it there."""

    completion_url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApprovalDeclined:
    """The verifier knows that the trainee said no."""


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """Not the number of the page: that ended the request."""


@dataclass(frozen=True, slots=True)
class ApprovalExpired:
    """Too late for an answer."""


@dataclass(frozen=True, slots=True)
class ApprovalOver:
    """Answered before, unknown, or another trainee's: the verifier does not tell which."""


@dataclass(frozen=True, slots=True)
class OtherBrowser:
    """The address was opened in another browser than the pop-up's, which ended the request."""


@dataclass(frozen=True, slots=True)
class NameNotProven:
    """The course needs a number that is proven to be in the trainee's own name."""


@dataclass(frozen=True, slots=True)
class NotUnlocked:
    """The app was locked meanwhile: there is no key to answer with."""


ApprovalRefusal: TypeAlias = (
    WrongNumber
    | ApprovalExpired
    | ApprovalOver
    | OtherBrowser
    | NameNotProven
    | PinLocked
    | Suspended
    | Ended
    | Trouble
)
ApprovalLoaded: TypeAlias = ApprovalQuestion | NotUnlocked | ApprovalRefusal
ApprovalOutcome: TypeAlias = Approved | ApprovalDeclined | NotUnlocked | ApprovalRefusal
