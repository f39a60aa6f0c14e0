"""TLS by the verifier itself: its certificate and key, read again when the files change.

A renewal needs no restart and no signal: at a handshake, at most once a second, every process
looks whether the files are still the same. New ones are taken only when they can be served
together, for a renewal writes one file after the other; until then the old ones go on.
"""

import logging
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from motp_verifier.config import Config, ConfigError
from motp_verifier.sparing_log import SparingLog

LOOK_SECONDS = 1.0
"""How old what is known of the files may be."""

# TLS 1.2 with forward secrecy and authenticated encryption alone; TLS 1.3 has nothing else.
_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
_plain_log = logging.getLogger(__name__)
_log = SparingLog(_plain_log)


class BadCertificate(ConfigError):
    """The certificate or the key cannot be served. The message names the setting."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What one look at the files saw: where, when and how large they are."""

    cert: tuple[int, int, int]
    key: tuple[int, int, int]


class ServedCertificate:
    """A certificate with its chain, and its private key, both PEM files.

    `context` is what a server listens with. Raises BadCertificate where there is nothing that
    can be served when it is made; later it keeps what it has.
    """

    def __init__(self, cert: Path, key: Path) -> None:
        self._cert = cert
        self._key = key
        self._known = self._look()
        self._current, self.certificate = self._load()
        self._taken: Callable[[datetime], None] = lambda _end: None
        self.context = self._current
        self.context.sni_callback = self._choose
        self._next_look = time.monotonic() + LOOK_SECONDS

    @property
    def end(self) -> datetime:
        """When clients stop accepting it."""
        return self.certificate.not_valid_after_utc

    def tell(self, taken: Callable[[datetime], None]) -> None:
        """Call `taken` with the end of the certificate: of this one now, of each later one then."""
        self._taken = taken
        taken(self.end)

    def is_for(self, host: str) -> bool:
        """Whether clients that asked for this name, or this address, accept it (RFC 9525)."""
        try:
            names = self.certificate.extensions.get_extension_for_class(
                x509.SubjectAlternativeName
            ).value
        except x509.ExtensionNotFound:
            return False
        try:
            return ip_address(host) in names.get_values_for_type(x509.IPAddress)
        except ValueError:
            wildcard = "*." + host.partition(".")[2]
            known = [each.lower() for each in names.get_values_for_type(x509.DNSName)]
            return host.lower() in known or wildcard.lower() in known

    def _choose(
        self, connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext
    ) -> None:
        """Called at each handshake, whether the client names a host or not."""
        self._renew()
        connection.context = self._current

    def _renew(self) -> None:
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_SECONDS
        try:
            seen = self._look()
            if seen == self._known:
                return
            self._current, self.certificate = self._load()
        except BadCertificate as error:
            # Looked at anew each second: it may be half of a renewal.
            _log.say(logging.WARNING, "the old certificate is served", str(error))
            return
        self._known = seen
        self._taken(self.end)
        _log.say(
            logging.INFO, "a new certificate is served", f"until {self.end:%Y-%m-%d %H:%M} UTC"
        )

    def _look(self) -> _Known:
        return _Known(_seen("tls_cert_file", self._cert), _seen("tls_key_file", self._key))

    def _load(self) -> tuple[ssl.SSLContext, x509.Certificate]:
        certificate = _first_certificate(self._cert)
        end = certificate.not_valid_after_utc
        if end <= datetime.now(UTC):
            raise BadCertificate(f"tls_cert_file: {self._cert} ended on {end:%Y-%m-%d}: renew it")
        if certificate.not_valid_before_utc > datetime.now(UTC):
            begin = certificate.not_valid_before_utc
            raise BadCertificate(
                f"tls_cert_file: {self._cert} is valid from {begin:%Y-%m-%d %H:%M} UTC on: "
                "compare this machine's clock"
            )
        context = _context()
        try:
            context.load_cert_chain(self._cert, self._key, _no_passphrase)
        except ssl.SSLError as error:
            raise BadCertificate(_told(error, self._cert, self._key)) from error
        except OSError as error:
            raise BadCertificate(f"tls_key_file: {self._key}: {error.strerror}") from error
        return context, certificate


def open_certificate(config: Config) -> ServedCertificate | None:
    """What the verifier serves by TLS, or None where a proxy does. Raises BadCertificate."""
    if not config.tls_cert_file:
        return None
    opened = ServedCertificate(
        Path(config.tls_cert_file).expanduser(), Path(config.tls_key_file).expanduser()
    )
    host = urlsplit(config.origin()).hostname or ""
    if not opened.is_for(host):
        # A proxy in front may ask for another name, so that this may be meant.
        _plain_log.warning("tls_cert_file: the certificate is not for %s, where devices ask", host)
    return opened


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    return context


def _no_passphrase() -> str:
    """Asked where the key has one; without this OpenSSL would wait at the terminal."""
    raise BadCertificate(
        "tls_key_file: the key asks for a passphrase, which nobody can type when the verifier "
        "starts: store it without one, readable by the verifier alone"
    )


def _first_certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except OSError as error:
        raise BadCertificate(f"tls_cert_file: {path}: {error.strerror}") from error
    except ValueError as error:
        raise BadCertificate(f"tls_cert_file: {path} holds no certificate in PEM") from error


def _seen(setting: str, path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise BadCertificate(f"{setting}: {path}: {error.strerror}") from error
    return found.st_ino, found.st_mtime_ns, found.st_size


def _told(error: ssl.SSLError, cert: Path, key: Path) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return f"tls_key_file: {key} is not the key of the certificate in {cert}"
    if error.reason in {"EE_KEY_TOO_SMALL", "CA_MD_TOO_WEAK", "CA_KEY_TOO_SMALL"}:
        return f"tls_cert_file: {cert} is too weak: use RSA of 2048 bits or more, or P-256"
    return f"tls_key_file: {key} holds no private key in PEM that {cert} can be served with"
