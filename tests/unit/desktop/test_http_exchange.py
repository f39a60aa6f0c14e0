import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from motp_desktop.services.adapters.http_exchange import (
    MAX_BODY,
    HttpAnswer,
    HttpExchange,
    HttpRequest,
    Limits,
)
from motp_desktop.services.ports import NoAnswer
from tests.support.raw_server import RawServer, always, http_answer, serving

QUICK = Limits(connect=0.5, read=0.5, total=1.0)
PATIENT = Limits(connect=10.0, read=10.0, total=30.0)
"""Where something else than time decides, however busy this machine is."""

BAD = NoAnswer("bad-answer")


def get(origin: str, limits: Limits = PATIENT) -> HttpAnswer | NoAnswer:
    return HttpExchange(limits).send(HttpRequest("GET", f"{origin}/v1/service", {}))


def test_a_whole_answer_is_handed_on_with_its_bare_content_type() -> None:
    answer = http_answer(b"{}", content_type="Application/JSON; charset=utf-8")
    with serving(always(answer)) as server:
        assert get(server.origin) == HttpAnswer(200, "application/json", b"{}")


def test_the_real_limits_are_five_ten_and_fifteen_seconds() -> None:
    assert Limits() == Limits(connect=5.0, read=10.0, total=15.0)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", NoAnswer("offline")),
        (b"SSH-2.0-OpenSSH_9.2\r\n", BAD),
        (b"\x00\xff\x00\xff\r\n\r\n", BAD),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", BAD),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", BAD),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", BAD),
        (b"HTTP/1.1 abc\r\n\r\n", BAD),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", BAD),
        (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 200 + b"\r\n", BAD),
        (http_answer(b" " * (MAX_BODY + 1)), BAD),
    ],
)
def test_nonsense_is_told_apart_from_silence(answer: bytes, expected: NoAnswer) -> None:
    with serving(always(answer)) as server:
        assert get(server.origin) == expected


def test_a_header_that_is_cut_off_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with serving(always(b"HTTP/1.1 200 OK\r\nContent-Ty")) as server:
        get(server.origin)
    assert caplog.records == []


def test_a_body_without_end_is_given_up() -> None:
    def flood(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b" " * 65536)

    with serving(flood) as server:
        assert get(server.origin) == BAD


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"]
)
def test_a_server_that_drips_is_left_at_the_deadline(start: bytes) -> None:
    servers: list[RawServer] = []

    def drip(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(start)
        while not servers[0].wait(0.05):
            connection.sendall(b"a")

    with serving(drip) as server:
        servers.append(server)
        began = time.monotonic()
        assert get(server.origin, QUICK) == NoAnswer("timeout")
        assert time.monotonic() - began < 3


def test_a_server_that_says_nothing_times_out() -> None:
    servers: list[RawServer] = []
    with serving(lambda _connection, _request: _wait(servers[0].wait)) as server:
        servers.append(server)
        assert get(server.origin, QUICK) == NoAnswer("timeout")


def _wait(wait: Callable[[float], bool]) -> None:
    while not wait(0.1):
        pass


def test_nobody_there_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert get(f"http://127.0.0.1:{port}") == NoAnswer("offline")


def test_plain_text_where_tls_is_expected_is_a_matter_of_tls() -> None:
    with serving(always(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        assert get(server.origin.replace("http", "https")) == NoAnswer("tls")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=serve)
        thread.start()
        origin = f"https://127.0.0.1:{listener.getsockname()[1]}"
        assert get(origin) == NoAnswer("tls-untrusted")
        thread.join()


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "self-signed.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_redirect_is_not_followed() -> None:
    elsewhere = http_answer(b"", status="302 Found", extra="Location: http://127.0.0.1:1/\r\n")
    with serving(always(elsewhere)) as server:
        answer = get(server.origin)
        assert isinstance(answer, HttpAnswer)
        assert answer.status == 302
        assert len(server.requests) == 1


def test_no_proxy_and_no_netrc_come_between_the_app_and_loopback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login someone password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(always(http_answer(b"{}"))) as server:
        assert isinstance(get(server.origin), HttpAnswer)
        assert b"Authorization" not in server.requests[0]


def test_an_address_that_is_none_is_no_answer() -> None:
    assert get("http://127.0.0.1:0/") == NoAnswer("offline")
    assert isinstance(get("http://..:80"), NoAnswer)
