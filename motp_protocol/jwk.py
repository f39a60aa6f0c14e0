"""The names of public keys."""

import hashlib

from motp_protocol.encoding import b64url_encode, canonical_json


def thumbprint(public_key: bytes) -> str:
    """The name of an Ed25519 key: its RFC 7638 thumbprint, as RFC 8037 §2 has it."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": b64url_encode(public_key)}
    return b64url_encode(hashlib.sha256(canonical_json(members)).digest())
