"""The kiosk's identity on disk: opened, or the reason why not."""

from typing import TypeAlias, TypeVar

import msgspec

from motp_desktop.services.device_secret import DeviceSecretSource
from motp_desktop.services.kiosk.identity import (
    Applicant,
    Identity,
    OpenKiosk,
    applicant_seal,
    identity_seal,
)
from motp_desktop.services.kiosk.outcomes import KioskEnded, NotEnrolled
from motp_desktop.services.kiosk.sealing import NONCE_SIZE, Seal
from motp_desktop.services.kiosk.storage import SmallFile
from motp_desktop.services.outcomes import KeyStoreTrouble, StorageTrouble
from motp_desktop.services.ports import Entropy, KeyStoreError, StorageError

T = TypeVar("T")

NoKiosk: TypeAlias = NotEnrolled | KioskEnded | KeyStoreTrouble | StorageTrouble


class KioskKeeper:
    """Loads and saves the identity, and an enrolment under way."""

    def __init__(
        self,
        *,
        identity: SmallFile,
        applicant: SmallFile,
        device_secret: DeviceSecretSource,
        entropy: Entropy,
    ) -> None:
        self._identity = identity
        self._applicant = applicant
        self._device_secret = device_secret
        self._entropy = entropy

    def load(self) -> OpenKiosk | NoKiosk:
        """The identity. One that does not open, or whose key is lost, is KioskEnded."""
        try:
            stored = self._identity.load()
            if stored is None:
                return NotEnrolled()
            secret = self._device_secret.load()
        except StorageError as error:
            return StorageTrouble(error.fault)
        except KeyStoreError as error:
            return KeyStoreTrouble(error.fault)
        if secret is None:
            return KioskEnded()
        identity = _open(identity_seal(secret), stored, Identity)
        return KioskEnded() if identity is None else OpenKiosk(identity, secret)

    def save(self, identity: Identity, device_secret: bytes) -> OpenKiosk:
        """Keep an identity in place of any other. Raises StorageError."""
        plain = msgspec.msgpack.encode(identity)
        seal = identity_seal(device_secret)
        self._identity.save(seal.close(plain, self._entropy(NONCE_SIZE)))
        return OpenKiosk(identity, device_secret)

    def secret_for_enrolment(self) -> bytes:
        """The device secret, made where there is none. Raises KeyStoreError, StorageError."""
        return self._device_secret.get_or_create()

    def load_applicant(self, device_secret: bytes) -> Applicant | None:
        """The enrolment under way, if there is one that opens. Raises StorageError."""
        stored = self._applicant.load()
        if stored is None:
            return None
        return _open(applicant_seal(device_secret), stored, Applicant)

    def save_applicant(self, applicant: Applicant, device_secret: bytes) -> None:
        """Keep an enrolment under way, before the verifier hears of it. Raises StorageError."""
        plain = msgspec.msgpack.encode(applicant)
        seal = applicant_seal(device_secret)
        self._applicant.save(seal.close(plain, self._entropy(NONCE_SIZE)))

    def forget_applicant(self) -> None:
        """The enrolment is over. Raises StorageError."""
        self._applicant.delete()


def _open(seal: Seal, stored: bytes, kind: type[T]) -> T | None:
    plain = seal.open(stored)
    try:
        return None if plain is None else msgspec.msgpack.decode(plain, type=kind)
    except msgspec.DecodeError:
        return None
