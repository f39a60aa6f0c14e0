import asyncio
import hashlib
import hmac
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from motp_verifier.services.messages.port import (
    SendFailed,
    SendFailure,
    SendOutcome,
    Sent,
    TextMessage,
)
from motp_verifier.services.messages.solapi import SolapiAccount, SolapiSender

API_KEY = "NCSTESTKEY000001"
API_SECRET = "a-secret-of-the-test-account"
MESSAGE = TextMessage(to="+821012345678", text="[mOTP] 인증번호 042917")
AUTHORIZATION = re.compile(
    r"HMAC-SHA256 apiKey=(?P<key>[^,]+), date=(?P<date>[^,]+), "
    r"salt=(?P<salt>[^,]+), signature=(?P<signature>[0-9a-f]{64})"
)
Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


def wall_clock() -> int:
    return time.time_ns() // 1_000_000


def answer_with(status: int, content: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def answer_json(status: int, value: object) -> Answer:
    return answer_with(status, json.dumps(value).encode())


class Provider:
    """Keeps the provider's documented rules: signature, date, no reuse, exact body."""

    def __init__(self) -> None:
        self.bodies: list[object] = []
        self._signatures: set[str] = set()

    def __call__(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        code = self._fault(handler, body)
        if code:
            answer_json(400, {"errorCode": code, "errorMessage": "no"})(handler, body)
            return
        self.bodies.append(json.loads(body))
        answer_json(
            200,
            {"groupId": "G4V2026", "messageId": "M4V2026", "statusCode": "2000", "country": "82"},
        )(handler, body)

    def _fault(self, handler: BaseHTTPRequestHandler, body: bytes) -> str:
        if (handler.command, handler.path) != ("POST", "/messages/v4/send"):
            return "NotFound"
        if not handler.headers["Content-Type"].startswith("application/json"):
            return "BadContentType"
        match = AUTHORIZATION.fullmatch(handler.headers["Authorization"])
        if match is None or match["key"] != API_KEY:
            return "BadAuthorization"
        expected = hmac.new(
            API_SECRET.encode(), (match["date"] + match["salt"]).encode(), hashlib.sha256
        ).hexdigest()
        if not hmac.compare_digest(match["signature"], expected):
            return "SignatureDoesNotMatch"
        away = abs(datetime.fromisoformat(match["date"]) - datetime.now(UTC))
        if away > timedelta(minutes=15):
            return "RequestTimeTooSkewed"
        if not 12 <= len(match["salt"]) <= 64 or match["signature"] in self._signatures:
            return "DuplicatedSignature"
        self._signatures.add(match["signature"])
        message = {"to": "01012345678", "from": "0212345678", "text": "[mOTP] 인증번호 042917"}
        return "" if json.loads(body) == {"message": message} else "ValidationError"


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                answer(self, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(
    base_url: str,
    *,
    secret: str = API_SECRET,
    now: Callable[[], int] = wall_clock,
    seconds: float = 10,
    times: int = 1,
) -> list[SendOutcome]:
    account = SolapiAccount(API_KEY, secret, "02-1234-5678", base_url)

    async def run() -> list[SendOutcome]:
        sender = SolapiSender(account, now, seconds)
        try:
            return [await sender.send(MESSAGE) for _ in range(times)]
        finally:
            await sender.aclose()

    return asyncio.run(run())


def failure(outcomes: list[SendOutcome]) -> SendFailed:
    (outcome,) = outcomes
    assert isinstance(outcome, SendFailed)
    return outcome


def test_a_signed_request_in_the_providers_form_is_taken_each_time_with_a_new_signature() -> None:
    provider = Provider()
    with serving(provider) as base_url:
        assert send(base_url, times=3) == [Sent("M4V2026")] * 3
    assert len(provider.bodies) == 3


def test_a_wrong_secret_is_a_rejection_that_names_the_providers_code() -> None:
    with serving(Provider()) as base_url:
        outcome = failure(send(base_url, secret="another"))
    assert outcome.kind is SendFailure.REJECTED
    assert "SignatureDoesNotMatch" in outcome.reason


def test_the_date_is_the_injected_clocks_so_a_stale_one_is_refused() -> None:
    with serving(Provider()) as base_url:
        outcome = failure(send(base_url, now=lambda: wall_clock() - 16 * 60_000))
    assert "RequestTimeTooSkewed" in outcome.reason


@pytest.mark.parametrize("status_code", ["1010", "1062", "3014", ""])
def test_http_200_with_a_status_that_means_failure_is_not_taken_for_sent(status_code: str) -> None:
    answer = answer_json(200, {"messageId": "M4V2026", "statusCode": status_code})
    with serving(answer) as base_url:
        outcome = failure(send(base_url))
    assert outcome.kind is (SendFailure.REJECTED if status_code else SendFailure.BAD_ANSWER)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, SendFailure.REJECTED),
        (401, SendFailure.REJECTED),
        (402, SendFailure.REJECTED),
        (429, SendFailure.REJECTED),
        (301, SendFailure.BAD_ANSWER),
        (204, SendFailure.BAD_ANSWER),
        (500, SendFailure.BAD_ANSWER),
        (503, SendFailure.BAD_ANSWER),
    ],
)
def test_other_statuses_are_outcomes_whatever_their_body(status: int, kind: SendFailure) -> None:
    content = b"" if status == 204 else b"<html>042917 01012345678</html>"
    with serving(answer_with(status, content)) as base_url:
        assert failure(send(base_url)).kind is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"messageId": 7, "statusCode": "2000"}',
        b'{"messageId": "M1\\nx", "statusCode": "2000"',
        b"[" * 60_000,
        b" " * 3_000_000,
    ],
)
def test_a_garbled_answer_is_a_bad_answer(content: bytes) -> None:
    with serving(answer_with(200, content)) as base_url:
        assert failure(send(base_url)).kind is SendFailure.BAD_ANSWER


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        outcome = failure(send(f"http://127.0.0.1:{bound.getsockname()[1]}"))
    assert outcome.kind is SendFailure.UNREACHABLE


def hang_up(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.close_connection = True


def answer_half(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"messageId"')
    handler.close_connection = True


@pytest.mark.parametrize("answer", [hang_up, answer_half])
def test_a_broken_connection_is_unreachable(answer: Answer) -> None:
    with serving(answer) as base_url:
        assert failure(send(base_url)).kind is SendFailure.UNREACHABLE


def test_a_provider_that_dribbles_is_left_when_the_total_time_is_over() -> None:
    def dribble(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    with serving(dribble) as base_url:
        started = time.monotonic()
        outcome = failure(send(base_url, seconds=0.3))
        assert time.monotonic() - started < 1.5
    assert outcome == SendFailed(SendFailure.UNREACHABLE, "SOLAPI did not answer in time")


def test_what_a_provider_echoes_reaches_neither_outcome_nor_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    echo = {"errorCode": "to 01012345678", "errorMessage": "01012345678 042917"}
    with caplog.at_level(logging.INFO), serving(answer_json(400, echo)) as base_url:
        outcome = failure(send(base_url))
    seen = repr(outcome) + caplog.text
    assert "12345678" not in seen
    assert "042917" not in seen
    assert API_SECRET not in seen


@pytest.mark.parametrize(
    ("api_key", "secret", "sender", "base_url", "words"),
    [
        ("key\nX: y", "s", "0212345678", "https://sms.invalid", "API key"),
        ("", "s", "0212345678", "https://sms.invalid", "API key"),
        ("KEY", "", "0212345678", "https://sms.invalid", "secret"),
        ("KEY", "s", "my office", "https://sms.invalid", "sender"),
        ("KEY", "s", "0212345678", "http://sms.invalid", "https"),
        ("KEY", "s", "0212345678", "sms.invalid", "https"),
    ],
)
def test_an_account_that_cannot_work_is_refused_at_once(
    api_key: str, secret: str, sender: str, base_url: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        SolapiAccount(api_key, secret, sender, base_url)


def test_an_accounts_representation_shows_no_secret() -> None:
    shown = repr(SolapiAccount(API_KEY, API_SECRET, "02-1234-5678"))
    assert API_SECRET not in shown
    assert API_KEY not in shown
