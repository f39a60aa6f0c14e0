"""PySide6 6.12.0 on Python before 3.12 drops a reference to None at nearly every void call.

After some thousand calls the interpreter aborts. The pin in pyproject.toml avoids it; this
notices when it comes back.
"""

import subprocess
import sys

from tests.architecture.imports import ROOT

CALLS = 20_000
PROBE = f"""
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(["probe"])
widget = QWidget()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    widget.update()
print(before - sys.getrefcount(None))
"""


def test_widget_calls_do_not_use_up_none() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, f"{run.stderr}\nSee the PySide6 pin in pyproject.toml."
    lost = int(run.stdout)
    assert lost < 100, f"{lost} references to None lost in {CALLS} calls; change the PySide6 pin"
