"""How the steps of an enrolment can end."""

from dataclasses import dataclass
from typing import TypeAlias

from motp_protocol.fields import Lock
from motp_protocol.messages import EnrolmentKeys, EnrolmentStarted, Status
from motp_protocol.problems import Replaces
from motp_verifier.services.kiosks.witnessing import KioskLocked
from motp_verifier.services.outcomes import AppOutdated, Malformed, NotFound, Revoked, Suspended
from motp_verifier.services.signed import Replayed


@dataclass(frozen=True, slots=True)
class Started:
    """A code is on its way."""

    answer: EnrolmentStarted


@dataclass(frozen=True, slots=True)
class ConsentMissing:
    """The person did not agree."""


@dataclass(frozen=True, slots=True)
class ConsentNotCurrent:
    """The person agreed to a text that is not the one in force."""


@dataclass(frozen=True, slots=True)
class InvalidName:
    """The name is not one."""


@dataclass(frozen=True, slots=True)
class InvalidPhone:
    """The number is not a Korean mobile number."""


@dataclass(frozen=True, slots=True)
class KioskRequired:
    """Only an enrolled kiosk can enrol this kind."""


@dataclass(frozen=True, slots=True)
class TooManyMessages:
    """Another message may be asked for in `retry_after` seconds."""

    retry_after: int


@dataclass(frozen=True, slots=True)
class NotSent:
    """The message did not leave; it may be asked for again at once."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """This key or this step was used with other values before."""


@dataclass(frozen=True, slots=True)
class Expired:
    """The enrolment is over: too late, or too many wrong codes."""


@dataclass(frozen=True, slots=True)
class CodeWrong:
    """The identity code is wrong."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class CodeExpired:
    """The identity code is too old. Nothing was compared and nothing counted."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class NotOnRoster:
    """The number is proven, but no roster has it under this name."""


@dataclass(frozen=True, slots=True)
class KeysAgreed:
    """The code was right: the verifier's half of the agreement."""

    answer: EnrolmentKeys


@dataclass(frozen=True, slots=True)
class AlreadyRegistered:
    """Another registration is active and was not named as the one to replace."""

    replaces: Replaces


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The registration is active. `lifted` locks went with the one that it replaced just now."""

    registration_id: str
    status: Status
    lifted: tuple[Lock, ...] = ()


StartOutcome: TypeAlias = (
    Started
    | ConsentMissing
    | ConsentNotCurrent
    | InvalidName
    | InvalidPhone
    | KioskRequired
    | KioskLocked
    | TooManyMessages
    | NotSent
    | AppOutdated
    | Conflict
    | Expired
    | Malformed
    | Replayed
)
ResendOutcome: TypeAlias = (
    Started | TooManyMessages | NotSent | Conflict | Expired | NotFound | Replayed
)
ProveOutcome: TypeAlias = (
    KeysAgreed
    | CodeWrong
    | CodeExpired
    | NotOnRoster
    | KioskLocked
    | KioskRequired
    | Suspended
    | Conflict
    | Expired
    | NotFound
    | Malformed
    | Replayed
)
ConfirmOutcome: TypeAlias = (
    Confirmed | AlreadyRegistered | Suspended | Revoked | Conflict | Expired | NotFound | Replayed
)
