"""The vault: what one registration keeps on this PC, and the two seals around it.

The outer seal needs only the device secret, so that status and reset work without a PIN.
The seed inside has a seal of its own, whose key needs the PIN and a share from the verifier.

    file = "motp-vault-1" LF ‖ nonce(12) ‖ AES-256-GCM(device key, MessagePack, AAD = the magic)
    seed = nonce(12) ‖ AES-256-GCM(vault key, seed, AAD = "motp/v1 seed" 00 registration_id)

AES-GCM is NIST SP 800-38D; nonces are random, far fewer than its limit of 2^32 to a key.
"""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta

from motp_protocol.code import OtpProfile
from motp_protocol.fields import Id, ShareId
from motp_protocol.keys import KEY_SIZE, SALT_SIZE, Argon2Parameters, device_key, vault_key
from motp_protocol.problems import Replaces

MAGIC = b"motp-vault-1\n"
NONCE_SIZE = 12
TRY_SIZE = 16
MAX_SIZE = 64 * 1024
"""Bytes. A real vault has about one thousand; a larger file is not one."""

Key: TypeAlias = Annotated[bytes, Meta(min_length=KEY_SIZE, max_length=KEY_SIZE)]
Salt: TypeAlias = Annotated[bytes, Meta(min_length=SALT_SIZE, max_length=SALT_SIZE)]
Try: TypeAlias = Annotated[bytes, Meta(min_length=TRY_SIZE, max_length=TRY_SIZE)]


class VaultContents(msgspec.Struct, frozen=True, kw_only=True):
    """What the outer seal protects. Its representation shows no values.

    `try_` is that of a PIN entry whose answer never came, to be sent again with the next.
    `confirmation` and `replaces` serve an enrolment that is not confirmed yet. `withdrawing`
    goes with `resetting`: the reset under way also takes the consent back.
    """

    registration_id: Id
    enrolment_id: Id
    verifier_origin: str
    signing_key: Key
    clock_offset_ms: int
    argon2: Argon2Parameters
    pin_salt: Salt
    pin_min: int
    pin_max: int
    share_id: ShareId
    try_: Try | None = None
    otp: OtpProfile
    name_masked: str
    phone_masked: str
    sealed_seed: bytes
    confirmation: Key | None = None
    replaces: Replaces | None = None
    resetting: bool = False
    withdrawing: bool = False

    def __repr__(self) -> str:
        return "<VaultContents>"


@dataclass(frozen=True, slots=True)
class Damaged:
    """Not a vault, or not one that this device sealed, or altered since."""


def seal_vault(contents: VaultContents, device_secret: bytes, nonce: bytes) -> bytes:
    """A vault as it is stored; `nonce` is 12 random bytes, never used twice."""
    cipher = AESGCM(device_key(device_secret))
    return MAGIC + nonce + cipher.encrypt(nonce, msgspec.msgpack.encode(contents), MAGIC)


def open_vault(stored: bytes, device_secret: bytes) -> VaultContents | Damaged:
    """What a stored vault holds; any change to any of its bytes makes it Damaged."""
    if len(stored) > MAX_SIZE or not stored.startswith(MAGIC):
        return Damaged()
    nonce = stored[len(MAGIC) : len(MAGIC) + NONCE_SIZE]
    sealed = stored[len(MAGIC) + NONCE_SIZE :]
    if len(nonce) != NONCE_SIZE:
        return Damaged()
    try:
        plain = AESGCM(device_key(device_secret)).decrypt(nonce, sealed, MAGIC)
        return msgspec.msgpack.decode(plain, type=VaultContents)
    except (InvalidTag, msgspec.DecodeError):
        return Damaged()


def seal_seed(
    seed: bytes, *, wrap: bytes, share: bytes, registration_id: str, nonce: bytes
) -> bytes:
    """The seed under the PIN's half and the verifier's share; `nonce` is 12 random bytes."""
    cipher = AESGCM(vault_key(wrap, share))
    return nonce + cipher.encrypt(nonce, seed, _seed_context(registration_id))


def open_seed(sealed: bytes, *, wrap: bytes, share: bytes, registration_id: str) -> bytes | None:
    """The seed, or None where the PIN, the share or the registration is not the right one."""
    nonce, text = sealed[:NONCE_SIZE], sealed[NONCE_SIZE:]
    if len(nonce) != NONCE_SIZE:
        return None
    try:
        return AESGCM(vault_key(wrap, share)).decrypt(nonce, text, _seed_context(registration_id))
    except InvalidTag:
        return None


def _seed_context(registration_id: str) -> bytes:
    return b"motp/v1 seed\x00" + registration_id.encode("utf-8")
