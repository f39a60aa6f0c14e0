"""Requests to the verifier's device interface: signed, timed, and their answers told apart."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeAlias, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from motp_desktop.services.adapters.answers import JSON, Expected, learn_time, tell_apart
from motp_desktop.services.adapters.contact_notes import log_call
from motp_desktop.services.adapters.http_exchange import Exchange, HttpAnswer, HttpRequest
from motp_desktop.services.adapters.origins import authority_of
from motp_desktop.services.ports import Answer, Clock, Entropy, NoAnswer, Ok, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import wire
from motp_protocol.problems import CONTENT_TYPE, Problem, ProblemType
from motp_protocol.signature import NONCE_SIZE, RequestParts, sign_request

T = TypeVar("T")

AnswerListener: TypeAlias = Callable[[str, Answer[Any]], None]
"""Told the path of each request and what it came to."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request of the interface, and how its answer is read."""

    method: str
    path: str
    status: HTTPStatus
    read: Callable[[bytes], T]
    time_of: Callable[[T], str | None]
    query: str = ""
    message: Struct | None = None
    key: Ed25519PrivateKey | None = None
    content_type: str = JSON


def nobody(path: str, answer: Answer[Any]) -> None:
    """An AnswerListener that does nothing."""


class SignedCalls:
    """Sends calls to one verifier, by its time, and learns that time from the answers."""

    def __init__(
        self,
        *,
        origin: str,
        exchange: Exchange,
        clock: Clock,
        verifier_clock: VerifierClock,
        entropy: Entropy,
        app_version: str,
        listener: AnswerListener = nobody,
    ) -> None:
        self._origin = origin
        self._exchange = exchange
        self._clock = clock
        self._verifier_clock = verifier_clock
        self._entropy = entropy
        self._user_agent = f"motp-desktop/{app_version}"
        self._listener = listener

    def send(self, call: Call[T]) -> Answer[T]:
        """The answer. A `clock-skew` corrects the verifier's time and is asked once more."""
        answer = self._send_once(call)
        if isinstance(answer, Refused) and _is_clock_skew(answer.problem):
            return self._send_once(call)
        return answer

    def _send_once(self, call: Call[T]) -> Answer[T]:
        request = self._request(call)
        sent = self._clock.elapsed_ms()
        answer = self._exchange.send(request)
        received = self._clock.elapsed_ms()
        told_apart = self._tell_apart(call, answer, sent, received)
        log_call(call.method, call.path, told_apart)
        self._listener(call.path, told_apart)
        return told_apart

    def _tell_apart(
        self, call: Call[T], answer: HttpAnswer | NoAnswer, sent: int, received: int
    ) -> Answer[T]:
        told_apart = tell_apart(Expected({call.status: call.read}, call.content_type), answer)
        told = _time_told(call, told_apart)
        try:
            if told is not None:
                learn_time(self._verifier_clock, told, sent, received)
        except ValueError:
            return NoAnswer("bad-answer")
        return told_apart

    def _request(self, call: Call[T]) -> HttpRequest:
        body = b"" if call.message is None else wire.encode(call.message)
        headers = {
            "Accept": f"{call.content_type}, {CONTENT_TYPE}",
            "Accept-Encoding": "identity",
            "User-Agent": self._user_agent,
        }
        if call.message is not None:
            headers["Content-Type"] = JSON
        if call.key is not None:
            headers |= sign_request(
                call.key,
                RequestParts(call.method, authority_of(self._origin), call.path, call.query, body),
                created=max(0, self._verifier_clock.now_ms() // 1000),
                nonce=self._entropy(NONCE_SIZE),
            )
        target = f"{call.path}?{call.query}" if call.query else call.path
        return HttpRequest(call.method, self._origin + target, headers, body)


def _time_told(call: Call[T], answer: Answer[T]) -> str | None:
    match answer:
        case Ok(value):
            return call.time_of(value)
        case Refused(problem):
            return problem.time
        case NoAnswer():
            return None


def _is_clock_skew(problem: Problem) -> bool:
    return problem.known_type is ProblemType.CLOCK_SKEW and problem.time is not None


def post(
    key: Ed25519PrivateKey,
    path: str,
    message: Struct | None,
    kind: type[T],
    *,
    status: HTTPStatus = HTTPStatus.OK,
    time_of: Callable[[T], str | None] | None = None,
) -> Call[T]:
    return Call(
        method="POST",
        path=path,
        status=status,
        read=reader(kind),
        time_of=time_of or no_time,
        message=message,
        key=key,
    )


def get(
    key: Ed25519PrivateKey,
    path: str,
    kind: type[T],
    *,
    query: str = "",
    time_of: Callable[[T], str | None] | None = None,
) -> Call[T]:
    return Call(
        method="GET",
        path=path,
        status=HTTPStatus.OK,
        read=reader(kind),
        time_of=time_of or no_time,
        query=query,
        key=key,
    )


def reader(kind: type[T]) -> Callable[[bytes], T]:
    return lambda body: wire.decode(body, kind)


def nothing(body: bytes) -> None:
    """The reader of an answer without a body."""


def no_time(value: object) -> None:
    """For an answer that does not tell the time."""
