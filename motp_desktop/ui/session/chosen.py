"""Which watch this system needs."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

from motp_desktop.ui.session.port import Left, NoWatch, SessionWatch

_AFTER_MS = 500
"""There is nothing to forget before a PIN was typed, and the buses cost some milliseconds."""

_log = logging.getLogger(__name__)


def session_watch(platform: str = sys.platform) -> SessionWatch:
    """The watch of this system; one that tells nothing where the system does not let itself ask."""
    try:
        return _watch(platform)
    except (ImportError, OSError, AttributeError) as error:
        _log.warning("locking with the screen is not possible here: %s", type(error).__name__)
        return NoWatch()


@contextmanager
def watching(left: Left) -> Iterator[None]:
    """Have `left` called while the block lasts, from when the first screen has been drawn on."""
    watches: list[SessionWatch] = []

    def begin() -> None:
        watch = session_watch()
        watch.start(left)
        watches.append(watch)

    timer = QTimer(singleShot=True, interval=_AFTER_MS)
    timer.timeout.connect(begin)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        for watch in watches:
            watch.stop()


def _watch(platform: str) -> SessionWatch:
    # Each needs what the others' systems do not have.
    if platform == "win32":
        from motp_desktop.ui.session.windows import WindowsWatch, WtsApi  # noqa: PLC0415

        return WindowsWatch(WtsApi())
    if platform == "darwin":
        from motp_desktop.ui.session.mac import DistributedCentre, MacWatch  # noqa: PLC0415

        return MacWatch(DistributedCentre())
    if platform.startswith("linux"):
        from motp_desktop.ui.session.linux import dbus_watch  # noqa: PLC0415

        return dbus_watch(os.environ)
    return NoWatch()
