"""The key schedule: what enrolment agrees on, and what the PIN unlocks.

`docs/protocol.md` states it; `tests/contract/vectors.json` has values to check against.
Names in the code are those of the document.
"""

import hashlib
import hmac
import threading
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_SIZE = 32
SALT_SIZE = 16

_one_derivation = threading.Lock()

Side: TypeAlias = Literal["client", "server"]


@dataclass(frozen=True, slots=True)
class EnrolmentSecrets:
    """What one key agreement gives to both sides."""

    seed: bytes = field(repr=False)
    confirm: bytes = field(repr=False)

    def confirmation(self, side: Side) -> bytes:
        """The proof that `side` derived the same keys."""
        return hmac.digest(self.confirm, side.encode("ascii"), hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """Cost of stretching a secret (RFC 9106 §4, second recommended option by default)."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class PinKeys:
    """What a PIN and this device's secret give: one half is sent, one never leaves."""

    pin_auth: bytes = field(repr=False)
    wrap: bytes = field(repr=False)


def hkdf_extract(salt: bytes, ikm: bytes) -> bytes:
    """HKDF-Extract with SHA-256 (RFC 5869 §2.2)."""
    return hmac.digest(salt or bytes(KEY_SIZE), ikm, hashlib.sha256)


def hkdf_expand(prk: bytes, info: str, length: int = KEY_SIZE) -> bytes:
    """HKDF-Expand with SHA-256 (RFC 5869 §2.3); `info` is UTF-8."""
    return HKDFExpand(hashes.SHA256(), length, info.encode("utf-8")).derive(prk)


def new_agreement_key() -> tuple[X25519PrivateKey, bytes]:
    """A fresh X25519 key and its public share (RFC 7748 §6.1), 32 bytes."""
    private = X25519PrivateKey.generate()
    return private, private.public_key().public_bytes_raw()


def agree(private: X25519PrivateKey, peer_share: bytes) -> bytes:
    """The X25519 shared value; ValueError where it is all zeros (RFC 7748 §6.1)."""
    return private.exchange(X25519PublicKey.from_public_bytes(peer_share))


def enrolment_secrets(
    *,
    shared: bytes,
    enrolment_id: str,
    device_public_key: bytes,
    client_key_share: bytes,
    server_key_share: bytes,
    seed_size: int,
) -> EnrolmentSecrets:
    """The seed and the confirmation key of an enrolment, bound to its transcript."""
    if not any(shared):
        raise ValueError("the shared value is all zeros")
    parts = (device_public_key, client_key_share, server_key_share)
    if any(len(part) != KEY_SIZE for part in parts):
        raise ValueError("a key in the transcript is not 32 bytes long")
    transcript = b"\x00".join(
        (
            b"motp/v1",
            enrolment_id.encode("utf-8"),
            b"".join(parts),
        )
    )
    prk = hkdf_extract(hashlib.sha256(transcript).digest(), shared)
    return EnrolmentSecrets(
        seed=hkdf_expand(prk, "motp/v1 seed", seed_size),
        confirm=hkdf_expand(prk, "motp/v1 confirm"),
    )


def approve_key(seed: bytes) -> bytes:
    """The key that proves an approval on the same PC."""
    return hkdf_expand(hkdf_extract(b"", seed), "motp/v1 approve")


def stretch_pin(pin: str, salt: bytes, cost: Argon2Parameters) -> bytes:
    """The PIN through Argon2id: see `stretch`."""
    return stretch(pin.encode("ascii"), salt, cost)


def stretch(secret: bytes, salt: bytes, cost: Argon2Parameters) -> bytes:
    """A secret through Argon2id, version 0x13 (RFC 9106). Takes about 0.15 s by default.

    One at a time in a process: two derivations with several lanes at once block each other
    for ever, or raise MemoryError, in OpenSSL (docs/adr/0002).
    """
    kdf = Argon2id(
        salt=salt,
        length=KEY_SIZE,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    with _one_derivation:
        return kdf.derive(secret)


def pin_keys(stretched: bytes, device_secret: bytes) -> PinKeys:
    """The two keys of a stretched PIN on the device that holds `device_secret`."""
    root = hkdf_extract(device_secret, stretched)
    return PinKeys(
        pin_auth=hkdf_expand(root, "motp/v1 pin auth"), wrap=hkdf_expand(root, "motp/v1 wrap")
    )


def vault_key(wrap: bytes, share: bytes) -> bytes:
    """The key of the seed's seal: the app's half joined with the verifier's share."""
    return hkdf_expand(hkdf_extract(share, wrap), "motp/v1 vault")


def device_key(device_secret: bytes) -> bytes:
    """The key of the vault's outer seal, which needs no PIN."""
    return hkdf_expand(hkdf_extract(b"", device_secret), "motp/v1 device")
