"""Heads: signed statements of what the audit held, each over the one before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from motp_protocol.encoding import b64url_decode
from motp_verifier.services.audit.findings import Fault
from motp_verifier.services.jws import NotSigned, Signed, read_signed

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


@dataclass(frozen=True, slots=True)
class Head:
    """A head as it was read: not checked yet."""

    signed: Signed
    claims: HeadClaims

    @property
    def token(self) -> str:
        """Its compact form."""
        return self.signed.token

    @property
    def hash(self) -> bytes:
        """By which the next head names this one."""
        return head_hash(self.token)

    def fault(self, known: Mapping[str, bytes]) -> Fault | None:
        """What is wrong with its signature, given the public keys by their ids."""
        key = known.get(self.signed.kid)
        if key is None:
            return Fault.KEY_UNKNOWN
        return None if self.signed.is_signed_by(key) else Fault.SIGNATURE_WRONG


class NotAHead(ValueError):
    """The text is no head in compact form."""


def head_hash(token: str) -> bytes:
    """SHA-256 of a head's compact form."""
    return hashlib.sha256(token.encode("ascii")).digest()


def read_head(token: str) -> Head:
    """A head from its compact form (RFC 7515 §7.1). Raises NotAHead."""
    try:
        signed = read_signed(token, HEAD_TYPE)
        claims = msgspec.json.decode(signed.payload, type=HeadClaims)
        b64url_decode(claims.root, hashlib.sha256().digest_size)
    except NotSigned as error:
        raise NotAHead(f"not a head: {error}") from error
    except (ValueError, msgspec.DecodeError) as error:
        raise NotAHead("not a head in compact form") from error
    return Head(signed, claims)
