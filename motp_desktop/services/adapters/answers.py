"""What all answers of the verifier have in common: a message or a problem, and the time."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, TypeVar

from motp_desktop.services.adapters.http_exchange import HttpAnswer
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import wire
from motp_protocol.encoding import parse_time
from motp_protocol.problems import CONTENT_TYPE, TYPE_PREFIX, Problem

T = TypeVar("T")

JSON = "application/json"
# 1 January 2200: reckoning from a later time could leave what RFC 3339 can write.
_LATEST_BELIEVABLE_MS = 7_258_118_400_000


@dataclass(frozen=True, slots=True)
class Expected(Generic[T]):
    """What a good answer looks like: for each status, how its body is read, and its type."""

    by_status: dict[int, Callable[[bytes], T]]
    content_type: str = JSON


def expect(kind: type[T], status: HTTPStatus = HTTPStatus.OK) -> Expected[T]:
    """A message of this kind, under this status."""
    return Expected({status: lambda body: wire.decode(body, kind)})


def tell_apart(expected: Expected[T], answer: HttpAnswer | NoAnswer) -> Answer[T]:
    """The message, the refusal, or why it is neither."""
    if isinstance(answer, NoAnswer):
        return answer
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswer("failing")
    read = expected.by_status.get(answer.status)
    try:
        if read is None:
            return Refused(read_problem(answer))
        if answer.status != HTTPStatus.NO_CONTENT and answer.content_type != expected.content_type:
            return NoAnswer("bad-answer")
        return Ok(read(answer.body))
    except ValueError:
        return NoAnswer("bad-answer")


def read_problem(answer: HttpAnswer) -> Problem:
    """A refusal of the verifier's; ValueError for anything else."""
    problem = wire.decode(answer.body, Problem)
    is_problem = answer.content_type == CONTENT_TYPE and problem.status == answer.status
    is_refusal = answer.status >= HTTPStatus.BAD_REQUEST
    if not (is_problem and is_refusal and problem.type.startswith(TYPE_PREFIX)):
        raise ValueError("not a problem of the protocol")
    return problem


def learn_time(clock: VerifierClock, told: str, sent: int, received: int) -> None:
    """Take the time that an answer told; ValueError where it is none, or beyond belief.

    `sent` and `received` are when the request went and the answer came, by the elapsed clock.
    """
    verifier_ms = parse_time(told)
    if not 0 <= verifier_ms < _LATEST_BELIEVABLE_MS:
        raise ValueError("the verifier's time is beyond belief")
    clock.learn(verifier_ms, sent, received)
