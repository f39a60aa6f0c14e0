"""What makes this PC a kiosk: its key, its exit PIN's check and its configuration, sealed.

    seal key = HKDF-Expand(HKDF-Extract("", device secret), "motp/v1 kiosk identity")

The contents are MessagePack. `device secret` is this data folder's, in the keychain.
"""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from motp_desktop.services.kiosk.sealing import Seal
from motp_protocol.fields import Id
from motp_protocol.keys import (
    KEY_SIZE,
    SALT_SIZE,
    Argon2Parameters,
    hkdf_expand,
    hkdf_extract,
)
from motp_protocol.kiosks import KioskClaims

Key: TypeAlias = Annotated[bytes, Meta(min_length=KEY_SIZE, max_length=KEY_SIZE)]
Salt: TypeAlias = Annotated[bytes, Meta(min_length=SALT_SIZE, max_length=SALT_SIZE)]


class Applicant(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolment under way: kept, so that one whose answer was lost is repeated as it was."""

    code: str
    verifier_origin: str
    signing_key: Key
    exit_salt: Salt
    argon2: Argon2Parameters

    def __repr__(self) -> str:
        return "<Applicant>"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolled kiosk.

    `exit_check` is what the right exit PIN gives without the verifier. `keys` are those that
    the verifier signs with, by their thumbprints. `ended`: the verifier does not know the
    kiosk any more.
    """

    kiosk_id: Id
    verifier_origin: str
    signing_key: Key
    exit_salt: Salt
    exit_check: Key
    argon2: Argon2Parameters
    keys: dict[str, Key]
    claims: KioskClaims
    ended: bool = False

    def __repr__(self) -> str:
        return "<Identity>"

    @property
    def has_ended(self) -> bool:
        """Whether the kiosk serves nobody until it is enrolled anew."""
        return self.ended or self.claims.state == "revoked"


@dataclass(frozen=True, slots=True, repr=False)
class OpenKiosk:
    """An identity, and the device secret that it was sealed under."""

    identity: Identity
    device_secret: bytes

    @property
    def key(self) -> Ed25519PrivateKey:
        """The key that signs this kiosk's requests."""
        return Ed25519PrivateKey.from_private_bytes(self.identity.signing_key)


def identity_seal(device_secret: bytes) -> Seal:
    """The seal of an enrolled kiosk's identity."""
    return _seal(device_secret, b"identity")


def applicant_seal(device_secret: bytes) -> Seal:
    """The seal of an enrolment under way."""
    return _seal(device_secret, b"applicant")


def tries_seal(device_secret: bytes) -> Seal:
    """The seal of the count of wrong exit PINs."""
    return _seal(device_secret, b"exit tries")


def _seal(device_secret: bytes, what: bytes) -> Seal:
    key = hkdf_expand(hkdf_extract(b"", device_secret), "motp/v1 kiosk identity")
    return Seal(b"motp-kiosk-1\n", key, what)
