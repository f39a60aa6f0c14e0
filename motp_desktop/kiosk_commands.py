"""`motp-desktop kiosk …`: each part is loaded only where it is asked for."""

import argparse
from typing import TYPE_CHECKING

from motp_desktop.exit_codes import BAD_USAGE

if TYPE_CHECKING:
    from motp_desktop.config import Settings


def run_kiosk_command(given: argparse.Namespace, settings: "Settings") -> int:
    """Do what was asked; the exit status. Without a command, the kiosk's screen is to run."""
    match given.kiosk_command:
        case "enrol":
            from motp_desktop.kiosk_enrol import run_enrol  # noqa: PLC0415 - its part alone

            return run_enrol(given, settings)
        case _:
            from motp_desktop.cli import say  # noqa: PLC0415 - it is what called

            return say(
                BAD_USAGE,
                "키오스크 화면은 이 버전에 아직 없습니다.",
                "the kiosk's screen is not in this version yet.",
            )
