"""Every screen but the kiosk's own is covered: in a process with three of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCREENS = [
    {"name": f"screen {n}", "x": 800 * n, "y": 0, "width": 800, "height": 600} for n in range(3)
]
PROGRAM = """
import json, sys
from PySide6.QtWidgets import QApplication
from motp_desktop.ui.views.kiosk.covers import Covers
app = QApplication([])
covers = Covers(app)
before = len(covers.windows)
covers.open()
app.processEvents()
places = sorted(window.geometry().x() for window in covers.windows)
shown = all(window.isVisible() and window.isFullScreen() for window in covers.windows)
covers.close()
on_wayland = Covers(app, "wayland-egl")
on_wayland.open()
print(json.dumps([before, places, shown, len(covers.windows), len(on_wayland.windows)]))
"""


def test_all_screens_but_the_first_are_covered_while_the_kiosk_runs(tmp_path: Path) -> None:
    """On Wayland none: a compositor for one program would put it over the kiosk."""
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"synchronousWindowSystemEvents": True, "screens": SCREENS}))
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [0, [800, 1600], True, 0, 0]
