"""Answers in one piece: an ordinary answer's head and body are one write.

uvicorn writes the head when it learns of it, and looks at every field of every answer anew,
though all but two are the same in each. Here the head waits for the body, and a field that was
looked at once is known. What is not ordinary, uvicorn writes.
"""

import re
from functools import lru_cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

# RFC 9110 §5.1 and §5.5: no answer may be split by what a field holds.
_NAME = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_LENGTH = b"content-length"
_UNUSUAL = frozenset({b"connection", b"transfer-encoding"})
_KNOWN_FIELDS = 512


class Answering:
    """One request's `send`."""

    __slots__ = ("_cycle", "_head")

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._head: Any = None

    async def send(self, message: Any) -> None:
        """Send on: see ASGI. The head of an answer of known length is kept until its body."""
        head = self._head
        if head is None:
            if message["type"] == "http.response.start" and _has_length(message):
                self._head = message
            else:
                await self._cycle.send(message)
            return
        self._head = None
        answer = _written(self._cycle, head, message)
        if answer is None:
            await self._cycle.send(head)
            await self._cycle.send(message)
        else:
            self._write(answer)

    def _write(self, answer: bytes) -> None:
        cycle = self._cycle
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        cycle.transport.write(answer)
        cycle.message_event.set()
        cycle.on_response()


def _has_length(head: Any) -> bool:
    return any(name == _LENGTH for name, _ in head["headers"])


def _written(cycle: RequestResponseCycle, head: Any, body: Any) -> bytes | None:
    """The whole answer, where it is an ordinary one on a connection that stays."""
    if (
        body["type"] != "http.response.body"
        or body.get("more_body", False)
        or not cycle.keep_alive
        or cycle.disconnected
        or cycle.flow.write_paused
        or cycle.response_started
        or cycle.scope["method"] == "HEAD"
    ):
        return None
    content = body.get("body", b"")
    lines = [STATUS_LINE[head["status"]]]
    for name, value in (*cycle.default_headers, *head["headers"]):
        if name in _UNUSUAL or (name == _LENGTH and int(value) != len(content)):
            return None
        lines.append(_line(name, value))
    lines += (b"\r\n", content)
    return b"".join(lines)


@lru_cache(_KNOWN_FIELDS)
def _line(name: bytes, value: bytes) -> bytes:
    """A field as it is written: ASGI has its name in lower case. Raises ValueError."""
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError("an answer's field has characters that it must not have")
    return b"%s: %s\r\n" % (name, value)
