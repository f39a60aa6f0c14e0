"""`motp-desktop kiosk …`: each part is loaded only where it is asked for."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motp_desktop.config import Settings


def run_kiosk_command(given: argparse.Namespace, settings: "Settings") -> int:
    """Do what was asked; the exit status. Without a command, the kiosk's screen is to run."""
    match given.kiosk_command:
        case "enrol":
            from motp_desktop.kiosk_enrol import run_enrol  # noqa: PLC0415 - its part alone

            return run_enrol(given, settings)
        case "install":
            from motp_desktop.kiosk_install import run_install  # noqa: PLC0415 - its part alone

            return run_install(given)
        case _:
            from motp_desktop.cli import show_window  # noqa: PLC0415 - it is what called

            return show_window(_run, settings)


def _run(settings: "Settings") -> int:
    from motp_desktop.ui.run_kiosk import run_kiosk  # noqa: PLC0415 - Qt

    return run_kiosk(settings)
