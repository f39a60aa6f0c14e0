"""The operating system's keychain, by way of keyring.

keyring is imported at first use: with the look for a backend that takes about 140 ms, and a
locked keychain blocks until its prompt is answered.
"""

import contextlib
import importlib
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from motp_desktop.services.ports import KeyStoreError, KeyStoreFault

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE_NAME = "motp-desktop"

Backends: TypeAlias = "Callable[[], list[KeyringBackend]]"

_BACKEND_MODULES = {
    "win32": ("keyring.backends.Windows",),
    "darwin": ("keyring.backends.macOS",),
}
_OTHER_BACKEND_MODULES = ("keyring.backends.SecretService", "keyring.backends.kwallet")
_UNSUITABLE = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer")
_UNPROTECTED = "Plaintext"


def system_backends() -> "list[KeyringBackend]":
    """The backends that protect what they hold, the best first.

    One that is configured for keyring (its environment variable or file) is taken alone.
    Otherwise the system's own are imported by name: in a frozen program keyring finds none
    by itself, and a stray package must not decide where the secret goes.
    """
    from keyring import backend, core  # noqa: PLC0415 - slow, see the module's docstring

    configured = core.load_env() or core.load_config()
    if configured is not None:
        return [configured] if _is_suitable(configured) else []
    modules = _BACKEND_MODULES.get(sys.platform, _OTHER_BACKEND_MODULES)
    for name in modules:
        importlib.import_module(name)
    viable = backend.KeyringBackend.get_viable_backends()
    found = [kind() for kind in viable if kind.__module__ in modules]
    return sorted(found, key=backend.by_priority, reverse=True)


class Keychain:
    """Implements `ports.KeyStore`. Secrets are kept as base64 text: KWallet takes no bytes."""

    def __init__(self, backends: Backends = system_backends) -> None:
        self._backends = backends

    @property
    def description(self) -> str:
        """Which keychain it is, for the helpdesk."""
        return str(self._usable()[0].name)

    def load(self, name: str) -> bytes | None:
        """The secret of this name from whichever keychain has it.

        A user's session may offer now one, now another of two: all are asked.
        """
        with _told_as_key_store_errors():
            for backend in self._usable():
                text = backend.get_password(SERVICE_NAME, name)
                if text is not None:
                    return _decode(text)
        return None

    def save(self, name: str, secret: bytes) -> None:
        """Keep a secret in the best keychain, and read it back to be sure of it."""
        with _told_as_key_store_errors():
            backend = self._usable()[0]
            backend.set_password(SERVICE_NAME, name, b64encode(secret).decode("ascii"))
            text = backend.get_password(SERVICE_NAME, name)
        if text is None or _decode(text) != secret:
            raise KeyStoreError(KeyStoreFault.FAILED)

    def delete(self, name: str) -> None:
        """Forget a secret in every keychain."""
        from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - slow

        with _told_as_key_store_errors():
            for backend in self._usable():
                if backend.get_password(SERVICE_NAME, name) is None:
                    continue
                with contextlib.suppress(PasswordDeleteError):
                    backend.delete_password(SERVICE_NAME, name)

    def _usable(self) -> "list[KeyringBackend]":
        with _told_as_key_store_errors():
            backends = self._backends()
        if not backends:
            raise KeyStoreError(KeyStoreFault.NONE_FOUND)
        return backends


def _is_suitable(backend: "KeyringBackend") -> bool:
    kind = type(backend)
    return kind.__module__ not in _UNSUITABLE and _UNPROTECTED not in kind.__name__


def _decode(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return None


@contextlib.contextmanager
def _told_as_key_store_errors() -> Iterator[None]:
    from keyring import errors  # noqa: PLC0415 - slow

    try:
        yield
    except KeyStoreError:
        raise
    except errors.NoKeyringError as error:
        raise KeyStoreError(KeyStoreFault.NONE_FOUND) from error
    except errors.KeyringLocked as error:
        raise KeyStoreError(KeyStoreFault.LOCKED) from error
    except Exception as error:
        # Backends let D-Bus and system errors of many kinds through.
        raise KeyStoreError(KeyStoreFault.FAILED) from error
