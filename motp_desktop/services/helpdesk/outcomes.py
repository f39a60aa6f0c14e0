"""What may come of what staff ask for: values, matched with assert_never."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from motp_desktop.services.outcomes import Busy, StorageTrouble, UnexpectedRefusal
from motp_desktop.services.ports import NoAnswer
from motp_protocol import helpdesk as messages

__all__ = ["Busy", "NoAnswer", "StorageTrouble", "UnexpectedRefusal"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody of the staff; `ends_ms` is when their session does, by the verifier's time."""

    name: str
    role: messages.StaffRole
    ends_ms: int


@dataclass(frozen=True, slots=True)
class SetupNeeded:
    """A first sign-in: `otpauth` is for a QR code, `secret` to be typed instead."""

    otpauth: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrongSignIn:
    """Name, password and code do not belong together; which of them is not told."""


@dataclass(frozen=True, slots=True)
class SetupOver:
    """The time for the setup is over: it begins again with the name and the password."""


@dataclass(frozen=True, slots=True)
class SessionOver:
    """The session ended, or was ended: nothing is shown any more until somebody signs in."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """This role may not do this."""


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such person, registration or device here any more."""


@dataclass(frozen=True, slots=True)
class NotPossible:
    """It cannot be done as things stand now, which is another way than was shown."""


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """The verifier does not take what was typed, such as a reason with a number in it."""


StaffTrouble: TypeAlias = (
    NoAnswer
    | Busy
    | UnexpectedRefusal
    | SessionOver
    | NotAllowed
    | Gone
    | NotPossible
    | NotAccepted
)
SignInOutcome: TypeAlias = (
    SignedIn | SetupNeeded | WrongSignIn | NoAnswer | Busy | UnexpectedRefusal
)
SetupOutcome: TypeAlias = (
    SignedIn | WrongSignIn | SetupOver | NotAccepted | NoAnswer | Busy | UnexpectedRefusal
)


@dataclass(frozen=True, slots=True)
class Exported:
    """The file is whole, at `path`."""

    path: str


@dataclass(frozen=True, slots=True)
class Collected:
    """Lines of the audit for a paper, the newest first; `is_cut` where there are more."""

    lines: tuple[messages.AuditLine, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class NoStatusFound:
    """A picture without a status. `none`: no QR code; `other`: one of something else."""

    why: Literal["none", "other", "no-reader"]


@dataclass(frozen=True, slots=True)
class StatusFound:
    """What a picture holds: a signed status, not yet read by the verifier."""

    token: str = field(repr=False)
