"""`make demo`: with a display for a person, without one by itself."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

BUILD = Path("build/demo").resolve()
_IN_KEYCHAIN = "MOTP_DEMO_KEYCHAIN"


def main() -> int:
    """Run the demo that fits this machine."""
    parser = argparse.ArgumentParser(prog="python -m demo")
    parser.add_argument("--unattended", action="store_true", help="walk the journey by itself")
    parser.add_argument("--folder", type=Path, default=BUILD, help="where everything is kept")
    given = parser.parse_args()
    folder: Path = given.folder.resolve()
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if (display or sys.platform != "linux") and not given.unattended:
        from demo.attended import run as run_attended  # noqa: PLC0415

        return run_attended(folder / "desk")
    if _IN_KEYCHAIN not in os.environ and _can_have_keychain():
        # Without a display there is no session either, and so no keychain to borrow.
        again = ["sh", "tools/with-keychain.sh", sys.executable, "-m", "demo", *sys.argv[1:]]
        return subprocess.call(again, env=os.environ | {_IN_KEYCHAIN: "1"})
    from demo.unattended import run as run_unattended  # noqa: PLC0415

    return run_unattended(folder)


def _can_have_keychain() -> bool:
    return all(shutil.which(program) for program in ("dbus-run-session", "gnome-keyring-daemon"))


if __name__ == "__main__":
    sys.exit(main())
