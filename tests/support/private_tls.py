"""A private certificate authority, a TLS server that it vouches for, and a CONNECT proxy."""

import contextlib
import selectors
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.raw_server import RawServer, Respond

_DAY = timedelta(days=1)


class Authority:
    """What an institution runs for itself; its root lies in `root`, as PEM."""

    def __init__(self, folder: Path, name: str = "한빛훈련원 Root") -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.root = folder / "root.pem"
        own = self._certificate(self._name, self._key.public_key(), since=-10 * _DAY, until=_DAY)
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        own = own.add_extension(_usage(), critical=True)
        self.root.write_bytes(_pem(own.sign(self._key, hashes.SHA256())))

    def issue(self, host: str, *, until: timedelta = _DAY) -> Path:
        """A file with a key and a certificate for this host, which ends so long from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        builder = self._certificate(name, key.public_key(), since=until - 2 * _DAY, until=until)
        alternative = x509.SubjectAlternativeName([_general_name(host)])
        issued = builder.add_extension(alternative, critical=False).sign(self._key, hashes.SHA256())
        path = self._folder / f"{host}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(private + _pem(issued))
        return path

    def _certificate(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey,
        *,
        since: timedelta,
        until: timedelta,
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + since)
            .not_valid_after(now + until)
        )


class TlsServer(RawServer):
    """A RawServer behind TLS."""

    def __init__(self, respond: Respond, certificate: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        super().__init__(respond)
        self.port = int(self.origin.rpartition(":")[2])
        self.origin = self.origin.replace("http://", "https://")

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        try:
            wrapped = self._context.wrap_socket(connection, server_side=True)
        except OSError:  # the other side does not trust us
            connection.close()
            return
        super()._serve(wrapped)


class ConnectProxy(RawServer):
    """Takes every CONNECT to one port of this machine, whatever host was asked for.

    Its `requests` are what it was asked; `answer` is said instead of connecting.
    """

    def __init__(self, port: int, answer: bytes = b"") -> None:
        self._port = port
        self._answer = answer
        super().__init__(self._connect)

    def _connect(self, connection: socket.socket, request: bytes) -> None:
        if self._answer or not request.startswith(b"CONNECT "):
            connection.sendall(self._answer or b"HTTP/1.1 405 Method Not Allowed\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self._port), timeout=5) as server:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._pump(connection, server)

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(one, selectors.EVENT_READ, other)
            selector.register(other, selectors.EVENT_READ, one)
            while not self.wait(0):
                for key, _ in selector.select(0.05):
                    piece = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not piece:
                        return
                    key.data.sendall(piece)


@contextlib.contextmanager
def tls_serving(respond: Respond, certificate: Path) -> Iterator[TlsServer]:
    """A TLS server for the length of a block."""
    server = TlsServer(respond, certificate)
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def proxying(port: int, answer: bytes = b"") -> Iterator[ConnectProxy]:
    """A proxy for the length of a block."""
    proxy = ConnectProxy(port, answer)
    try:
        yield proxy
    finally:
        proxy.close()


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
