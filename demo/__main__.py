"""`make demo`: with a display for a person, without one by itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BUILD = Path("build/demo").resolve()
_IN_KEYCHAIN = "MOTP_DEMO_KEYCHAIN"


def main() -> int:
    """Run the demo that fits this machine."""
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if (display or sys.platform != "linux") and "--unattended" not in sys.argv:
        from demo.attended import run as run_attended  # noqa: PLC0415

        return run_attended(BUILD / "desk")
    if _IN_KEYCHAIN not in os.environ and _can_have_keychain():
        again = ["sh", "tools/with-keychain.sh", sys.executable, "-m", "demo", "--unattended"]
        return subprocess.call(again, env=os.environ | {_IN_KEYCHAIN: "1"})
    from demo.unattended import run as run_unattended  # noqa: PLC0415

    return run_unattended(BUILD)


def _can_have_keychain() -> bool:
    return all(shutil.which(program) for program in ("dbus-run-session", "gnome-keyring-daemon"))


if __name__ == "__main__":
    sys.exit(main())
