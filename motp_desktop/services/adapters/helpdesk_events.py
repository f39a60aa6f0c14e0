"""The verifier's live events, read line by line (WHATWG HTML §9.2, server-sent events)."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from motp_desktop.services.adapters.answers import read_problem
from motp_desktop.services.adapters.helpdesk_requests import StaffRequests
from motp_desktop.services.adapters.http_exchange import (
    HttpAnswer,
    Limits,
    content_type_of,
    stream,
)
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused
from motp_desktop.services.settings import ProxyChoice
from motp_protocol import wire
from motp_protocol.helpdesk import StaffNotice

if TYPE_CHECKING:
    import requests

_EVENT_STREAM = "text/event-stream"
_LONGEST_LINE = 4096
_LARGEST_PROBLEM = 64 * 1024


class HelpdeskEvents:
    """Implements `helpdesk.ports.Notices`."""

    def __init__(
        self,
        requests: StaffRequests,
        proxy: ProxyChoice | None = None,
        limits: Limits | None = None,
    ) -> None:
        """`limits.read` is longer than the pause between two signs of life of the verifier's."""
        self._requests = requests
        self._proxy = proxy or ProxyChoice()
        self._limits = limits or Limits(read=45.0)

    def listen(
        self,
        opened: Callable[[], None],
        heard: Callable[[StaffNotice], None],
        stopped: Callable[[], bool],
    ) -> Answer[None]:
        """See `helpdesk.ports.Notices`."""
        request = self._requests.make("GET", "/events", accept=_EVENT_STREAM)

        def take(response: "requests.Response") -> Answer[None]:
            if response.status_code != HTTPStatus.OK:
                body = response.raw.read(_LARGEST_PROBLEM, decode_content=False)
                answer = HttpAnswer(response.status_code, content_type_of(response), body)
                return Refused(read_problem(answer))
            if content_type_of(response) != _EVENT_STREAM:
                return NoAnswer("bad-answer")
            opened()
            hear(_lines(response), heard, stopped)
            return Ok(None)

        return stream(request, self._limits, self._proxy, take)


def hear(
    lines: Iterable[bytes], heard: Callable[[StaffNotice], None], stopped: Callable[[], bool]
) -> None:
    """Tell each event's data, if it is a notice: what a newer verifier adds is passed over."""
    data: list[bytes] = []
    for line in lines:
        if stopped():
            return
        if line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" "))
        elif not line and data:
            notice = _notice(b"\n".join(data))
            data = []
            if notice is not None:
                heard(notice)


def _notice(data: bytes) -> StaffNotice | None:
    try:
        return wire.decode(data, StaffNotice)
    except ValueError:
        return None


def _lines(response: "requests.Response") -> Iterable[bytes]:
    pending = b""
    while chunk := response.raw.read1(decode_content=False):
        *whole, pending = (pending + chunk).split(b"\n")
        yield from (line.removesuffix(b"\r") for line in whole)
        if len(pending) > _LONGEST_LINE:
            raise ValueError("a line without an end")
