"""A copy of a SQLite database, taken while the verifier serves."""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

_OWNER_ONLY = 0o600


class BackupFailed(Exception):
    """There is no backup. The message says why."""


def back_up(source: Path, destination: Path) -> None:
    """Copy one moment of the database into a new file that only its owner may read.

    The copy appears whole and checked, or not at all. Raises BackupFailed and OSError.
    """
    if not source.exists():
        raise BackupFailed(f"{source} does not exist")
    if destination.exists():
        raise BackupFailed(f"{destination} exists already")
    draft = destination.with_name(f"{destination.name}.{secrets.token_hex(8)}.part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    try:
        _copy(source, draft)
        _synchronise(draft)
        os.link(draft, destination)  # unlike a rename, this replaces nothing
    except FileExistsError as error:
        raise BackupFailed(f"{destination} exists already") from error
    except sqlite3.Error as error:
        raise BackupFailed(f"{source} cannot be copied: {error}") from error
    finally:
        draft.unlink()
    _synchronise(destination.parent)


def _copy(source: Path, draft: Path) -> None:
    with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(draft)) as copy:
        # All pages in one step: one snapshot, which writers neither wait for nor disturb.
        database.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if (said := copy.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise BackupFailed(f"the copy is damaged: {said}")


def _synchronise(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
