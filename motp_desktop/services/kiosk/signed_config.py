"""The configuration as it comes: a compact JWS (RFC 7515), EdDSA (RFC 8037), in one profile."""

from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motp_desktop.services.kiosk.api import PublishedKeys
from motp_protocol.encoding import b64url_decode
from motp_protocol.kiosks import KioskClaims
from motp_protocol.wire import decode

LONGEST = 16 * 1024
"""Characters. A real one has some 900."""

_PARTS = 3
_DEFAULT_PORTS = {"https": ":443", "http": ":80"}


class UnknownSigner(ValueError):
    """The key that a configuration names is none of those known."""


class _Header(msgspec.Struct, frozen=True):
    alg: Literal["EdDSA"]
    typ: Literal["motp-kiosk+jwt"]
    kid: str


def read_config(
    token: str, keys: PublishedKeys, *, issuer: str, kiosk_id: str, least_version: int
) -> KioskClaims:
    """What a configuration says, once it is known to be this verifier's and for this kiosk.

    `issuer` is an origin without a default port. Raises UnknownSigner where none of `keys` is
    the one that it names, and ValueError where it is not one, not signed by that key, of
    another verifier or kiosk, or older than `least_version`.
    """
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != _PARTS or not token.isascii():
        raise ValueError("not a configuration")
    header = decode(b64url_decode(parts[0]), _Header)
    signature = b64url_decode(parts[2], 64)
    if header.kid not in keys:
        raise UnknownSigner("signed by an unknown key")
    try:
        signer = Ed25519PublicKey.from_public_bytes(keys[header.kid])
        signer.verify(signature, f"{parts[0]}.{parts[1]}".encode("ascii"))
    except InvalidSignature as error:
        raise ValueError("not signed by the key that it names") from error
    claims = decode(b64url_decode(parts[1]), KioskClaims)
    if (_plain(claims.iss), claims.sub) != (issuer, kiosk_id):
        raise ValueError("of another verifier, or for another kiosk")
    if claims.version < least_version:
        raise ValueError("older than the one that is kept")
    return claims


def _plain(origin: str) -> str:
    """An origin without the default port that an operator may have written out."""
    scheme, _, _ = origin.partition("://")
    return origin.removesuffix(_DEFAULT_PORTS.get(scheme, ""))
