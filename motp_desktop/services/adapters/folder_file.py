"""One file of a data folder."""

from motp_desktop.services.adapters.data_folder import DataFolder

LIMIT = 64 * 1024


class FolderFile:
    """Implements `kiosk.storage.SmallFile`. A file larger than 64 KiB is read in part."""

    def __init__(self, folder: DataFolder, name: str) -> None:
        self._folder = folder
        self._name = name

    def load(self) -> bytes | None:
        """What it holds, or None where there is none."""
        return self._folder.read(self._name, LIMIT)

    def save(self, data: bytes) -> None:
        """Replace it, durably."""
        self._folder.write(self._name, data)

    def delete(self) -> None:
        """Forget it, durably."""
        self._folder.delete(self._name)
