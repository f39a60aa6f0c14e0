"""Connections that end: what a client may send before it is a request, and how long it may take.

uvicorn reads HTTP/1.1 by httptools, which refuses what is ambiguous (two lengths, a length
beside chunks, bare line feeds), but neither counts what it keeps nor looks at a clock. This
does both. A connection is always in one phase, which may have a deadline; one timer for all
of them, `ConnectionLimits.sweep`, looks at the deadlines, so that a request in time costs no
timer of its own.
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from typing import Any, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from motp_verifier.answers import Answering
from motp_verifier.http.body import MAX_BODY_BYTES
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.refusals import refusal
from motp_verifier.sparing_log import SparingLog

MAX_HEAD_BYTES = 32 * 1024
MAX_HEADER_FIELDS = 100
MAX_WIRE_BYTES = 16 * MAX_BODY_BYTES
"""The most that a body may take on the wire: six bytes for each where chunks hold one."""

MAX_PIPELINED = 16
LINGER_SECONDS = 2.0
"""How long one who was refused may go on sending and still read the answer."""

_VERSIONS = frozenset({"1.0", "1.1"})
_NEVER = float("inf")
_log = SparingLog(logging.getLogger(__name__))


class Phase(Enum):
    """What the server waits for."""

    IDLE = auto()
    HEAD = auto()
    BODY = auto()
    ANSWER = auto()
    END = auto()


# By names of their own: this is looked at several times in every request.
_IDLE, _HEAD, _BODY, _ANSWER, _END = Phase


class Refusal(Enum):
    """Why a connection ends before its time: a name for the metrics, and what it is told."""

    BAD_REQUEST = ("bad-request", HTTPStatus.BAD_REQUEST)
    LARGE_HEAD = ("large-head", HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    LARGE_BODY = ("large-body", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    SLOW_HEAD = ("slow-head", HTTPStatus.REQUEST_TIMEOUT)
    SLOW_BODY = ("slow-body", HTTPStatus.REQUEST_TIMEOUT)
    SLOW_READER = ("slow-reader", None)
    PIPELINE = ("pipeline", None)
    MANY_IDLE = ("many-idle", None)
    MANY = ("many-connections", HTTPStatus.SERVICE_UNAVAILABLE)

    def __init__(self, slug: str, status: HTTPStatus | None) -> None:
        self.slug = slug
        self.status = status


class _Refused(Exception):
    """Leaves the parser from inside one of its callbacks."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.slug)
        self.why = why


@dataclass(slots=True)
class ConnectionLimits:
    """What every connection of a process may take. Times are in seconds.

    `idle_seconds` is between two requests, `head_seconds` for a request's line and fields
    from the first byte on, `body_seconds` for its body, or for reading an answer.
    `connections` is how many there may be at once.

    Deadlines are counted from the last sweep, and made later by the time between two: so
    nothing ends early, and at most two sweeps late.

    Once `draining` each answer says that its connection ends (RFC 9112 §9.6), so that nobody
    sends a request into one that is closed just then.
    """

    head_seconds: float = 10
    body_seconds: float = 20
    idle_seconds: float = 15
    connections: int = 2000
    metrics: Metrics = field(default=NO_METRICS, repr=False)
    now: float = field(default=0, init=False)
    draining: bool = field(default=False, init=False)
    sweep_seconds: float = field(init=False)

    def __post_init__(self) -> None:
        shortest = min(self.head_seconds, self.body_seconds, self.idle_seconds)
        self.sweep_seconds = min(1.0, shortest / 4)

    def sweep(self, connections: Iterable[object], now: float) -> None:
        """End what took too long. `now` is the event loop's time; to begin before all else."""
        self.now = now
        for each in list(connections):
            if isinstance(each, GuardedConnection) and each.deadline <= now:
                each.expire()

    def after(self, seconds: float) -> float:
        """The time by which so many seconds have surely passed."""
        return self.now + seconds + self.sweep_seconds

    def count(self, why: Refusal) -> None:
        """Note that a connection ends before its time."""
        self.metrics.turned_away(why.slug)
        _log.say(logging.WARNING, "connections are ended", why.slug)


class GuardedConnection(HttpToolsProtocol):
    """One connection, in one phase."""

    def __init__(self, limits: ConnectionLimits, **options: Any) -> None:
        super().__init__(**options)
        self._limits = limits
        self._phase = _IDLE
        self.deadline = _NEVER
        self._head_bytes = 0
        self._piece_bytes = 0
        self._wire_bytes = 0
        self._body_bytes = 0

    @property
    def is_waiting(self) -> bool:
        """Whether it could end without anybody losing an answer."""
        return self._phase in {_IDLE, _HEAD, _END} and not self._is_answering()

    # What the transport tells.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a first request, if there is room."""
        super().connection_made(transport)
        # Whoever connects has something to say: no more time than for a head.
        self._enter(_IDLE, self._limits.head_seconds)
        if len(self.connections) > self._limits.connections:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._phase is _END:
            self._wire_bytes += len(data)
            if self._wire_bytes > MAX_WIRE_BYTES:
                self.transport.abort()
            return
        if self._phase is _IDLE:
            self._begin_head()
        self._piece_bytes = size = len(data)
        self._head_bytes += size
        self._wire_bytes += size
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # Nothing else is spoken here: it is answered as HTTP/1.1, and that is the end.
            self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause.why if isinstance(cause, _Refused) else Refusal.BAD_REQUEST)
        else:
            if self._phase is _HEAD and self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(Refusal.LARGE_HEAD)
            elif self._phase is _BODY and self._wire_bytes > MAX_WIRE_BYTES:
                self._refuse(Refusal.LARGE_BODY)

    def pause_writing(self) -> None:
        """The client reads more slowly than it is answered."""
        super().pause_writing()
        self._enter(self._phase, self._limits.body_seconds)

    def resume_writing(self) -> None:
        """It read."""
        super().resume_writing()
        if self._phase is _ANSWER:
            self.deadline = _NEVER

    # What the parser tells.

    def on_message_begin(self) -> None:
        """A request begins, perhaps in the midst of what came in."""
        if self._phase is not _HEAD:
            self._begin_head()
            self._head_bytes = self._piece_bytes
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A request's head is there: it goes to the application, or waits for its turn."""
        fields = self.headers
        hosts = announced = 0
        for name, value in fields:
            if name == b"host":
                hosts += 1
            elif name == b"content-length":
                announced = int(value)
        if hosts != 1 or self.parser.get_http_version() != "1.1":
            self._check_version(hosts)
        if len(fields) > MAX_HEADER_FIELDS or self._is_large_head():
            raise _Refused(Refusal.LARGE_HEAD)
        if len(self.pipeline) >= MAX_PIPELINED:
            raise _Refused(Refusal.PIPELINE)
        super().on_headers_complete()
        if self._limits.draining and not self.pipeline:
            self.cycle.keep_alive = False
        self.headers = []  # Fields after the body must not join those before it.
        self._body_bytes = self._wire_bytes = 0
        self._phase = _BODY
        self.deadline = self._limits.after(self._limits.body_seconds)
        if announced > MAX_BODY_BYTES:
            self._end_after_answer()

    def on_body(self, body: bytes) -> None:
        """A piece of the body, which the application counts as well."""
        before, self._body_bytes = self._body_bytes, self._body_bytes + len(body)
        if before <= MAX_BODY_BYTES < self._body_bytes:
            self._end_after_answer()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._phase, self.deadline = _ANSWER, _NEVER
        super().on_message_complete()
        if self.cycle.response_complete:
            self._be_idle()

    def on_response_complete(self) -> None:
        """An answer is out: the next request's turn."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            self._enter(_END, LINGER_SECONDS)
        elif self.pipeline:
            self.flow.resume_reading()
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)
        elif self._phase is _ANSWER:
            self.flow.resume_reading()
            self._be_idle()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        async def answering(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001
            await app(scope, receive, Answering(cycle).send)

        super()._start_asgi_task(cycle, answering)

    # What the clock tells.

    def expire(self) -> None:
        """The deadline has passed."""
        if self._phase is _HEAD:
            self._refuse(Refusal.SLOW_HEAD)
        elif self._phase is _BODY:
            self._refuse(Refusal.SLOW_BODY)
        elif self._phase is _END:
            self.transport.abort()
        elif self._phase is _ANSWER or self.transport.get_write_buffer_size():
            self._drop(Refusal.SLOW_READER)
        else:
            self._enter(_END, LINGER_SECONDS)
            self.transport.close()

    def linger(self) -> None:
        """Say that no more comes, and let the client read: a close would take it back."""
        if self._phase is _END:
            return
        self._enter(_END, LINGER_SECONDS)
        self.pipeline.clear()
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        else:
            self.transport.close()

    def _begin_head(self) -> None:
        self._head_bytes = 0
        self._enter(_HEAD, self._limits.head_seconds)

    def _be_idle(self) -> None:
        self._enter(_IDLE, self._limits.idle_seconds)

    def _enter(self, phase: Phase, seconds: float) -> None:
        self._phase = phase
        self.deadline = self._limits.after(seconds)

    def _check_version(self, hosts: int) -> None:
        """HTTP/1.1 with one host, or HTTP/1.0 with none or one (RFC 9112 §3.2)."""
        version = self.parser.get_http_version()
        if hosts > 1 or version != "1.0":
            raise _Refused(Refusal.BAD_REQUEST)

    def _is_large_head(self) -> bool:
        """What came in since the head began may hold more than it: only then it is counted."""
        if self._head_bytes <= MAX_HEAD_BYTES:
            return False
        fields = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.url) + fields > MAX_HEAD_BYTES

    def _is_answering(self) -> bool:
        cycle: object = self.cycle  # None before the first request
        return isinstance(cycle, RequestResponseCycle) and not cycle.response_complete

    def _end_after_answer(self) -> None:
        """The rest of the body is of no use, and neither is a connection that holds it."""
        self.cycle.keep_alive = False
        self.cycle.transport = cast(asyncio.Transport, _LingeringTransport(self))

    def _refuse(self, why: Refusal) -> None:
        """End it, with an answer if it is this one's turn."""
        self._limits.count(why)
        if self._phase is _BODY and self.pipeline:
            self.pipeline.popleft()  # The one whose body this was, which nobody has seen.
            others = True
        else:
            others = self._phase is not _BODY and self._is_answering()
        if why.status is None:
            self.transport.abort()
        elif others:
            # They are answered still, and the last of them says that it was the last.
            last = self.pipeline[0][0] if self.pipeline else self.cycle
            last.keep_alive = False
            self._enter(_END, self._limits.body_seconds)
        elif self._phase is not _BODY:
            self._say(why.status)
        elif not self._is_answering():
            self.linger()  # It was answered before it was whole.
        elif self.cycle.response_started:
            self.transport.abort()
        else:
            # Whatever the application says of it now, nobody hears.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self._say(why.status)

    def _say(self, status: HTTPStatus) -> None:
        self.transport.write(refusal(status))
        self.linger()

    def _drop(self, why: Refusal) -> None:
        self._limits.count(why)
        self.transport.abort()

    def _make_room(self) -> None:
        """For a new connection the one goes that waited longest; else this one has to."""
        waiting = [
            each
            for each in self.connections
            if isinstance(each, GuardedConnection) and each is not self and each.is_waiting
        ]
        if waiting:
            min(waiting, key=lambda each: each.deadline)._drop(Refusal.MANY_IDLE)
        else:
            self._refuse(Refusal.MANY)


class _LingeringTransport:
    """What the answer to an overlong request is written to: its close lets the client read."""

    def __init__(self, connection: GuardedConnection) -> None:
        self._connection = connection
        self.write = connection.transport.write

    def is_closing(self) -> bool:
        return self._connection.transport.is_closing()

    def close(self) -> None:
        self._connection.linger()
