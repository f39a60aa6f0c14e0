"""What a kiosk sends, byte by byte, and what it makes of the answers."""

import json
import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.adapters.countersigning import CountersigningExchange
from motp_desktop.services.adapters.http_exchange import HttpAnswer, HttpRequest
from motp_desktop.services.adapters.kiosk_http import KioskHttp, read_key_set
from motp_desktop.services.adapters.signed_calls import SignedCalls
from motp_desktop.services.adapters.verifier_http import VerifierHttp
from motp_desktop.services.ports import NoAnswer, Ok, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.jwk import thumbprint
from motp_protocol.kiosks import (
    KioskConfig,
    KioskEnrolled,
    KioskEnrolment,
    KioskExit,
    KioskReport,
    KioskReported,
)
from motp_protocol.messages import UnlockRequest
from motp_protocol.problems import CONTENT_TYPE, ProblemType, problem
from motp_protocol.signature import (
    KIOSK_LABEL,
    RequestParts,
    read_signature,
    verify_request,
)
from motp_protocol.wire import encode
from tests.support.memory_ports import TickingClock

ORIGIN = "https://verifier.example:8443"
KEY = Ed25519PrivateKey.generate()
DEVICE = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw()
B32 = "A" * 43
ENROLMENT = KioskEnrolment(
    code="7Q2MXK4T9A",
    public_key=b64url_encode(PUBLIC),
    exit_auth=B32,
    platform="Linux",
    app_version="0.1.0",
)


class Wire:
    """Implements `Exchange`: keeps what is sent, and answers as it was told."""

    def __init__(self, *answers: HttpAnswer | NoAnswer) -> None:
        self.sent: list[HttpRequest] = []
        self.answers = list(answers)

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        self.sent.append(request)
        return self.answers.pop(0)


def api(wire: Wire) -> tuple[KioskHttp, VerifierClock]:
    clock = TickingClock()
    verifier_clock = VerifierClock(clock)
    calls = SignedCalls(
        origin=ORIGIN,
        exchange=wire,
        clock=clock,
        verifier_clock=verifier_clock,
        entropy=secrets.token_bytes,
        app_version="0.1.0",
    )
    return KioskHttp(calls), verifier_clock


def told(status: int, body: bytes, content_type: str = "application/json") -> HttpAnswer:
    return HttpAnswer(status, content_type, body)


def is_signed(request: HttpRequest, key: Ed25519PrivateKey, label: str = "motp") -> bool:
    """Whether a request is signed by this key under this label."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    presented = read_signature(headers, label)
    path, _, query = request.url.removeprefix(ORIGIN).partition("?")
    parts = RequestParts(request.method, "verifier.example:8443", path, query, request.body)
    public = key.public_key().public_bytes_raw()
    digest = headers["content-digest"]
    return presented is not None and verify_request(presented, public, parts, digest)


def test_an_enrolment_is_signed_by_the_key_that_it_brings() -> None:
    enrolled = KioskEnrolled(kiosk_id="k1", config="a.b.c")
    wire = Wire(told(201, encode(enrolled)))
    assert api(wire)[0].enrol(KEY, ENROLMENT) == Ok(enrolled)
    (request,) = wire.sent
    assert (request.method, request.url) == ("POST", f"{ORIGIN}/v1/kiosks")
    assert json.loads(request.body)["code"] == "7Q2MXK4T9A"
    assert is_signed(request, KEY)


def test_a_report_teaches_the_time() -> None:
    reported = KioskReported(time=format_time(1_790_000_000_000), state="active", config_version=3)
    wire = Wire(told(200, encode(reported)))
    kiosk, clock = api(wire)
    report = KioskReport(
        clock=format_time(0), platform="L", app_version="1", config_version=1, users_today=2
    )
    assert kiosk.report(KEY, "k1", report) == Ok(reported)
    assert wire.sent[0].url == f"{ORIGIN}/v1/kiosks/k1/report"
    assert clock.now_ms() == 1_790_000_000_000
    assert is_signed(wire.sent[0], KEY)


def test_a_configuration_is_fetched_signed() -> None:
    wire = Wire(told(200, encode(KioskConfig(config="a.b.c"))))
    assert api(wire)[0].config(KEY, "k1") == Ok(KioskConfig(config="a.b.c"))
    assert (wire.sent[0].method, wire.sent[0].url) == ("GET", f"{ORIGIN}/v1/kiosks/k1/config")
    assert is_signed(wire.sent[0], KEY)


def test_an_exit_is_answered_by_nothing_or_a_refusal() -> None:
    refused = problem(ProblemType.PIN_WRONG, attempts_left=4)
    wire = Wire(told(204, b"", ""), told(403, encode(refused), CONTENT_TYPE))
    kiosk, _ = api(wire)
    request = KioskExit(exit_auth=B32, attempt="A" * 22)
    assert kiosk.exit(KEY, "k1", request) == Ok(None)
    assert kiosk.exit(KEY, "k1", request) == Refused(refused)
    assert wire.sent[0].url == f"{ORIGIN}/v1/kiosks/k1/exit"


def test_a_skewed_clock_is_put_right_and_asked_with_once_more() -> None:
    skew = problem(ProblemType.CLOCK_SKEW, time=format_time(1_790_000_000_000))
    wire = Wire(told(401, encode(skew), CONTENT_TYPE), told(200, encode(KioskConfig(config="a"))))
    assert api(wire)[0].config(KEY, "k1") == Ok(KioskConfig(config="a"))
    headers = {name.lower(): value for name, value in wire.sent[1].headers.items()}
    presented = read_signature(headers)
    assert presented is not None
    assert presented.created == 1_790_000_000


def test_the_published_keys_are_those_of_ed25519_by_their_thumbprints() -> None:
    keys = {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "x": b64url_encode(PUBLIC), "kid": "a lie"},
            {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        ]
    }
    wire = Wire(told(200, json.dumps(keys).encode(), "application/jwk-set+json"))
    assert api(wire)[0].published_keys() == Ok({thumbprint(PUBLIC): PUBLIC})
    assert "Signature" not in wire.sent[0].headers


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"keys": 1}',
        b'{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}]}',
        b'{"keys": [{"kty": "OKP", "crv": "Ed25519"}]}',
    ],
)
def test_what_is_no_set_of_keys_is_no_answer(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_key_set(body)
    wire = Wire(told(200, body, "application/jwk-set+json"))
    assert api(wire)[0].published_keys() == NoAnswer("bad-answer")


def test_what_a_device_signed_the_kiosk_signs_too_with_a_nonce_of_its_own() -> None:
    wire = Wire(NoAnswer("offline"))
    clock = TickingClock()
    verifier = VerifierHttp(
        origin=ORIGIN,
        exchange=CountersigningExchange(wire, KEY, secrets.token_bytes),
        clock=clock,
        verifier_clock=VerifierClock(clock),
        entropy=secrets.token_bytes,
        app_version="0.1.0",
    )
    request = UnlockRequest(
        pin_auth=B32, share_id=1, try_="A" * 22, clock=format_time(0), app_version="0.1.0"
    )
    assert verifier.unlock(DEVICE, "r1", request) == NoAnswer("offline")
    (sent,) = wire.sent
    assert is_signed(sent, DEVICE)
    assert is_signed(sent, KEY, KIOSK_LABEL)
    assert not is_signed(sent, DEVICE, KIOSK_LABEL)
    headers = {name.lower(): value for name, value in sent.headers.items()}
    ours, kiosks = read_signature(headers), read_signature(headers, KIOSK_LABEL)
    assert ours is not None
    assert kiosks is not None
    assert ours.nonce != kiosks.nonce
    assert ours.created == kiosks.created
    assert list(sent.headers) == list(dict.fromkeys(sent.headers))


def test_what_no_device_signed_goes_as_it_is() -> None:
    wire = Wire(NoAnswer("offline"))
    request = HttpRequest("GET", f"{ORIGIN}/v1/service", {"Accept": "application/json"})
    CountersigningExchange(wire, KEY, secrets.token_bytes).send(request)
    assert wire.sent == [request]
