"""Answers in one piece are what uvicorn would have written in two."""

import asyncio
import logging
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from motp_verifier.answers import Answering

_FIELDS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


class Wire:
    """A transport that keeps what is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


class Request:
    """One request at the moment when it is to be answered."""

    def __init__(self, *, method: str = "POST", keep_alive: bool = True) -> None:
        self.wire = Wire()
        self.answered = 0
        transport = cast(Any, self.wire)
        self.flow = FlowControl(transport)
        self.cycle = RequestResponseCycle(
            scope=cast(Any, {"type": "http", "method": method}),
            transport=transport,
            flow=self.flow,
            logger=logging.getLogger("none"),
            access_logger=logging.getLogger("none"),
            access_log=False,
            default_headers=[(b"date", b"Thu, 26 Nov 2026 00:00:00 GMT")],
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=keep_alive,
            on_response=self._on_response,
        )

    def _on_response(self) -> None:
        self.answered += 1


def start(fields: list[tuple[bytes, bytes]], status: int = 200) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": fields}


def body(content: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": content, "more_body": more}


def sized(content: bytes) -> list[tuple[bytes, bytes]]:
    return [*_FIELDS, (b"content-length", b"%d" % len(content))]


def send(request: Request, *messages: dict[str, Any], directly: bool = False) -> Request:
    async def go() -> None:
        way = cast(Any, request.cycle if directly else Answering(request.cycle))
        for message in messages:
            await way.send(message)

    asyncio.run(go())
    return request


@given(content=st.binary(max_size=200), status=st.sampled_from([200, 201, 404, 503]))
def test_an_ordinary_answer_is_one_write_of_what_uvicorn_writes(
    content: bytes, status: int
) -> None:
    messages = start(sized(content), status), body(content)
    whole = send(Request(), *messages)
    parts = send(Request(), *messages, directly=True)
    assert whole.wire.written == [b"".join(parts.wire.written)]
    assert (whole.answered, whole.cycle.response_complete) == (1, True)
    assert not whole.wire.closed


@pytest.mark.parametrize(
    ("options", "fields", "bodies"),
    [
        ({"method": "HEAD"}, sized(b"abc"), [body(b"abc")]),
        ({"keep_alive": False}, sized(b"abc"), [body(b"abc")]),
        ({}, [*sized(b"abc"), (b"connection", b"close")], [body(b"abc")]),
        ({}, sized(b"abcdef"), [body(b"abc", more=True), body(b"def")]),
        ({}, _FIELDS, [body(b"abc", more=True), body(b"")]),
    ],
    ids=["HEAD", "the last on its connection", "says so itself", "in pieces", "of no length"],
)
def test_any_other_answer_is_written_by_uvicorn(
    options: dict[str, Any], fields: list[tuple[bytes, bytes]], bodies: list[dict[str, Any]]
) -> None:
    ours = send(Request(**options), start(fields), *bodies)
    its = send(Request(**options), start(fields), *bodies, directly=True)
    assert ours.wire.written == its.wire.written
    assert ours.wire.closed == its.wire.closed


def test_the_head_of_an_answer_of_no_length_is_there_before_its_body() -> None:
    request = send(Request(), start(_FIELDS))
    assert b"".join(request.wire.written).startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    "field", [(b"x", b"a\r\nset-cookie: b"), (b"x y", b"a"), (b"x", b"a\0b"), (b"", b"a")]
)
def test_a_field_that_would_be_two_is_never_written(field: tuple[bytes, bytes]) -> None:
    request = Request()
    with pytest.raises(ValueError, match="characters"):
        send(request, start([*sized(b"{}"), field]), body(b"{}"))
    assert request.wire.written == []
    assert not request.cycle.response_started


def test_one_who_reads_slowly_is_waited_for() -> None:
    async def go() -> list[bytes]:
        request = Request()
        request.flow.pause_writing()
        answering = Answering(request.cycle)
        await answering.send(start(sized(b"{}")))
        waiting = asyncio.create_task(answering.send(body(b"{}")))
        await asyncio.sleep(0)
        assert request.wire.written == []
        request.flow.resume_writing()
        await waiting
        return request.wire.written

    assert b"".join(asyncio.run(go())).endswith(b"\r\n\r\n{}")
