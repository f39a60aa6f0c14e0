"""The device secret: 32 random bytes in this PC's key store, without which no vault opens."""

from typing import Protocol

from motp_desktop.services.ports import Entropy, Installation, KeyStore
from motp_protocol.keys import KEY_SIZE


class DeviceSecretSource(Protocol):
    """Where a device's secret comes from. Methods raise KeyStoreError and StorageError."""

    def load(self) -> bytes | None:
        """The secret, or None where there is none that can be used."""

    def get_or_create(self) -> bytes:
        """The secret, made and kept first where there is none."""

    def delete(self) -> None:
        """Forget the secret: every vault sealed under it is closed for ever."""


class DeviceSecret:
    """The secret of this installation. Methods raise KeyStoreError and StorageError.

    The name under which it lies carries a random id from the data folder, so that two
    data folders of one user never share a secret.
    """

    def __init__(self, key_store: KeyStore, installation: Installation, entropy: Entropy) -> None:
        self._key_store = key_store
        self._installation = installation
        self._entropy = entropy

    def load(self) -> bytes | None:
        """The secret, or None where this installation has none that can be used."""
        installation_id = self._installation.load()
        if installation_id is None:
            return None
        secret = self._key_store.load(_name(installation_id))
        return secret if secret is not None and len(secret) == KEY_SIZE else None

    def get_or_create(self) -> bytes:
        """The secret, made and kept first where there is none."""
        secret = self.load()
        if secret is None:
            secret = self._entropy(KEY_SIZE)
            self._key_store.save(_name(self._installation.create()), secret)
        return secret

    def delete(self) -> None:
        """Forget the secret: every vault sealed under it is closed for ever."""
        installation_id = self._installation.load()
        if installation_id is not None:
            self._key_store.delete(_name(installation_id))


def _name(installation_id: str) -> str:
    return f"device-secret/{installation_id}"
