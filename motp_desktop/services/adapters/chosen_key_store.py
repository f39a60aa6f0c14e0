"""The keychain, or the key file once it was chosen."""

from motp_desktop.services.adapters.key_file import KeyFile
from motp_desktop.services.ports import KeyStore


class ChosenKeyStore:
    """Implements `ports.KeyStore` and `ports.KeyStoreChoice`.

    It never falls back by itself: where the keychain fails, the person is asked.
    """

    def __init__(self, keychain: KeyStore, key_file: KeyFile) -> None:
        self._keychain = keychain
        self._key_file = key_file

    @property
    def description(self) -> str:
        """Which store it is, for the helpdesk."""
        return self._chosen().description

    def choose_key_file(self) -> None:
        """Use the key file from now on, after a restart too."""
        self._key_file.create()

    def load(self, name: str) -> bytes | None:
        """The secret of this name, or None where there is none."""
        return self._chosen().load(name)

    def save(self, name: str, secret: bytes) -> None:
        """Keep a secret under a name, replacing any before it."""
        self._chosen().save(name, secret)

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._chosen().delete(name)

    def _chosen(self) -> KeyStore:
        return self._key_file if self._key_file.is_chosen() else self._keychain
