"""What the kiosk needs of the disk. All methods raise StorageError."""

from typing import Protocol

from motp_desktop.services.ports import VaultStore


class SmallFile(Protocol):
    """A file that is replaced as a whole: after a crash the old or the new one is there."""

    def load(self) -> bytes | None:
        """What it holds, or None where there is none."""

    def save(self, data: bytes) -> None:
        """Replace it, durably."""

    def delete(self) -> None:
        """Forget it, durably; nothing happens where there is none."""


class ProfileFolders(Protocol):
    """The folders of the profiles. Names are lower-case hex."""

    def names(self) -> list[str]:
        """All that are there, the remains of deleted ones not among them."""

    def head(self, name: str) -> SmallFile:
        """The file that makes a folder a profile; saving it makes the folder, durably."""

    def vaults(self, name: str) -> VaultStore:
        """Its vaults."""

    def delete(self, name: str) -> None:
        """Delete a folder with all that it has, durably: at once it is no profile any more."""

    def clear(self) -> None:
        """Delete what a crash left of profiles that were being deleted."""
