"""Secrets in a file that only this user can read: weaker than a keychain, and never chosen
but knowingly. Guessing the PIN still needs the verifier."""

from base64 import b64decode, b64encode

import msgspec

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.ports import KeyStoreError, KeyStoreFault, StorageError
from motp_protocol import wire

_NAME = "keys.json"
_LIMIT = 64 * 1024


class KeyFile:
    """Implements `ports.KeyStore`. It is in use once `create` has made it."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    @property
    def description(self) -> str:
        """Which store it is, for the helpdesk."""
        return "key file"

    def is_chosen(self) -> bool:
        """Whether there is a key file."""
        try:
            return self._folder.exists(_NAME)
        except StorageError as error:
            raise KeyStoreError(KeyStoreFault.FAILED) from error

    def create(self) -> None:
        """Make an empty key file, unless there is one."""
        if not self.is_chosen():
            self._write({})

    def load(self, name: str) -> bytes | None:
        """The secret of this name, or None where there is none that can be read."""
        text = self._read().get(name)
        try:
            return None if text is None else b64decode(text, validate=True)
        except ValueError:
            return None

    def save(self, name: str, secret: bytes) -> None:
        """Keep a secret under a name, durably."""
        self._write(self._read() | {name: b64encode(secret).decode("ascii")})

    def delete(self, name: str) -> None:
        """Forget a secret."""
        secrets = self._read()
        if secrets.pop(name, None) is not None:
            self._write(secrets)

    def _read(self) -> dict[str, str]:
        """All secrets. A file that others may read holds no secrets: KeyStoreError."""
        try:
            stored = self._folder.read(_NAME, _LIMIT)
            if stored is None:
                return {}
            if not self._folder.is_private(_NAME):
                raise KeyStoreError(KeyStoreFault.FAILED)
            return wire.decode(stored, dict[str, str])
        except (StorageError, ValueError) as error:
            raise KeyStoreError(KeyStoreFault.FAILED) from error

    def _write(self, secrets: dict[str, str]) -> None:
        try:
            self._folder.write(_NAME, msgspec.json.encode(secrets))
        except StorageError as error:
            raise KeyStoreError(KeyStoreFault.FAILED) from error
