"""Sealed vaults as files in the data folder."""

from itertools import count

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.ports import Slot
from motp_desktop.services.vault import MAX_SIZE


class VaultFiles:
    """Implements `ports.VaultStore`."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def load(self, slot: Slot) -> bytes | None:
        """The sealed vault in this slot; one byte more than the limit of a file too large."""
        return self._folder.read(_file_name(slot), MAX_SIZE + 1)

    def save(self, slot: Slot, sealed: bytes) -> None:
        """Replace the vault in this slot, durably."""
        self._folder.write(_file_name(slot), sealed)

    def promote(self) -> None:
        """Make the pending vault the active one, in one step; again does nothing."""
        self._folder.rename(_file_name(Slot.PENDING), _file_name(Slot.ACTIVE))

    def delete(self, slot: Slot) -> None:
        """Forget the vault in this slot, durably."""
        self._folder.delete(_file_name(slot))

    def set_aside(self, slot: Slot) -> None:
        """Rename a damaged vault to `….damaged-1`, or the first number that is free."""
        name = _file_name(slot)
        free = next(
            candidate
            for number in count(1)
            if not self._folder.exists(candidate := f"{name}.damaged-{number}")
        )
        self._folder.rename(name, free)


def _file_name(slot: Slot) -> str:
    return f"{slot.value}.vault"
