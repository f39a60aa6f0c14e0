"""The profiles of a kiosk: a folder for each, in one folder of its data folder.

Nothing is made by looking: a folder is there once its head was saved.
"""

import re
import secrets
import shutil
from pathlib import Path

from motp_desktop.services.adapters.data_folder import (
    DataFolder,
    sync_folder,
    told_as_storage_errors,
)
from motp_desktop.services.adapters.folder_file import LIMIT
from motp_desktop.services.adapters.vault_files import VaultFiles
from motp_desktop.services.ports import Slot

_NAME = re.compile(r"[0-9a-f]{32}")
_GONE = ".gone-"
_HEAD = "profile"


class ProfileFolders:
    """Implements `kiosk.storage.ProfileFolders`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """All that are there."""
        with told_as_storage_errors():
            return sorted(name for name in self._entries() if _NAME.fullmatch(name))

    def head(self, name: str) -> "ProfileHead":
        """The file that makes a folder a profile."""
        return ProfileHead(self._path / name)

    def vaults(self, name: str) -> "ProfileVaults":
        """Its vaults."""
        return ProfileVaults(self._path / name)

    def delete(self, name: str) -> None:
        """Rename a folder out of the way in one step, then delete it."""
        gone = self._path / f"{_GONE}{secrets.token_hex(8)}"
        with told_as_storage_errors():
            try:
                (self._path / name).rename(gone)
            except FileNotFoundError:
                return
            sync_folder(self._path)
            shutil.rmtree(gone)
            sync_folder(self._path)

    def clear(self) -> None:
        """Delete what a crash left of profiles that were being deleted."""
        with told_as_storage_errors():
            for name in self._entries():
                if name.startswith(_GONE):
                    shutil.rmtree(self._path / name)

    def _entries(self) -> list[str]:
        return [each.name for each in self._path.iterdir()] if self._path.exists() else []


class ProfileHead:
    """Implements `kiosk.storage.SmallFile`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self) -> bytes | None:
        """What it holds, or None where there is none."""
        return DataFolder(self._folder).read(_HEAD, LIMIT) if self._folder.exists() else None

    def save(self, data: bytes) -> None:
        """Replace it, with its folder where that is new, durably."""
        with told_as_storage_errors():
            for folder in (self._folder.parent, self._folder):
                if not folder.exists():
                    folder.mkdir(mode=0o700)
                    sync_folder(folder.parent)
        DataFolder(self._folder).write(_HEAD, data)

    def delete(self) -> None:
        """Forget it, durably."""
        if self._folder.exists():
            DataFolder(self._folder).delete(_HEAD)


class ProfileVaults:
    """Implements `ports.VaultStore`, over a folder that may not be there, or come and go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, slot: Slot) -> bytes | None:
        """The sealed vault in this slot."""
        return self._files().load(slot) if self._folder.exists() else None

    def save(self, slot: Slot, sealed: bytes) -> None:
        """Replace the vault in this slot, durably."""
        self._files().save(slot, sealed)

    def promote(self) -> None:
        """Make the pending vault the active one, in one step; again does nothing."""
        if self._folder.exists():
            self._files().promote()

    def delete(self, slot: Slot) -> None:
        """Forget the vault in this slot, durably."""
        if self._folder.exists():
            self._files().delete(slot)

    def set_aside(self, slot: Slot) -> None:
        """Forget a damaged vault: at a shared PC nobody comes back for it."""
        self.delete(slot)

    def _files(self) -> VaultFiles:
        return VaultFiles(DataFolder(self._folder))
