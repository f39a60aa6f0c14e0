"""What is on this PC when the app starts."""

from motp_desktop.services.outcomes import (
    Ended,
    KeyStoreTrouble,
    NotRegistered,
    Opened,
    Registered,
    ResetUnfinished,
    Unconfirmed,
)
from motp_desktop.services.ports import (
    KeyStoreChoice,
    KeyStoreError,
    Slot,
    StorageError,
    VaultStore,
)
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper


class Opening:
    """Implements `use_cases.Opening`."""

    def __init__(
        self, *, keeper: VaultKeeper, vaults: VaultStore, key_stores: KeyStoreChoice
    ) -> None:
        self._keeper = keeper
        self._vaults = vaults
        self._key_stores = key_stores

    def look(self) -> Opened:
        """Read the vaults; does not ask the verifier.

        A pending vault comes first: the enrolment that it belongs to may already have
        ended the registration in the other.
        """
        active = self._keeper.load(Slot.ACTIVE)
        pending = self._keeper.load(Slot.PENDING)
        if isinstance(active, OpenVault) and active.contents.resetting:
            return ResetUnfinished(active.contents.withdrawing)
        match pending:
            case OpenVault(contents=contents) if contents.resetting:
                return ResetUnfinished(contents.withdrawing)
            case OpenVault(contents=contents):
                return Unconfirmed(contents.replaces)
            case None:
                pass
            case Ended() if isinstance(active, OpenVault):
                # Only the enrolment is lost, and the older registration may still be good.
                self._put_aside_pending()
            case trouble:
                return trouble
        match active:
            case OpenVault(contents=contents):
                return Registered(contents.name_masked, contents.phone_masked)
            case None:
                return NotRegistered()
            case trouble:
                return trouble

    def use_key_file(self) -> Opened:
        """Keep the device secret in a file from now on (weaker; chosen knowingly), look again."""
        try:
            self._key_stores.choose_key_file()
        except KeyStoreError as error:
            return KeyStoreTrouble(error.fault)
        return self.look()

    def _put_aside_pending(self) -> None:
        try:
            self._vaults.set_aside(Slot.PENDING)
        except StorageError:
            # It is found again at the next start; the registration in use is not touched.
            return
