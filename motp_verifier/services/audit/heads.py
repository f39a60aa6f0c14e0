"""Heads: signed statements of what the audit held, each over the one before."""

import hashlib
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motp_protocol.encoding import b64url_decode

HEAD_TYPE = "motp-head+jwt"


class HeadClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What a head states: rows `first` to `last` are `size` rows under the Merkle root `root`.

    `iat` is in seconds since 1970. `previous` is the hash of the head before, null in the
    first. Numbers between `first` and `last` that no row has belong to transactions that
    were undone.
    """

    iss: str
    iat: int
    head: int
    first: int
    last: int
    size: int
    root: str
    previous: str | None


class _Header(msgspec.Struct, frozen=True):
    alg: str
    kid: str
    typ: str


@dataclass(frozen=True, slots=True)
class Head:
    """A head as it was read: not checked yet."""

    token: str
    kid: str
    claims: HeadClaims

    @property
    def hash(self) -> bytes:
        """By which the next head names this one."""
        return head_hash(self.token)

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


class NotAHead(ValueError):
    """The text is no head in compact form."""


def head_hash(token: str) -> bytes:
    """SHA-256 of a head's compact form."""
    return hashlib.sha256(token.encode("ascii")).digest()


def read_head(token: str) -> Head:
    """A head from its compact form (RFC 7515 §7.1). Raises NotAHead."""
    try:
        first, second, _ = token.split(".")
        header = msgspec.json.decode(b64url_decode(first), type=_Header)
        claims = msgspec.json.decode(b64url_decode(second), type=HeadClaims)
        token.encode("ascii")
        b64url_decode(claims.root, hashlib.sha256().digest_size)
    except (ValueError, msgspec.DecodeError) as error:
        raise NotAHead("not a head in compact form") from error
    if header.alg != "EdDSA" or header.typ != HEAD_TYPE:
        raise NotAHead("not a head: another algorithm or type")
    return Head(token, header.kid, claims)
