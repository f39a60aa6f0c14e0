"""The port to whoever knows in whose name a mobile number is.

A carrier compares name, date of birth, sex and number with its contract, and sends a code to
the number. An attempt has a reference of our own making, which nobody can guess.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, TypeAlias

from motp_protocol.fields import Carrier
from motp_verifier.services.people import Person


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to prove that a number is in a person's own name."""

    reference: str
    person: Person = field(repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Details:
    """What the carrier is told beside the attempt; never kept or logged.

    `client_ip` is the address of the person's device, by which the service limits requests.
    """

    operator: Carrier
    birth_and_sex: str
    client_ip: str


class ServiceFailure(Enum):
    """Why the service did not do its part, as far as can be known."""

    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    BAD_ANSWER = "bad-answer"


@dataclass(frozen=True, slots=True)
class CodeSent:
    """The carrier found the details right and a code is on its way."""


@dataclass(frozen=True, slots=True)
class DetailsRefused:
    """The carrier does not know this person with this number, or says no."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The code was right. Whom the carrier knows: `phone` is None where it is not told.

    A number that is not told is the one that the attempt was begun for: only we begin
    attempts, and the code went there.
    """

    name: str = field(repr=False)
    phone: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """The carrier did not take the code."""


@dataclass(frozen=True, slots=True)
class AttemptOver:
    """The service knows no attempt under way by this reference."""


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """It is not known what came of it; it may be tried again.

    `reason` is a short English phrase for the operator's log; it names no person.
    """

    kind: ServiceFailure
    reason: str


SendOutcome: TypeAlias = CodeSent | DetailsRefused | ServiceFailed
ResendOutcome: TypeAlias = CodeSent | AttemptOver | ServiceFailed
ConfirmOutcome: TypeAlias = Verified | CodeRefused | AttemptOver | ServiceFailed


class IdentityService(Protocol):
    """Asks the carriers; never raises for what a network or a service does.

    Each call may be repeated after a lost answer. `name` is one word for counting and for
    the registration's record of how it was proven.
    """

    @property
    def name(self) -> str:
        """Which service this is."""
        ...

    async def send(self, attempt: Attempt, details: Details) -> SendOutcome:
        """Have a code sent to the person's number."""
        ...

    async def resend(self, attempt: Attempt) -> ResendOutcome:
        """Have the code sent once more."""
        ...

    async def confirm(self, attempt: Attempt, code: str) -> ConfirmOutcome:
        """Give the code from the message."""
        ...
