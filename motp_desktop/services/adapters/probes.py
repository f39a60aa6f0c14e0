"""Trying out what may fail, or never answer."""

import queue
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.doctor import PROBE
from motp_desktop.services.ports import StorageError, StorageFault

T = TypeVar("T")


class FolderProbe:
    """Implements `doctor.ProbedFolder`."""

    def __init__(self, folder: DataFolder, path: Path) -> None:
        self._folder = folder
        self._path = path

    def probe(self) -> int:
        """Write and delete a file; the bytes that are free. Raises StorageError."""
        self._folder.write(PROBE, b"probe")
        self._folder.delete(PROBE)
        try:
            return shutil.disk_usage(self._path).free
        except OSError as error:
            raise StorageError(StorageFault.FAILED) from error


def within(work: Callable[[], T], seconds: float) -> T | None:
    """What `work` comes to, or None where that takes longer: its thread is left behind."""
    came_to: queue.SimpleQueue[T] = queue.SimpleQueue()
    threading.Thread(target=lambda: came_to.put(work()), name="probe", daemon=True).start()
    try:
        return came_to.get(timeout=seconds)
    except queue.Empty:
        return None
