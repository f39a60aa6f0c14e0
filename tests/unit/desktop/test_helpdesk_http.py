"""The helpdesk's interface against servers that answer as no verifier would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from motp_desktop.services.adapters.helpdesk_download import Download
from motp_desktop.services.adapters.helpdesk_http import HelpdeskHttp
from motp_desktop.services.adapters.helpdesk_requests import StaffRequests
from motp_desktop.services.adapters.http_exchange import HttpExchange
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.helpdesk.ports import AuditQuery
from motp_desktop.services.ports import NoAnswer, Ok, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import wire
from motp_protocol.encoding import format_time
from motp_protocol.problems import CONTENT_TYPE, ProblemType, problem
from tests.support.memory_helpdesk import a_board
from tests.support.raw_server import Respond, always, http_answer, serving


@dataclass(frozen=True, slots=True)
class Client:
    api: HelpdeskHttp
    verifier_clock: VerifierClock


@contextmanager
def client(respond: Respond) -> Iterator[Client]:
    with serving(respond) as server:
        clock = SystemClock()
        verifier_clock = VerifierClock(clock)
        api = HelpdeskHttp(
            requests=StaffRequests(server.origin, "0.1.0"),
            exchange=HttpExchange(),
            download=Download(),
            clock=clock,
            verifier_clock=verifier_clock,
        )
        yield Client(api, verifier_clock)


def board_at(time: str) -> bytes:
    return wire.encode(msgspec.structs.replace(a_board(), time=time))


def test_the_time_of_a_board_is_learnt() -> None:
    told = format_time(1_900_000_000_000)
    with client(always(http_answer(board_at(told)))) as it:
        answer = it.api.board()
        assert isinstance(answer, Ok)
        assert abs(it.verifier_clock.now_ms() - 1_900_000_000_000) < 60_000


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2026-02-30T00:00:00.000Z"]
)
def test_a_time_beyond_belief_is_a_bad_answer_and_not_learnt_from(time: str) -> None:
    with client(always(http_answer(board_at(time)))) as it:
        assert it.api.board() == NoAnswer("bad-answer")
        assert abs(it.verifier_clock.skew_ms()) < 60_000


@pytest.mark.parametrize(
    "answer",
    [
        http_answer(b"<html>log in first</html>", content_type="text/html"),
        http_answer(b"{}"),
        http_answer(b"", status="302 Found", extra="Location: /elsewhere\r\n"),
        http_answer(b"not found", status="404 Not Found", content_type="text/html"),
        http_answer(
            wire.encode(problem(ProblemType.BAD_SESSION)),
            status="403 No",
            content_type=CONTENT_TYPE,
        ),
    ],
)
def test_what_no_verifier_would_say_is_a_bad_answer(answer: bytes) -> None:
    with client(always(answer)) as it:
        assert it.api.board() == NoAnswer("bad-answer")


def test_a_refusal_is_told_with_its_problem() -> None:
    ended = problem(ProblemType.BAD_SESSION)
    answer = http_answer(wire.encode(ended), status=f"{ended.status} No", content_type=CONTENT_TYPE)
    with client(always(answer)) as it:
        assert it.api.board() == Refused(ended)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nnumber,at\r\n",
        http_answer(b"<html>", content_type="text/html"),
        http_answer(b"busy", status="503 Busy", content_type="text/plain"),
    ],
)
def test_an_export_that_does_not_come_whole_leaves_the_file_before(
    tmp_path: Path, answer: bytes
) -> None:
    path = tmp_path / "audit.csv"
    path.write_text("before", "utf-8")
    with client(always(answer)) as it:
        assert isinstance(it.api.export_audit(AuditQuery(), "감사 준비", str(path)), NoAnswer)
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
