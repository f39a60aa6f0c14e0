"""What the view models may see of Qt."""

import subprocess
import sys

_IMPORT = """
import sys
import motp_desktop.ui.viewmodels.bundle
widgets = {name for name in sys.modules if name.startswith("PySide6.Qt")} - {"PySide6.QtCore"}
slow = {"keyring", "requests", "qrcode", "argon2"} & set(sys.modules)
sys.exit(f"{sorted(widgets | slow)} were imported" if widgets or slow else 0)
"""


def test_view_models_need_qtcore_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
