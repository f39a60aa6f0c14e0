"""The file of master keys: one `<id> <32 bytes, base64url>` a line.

The first key seals; all of them open. Every change writes the whole file anew beside the
old one and renames it, so that a reader finds one or the other.
"""

import fcntl
import glob
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.keys import KEY_SIZE

_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_NUMBERED = re.compile(r"k([0-9]{1,9})")
_DRAFT_BYTES = 8
_STALE_SECONDS = 60
"""No change takes so long: whoever began that one was killed."""

_PRIVATE_MODE = 0o600
_OTHERS = 0o077


class KeyFileError(Exception):
    """The key file is missing, unreadable, open to others, or not of its form."""


@dataclass(frozen=True, slots=True)
class Version:
    """Tells one content of the file from another without reading it."""

    inode: int
    changed_ns: int
    size: int


class KeyFile:
    """The file at `path`. Methods raise KeyFileError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Make the file with one new key, unless it is there; who comes second uses the first's."""
        with self._explained():
            if self.path.exists():
                return
            draft = self._draft({"k1": secrets.token_bytes(KEY_SIZE)})
            try:
                os.link(draft, self.path)
            except FileExistsError:
                return
            finally:
                draft.unlink()
            self._sync_folder()

    def read(self) -> dict[str, bytes]:
        """The keys by id, in the file's order."""
        with self._explained():
            return self._read()

    def version(self) -> Version:
        """What changes whenever the file does."""
        with self._explained():
            found = self.path.stat()
            return Version(found.st_ino, found.st_mtime_ns, found.st_size)

    def changed_at(self) -> int:
        """When the file last changed, in milliseconds since 1970."""
        return self.version().changed_ns // 1_000_000

    def add(self, *, first: bool) -> str:
        """Put a new key at one end or the other, and say its id."""
        with self._explained(), self._locked():
            keys = self._read()
            name = _next_id(keys)
            new = {name: secrets.token_bytes(KEY_SIZE)}
            self._write(new | keys if first else keys | new)
            return name

    def put_first(self, name: str) -> None:
        """Let a key that is there seal from now on."""
        with self._explained(), self._locked():
            keys = self._read()
            if name not in keys:
                raise KeyFileError(f"the key file {self.path} has no key '{name}'")
            self._write({name: keys[name]} | keys)

    def remove(self, names: set[str]) -> None:
        """Forget keys, never the first."""
        with self._explained(), self._locked():
            keys = self._read()
            first = next(iter(keys))
            self._write(
                {name: key for name, key in keys.items() if name not in names or name == first}
            )

    def _read(self) -> dict[str, bytes]:
        if os.name == "posix" and self.path.stat().st_mode & _OTHERS:
            raise KeyFileError(f"the key file {self.path} can be read by others: chmod 600 it")
        keys: dict[str, bytes] = {}
        lines = self.path.read_text("ascii", "replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith("#"):
                continue
            name, _, value = line.partition(" ")
            try:
                key = b64url_decode(value.strip(), KEY_SIZE)
            except ValueError:
                key = b""
            if not key or not _KEY_ID.fullmatch(name) or name in keys:
                raise KeyFileError(f"line {number} of the key file {self.path} is not `<id> <key>`")
            keys[name] = key
        if not keys:
            raise KeyFileError(f"the key file {self.path} has no key")
        return keys

    def _write(self, keys: dict[str, bytes]) -> None:
        draft = self._draft(keys)
        try:
            draft.replace(self.path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        self._forget_old_drafts()
        self._sync_folder()

    def _forget_old_drafts(self) -> None:
        """Take away what somebody who was killed had written: keys lie in it."""
        stale = time.time() - _STALE_SECONDS
        random = "[0-9a-f]" * 2 * _DRAFT_BYTES
        for each in self.path.parent.glob(f"{glob.escape(self.path.name)}.{random}"):
            with suppress(FileNotFoundError):  # who made it takes it away
                if each.stat().st_mtime < stale:
                    each.unlink()

    def _draft(self, keys: dict[str, bytes]) -> Path:
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(_DRAFT_BYTES)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            self._keep_owner(descriptor)
            file.writelines(f"{name} {b64url_encode(key)}\n" for name, key in keys.items())
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _keep_owner(self, descriptor: int) -> None:
        """Where root changes the keys, the service's own user goes on reading them."""
        if os.name == "posix" and os.geteuid() == 0:
            with suppress(FileNotFoundError):  # a new file is its maker's
                owner = self.path.stat()
                os.fchown(descriptor, owner.st_uid, owner.st_gid)

    def _sync_folder(self) -> None:
        if os.name == "posix":
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One change at a time: the lock is on the folder and leaves no file behind."""
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise KeyFileError(f"cannot use the key file {self.path}: {error.strerror}") from error


def _next_id(keys: dict[str, bytes]) -> str:
    numbers = [int(found[1]) for name in keys if (found := _NUMBERED.fullmatch(name))]
    return f"k{max(numbers, default=0) + 1}"
