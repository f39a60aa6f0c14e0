"""Files in the data folder, written so that a crash leaves the old or the new one, whole."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from motp_desktop.services.ports import StorageError, StorageFault

_TEMPORARY_SUFFIX = ".tmp"
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP})
# A link where a file of ours should be is somebody's trap; Windows has no such flag.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class DataFolder:
    """One folder that only this user can read. Methods raise StorageError.

    Names are those of files directly in the folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_ready = False

    def read(self, name: str, limit: int) -> bytes | None:
        """The first `limit` bytes of a file, or None where there is none."""
        with told_as_storage_errors():
            try:
                descriptor = os.open(self._ready() / name, os.O_RDONLY | _NO_FOLLOW | _BINARY)
            except FileNotFoundError:
                return None
            with os.fdopen(descriptor, "rb") as file:
                return file.read(limit)

    def write(self, name: str, data: bytes, *, durable: bool = True) -> None:
        """Replace a file: temporary file, fsync, rename, fsync of the folder.

        Without `durable` a crash of the system may bring the file before back, or none.
        """
        with told_as_storage_errors():
            folder = self._ready()
            # mkstemp makes files that only this user can read, and never follows a link.
            descriptor, temporary = tempfile.mkstemp(
                dir=folder, prefix=f".{name}.", suffix=_TEMPORARY_SUFFIX
            )
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                    if durable:
                        file.flush()
                        os.fsync(file.fileno())
                Path(temporary).replace(folder / name)
            except OSError:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink()
                raise
            if durable:
                sync_folder(self._path)

    def rename(self, name: str, new_name: str) -> None:
        """Rename a file over any other, durably; nothing happens where there is none."""
        with told_as_storage_errors(), contextlib.suppress(FileNotFoundError):
            folder = self._ready()
            (folder / name).replace(folder / new_name)
            sync_folder(self._path)

    def delete(self, name: str) -> None:
        """Delete a file, durably; nothing happens where there is none."""
        with told_as_storage_errors(), contextlib.suppress(FileNotFoundError):
            (self._ready() / name).unlink()
            sync_folder(self._path)

    def exists(self, name: str) -> bool:
        """Whether there is anything of this name, a link included."""
        with told_as_storage_errors():
            return os.path.lexists(self._ready() / name)

    def is_private(self, name: str) -> bool:
        """Whether a file is this user's and nobody else may read or write it.

        Always true on Windows, where the profile folder's access list sees to it.
        """
        if os.name == "nt":
            return True
        with told_as_storage_errors():
            found = (self._ready() / name).lstat()
        is_closed = not stat.S_IMODE(found.st_mode) & 0o077
        return stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid() and is_closed

    def _ready(self) -> Path:
        if not self._is_ready:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._tighten()
            for leftover in self._path.glob(f".*{_TEMPORARY_SUFFIX}"):
                leftover.unlink(missing_ok=True)
            self._is_ready = True
        return self._path

    def _tighten(self) -> None:
        if os.name == "nt":
            return
        found = self._path.stat()
        # A shared folder such as /tmp, named by mistake, is left as it is.
        is_shared = bool(found.st_mode & stat.S_ISVTX) or found.st_uid != os.getuid()
        if not is_shared and stat.S_IMODE(found.st_mode) & 0o077:
            self._path.chmod(0o700)


def sync_folder(path: Path) -> None:
    """Make what was put into a folder, or taken from it, last. Raises OSError."""
    if os.name == "nt":  # Windows cannot open a folder to flush it
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def told_as_storage_errors() -> Iterator[None]:
    """Raise StorageError for what the file system says in the block."""
    try:
        yield
    except OSError as error:
        raise StorageError(_fault(error)) from error


def _fault(error: OSError) -> StorageFault:
    if error.errno in _FULL:
        return StorageFault.FULL
    return StorageFault.DENIED if error.errno in _DENIED else StorageFault.FAILED
