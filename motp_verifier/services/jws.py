"""Reading what a verifier signed: compact JWS (RFC 7515 §7.1), EdDSA with Ed25519 (RFC 8037)."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motp_protocol.encoding import b64url_decode
from motp_protocol.jwk import thumbprint


class NotSigned(ValueError):
    """The text is no compact JWS of this type."""


class NotAKeySet(ValueError):
    """The text is no set of Ed25519 keys that are named by their thumbprints."""


class _Header(msgspec.Struct, frozen=True):
    alg: str
    kid: str
    typ: str


class _Key(msgspec.Struct, frozen=True):
    kty: str
    crv: str
    x: str
    kid: str


class _KeySet(msgspec.Struct, frozen=True):
    keys: list[_Key]


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement as it was read: its signature is not checked yet."""

    token: str
    kid: str
    payload: bytes

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether this Ed25519 key signed it (RFC 8037 §3.1)."""
        signed, _, signature = self.token.rpartition(".")
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(
                b64url_decode(signature), signed.encode("ascii")
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def read_signed(token: str, typ: str) -> Signed:
    """A statement of this type. Raises NotSigned."""
    try:
        first, second, _ = token.split(".")
        token.encode("ascii")
        header = msgspec.json.decode(b64url_decode(first), type=_Header)
        payload = b64url_decode(second)
    except (ValueError, msgspec.DecodeError) as error:
        raise NotSigned("not in compact form") from error
    if header.alg != "EdDSA" or header.typ != typ:
        raise NotSigned("another algorithm or type")
    return Signed(token, header.kid, payload)


def read_key_set(data: bytes) -> Mapping[str, bytes]:
    """Public keys by their ids from a JWK set (RFC 7517 §5). Raises NotAKeySet."""
    try:
        found = msgspec.json.decode(data, type=_KeySet).keys
        keys = {key.kid: b64url_decode(key.x, 32) for key in found}
    except (ValueError, msgspec.DecodeError) as error:
        raise NotAKeySet("not a set of Ed25519 keys") from error
    for key in found:
        if (key.kty, key.crv, key.kid) != ("OKP", "Ed25519", thumbprint(keys[key.kid])):
            raise NotAKeySet("a key has another id than its thumbprint, or is not Ed25519")
    return keys
