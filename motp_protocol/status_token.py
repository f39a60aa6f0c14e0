"""What a device shows the helpdesk: a signed status as a QR code, and a short code to read out.

The token is a compact JWS (RFC 7515), EdDSA (RFC 8037) by the device's own key, in one fixed
profile. It says what the device believes; the verifier's own record stands beside it. The short
code names a registration and proves nothing: it tells which of several PCs is meant.
"""

import hashlib
from typing import Annotated, Literal, TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.fields import Id, ShortText
from motp_protocol.signature import MAX_CLOCK_DIFFERENCE_SECONDS, key_id
from motp_protocol.wire import decode

TOKEN_TYPE: Literal["motp-status+jwt"] = "motp-status+jwt"  # noqa: S105 - no secret
ISSUER: Literal["motp-desktop"] = "motp-desktop"
LIFETIME_SECONDS = 600
LONGEST = 1024
"""Characters. A real token has some 450, which a QR code of moderate size holds."""

DeviceState: TypeAlias = Literal["active", "suspended", "revoked", "unconfirmed", "unknown"]

# Crockford's: without I, L, O and U, which are misread or misheard.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 8


class StatusClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What a device says of itself. No personal data.

    `iat` and `exp` are in seconds since 1970 by the verifier's time as the device knows it.
    `skew` is its own clock less that, in seconds.
    """

    iss: Literal["motp-desktop"] = ISSUER
    sub: Id
    iat: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    exp: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    jti: Id
    app_version: ShortText
    skew: Annotated[int, Meta(ge=-(2**40), le=2**40)]
    state: DeviceState


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    alg: Literal["EdDSA"]
    typ: Literal["motp-status+jwt"]
    kid: str


def sign_status(key: Ed25519PrivateKey, claims: StatusClaims) -> str:
    """The token."""
    header = _Header("EdDSA", TOKEN_TYPE, key_id(key.public_key().public_bytes_raw()))
    signed = f"{_part(header)}.{_part(claims)}"
    return f"{signed}.{b64url_encode(key.sign(signed.encode('ascii')))}"


def read_status(token: str, public_key: bytes, *, now: int) -> StatusClaims:
    """What a token of this device says; `now` is in seconds since 1970.

    Raises ValueError where it is not one, not this device's, or not of these ten minutes.
    """
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3:  # noqa: PLR2004 - header, claims, signature
        raise ValueError("not a status token")
    header = decode(b64url_decode(parts[0]), _Header)
    if header.kid != key_id(public_key):
        raise ValueError("of another device")
    signed = f"{parts[0]}.{parts[1]}".encode("ascii")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(b64url_decode(parts[2], 64), signed)
    except InvalidSignature as error:
        raise ValueError("not signed by this device") from error
    claims = decode(b64url_decode(parts[1]), StatusClaims)
    if not 0 < claims.exp - claims.iat <= LIFETIME_SECONDS:
        raise ValueError("of no good lifetime")
    if not claims.iat - MAX_CLOCK_DIFFERENCE_SECONDS <= now < claims.exp:
        raise ValueError("not of this time")
    return claims


def claimed_registration(token: str) -> str:
    """Which registration a token says that it is of: nothing is proven before `read_status`.

    Raises ValueError where it is no token.
    """
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3:  # noqa: PLR2004 - header, claims, signature
        raise ValueError("not a status token")
    return decode(b64url_decode(parts[1]), StatusClaims).sub


def short_code(registration_id: str) -> str:
    """The first 40 bits of a hash of the registration's id, as `7Q2M-XK4T`."""
    digest = hashlib.sha256(b"motp/v1 short code\x00" + registration_id.encode("utf-8")).digest()
    number = int.from_bytes(digest[:5], "big")
    letters = [_ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(_CODE_LENGTH))]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def normalise_short_code(text: str) -> str:
    """A short code as somebody typed what they heard, in its one spelling; ValueError for none."""
    plain = text.upper().translate(str.maketrans("ILO", "110", " -")).strip()
    if len(plain) != _CODE_LENGTH or any(letter not in _ALPHABET for letter in plain):
        raise ValueError("not a short code")
    return f"{plain[:4]}-{plain[4:]}"


def _part(value: msgspec.Struct) -> str:
    return b64url_encode(msgspec.json.encode(value))
