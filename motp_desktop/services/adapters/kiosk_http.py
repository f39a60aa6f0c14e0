"""The verifier's interface for kiosks over HTTP (docs/protocol.md, "Kiosks")."""

from http import HTTPStatus

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.adapters.signed_calls import (
    Call,
    SignedCalls,
    get,
    no_time,
    nothing,
    post,
)
from motp_desktop.services.kiosk.api import PublishedKeys
from motp_desktop.services.ports import Answer
from motp_protocol import kiosks, wire
from motp_protocol.encoding import b64url_decode
from motp_protocol.jwk import thumbprint

_KEY_SET = "application/jwk-set+json"  # RFC 7517 §8.5.2


class KioskHttp:
    """Implements `kiosk.api.KioskApi`."""

    def __init__(self, calls: SignedCalls) -> None:
        self._send = calls.send

    def enrol(
        self, key: Ed25519PrivateKey, request: kiosks.KioskEnrolment
    ) -> Answer[kiosks.KioskEnrolled]:
        """`POST /v1/kiosks`."""
        kind, status = kiosks.KioskEnrolled, HTTPStatus.CREATED
        return self._send(post(key, "/v1/kiosks", request, kind, status=status))

    def config(self, key: Ed25519PrivateKey, kiosk_id: str) -> Answer[kiosks.KioskConfig]:
        """`GET /v1/kiosks/{id}/config`."""
        return self._send(get(key, f"/v1/kiosks/{kiosk_id}/config", kiosks.KioskConfig))

    def report(
        self, key: Ed25519PrivateKey, kiosk_id: str, report: kiosks.KioskReport
    ) -> Answer[kiosks.KioskReported]:
        """`POST /v1/kiosks/{id}/report`."""
        path = f"/v1/kiosks/{kiosk_id}/report"
        return self._send(post(key, path, report, kiosks.KioskReported, time_of=lambda it: it.time))

    def exit(
        self, key: Ed25519PrivateKey, kiosk_id: str, request: kiosks.KioskExit
    ) -> Answer[None]:
        """`POST /v1/kiosks/{id}/exit`."""
        return self._send(
            Call(
                method="POST",
                path=f"/v1/kiosks/{kiosk_id}/exit",
                status=HTTPStatus.NO_CONTENT,
                read=nothing,
                time_of=no_time,
                message=request,
                key=key,
            )
        )

    def published_keys(self) -> Answer[PublishedKeys]:
        """`GET /.well-known/jwks.json`."""
        return self._send(
            Call(
                method="GET",
                path="/.well-known/jwks.json",
                status=HTTPStatus.OK,
                read=read_key_set,
                time_of=no_time,
                content_type=_KEY_SET,
            )
        )


class _Jwk(msgspec.Struct, frozen=True):
    kty: str
    crv: str = ""
    x: str = ""


class _JwkSet(msgspec.Struct, frozen=True):
    keys: list[_Jwk]


def read_key_set(body: bytes) -> PublishedKeys:
    """The Ed25519 keys of a JWK set (RFC 7517 §5), others left out; ValueError for no set.

    Each is named by its thumbprint, whatever it calls itself.
    """
    found = wire.decode(body, _JwkSet).keys
    keys = [b64url_decode(key.x, 32) for key in found if (key.kty, key.crv) == ("OKP", "Ed25519")]
    return {thumbprint(key): key for key in keys}
