"""`motp-desktop kiosk …`: each part is loaded only where it is asked for."""

import argparse
from typing import TYPE_CHECKING

from motp_desktop.exit_codes import BAD_USAGE

if TYPE_CHECKING:
    from motp_desktop.config import Settings


def run_kiosk_command(given: argparse.Namespace, settings: "Settings") -> int:  # noqa: ARG001
    """Do what was asked; the exit status. Without a command, the kiosk's screen is to run."""
    from motp_desktop.cli import say  # noqa: PLC0415 - it is what called

    match given.kiosk_command:
        case "enrol":
            what = "kiosk enrol"
        case _:
            what = "kiosk"
    return say(
        BAD_USAGE,
        f"이 버전에는 아직 없는 명령입니다: {what}",
        f"not in this version yet: {what}",
    )
