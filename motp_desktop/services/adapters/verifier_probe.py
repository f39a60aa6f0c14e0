"""A look at a verifier before it is used: who it says it is, and who vouches for it."""

import msgspec
from cryptography import x509
from cryptography.x509.oid import NameOID

from motp_desktop.services.adapters.http_exchange import Exchange, HttpAnswer, HttpRequest
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.settings import CheckedVerifier, OtherProtocol
from motp_protocol import wire
from motp_protocol.encoding import b64url_decode
from motp_protocol.jwk import thumbprint
from motp_protocol.messages import ServiceInfo

PROTOCOL = 1
_OK = 200


class _Key(msgspec.Struct):
    x: str
    kty: str
    crv: str


class _KeySet(msgspec.Struct):
    keys: list[_Key]


class HttpVerifierProbe:
    """Implements `settings_desk.VerifierProbe`."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def probe(self, origin: str) -> CheckedVerifier | OtherProtocol | NoAnswer:
        """What is there."""
        answer = self._get(f"{origin}/v1/service")
        if isinstance(answer, NoAnswer):
            return answer
        try:
            service = wire.decode(answer.body, ServiceInfo)
        except ValueError:
            return NoAnswer("bad-answer")
        if service.protocol != PROTOCOL:
            return OtherProtocol()
        issuer, until = _vouched(answer.certificate)
        return CheckedVerifier(origin, service.name[:100], self._keys(origin), issuer, until)

    def _keys(self, origin: str) -> tuple[str, ...]:
        """The fingerprints, computed from the keys themselves; none where it tells none."""
        answer = self._get(f"{origin}/.well-known/jwks.json")
        if isinstance(answer, NoAnswer):
            return ()
        try:
            keys = wire.decode(answer.body, _KeySet).keys
            return tuple(
                thumbprint(b64url_decode(key.x, 32))
                for key in keys
                if (key.kty, key.crv) == ("OKP", "Ed25519")
            )
        except ValueError:
            return ()

    def _get(self, url: str) -> HttpAnswer | NoAnswer:
        headers = {"Accept": "application/json, */*;q=0.5", "Accept-Encoding": "identity"}
        answer = self._exchange.send(HttpRequest("GET", url, headers))
        if isinstance(answer, HttpAnswer) and answer.status != _OK:
            return NoAnswer("failing" if answer.status // 100 == 5 else "bad-answer")  # noqa: PLR2004
        return answer


def _vouched(certificate: bytes | None) -> tuple[str, str]:
    """Who issued a certificate, and until when it is good."""
    if certificate is None:
        return "", ""
    try:
        read = x509.load_der_x509_certificate(certificate)
        names = [
            *read.issuer.get_attributes_for_oid(NameOID.COMMON_NAME),
            *read.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME),
        ]
        until = read.not_valid_after_utc.isoformat()
    except ValueError:
        return "", ""
    return str(names[0].value)[:100] if names else "", until
