"""What the verifier's refusals mean for a registration."""

from typing import TypeAlias

from motp_desktop.services.outcomes import (
    Busy,
    Ended,
    PinLocked,
    Suspended,
    UnexpectedRefusal,
    WrongPin,
)
from motp_protocol.problems import TYPE_PREFIX, Problem, ProblemType

DEFAULT_RETRY_SECONDS = 30

PinRefusal: TypeAlias = WrongPin | PinLocked | Suspended | Ended | Busy | UnexpectedRefusal


def pin_refusal(problem: Problem) -> PinRefusal:
    """What came of showing a PIN."""
    match problem.known_type:
        case ProblemType.PIN_WRONG if problem.attempts_left is not None:
            return WrongPin(problem.attempts_left)
        case ProblemType.REGISTRATION_LOCKED:
            return PinLocked()
        case ProblemType.REGISTRATION_SUSPENDED:
            return Suspended()
        case _:
            return registration_refusal(problem)


def registration_refusal(problem: Problem) -> Ended | Busy | UnexpectedRefusal:
    """What came of any request for a registration."""
    match problem.known_type:
        case ProblemType.REGISTRATION_REVOKED:
            return Ended(problem.reason or "unknown")
        case ProblemType.DEVICE_CLONED:
            return Ended("cloned")
        case ProblemType.SHARE_UNKNOWN:
            return Ended("share-unknown")
        case ProblemType.NOT_FOUND:
            return Ended("unknown")
        case _:
            return other_refusal(problem)


def other_refusal(problem: Problem) -> Busy | UnexpectedRefusal:
    """What came of a request whose refusal has no meaning of its own."""
    if problem.known_type is ProblemType.TOO_MANY_REQUESTS:
        return Busy(problem.retry_after or DEFAULT_RETRY_SECONDS)
    return UnexpectedRefusal(problem.type.removeprefix(TYPE_PREFIX)[:64])
