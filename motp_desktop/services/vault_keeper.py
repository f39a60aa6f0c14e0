"""Vaults as the use cases want them: opened, or the reason why not."""

from dataclasses import dataclass

from motp_desktop.services.device_secret import DeviceSecretSource
from motp_desktop.services.outcomes import (
    Ended,
    KeyStoreTrouble,
    StorageTrouble,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import Entropy, KeyStoreError, Slot, StorageError, VaultStore
from motp_desktop.services.vault import (
    NONCE_SIZE,
    Damaged,
    VaultContents,
    open_vault,
    seal_vault,
)
from motp_desktop.services.verifier_clock import VerifierClock


@dataclass(frozen=True, slots=True, repr=False)
class OpenVault:
    """A vault whose outer seal is open; its seed is still sealed."""

    slot: Slot
    contents: VaultContents
    device_secret: bytes


class VaultKeeper:
    """Loads and saves vaults of one verifier under this device's secret."""

    def __init__(
        self,
        *,
        vaults: VaultStore,
        device_secret: DeviceSecretSource,
        verifier_clock: VerifierClock,
        verifier_origin: str,
        entropy: Entropy,
    ) -> None:
        self._vaults = vaults
        self._device_secret = device_secret
        self._verifier_clock = verifier_clock
        self._verifier_origin = verifier_origin
        self._entropy = entropy

    def load(
        self, slot: Slot
    ) -> OpenVault | Ended | KeyStoreTrouble | StorageTrouble | UnexpectedRefusal | None:
        """The vault in this slot, None where it is empty, or why it does not open.

        A vault of another verifier than the configured one is left alone: its PIN must
        not be tried elsewhere.
        """
        try:
            stored = self._vaults.load(slot)
            if stored is None:
                return None
            secret = self._device_secret.load()
        except StorageError as error:
            return StorageTrouble(error.fault)
        except KeyStoreError as error:
            return KeyStoreTrouble(error.fault)
        if secret is None:
            return Ended("key-lost")
        contents = open_vault(stored, secret)
        if isinstance(contents, Damaged):
            return Ended("vault-damaged")
        if contents.verifier_origin != self._verifier_origin:
            return UnexpectedRefusal("other-verifier")
        self._verifier_clock.remember(contents.clock_offset_ms)
        return OpenVault(slot, contents, secret)

    def save(self, vault: OpenVault, contents: VaultContents) -> OpenVault:
        """Replace what a vault holds, durably. Raises StorageError."""
        sealed = seal_vault(contents, vault.device_secret, self._entropy(NONCE_SIZE))
        self._vaults.save(vault.slot, sealed)
        return OpenVault(vault.slot, contents, vault.device_secret)
