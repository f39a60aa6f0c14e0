"""Python's garbage, collected on the UI thread and no other.

Python collects reference cycles on whichever thread happens to allocate. Where that is the
worker, Qt objects among them end on a thread that is not theirs, and a timer that does so can
end the process.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer

_EVERY_MS = 10_000


@contextmanager
def collected_here(every_ms: int = _EVERY_MS) -> Iterator[None]:
    """While the block lasts, collect on this thread alone, from its event loop.

    What is there already, modules above all, is left out for good: looking through it takes
    longer than a window may keep still.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    timer = QTimer(interval=every_ms, timerType=Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(gc.collect)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()
