"""A verifier that serves TLS itself: real certificates, real handshakes on loopback."""

import contextlib
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from demo.stack import VerifierProcess
from motp_verifier.cli import main
from tests.support.databases import Cluster, fresh_database
from tests.support.live_verifier import live_verifier
from tests.support.pc import Pc
from tests.support.private_tls import Authority
from tests.support.waiting import wait_until

HOST = "127.0.0.1"
PATIENCE = 20.0


class Certificate:
    """The two files that the settings name, and what is put in their place."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)
        self.cert = folder / "served.crt"
        self.key = folder / "served.key"
        self.install()

    def issue(self, until: timedelta = timedelta(days=1), host: str = HOST) -> tuple[bytes, bytes]:
        """A certificate and its key, in PEM."""
        both = self.authority.issue(host, until=until).read_bytes()
        begin = both.index(b"-----BEGIN CERTIFICATE")
        return both[begin:], both[:begin]

    def install(self, until: timedelta = timedelta(days=1), host: str = HOST) -> bytes:
        """Put a new pair in place; the certificate."""
        cert, key = self.issue(until, host)
        self.cert.write_bytes(cert)
        self.key.write_bytes(key)
        return cert

    @property
    def arguments(self) -> tuple[str, ...]:
        return "--tls-cert", str(self.cert), "--tls-key", str(self.key)


def served(origin: str) -> bytes:
    """The certificate that a new connection is shown, in PEM."""
    port = urlsplit(origin).port
    return ssl.get_server_certificate((HOST, port or 0), timeout=PATIENCE).encode()


def same(one: bytes, other: bytes) -> bool:
    return x509.load_pem_x509_certificate(one) == x509.load_pem_x509_certificate(other)


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate(tmp_path)


@pytest.fixture
def verifier(tmp_path: Path, certificate: Certificate) -> Iterator[VerifierProcess]:
    settings = tmp_path / "verifier.toml"
    settings.write_text("head_seconds = 1\n", "utf-8")
    arguments = ("--config", str(settings), *certificate.arguments)
    with VerifierProcess(tmp_path / "data", *arguments) as running:
        yield running


def test_answers_come_by_tls_and_say_that_they_always_will(
    verifier: VerifierProcess, certificate: Certificate
) -> None:
    assert verifier.origin.startswith("https://127.0.0.1:")
    answer = httpx.get(f"{verifier.origin}/v1/service", verify=trusting(certificate))
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_nobody_is_answered_in_plain_http(verifier: VerifierProcess) -> None:
    plain = verifier.origin.replace("https:", "http:")
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{plain}/v1/service", trust_env=False)


def test_tls_1_2_and_newer_are_spoken_with_forward_secrecy_alone(
    verifier: VerifierProcess, certificate: Certificate
) -> None:
    assert handshake(verifier, certificate, ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
    assert handshake(verifier, certificate, ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
    for bad in ("AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "AES128-GCM-SHA256"):
        with pytest.raises(ssl.SSLError):
            handshake(verifier, certificate, ssl.TLSVersion.TLSv1_2, ciphers=bad)
    with (
        pytest.warns(DeprecationWarning, match="TLSv1_1"),
        pytest.raises(ssl.SSLError),
    ):
        handshake(verifier, certificate, ssl.TLSVersion.TLSv1_1, ciphers="ALL:@SECLEVEL=0")


def test_who_connects_and_does_not_shake_hands_is_let_go(verifier: VerifierProcess) -> None:
    address = (HOST, urlsplit(verifier.origin).port or 0)
    with socket.create_connection(address, PATIENCE) as client:
        assert hears_the_end(client)


def test_who_asks_too_much_is_told_so_by_tls_too(
    verifier: VerifierProcess, certificate: Certificate
) -> None:
    answer = httpx.get(
        f"{verifier.origin}/v1/service",
        headers={"X-Much": "x" * 40_000},
        verify=trusting(certificate),
    )
    assert answer.status_code == 431


def test_a_renewed_certificate_is_served_without_a_restart_while_old_connections_go_on(
    verifier: VerifierProcess, certificate: Certificate
) -> None:
    with httpx.Client(base_url=verifier.origin, verify=trusting(certificate)) as before:
        assert before.get("/v1/service").status_code == 200
        renewed = certificate.install(until=timedelta(days=2))
        wait_until(lambda: same(served(verifier.origin), renewed))
        assert before.get("/v1/service").status_code == 200
    answer = httpx.get(f"{verifier.origin}/v1/service", verify=trusting(certificate))
    assert answer.status_code == 200
    assert "a new certificate is served: until " in verifier.log.read_text("utf-8")


def test_half_of_a_renewal_is_not_served(
    verifier: VerifierProcess, certificate: Certificate
) -> None:
    before = served(verifier.origin)
    cert, key = certificate.issue(until=timedelta(days=2))
    certificate.cert.write_bytes(cert)

    def it_was_seen() -> bool:
        assert same(served(verifier.origin), before)
        return "the old certificate is served" in verifier.log.read_text("utf-8")

    wait_until(it_was_seen)
    certificate.key.write_bytes(key)
    wait_until(lambda: same(served(verifier.origin), cert))


def test_each_worker_serves_the_renewed_certificate(
    tmp_path: Path, certificate: Certificate, cluster: Cluster
) -> None:
    with fresh_database(cluster) as url:
        settings = tmp_path / "verifier.toml"
        settings.write_text(f'database_url = "{url}"\nworkers = 2\n', "utf-8")
        arguments = ("--config", str(settings), *certificate.arguments)
        with VerifierProcess(tmp_path / "data", *arguments) as verifier:
            renewed = certificate.install(until=timedelta(days=2))
            wait_until(lambda: all(same(served(verifier.origin), renewed) for _ in range(20)))


def test_the_app_enrols_by_tls_and_its_code_is_accepted(
    tmp_path: Path, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority.root))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate.authority.root))
    with live_verifier(tmp_path / "data", *certificate.arguments) as verifier:
        assert verifier.origin.startswith("https:")
        pc, person = Pc(verifier.origin, tmp_path / "pc"), verifier.new_person()
        pc.enrol(verifier, person)
        pc.unlock()
        assert verifier.check(person, pc.code()) == "accepted"


def test_metrics_say_when_the_certificate_ends_and_stay_in_plain_http(
    tmp_path: Path, certificate: Certificate
) -> None:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    settings = tmp_path / "verifier.toml"
    settings.write_text(f"metrics_port = {port}\n", "utf-8")
    arguments = ("--config", str(settings), *certificate.arguments)
    with VerifierProcess(tmp_path / "data", *arguments):
        page = httpx.get(f"http://{HOST}:{port}/metrics", trust_env=False).text
    end = x509.load_pem_x509_certificate(certificate.cert.read_bytes()).not_valid_after_utc
    line = next(x for x in page.splitlines() if x.startswith("motp_tls_certificate_end"))
    assert float(line.split()[1]) == end.timestamp()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: c.cert.unlink(), "tls_cert_file: {cert}: No such file or directory"),
        (lambda c: c.key.unlink(), "tls_key_file: {key}: No such file or directory"),
        (lambda c: c.cert.write_bytes(b"x"), "tls_cert_file: {cert} holds no certificate in PEM"),
        (lambda c: c.key.write_bytes(b"x"), "tls_key_file: {key} holds no private key in PEM"),
        (
            lambda c: c.key.write_bytes(c.issue()[1]),
            "tls_key_file: {key} is not the key of the certificate in {cert}",
        ),
        (lambda c: c.install(timedelta(days=-1)), "tls_cert_file: {cert} ended on "),
        (lambda c: c.install(timedelta(days=9)), "compare this machine's clock"),
        (lambda c: lock(c.key), "tls_key_file: the key asks for a passphrase"),
    ],
    ids=["no-cert", "no-key", "bad-cert", "bad-key", "other-key", "ended", "early", "locked"],
)
@pytest.mark.parametrize("command", ["serve", "check"])
def test_what_cannot_be_served_is_said_in_one_sentence(
    tmp_path: Path, certificate: Certificate, spoil: object, said: str, command: str
) -> None:
    assert callable(spoil)
    spoil(certificate)
    environment = {
        "MOTP_VERIFIER_TLS_CERT_FILE": str(certificate.cert),
        "MOTP_VERIFIER_TLS_KEY_FILE": str(certificate.key),
        "MOTP_VERIFIER_PORT": "0",
    }
    done = CliRunner(env=environment).invoke(main, [command, "--data-dir", str(tmp_path / "data")])
    assert done.exit_code == 1
    assert said.format(cert=certificate.cert, key=certificate.key) in done.output
    assert done.output.count("\n") == 1


def test_a_certificate_for_another_name_is_warned_of(
    tmp_path: Path, certificate: Certificate
) -> None:
    certificate.install(host="*.example.kr")
    arguments = (*certificate.arguments, "--public-origin")
    with VerifierProcess(tmp_path / "one", *arguments, "https://otp.example.kr") as verifier:
        assert "the certificate is not for" not in verifier.log.read_text("utf-8")
    with VerifierProcess(tmp_path / "two", *arguments, "https://otp.example.com") as verifier:
        assert "is not for otp.example.com" in verifier.log.read_text("utf-8")


def hears_the_end(client: socket.socket) -> bool:
    with contextlib.suppress(ConnectionResetError):
        return client.recv(1) == b""
    return True


def trusting(certificate: Certificate) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate.authority.root))


def handshake(
    verifier: VerifierProcess,
    certificate: Certificate,
    version: ssl.TLSVersion,
    *,
    ciphers: str = "",
) -> str | None:
    """The version that is agreed on."""
    context = trusting(certificate)
    context.minimum_version = context.maximum_version = version
    if ciphers:
        context.set_ciphers(ciphers)
    address = (HOST, urlsplit(verifier.origin).port or 0)
    with (
        socket.create_connection(address, PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as secured,
    ):
        return secured.version()


def lock(path: Path) -> None:
    """Protect a key by a passphrase."""
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
