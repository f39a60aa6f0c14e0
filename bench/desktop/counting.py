"""Whether memory grows while the countdown goes on: ten thousand seconds, as fast as they go.

The window and its view models are the real ones, the time and the codes are not.
"""

import gc
import json
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench.desktop.figures import Figure
from bench.desktop.place import Place
from motp_desktop.ui.run import make_application
from motp_desktop.ui.views.main_window import MainWindow
from tests.support.ui_fakes import Desk

STEPS = 10_000
_WARM_STEPS = 2_000
_BAR_KIB = 256
"""What the allocators of C and Python may do for their own reasons."""


def measure(place: Place) -> list[Figure]:
    """In a child, whose memory nothing else changes."""
    grown, whole = place.child("counting")
    return [
        Figure(
            f"memory grown over {STEPS:,} steps of the countdown",
            grown,
            _BAR_KIB,
            "KiB",
            f"of {whole / 1024:.0f} MiB; after {_WARM_STEPS:,} steps to warm up, each painted",
        )
    ]


class Countdown:
    """A window that shows a code."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._desk = Desk()
        self._window = MainWindow(self._desk.view_models)
        self._window.show()
        self._desk.to_code()

    def run(self, steps: int) -> None:
        """Let so many seconds pass, each of them shown."""
        for _ in range(steps):
            self._desk.clock.advance(1000)
            self._desk.code.touch()
            self._desk.code.tick()
            self._desk.executor.run()
            self._app.processEvents()


def _own_kib() -> int:
    """Memory that is this process's alone."""
    told = Path("/proc/self/smaps_rollup").read_text("ascii")
    lines = (line.split() for line in told.splitlines() if line.startswith("Private_"))
    return sum(int(fields[1]) for fields in lines)


def main() -> None:
    """Count; what it grew by and what there is, in KiB."""
    countdown = Countdown(make_application())
    countdown.run(_WARM_STEPS)
    gc.collect()
    before = _own_kib()
    countdown.run(STEPS)
    gc.collect()
    after = _own_kib()
    print(json.dumps([after - before, after]), flush=True)


if __name__ == "__main__":
    main()
