"""What is shown of an approval on the same PC, and of the links that ask for one."""

from dataclasses import dataclass
from enum import Enum

from motp_desktop.services import outcomes
from motp_protocol.approvals import ApprovalRequest


class ApprovalEnd(Enum):
    """How a request came out. `NOT_OPENED`: approved, but the browser did not open."""

    APPROVED = "approved"
    NOT_OPENED = "not-opened"
    DECLINED = "declined"
    WRONG_NUMBER = "wrong-number"
    EXPIRED = "expired"
    OVER = "over"
    OTHER_BROWSER = "other-browser"
    NAME_NEEDED = "name-needed"


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """A request for approval. `request` is None until it was read; no ticket is in here.

    `answering`: an answer is on its way, and nothing can be pressed until it has arrived.
    `busy` once an action runs for 300 ms.
    """

    request: ApprovalRequest | None = None
    ended: ApprovalEnd | None = None
    answering: bool = False
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a request can still be answered: in whole seconds, and from 1 to 0."""

    seconds: int
    fraction: float


class LinkNotice(Enum):
    """What is said of a link over whatever screen is shown.

    `UNLOCK`: it waits for the PIN. `WAITING`: it waits for the person to turn to it.
    `CLOSED`: the lock closed the request that was shown.
    """

    UNLOCK = "unlock"
    WAITING = "waiting"
    LATE = "late"
    CLOSED = "closed"
    UNREGISTERED = "unregistered"
    UNUSABLE = "unusable"
    OTHER_VERIFIER = "other-verifier"


@dataclass(frozen=True, slots=True)
class LinkState:
    """What there is to say of the link that was opened last, if anything."""

    notice: LinkNotice | None = None
