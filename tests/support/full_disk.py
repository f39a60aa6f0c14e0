"""A disk that can be filled and emptied: a small one in memory where this user may mount it,
otherwise this process's own writes are made to fail as on a full disk."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_SIZE = "2m"
_FILLER = ".filler"


class Disk:
    """A folder on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Leave no room for a single byte more."""
        with (self.folder / _FILLER).open("ab", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(4096))

    def empty(self) -> None:
        """Make room again."""
        (self.folder / _FILLER).unlink(missing_ok=True)


class PretendedDisk(Disk):
    """An ordinary folder; where the disk is full, fsync says so."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self._is_full = False
        real = os.fsync

        def fsync(descriptor: int) -> None:
            if self._is_full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)

    def fill(self) -> None:
        self._is_full = True

    def empty(self) -> None:
        self._is_full = False


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """A real file system of its own. Skips the test where it cannot be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=700", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, check=False, capture_output=True, timeout=10)
    except OSError:
        pytest.skip("there is no mount")
    if mounted.returncode != 0:
        pytest.skip("this user may not mount a file system")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=10)
