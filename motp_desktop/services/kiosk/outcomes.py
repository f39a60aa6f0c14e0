"""What can come of each of the kiosk's use cases: values that the view models match on."""

from dataclasses import dataclass
from typing import TypeAlias

from motp_desktop.services.outcomes import Trouble
from motp_protocol.kiosks import KioskClaims

# The kiosk itself


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """No administrator has enrolled this kiosk yet."""


@dataclass(frozen=True, slots=True)
class KioskReady:
    """The kiosk serves by this configuration; `online` whether the verifier answered last time."""

    claims: KioskClaims
    online: bool


@dataclass(frozen=True, slots=True)
class KioskLocked:
    """Staff have locked the kiosk; they can unlock it."""

    claims: KioskClaims


@dataclass(frozen=True, slots=True)
class KioskEnded:
    """The kiosk is revoked, or its identity is lost: an administrator must enrol it anew."""


KioskNow: TypeAlias = NotEnrolled | KioskReady | KioskLocked | KioskEnded | Trouble


@dataclass(frozen=True, slots=True)
class KioskAdded:
    """The kiosk is enrolled and has its first configuration."""

    claims: KioskClaims


@dataclass(frozen=True, slots=True)
class KioskCodeWrong:
    """The enrolment code is wrong, used up or older than its ten minutes."""


@dataclass(frozen=True, slots=True)
class ExitPinUnsuitable:
    """The exit PIN is too short (six digits are the least) or one of those tried first."""


EnrolKioskOutcome: TypeAlias = KioskAdded | KioskCodeWrong | ExitPinUnsuitable | Trouble

# The administrator's exit


@dataclass(frozen=True, slots=True)
class MayExit:
    """The exit PIN is right."""


@dataclass(frozen=True, slots=True)
class ExitPinWrong:
    """Not the exit PIN; so many tries are left before it locks."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class ExitPinLocked:
    """Too many wrong exit PINs; it opens again after `retry_after` seconds."""

    retry_after: int


ExitOutcome: TypeAlias = MayExit | ExitPinWrong | ExitPinLocked | Trouble

# A visit


@dataclass(frozen=True, slots=True)
class HasProfile:
    """This number is registered at this kiosk: its PIN opens it."""


@dataclass(frozen=True, slots=True)
class NoProfile:
    """This number is not registered at this kiosk."""


@dataclass(frozen=True, slots=True)
class NoSuchNumber:
    """What was typed is no Korean mobile number."""


Arrival: TypeAlias = HasProfile | NoProfile | NoSuchNumber | Trouble
