"""The installation's random id, in a file of the data folder."""

import re

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.ports import Entropy

_NAME = "installation-id"
_ID = re.compile(rb"[0-9a-f]{32}")


class InstallationFile:
    """Implements `ports.Installation`."""

    def __init__(self, folder: DataFolder, entropy: Entropy) -> None:
        self._folder = folder
        self._entropy = entropy

    def load(self) -> str | None:
        """The id, or None where there is none or the file holds something else."""
        stored = self._folder.read(_NAME, 64)
        if stored is None or not _ID.fullmatch(stored.strip()):
            return None
        return stored.strip().decode("ascii")

    def create(self) -> str:
        """The id, made and kept durably where there is none."""
        installation_id = self.load()
        if installation_id is None:
            installation_id = self._entropy(16).hex()
            self._folder.write(_NAME, installation_id.encode("ascii") + b"\n")
        return installation_id
