"""Files that a person asked for, at a place of theirs: whole, or as they were before."""

import os
import tempfile
from pathlib import Path
from typing import Self

from motp_desktop.services.adapters.data_folder import told_as_storage_errors


class WholeFile:
    """A file beside its place, which takes it by `keep` and is gone otherwise.

    Only this user can read it. All raise StorageError.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._is_kept = False

    def __enter__(self) -> Self:
        folder, prefix = self._target.parent, f".{self._target.name}."
        with told_as_storage_errors():
            descriptor, name = tempfile.mkstemp(dir=folder, prefix=prefix)
        self._file = os.fdopen(descriptor, "wb")
        self._path = Path(name)
        return self

    def write(self, chunk: bytes) -> None:
        with told_as_storage_errors():
            self._file.write(chunk)

    def keep(self) -> None:
        with told_as_storage_errors():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._path.replace(self._target)
        self._is_kept = True

    def __exit__(self, *_what: object) -> None:
        if not self._is_kept:
            self._file.close()
            self._path.unlink(missing_ok=True)


class FileKeeper:
    """Implements `helpdesk.ports.Files`."""

    def keep(self, path: str, content: bytes) -> None:
        """See `helpdesk.ports.Files`."""
        with WholeFile(Path(path)) as file:
            file.write(content)
            file.keep()
