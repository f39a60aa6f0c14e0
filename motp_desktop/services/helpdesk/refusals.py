"""What the verifier's refusals mean at the helpdesk."""

from http import HTTPStatus
from typing import TypeVar

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.ports import NoAnswer, Ok, Refused
from motp_desktop.services.refusals import other_refusal
from motp_protocol.problems import Problem, ProblemType

T = TypeVar("T")

_SUSPENDED = ProblemType.REGISTRATION_SUSPENDED


def value_or_trouble(answer: Ok[T] | Refused | NoAnswer) -> T | o.StaffTrouble:
    """What was asked for, or why it is not there."""
    match answer:
        case Ok(value):
            return value
        case Refused(problem):
            return trouble_of(problem)
        case NoAnswer():
            return answer


def trouble_of(problem: Problem) -> o.StaffTrouble:
    """A refusal of anything but a sign-in: by its status, for each is one thing at the desk."""
    match problem.status:
        case HTTPStatus.UNAUTHORIZED:
            return o.SessionOver()
        case HTTPStatus.FORBIDDEN if problem.known_type is not _SUSPENDED:
            return o.NotAllowed()
        case HTTPStatus.NOT_FOUND:
            return o.Gone()
        case HTTPStatus.FORBIDDEN | HTTPStatus.CONFLICT | HTTPStatus.GONE | HTTPStatus.LOCKED:
            return o.NotPossible()
        case HTTPStatus.BAD_REQUEST | HTTPStatus.UNPROCESSABLE_ENTITY:
            return o.NotAccepted()
        case _:
            return other_refusal(problem)


def sign_in_refusal(problem: Problem) -> o.WrongSignIn | o.Busy | o.UnexpectedRefusal:
    """A refusal of a sign-in."""
    wrong = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST}
    return o.WrongSignIn() if problem.status in wrong else other_refusal(problem)


def setup_refusal(
    problem: Problem,
) -> o.WrongSignIn | o.SetupOver | o.NotAccepted | o.Busy | o.UnexpectedRefusal:
    """A refusal of the code or the password that a setup was answered with."""
    match problem.status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return o.WrongSignIn()
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE | HTTPStatus.CONFLICT:
            return o.SetupOver()
        case HTTPStatus.BAD_REQUEST | HTTPStatus.UNPROCESSABLE_ENTITY:
            return o.NotAccepted()
        case _:
            return other_refusal(problem)
