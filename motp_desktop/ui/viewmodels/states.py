"""What each view renders: one frozen state a view model, free of secrets."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from motp_desktop.services import outcomes
from motp_desktop.ui.navigation import Screen
from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_protocol.consent import ConsentDocument
from motp_protocol.fields import Carrier, Language, Lock
from motp_protocol.messages import OwnRequirement, PastCheck
from motp_protocol.pin import PinFault

Connection: TypeAlias = Literal["unknown", "connected", "offline"]


@dataclass(frozen=True, slots=True)
class AppState:
    """What the window as a whole shows: the screen, or an aside that lies over it.

    `language_locked`: an administrator decided which language is spoken.
    """

    screen: Screen
    connection: Connection = "unknown"
    language: Language = "ko"
    aside: Aside | None = None
    language_locked: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Name and number as typed; kept while the person goes back and forth."""

    name: str = ""
    phone: tuple[str, str, str] = ("010", "", "")


class PinStage(Enum):
    """The PIN is typed twice."""

    CHOOSE = "choose"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class PinChoice:
    """How far the choice of a PIN is: only how many digits were typed, never which.

    `same`: it is the PIN that is to be changed.
    """

    stage: PinStage = PinStage.CHOOSE
    entered: int = 0
    minimum: int = 4
    maximum: int = 8
    fault: PinFault | None = None
    differs: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class IdentityState:
    """The wait for the identity code. Seconds come from the clock port.

    At 0 `seconds_left` the code ran out and is not sent any more: only another one helps.
    """

    sent_to: str
    seconds_left: int
    resend_in: int
    attempts_left: int
    wrong: bool = False
    resent: bool = False


@dataclass(frozen=True, slots=True)
class EnrolmentState:
    """All of the registration's screens. `busy` once an action runs for 300 ms."""

    document: ConsentDocument | None = None
    remind_to_read: bool = False
    fields: Fields = Fields()
    name_invalid: bool = False
    phone_invalid: bool = False
    pin: PinChoice = PinChoice()
    identity: IdentityState | None = None
    consent_changed: bool = False
    expired: bool = False
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class UnlockState:
    """The PIN entry. `working` blocks input at once, `busy` shows words after 300 ms.

    `too_short`: it was to be tried before it had `minimum` digits.
    """

    entered: int = 0
    minimum: int = 4
    maximum: int = 8
    too_short: bool = False
    attempts_left: int | None = None
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class CodeState:
    """The code screen but for the code itself, which the view asks for.

    `ending`: the last 7 s, in which the next code shows too. `skew_seconds` is this PC's clock
    less the verifier's, shown where it is 5 s or more. `name_needed`: some courses take no
    code before the number is proven to be in the trainee's own name. `consent_changed`: there
    is a newer document than the one agreed to. `just_changed`: in the first 10 s of a code that
    took another's place, which still counts. `cleared`: a copied code was taken off the
    clipboard. `newer_app`: the app's newest version, where this one is older. `hidden`: policy
    hides the code until it is asked for. `locking_soon`: nobody has done anything for so long
    that the app will lock itself.
    """

    name_masked: str = ""
    institutions: tuple[str, ...] = ()
    locks: frozenset[Lock] = frozenset()
    ending: bool = False
    just_changed: bool = False
    skew_seconds: int = 0
    may_copy: bool = True
    copied: bool = False
    cleared: bool = False
    may_reveal: bool = False
    hidden: bool = False
    may_stay_on_top: bool = False
    on_top: bool = False
    large: bool = False
    may_speak: bool = False
    name_needed: bool = False
    consent_changed: bool = False
    newer_app: str = ""
    locking_soon: bool = False


@dataclass(frozen=True, slots=True)
class RecordsState:
    """What is on record; `records` is None until they were read once.

    `news`: the newest check, where it was made since then. `busy` after 300 ms of reading.
    """

    records: outcomes.OwnRecords | None = None
    news: PastCheck | None = None
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None

    @property
    def needs(self) -> tuple[OwnRequirement, ...]:
        """What is to be done today, then what is done; not what no rule asks for."""
        needs = self.records.needs if self.records is not None else ()
        todo = (need for need in needs if need.required)
        done = (need for need in needs if not need.required and need.satisfied_by is not None)
        return (*todo, *done)


_NO_FAULTS = outcomes.InvalidNameDetails()


@dataclass(frozen=True, slots=True, repr=False)
class NameFields:
    """What the carrier compares, as typed; kept while the person goes back and forth."""

    carrier: Carrier | None = None
    birth: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class NameProofState:
    """The screens of the proof. `busy` once an action runs for 300 ms.

    `mismatch` and `expired` say how the last try ended.
    """

    fields: NameFields = NameFields()
    faults: outcomes.InvalidNameDetails = _NO_FAULTS
    mismatch: bool = False
    expired: bool = False
    identity: IdentityState | None = None
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


class PinChangeStage(Enum):
    """Which PIN is asked for."""

    CURRENT = "current"
    CHOOSE = "choose"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class PinChangeState:
    """The change of a PIN. `choice` tells of the new one.

    `attempts_left` is there once the PIN in force was wrong; `keeps_new` while the new one
    need not be typed again.
    """

    stage: PinChangeStage = PinChangeStage.CURRENT
    entered: int = 0
    choice: PinChoice = PinChoice()
    keeps_new: bool = False
    attempts_left: int | None = None
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class RenewalState:
    """The consent document that has changed. `consent_changed`: once more while it was read."""

    document: ConsentDocument | None = None
    remind_to_read: bool = False
    consent_changed: bool = False
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class ResetState:
    """A reset. `offer_here_only` once it failed in a way that clearing this PC gets round."""

    working: bool = False
    busy: bool = False
    offer_here_only: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class StartState:
    """What stands in the way of starting, and whether it is being tried again."""

    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None


@dataclass(frozen=True, slots=True)
class SessionStartState:
    """Whether the app starts with the person's session; None until that was looked at."""

    on: bool | None = None
    trouble: outcomes.StorageTrouble | None = None
