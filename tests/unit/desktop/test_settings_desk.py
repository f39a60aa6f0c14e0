"""What the person may change, and what is found at a verifier's address before it is used."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from motp_desktop.bootstrap import build_services
from motp_desktop.config import Settings
from motp_desktop.services.adapters.http_exchange import HttpAnswer, HttpExchange, HttpRequest
from motp_desktop.services.adapters.preferences import NAME
from motp_desktop.services.adapters.verifier_probe import HttpVerifierProbe
from motp_desktop.services.outcomes import StorageTrouble
from motp_desktop.services.ports import NoAnswer, StorageFault
from motp_desktop.services.settings import (
    BadAddress,
    CheckedVerifier,
    Choices,
    Managed,
    OtherProtocol,
    ProxyChoice,
    SettingsNow,
)
from motp_desktop.services.use_cases import SettingsDesk
from motp_protocol import wire
from motp_protocol.encoding import b64url_encode
from motp_protocol.jwk import thumbprint
from tests.support.private_tls import Authority, tls_serving
from tests.support.raw_server import http_answer
from tests.support.ui_fakes import a_consent

SERVICE = wire.encode(a_consent().service)
KEY = bytes(range(32))
KEYS = json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": b64url_encode(KEY)}]}).encode()
MANAGED = Managed(locked=Choices(proxy=ProxyChoice("none")), reason="02-000-0000", source="/etc/x")


class Answers:
    """An exchange that answers by the end of the address."""

    def __init__(self, **answers: HttpAnswer | NoAnswer) -> None:
        self._answers = answers

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        return self._answers["service" if request.url.endswith("/v1/service") else "keys"]


def ok(body: bytes) -> HttpAnswer:
    return HttpAnswer(200, "application/json", body)


def desk(folder: Path, **settings: object) -> SettingsDesk:
    """Of a fresh start of the app."""
    base = Settings("https://otp.example", folder, **settings)  # type: ignore[arg-type]
    return build_services(base).settings_desk


def test_a_change_holds_and_is_there_at_the_next_start(tmp_path: Path) -> None:
    now = desk(tmp_path).change(Choices(theme="dark"))
    assert isinstance(now, SettingsNow)
    assert now.values.theme == "dark"
    now = desk(tmp_path).change(Choices(text_percent=150))
    assert isinstance(now, SettingsNow)
    assert (now.values.theme, now.values.text_percent) == ("dark", 150)
    assert desk(tmp_path).look() == now


def test_what_is_locked_is_neither_changed_nor_kept(tmp_path: Path) -> None:
    managed = desk(tmp_path, managed=MANAGED, proxy=ProxyChoice("none"))
    now = managed.change(Choices(proxy=ProxyChoice("system"), theme="light"))
    assert isinstance(now, SettingsNow)
    assert (now.values.proxy, now.values.theme) == (ProxyChoice("none"), "light")
    assert now.locked == now.fixed == frozenset({"proxy"})
    assert now.reason == "02-000-0000"
    assert "proxy" not in json.loads((tmp_path / NAME).read_text())


def test_what_the_command_line_gave_is_fixed_for_this_run(tmp_path: Path) -> None:
    given = Choices(verifier_origin="https://given.example")
    now = desk(tmp_path, given=given).look()
    assert now.locked == frozenset()
    assert now.fixed == frozenset({"verifier_origin"})
    assert now.values.verifier_origin == "https://given.example"


def test_a_proxys_address_is_read_before_it_is_kept(tmp_path: Path) -> None:
    assert desk(tmp_path).keep_proxy("socks5://x") == BadAddress()
    now = desk(tmp_path).keep_proxy("proxy.example:3128")
    assert isinstance(now, SettingsNow)
    assert now.values.proxy == ProxyChoice("manual", "http://proxy.example:3128")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert desk(tmp_path / "file").change(Choices(theme="dark")) == StorageTrouble(
        StorageFault.FAILED
    )


def test_what_is_no_address_is_not_asked(tmp_path: Path) -> None:
    assert desk(tmp_path).check("http://otp.example") == BadAddress()
    assert desk(tmp_path).check("http://127.0.0.1:1") == NoAnswer("offline")


def test_a_verifier_is_found_with_its_name_and_its_keys() -> None:
    probe = HttpVerifierProbe(Answers(service=ok(SERVICE), keys=ok(KEYS)))
    found = probe.probe("http://127.0.0.1:8470")
    assert found == CheckedVerifier("http://127.0.0.1:8470", "시험 서버", (thumbprint(KEY),))


@pytest.mark.parametrize(
    "keys",
    [
        NoAnswer("timeout"),
        ok(b"{}"),
        ok(b'{"keys":[{"kty":"OKP","crv":"Ed25519","x":"short"}]}'),
        ok(b'{"keys":[{"kty":"RSA","crv":"","x":""}]}'),
        HttpAnswer(404, "text/plain", b""),
    ],
)
def test_without_keys_there_is_still_a_verifier(keys: HttpAnswer | NoAnswer) -> None:
    found = HttpVerifierProbe(Answers(service=ok(SERVICE), keys=keys)).probe("https://x.example")
    assert isinstance(found, CheckedVerifier)
    assert found.keys == ()


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (NoAnswer("tls-name"), NoAnswer("tls-name")),
        (ok(b"<html>"), NoAnswer("bad-answer")),
        (HttpAnswer(302, "text/html", b""), NoAnswer("bad-answer")),
        (HttpAnswer(503, "text/html", b""), NoAnswer("failing")),
        (ok(SERVICE.replace(b'"protocol":1', b'"protocol":2')), OtherProtocol()),
    ],
)
def test_what_is_no_verifier_of_ours_is_told_apart(
    service: HttpAnswer | NoAnswer, expected: NoAnswer | OtherProtocol
) -> None:
    assert HttpVerifierProbe(Answers(service=service, keys=ok(KEYS))).probe("x") == expected


def test_who_vouches_for_the_certificate_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))

    def respond(connection: object, request: bytes) -> None:
        send: Callable[[bytes], None] = connection.sendall  # type: ignore[attr-defined]
        send(http_answer(SERVICE if b"/v1/service" in request else KEYS))

    with tls_serving(respond, authority.issue("127.0.0.1")) as server:
        found = HttpVerifierProbe(HttpExchange()).probe(server.origin)
    assert isinstance(found, CheckedVerifier)
    assert found.issuer == "한빛훈련원 Root"
    assert found.until.startswith("20")
    assert found.keys == (thumbprint(KEY),)
