"""What the console's views render: frozen, and without the session's token."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, TypeAlias

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import AuditQuery, Order
from motp_desktop.services.helpdesk.reasons import ReasonFault
from motp_protocol import helpdesk as m
from motp_protocol.fields import Language, Occasion


class Stage(Enum):
    """How far somebody is in."""

    SIGN_IN = "sign-in"
    SETUP = "setup"
    OPEN = "open"


class Place(Enum):
    """The pages of the console."""

    PEOPLE = "people"
    CHECK = "check"
    BOARD = "board"
    AUDIT = "audit"
    KIOSKS = "kiosks"


Ended: TypeAlias = Literal["signed-out", "idle", "over"]
SignInFault: TypeAlias = Literal["name", "password", "code", "new-password", "repeated"]
Live: TypeAlias = Literal["unknown", "live", "lost"]
SignInTrouble: TypeAlias = (
    o.WrongSignIn | o.SetupOver | o.NotAccepted | o.NoAnswer | o.Busy | o.UnexpectedRefusal
)


@dataclass(frozen=True, slots=True)
class SessionState:
    """`ended`: why a session before this one is over. `leaving_soon`: the idle end is near."""

    stage: Stage = Stage.SIGN_IN
    staff: o.SignedIn | None = None
    setup: o.SetupNeeded | None = None
    trouble: SignInTrouble | None = None
    faults: frozenset[SignInFault] = frozenset()
    ended: Ended | None = None
    leaving_soon: bool = False
    working: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class ConsoleState:
    """What stands around the pages."""

    place: Place = Place.PEOPLE
    live: Live = "unknown"
    language: Language = "ko"
    language_locked: bool = False


@dataclass(frozen=True, slots=True)
class SearchState:
    """`rows` are for `asked`, which may lag behind `text`; `count` is how many there are."""

    text: str = field(default="", repr=False)
    order: Order = "contact"
    asked: str = field(default="", repr=False)
    rows: tuple[m.FoundTrainee, ...] = field(default=(), repr=False)
    count: int = 0
    has_more: bool = False
    is_too_short: bool = False
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class PersonState:
    """`page` is None before it is there; `shown` while name and number are in full."""

    trainee_id: str | None = None
    page: m.TraineePage | None = field(default=None, repr=False)
    shown: m.PersonShown | None = field(default=None, repr=False)
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False


ActionKind: TypeAlias = m.StaffAction | Literal["bypass", "reveal"]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in the page: what is to be done, to what, and why.

    `institutions` are the choices of a bypass code, ids and names.
    """

    kind: ActionKind
    trainee_id: str
    registration_id: str = ""
    label: str = ""
    reason: str = ""
    fault: ReasonFault | None = None
    institutions: tuple[tuple[str, str], ...] = ()
    institution: int = 0
    occasion: Occasion = "lesson"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done last; a suspension can be taken back."""

    action: m.StaffAction
    registration_id: str
    label: str
    reason: str

    @property
    def can_undo(self) -> bool:
        """Whether it is offered to take this back."""
        return self.action == "suspend"


@dataclass(frozen=True, slots=True)
class BypassShown:
    """A bypass code while it holds."""

    code: str = field(repr=False)
    institution: str
    occasion: Occasion
    seconds_left: int


@dataclass(frozen=True, slots=True)
class ActionsState:
    """`bypass_over`: a code stood here and has ended."""

    asking: Asking | None = None
    done: Done | None = None
    bypass: BypassShown | None = None
    bypass_over: bool = False
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class CheckState:
    """`code` is as it is typed; `read` is what the verifier makes of it or of a picture."""

    code: str = ""
    code_invalid: bool = False
    found: o.NoStatusFound | None = None
    read: m.StatusTokenRead | None = None
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False


DayFault: TypeAlias = Literal["since", "until"]
Paper: TypeAlias = o.Exported | o.StorageTrouble


@dataclass(frozen=True, slots=True)
class AuditState:
    """`lines` are for `asked`; `export` is a question in the page, as `Asking` is."""

    query: AuditQuery = field(default_factory=AuditQuery)
    asked: AuditQuery | None = None
    lines: tuple[m.AuditLine, ...] = ()
    has_more: bool = False
    faults: frozenset[DayFault] = frozenset()
    exporting: bool = False
    reason: str = ""
    reason_fault: ReasonFault | None = None
    kept: Paper | None = None
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class BoardState:
    """Today, as last read."""

    board: m.Board | None = None
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class KioskAsking:
    """A question in the page, as `Asking` is: which kiosk is to be locked or unlocked, and why."""

    action: m.KioskAction
    kiosk_id: str
    reason: str = ""
    fault: ReasonFault | None = None


@dataclass(frozen=True, slots=True)
class KiosksState:
    """All kiosks as last read, at the verifier's `time`; `chosen` is the id of one of them.

    `done` is what was done last, to that one.
    """

    kiosks: tuple[m.StaffKiosk, ...] | None = None
    time: str = ""
    chosen: str | None = None
    asking: KioskAsking | None = None
    done: m.KioskAction | None = None
    trouble: o.StaffTrouble | None = None
    working: bool = False
    busy: bool = False

    @property
    def kiosk(self) -> m.StaffKiosk | None:
        """The one that is chosen."""
        return next((k for k in self.kiosks or () if k.kiosk_id == self.chosen), None)
