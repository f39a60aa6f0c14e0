"""The kiosk's signature beside that of a trainee's device (RFC 9421 §4.3)."""

from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.adapters.http_exchange import Exchange, HttpAnswer, HttpRequest
from motp_desktop.services.ports import Entropy, NoAnswer
from motp_protocol.signature import (
    KIOSK_LABEL,
    NONCE_SIZE,
    RequestParts,
    read_signature,
    sign_request,
)

_FIELDS = ("Signature-Input", "Signature")


class CountersigningExchange:
    """Implements `Exchange`: what a device signed, the kiosk signs too, at the same moment."""

    def __init__(self, exchange: Exchange, key: Ed25519PrivateKey, entropy: Entropy) -> None:
        self._exchange = exchange
        self._key = key
        self._entropy = entropy

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """The answer; what no device signed goes as it is."""
        return self._exchange.send(countersigned(request, self._key, self._entropy(NONCE_SIZE)))


def countersigned(request: HttpRequest, key: Ed25519PrivateKey, nonce: bytes) -> HttpRequest:
    """A signed request with a second signature, by `key` under the kiosk's label."""
    given = read_signature({name.lower(): value for name, value in request.headers.items()})
    if given is None:
        return request
    parts = urlsplit(request.url)
    signed = sign_request(
        key,
        RequestParts(request.method, parts.netloc, parts.path, parts.query, request.body),
        created=given.created,
        nonce=nonce,
        label=KIOSK_LABEL,
    )
    both = {name: f"{request.headers[name]}, {signed[name]}" for name in _FIELDS}
    return HttpRequest(request.method, request.url, {**request.headers, **both}, request.body)
