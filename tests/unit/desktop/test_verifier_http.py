import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.adapters.http_exchange import HttpExchange, Limits
from motp_desktop.services.adapters.origins import authority_of
from motp_desktop.services.adapters.verifier_http import VerifierHttp
from motp_desktop.services.ports import NoAnswer, Ok, Received, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import wire
from motp_protocol.approvals import ApprovalAnswer
from motp_protocol.encoding import format_time
from motp_protocol.messages import (
    ConfirmRequest,
    IdentityProof,
    NameProofCode,
    NameProofRequest,
    PinChangeRequest,
    ResetRequest,
    Status,
    SyncRequest,
    UnlockRequest,
)
from motp_protocol.problems import CONTENT_TYPE, Problem, ProblemType, problem
from motp_protocol.signature import RequestParts, read_signature, verify_request
from tests.support.memory_approvals import an_approval
from tests.support.memory_ports import TickingClock
from tests.support.memory_verifier import MemoryVerifier
from tests.support.raw_server import RawServer, Respond, always, http_answer, serving

KEY = Ed25519PrivateKey.generate()
B32 = "A" * 43
SYNC = SyncRequest(clock=format_time(0), app_version="0.1.0", platform="Linux")
TOLD_MS = 1_790_000_000_000


class Client:
    """The adapter against one server, and the clock that it teaches."""

    def __init__(self, server: RawServer) -> None:
        self.server = server
        self.clock = TickingClock()
        self.verifier_clock = VerifierClock(self.clock)
        self.api = VerifierHttp(
            origin=server.origin,
            exchange=HttpExchange(Limits(1.0, 1.0, 2.0)),
            clock=self.clock,
            verifier_clock=self.verifier_clock,
            entropy=secrets.token_bytes,
            app_version="0.1.0",
        )


@contextmanager
def client(respond: Respond) -> Iterator[Client]:
    with serving(respond) as server:
        yield Client(server)


def a_status(time: str = format_time(TOLD_MS)) -> bytes:
    verifier = MemoryVerifier(TickingClock())
    status = json.loads(wire.encode(verifier.status_of_nobody()))
    return json.dumps(status | {"time": time}).encode()


def a_problem(sent: Problem) -> bytes:
    return http_answer(wire.encode(sent), status=f"{sent.status} No", content_type=CONTENT_TYPE)


def headers_of(request: bytes) -> dict[str, str]:
    lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


def is_signed(request: bytes, origin: str) -> bool:
    """Whether a verifier of this origin would take the request's signature."""
    head, _, body = request.partition(b"\r\n\r\n")
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
    path, _, query = target.partition("?")
    headers = headers_of(request)
    presented = read_signature(headers)
    parts = RequestParts(method, authority_of(origin), path, query, body)
    public = KEY.public_key().public_bytes_raw()
    return presented is not None and verify_request(
        presented, public, parts, headers["content-digest"]
    )


def test_a_status_is_decoded_and_its_time_learnt() -> None:
    with client(always(http_answer(a_status()))) as it:
        answer = it.api.sync(KEY, "r1", SYNC)
        assert isinstance(answer, Ok)
        assert isinstance(answer.value, Status)
        assert it.verifier_clock.now_ms() == TOLD_MS


def test_requests_are_signed_for_the_configured_authority_and_name_the_app() -> None:
    with client(always(http_answer(a_status()))) as it:
        it.api.sync(KEY, "r1", SYNC)
        request = it.server.requests[0]
        assert request.startswith(b"POST /v1/registrations/r1/sync HTTP/1.1\r\n")
        assert is_signed(request, it.server.origin)
        assert headers_of(request)["user-agent"] == "motp-desktop/0.1.0"


def test_every_call_goes_to_its_place_signed_and_waits_for_its_status() -> None:
    unlock = UnlockRequest(
        pin_auth=B32, share_id=1, try_="A" * 22, clock=SYNC.clock, app_version="1"
    )
    change = PinChangeRequest(
        pin_auth=B32,
        new_pin_auth=B32,
        share_id=1,
        try_="A" * 22,
        clock=SYNC.clock,
        app_version="1",
    )
    with client(always(http_answer(b"{}", status="299 Odd"))) as it:
        api = it.api
        answers = [
            api.resend_code(KEY, "e1"),
            api.prove_identity(
                KEY, "e1", IdentityProof(code="123456", key_share=B32, pin_auth=B32)
            ),
            api.confirm(KEY, "e1", ConfirmRequest(confirmation=B32, replace=None)),
            api.unlock(KEY, "r1", unlock),
            api.change_pin(KEY, "r1", change),
            api.sync(KEY, "r1", SYNC),
            api.reset(KEY, "r1", ResetRequest(withdraw_consent=False)),
            api.ask_name_proof(KEY, "r1", NameProofRequest(operator="KT", birth_and_sex="9003011")),
            api.resend_name_code(KEY, "r1"),
            api.confirm_name(KEY, "r1", NameProofCode(code="123456")),
            api.history(KEY, "r1", 20),
            api.requirements(KEY, "r1"),
            api.approval(KEY, "t1"),
            api.answer_approval(KEY, "t1", ApprovalAnswer(decision="refuse", number="", proof=B32)),
        ]
        assert answers == [NoAnswer("bad-answer")] * 14
        assert [each.split(b" HTTP/")[0].decode() for each in it.server.requests] == [
            "POST /v1/enrolments/e1/identity/resend",
            "POST /v1/enrolments/e1/identity",
            "POST /v1/enrolments/e1/confirm",
            "POST /v1/registrations/r1/unlock",
            "POST /v1/registrations/r1/pin",
            "POST /v1/registrations/r1/sync",
            "DELETE /v1/registrations/r1",
            "POST /v1/registrations/r1/name-proof",
            "POST /v1/registrations/r1/name-proof/resend",
            "POST /v1/registrations/r1/name-proof/confirm",
            "GET /v1/registrations/r1/history?limit=20",
            "GET /v1/registrations/r1/requirements",
            "GET /v1/approvals/t1",
            "POST /v1/approvals/t1",
        ]
        assert all(is_signed(each, it.server.origin) for each in it.server.requests)


def test_what_anyone_may_read_is_asked_for_without_a_signature() -> None:
    with client(always(http_answer(b"{}"))) as it:
        assert it.api.service() == NoAnswer("bad-answer")
        assert it.api.consent("2026-01", "en") == NoAnswer("bad-answer")
        first, second = it.server.requests
        assert first.startswith(b"GET /v1/service HTTP/1.1\r\n")
        assert second.startswith(b"GET /v1/consents/2026-01?lang=en HTTP/1.1\r\n")
        assert "signature" not in headers_of(first)


def test_an_approval_is_handed_on_with_its_bytes_as_they_came(
    caplog: pytest.LogCaptureFixture,
) -> None:
    request = an_approval(expires_at=format_time(TOLD_MS))
    body = b" " + wire.encode(request).replace(b'":', b'" : ')
    with client(always(http_answer(body))) as it, caplog.at_level(logging.INFO):
        answer = it.api.approval(KEY, "ticket-1")
    assert answer == Ok(Received(request, body))
    assert "GET /v1/approvals/…: done" in caplog.text
    assert "ticket-1" not in caplog.text + repr(answer)


def test_a_reset_is_done_without_a_body() -> None:
    with client(always(b"HTTP/1.1 204 No Content\r\n\r\n")) as it:
        assert it.api.reset(KEY, "r1", ResetRequest(withdraw_consent=False)) == Ok(None)


def test_a_wrong_clock_is_healed_and_the_request_sent_once_more() -> None:
    skew = a_problem(problem(ProblemType.CLOCK_SKEW, time=format_time(TOLD_MS)))
    with client(always(skew, http_answer(a_status()))) as it:
        assert isinstance(it.api.sync(KEY, "r1", SYNC), Ok)
        first, second = (read_signature(headers_of(each)) for each in it.server.requests)
        assert first is not None
        assert second is not None
        assert second.created == TOLD_MS // 1000
        assert first.nonce != second.nonce


def test_a_verifier_that_always_finds_the_clock_wrong_is_asked_twice_only() -> None:
    skew = a_problem(problem(ProblemType.CLOCK_SKEW, time=format_time(TOLD_MS)))
    with client(always(skew)) as it:
        assert isinstance(it.api.sync(KEY, "r1", SYNC), Refused)
        assert len(it.server.requests) == 2


def test_a_skew_without_a_time_is_not_repeated() -> None:
    with client(always(a_problem(problem(ProblemType.CLOCK_SKEW)))) as it:
        assert isinstance(it.api.sync(KEY, "r1", SYNC), Refused)
        assert len(it.server.requests) == 1


def test_a_refusal_is_handed_on_with_its_members() -> None:
    wrong = problem(ProblemType.PIN_WRONG, attempts_left=3)
    with client(always(a_problem(wrong))) as it:
        assert it.api.sync(KEY, "r1", SYNC) == Refused(wrong)


@pytest.mark.parametrize("status", ["500 No", "502 Bad Gateway", "503 Busy", "511 Log In"])
def test_a_verifier_that_fails_is_told_apart_from_one_that_is_not_there(status: str) -> None:
    with client(always(http_answer(b"<html>", status=status, content_type="text/html"))) as it:
        assert it.api.sync(KEY, "r1", SYNC) == NoAnswer("failing")


@pytest.mark.parametrize(
    "answer",
    [
        http_answer(b"<html>log in first</html>", content_type="text/html"),
        http_answer(b"{}"),
        http_answer(b""),
        http_answer(b"{" * 50_000),
        http_answer(b"\xff\xfe"),
        http_answer(a_status()[:-20]),
        http_answer(a_status().replace(b'"active"', b'"alive"')),
        http_answer(a_status(), content_type="text/plain"),
        http_answer(a_status(), status="201 Created"),
        http_answer(a_status("2026-13-45T99:99:99.999Z")),
        http_answer(a_status("9999-12-31T23:59:59.999Z")),
        http_answer(b"", status="302 Found", extra="Location: /elsewhere\r\n"),
        http_answer(b"not found", status="404 Not Found", content_type="text/html"),
        http_answer(
            b'{"type":"about:blank","title":"","status":404}',
            status="404 Not Found",
            content_type=CONTENT_TYPE,
        ),
        http_answer(
            wire.encode(problem(ProblemType.NOT_FOUND)), status="403 No", content_type=CONTENT_TYPE
        ),
        http_answer(
            wire.encode(problem(ProblemType.NOT_FOUND)),
            status="404 No",
            content_type="application/json",
        ),
    ],
)
def test_what_no_verifier_would_say_is_a_bad_answer(answer: bytes) -> None:
    with client(always(answer)) as it:
        before = it.verifier_clock.now_ms()
        assert it.api.sync(KEY, "r1", SYNC) == NoAnswer("bad-answer")
        assert it.verifier_clock.now_ms() == before
