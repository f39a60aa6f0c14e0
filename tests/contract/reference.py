"""The protocol's computations a second time, from its document, without `motp_protocol`.

Only the standard library and the primitives of `cryptography`: what the two agree on is not
one mistake made once.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


def hkdf_extract(salt: bytes, ikm: bytes) -> bytes:
    """RFC 5869 §2.2, SHA-256."""
    return hmac.new(salt or b"\x00" * 32, ikm, "sha256").digest()


def hkdf_expand(prk: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 §2.3, SHA-256."""
    output = block = b""
    counter = 1
    while len(output) < length:
        block = hmac.new(prk, block + info + bytes([counter]), "sha256").digest()
        output += block
        counter += 1
    return output[:length]


def hkdf(salt: bytes, ikm: bytes, info: bytes, length: int = 32) -> bytes:
    """Extract, then expand."""
    return hkdf_expand(hkdf_extract(salt, ikm), info, length)


def x25519(private: bytes, peer: bytes) -> bytes:
    """RFC 7748 §6.1."""
    key = X25519PrivateKey.from_private_bytes(private)
    return key.exchange(X25519PublicKey.from_public_bytes(peer))


def x25519_public(private: bytes) -> bytes:
    """The share that belongs to a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def argon2id(pin: bytes, salt: bytes, passes: int, memory_kib: int, lanes: int) -> bytes:
    """RFC 9106, 32 bytes."""
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(pin)


def totp(seed: bytes, step: int, digits: int, algorithm: str) -> str:
    """RFC 4226 §5.3 at the step that RFC 6238 §4.2 counts."""
    mac = hmac.new(seed, step.to_bytes(8, "big"), algorithm.lower()).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def document_hash(members: Mapping[str, str | list[str]]) -> str:
    """SHA-256 over the RFC 8785 form of a document without floats and astral member names."""
    form = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(form.encode("utf-8")).hexdigest()
