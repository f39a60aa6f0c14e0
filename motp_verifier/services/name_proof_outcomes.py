"""How the steps of a name proof can end."""

from dataclasses import dataclass
from typing import TypeAlias

from motp_protocol.messages import IdentityChallenge
from motp_verifier.services.outcomes import CurrentStatus, NotFound, Revoked, Suspended
from motp_verifier.services.signed import Replayed


@dataclass(frozen=True, slots=True)
class Challenged:
    """A code is on its way."""

    answer: IdentityChallenge


@dataclass(frozen=True, slots=True)
class Unavailable:
    """This verifier asks no carrier."""


@dataclass(frozen=True, slots=True)
class AlreadyVerified:
    """The name was verified before."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The carrier does not know the number in this name."""


@dataclass(frozen=True, slots=True)
class ProofOver:
    """No proof is under way: too late, too many wrong codes, or never begun."""


@dataclass(frozen=True, slots=True)
class WrongCode:
    """The code was not taken."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class OldCode:
    """The code is too old. Nobody was asked and nothing counted."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class TooMany:
    """Another message may be asked for in `retry_after` seconds."""

    retry_after: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The carrier could not be asked; it may be tried again at once."""


_Common: TypeAlias = Unavailable | Suspended | Revoked | NotFound | Replayed | Failed
SendOutcome: TypeAlias = Challenged | AlreadyVerified | Mismatch | ProofOver | TooMany | _Common
ConfirmedOutcome: TypeAlias = CurrentStatus | Mismatch | ProofOver | WrongCode | OldCode | _Common
