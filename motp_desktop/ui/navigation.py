"""Which screen is shown: a pure reducer over frozen dataclasses.

View models report what happened as an event; `transition` says which screen follows. An event
that a screen does not know leaves it as it is: late answers never move the person about.
"""

from dataclasses import dataclass
from typing import TypeAlias

from motp_desktop.services import outcomes
from motp_desktop.services.ports import KeyStoreFault, StorageFault
from motp_protocol.messages import Status
from motp_protocol.problems import Replaces

# Screens


@dataclass(frozen=True, slots=True)
class Starting:
    """The vault is being looked at; words appear after 300 ms."""


@dataclass(frozen=True, slots=True)
class Notice:
    """필수 본인 인증 안내, with one button."""


@dataclass(frozen=True, slots=True)
class ConsentSummary:
    """The consent pop-up: what, why, until when, and what if not."""


@dataclass(frozen=True, slots=True)
class ConsentDeclined:
    """Without consent there are no codes; what to do instead."""


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """Registration 1 / 4: the whole document."""


@dataclass(frozen=True, slots=True)
class PersonalDetails:
    """Registration 2 / 4: name and number."""


@dataclass(frozen=True, slots=True)
class ChoosePin:
    """Registration 3 / 4: the PIN, twice."""


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """Registration 4 / 4: the code from the text message."""


@dataclass(frozen=True, slots=True)
class NotOnRoster:
    """The number is proven, but no institution has this name with this number."""


@dataclass(frozen=True, slots=True)
class ReplaceDevice:
    """Another device is registered: its registration would end."""

    replaces: Replaces


@dataclass(frozen=True, slots=True)
class Finishing:
    """The last step of an enrolment is under way, perhaps again after a restart."""


@dataclass(frozen=True, slots=True)
class EnterPin:
    """비밀번호 입력. `welcome` right after a registration."""

    name_masked: str
    phone_masked: str
    welcome: bool = False


@dataclass(frozen=True, slots=True)
class ShowCode:
    """The code and its countdown."""

    status: Status


@dataclass(frozen=True, slots=True)
class ConfirmReset:
    """등록 초기화: what it means, and whether to go on. Going back leads to `back`."""

    back: "EnterPin | ShowCode | Blocked"


@dataclass(frozen=True, slots=True)
class Resetting:
    """A reset is under way, perhaps again after a restart."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """This registration cannot be used, or not now: why, and the next step."""

    cause: outcomes.Ended | outcomes.Suspended | outcomes.PinLocked


@dataclass(frozen=True, slots=True)
class KeyStoreProblem:
    """No key store: what that means, how to mend it, and the key file as a way on."""

    fault: KeyStoreFault


@dataclass(frozen=True, slots=True)
class StorageProblem:
    """The data folder cannot be read or written."""

    fault: StorageFault


Screen: TypeAlias = (
    Starting
    | Notice
    | ConsentSummary
    | ConsentDeclined
    | ConsentForm
    | PersonalDetails
    | ChoosePin
    | IdentityCode
    | NotOnRoster
    | ReplaceDevice
    | Finishing
    | EnterPin
    | ShowCode
    | ConfirmReset
    | Resetting
    | Blocked
    | KeyStoreProblem
    | StorageProblem
)
