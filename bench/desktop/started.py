"""The children of `bench.desktop.start`: each says when it was ready, in its last line.

`app` starts the app as its command does; `empty` imports what the app did, and opens a window
with nothing in it. This module imports nothing itself that either would not.
"""

import contextlib
import importlib
import json
import sys
import time
from pathlib import Path


def app(names: Path) -> None:
    """The app, until the dots of the PIN have the focus and are painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from motp_desktop.cli import main
    from motp_desktop.ui import run
    from motp_desktop.ui.widgets.pin_dots import PinDots

    make = run.make_application
    timers: list[QTimer] = []

    def look() -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, PinDots):
            focused.window().repaint()
            _say_ready()
            names.write_text(json.dumps([*sys.modules]))
            timers.pop().stop()
            QApplication.quit()

    def watched() -> QApplication:
        made = make()
        timer = QTimer(interval=1)
        timer.timeout.connect(look)
        timer.start()
        timers.append(timer)
        return made

    vars(run)["make_application"] = watched
    main([])


def empty(names: Path) -> None:
    """A window with nothing in it, until it is painted."""
    for name in json.loads(names.read_text()):
        if name != "__main__":
            with contextlib.suppress(ImportError):  # what an extension module calls itself
                importlib.import_module(name)
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    made = QApplication([])
    window = QWidget()
    window.resize(440, 720)
    window.show()

    def ready() -> None:
        window.repaint()
        _say_ready()
        made.quit()

    QTimer.singleShot(0, ready)
    made.exec()


def _say_ready() -> None:
    print(time.monotonic_ns(), flush=True)


if __name__ == "__main__":
    {"app": app, "empty": empty}[sys.argv[1]](Path(sys.argv[2]))
