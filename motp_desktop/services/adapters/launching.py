"""How this app is started again: by the desktop, at the person's next session or for a link."""

import shutil
import sys
from pathlib import Path


def launch_command() -> tuple[str, ...]:
    """The program and what comes before its own arguments, in absolute paths."""
    if getattr(sys, "frozen", False):
        return (str(Path(sys.executable).resolve()),)
    beside = shutil.which("motp-desktop", path=str(Path(sys.executable).parent))
    if beside is not None:
        return (str(Path(beside).absolute()),)
    # As it was started: Debian's package keeps the folder that one is in out of the search.
    isolated = ("-I",) if sys.flags.isolated else ()
    return (sys.executable, *isolated, "-m", "motp_desktop")
