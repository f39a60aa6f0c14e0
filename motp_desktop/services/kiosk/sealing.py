"""Sealed files of the kiosk: `magic ‖ nonce(12) ‖ AES-256-GCM(key, plain, AAD)`.

AAD is the magic and what the file belongs to, so that one put in another's place does not
open. AES-GCM is NIST SP 800-38D; nonces are random, far fewer than its limit of 2^32 to a key.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_SIZE = 12


@dataclass(frozen=True, slots=True)
class Seal:
    """How the files of one kind are closed; `magic` is their first line."""

    magic: bytes
    key: bytes = field(repr=False)
    belongs_to: bytes = b""

    def close(self, plain: bytes, nonce: bytes) -> bytes:
        """A file as it is stored; `nonce` is 12 random bytes, never used twice."""
        context = self.magic + self.belongs_to
        return self.magic + nonce + AESGCM(self.key).encrypt(nonce, plain, context)

    def open(self, stored: bytes) -> bytes | None:
        """What a file holds, or None where it is not one of these, or was changed."""
        nonce = stored[len(self.magic) : len(self.magic) + NONCE_SIZE]
        if not stored.startswith(self.magic) or len(nonce) != NONCE_SIZE:
            return None
        sealed = stored[len(self.magic) + NONCE_SIZE :]
        try:
            return AESGCM(self.key).decrypt(nonce, sealed, self.magic + self.belongs_to)
        except InvalidTag:
            return None
