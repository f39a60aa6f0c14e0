"""The app as it is started, but for a clock that leaps: minutes of waiting are no test.

`MOTP_TEST_LEAP` names a file with the milliseconds that seem to have passed beyond those
that did; beside it the app leaves a file, named by `seen`, with how many its window knows of.
"""

import os
import sys
import threading
from pathlib import Path

from motp_desktop import bootstrap
from motp_desktop.cli import main
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.verifier_clock import VerifierClock

VARIABLE = "MOTP_TEST_LEAP"


class LeapingClock(SystemClock):
    """This PC's clocks, both of them so much later."""

    def now_ms(self) -> int:
        return super().now_ms() + _leapt_ms()

    def elapsed_ms(self) -> int:
        leapt = _leapt_ms()
        if threading.current_thread() is threading.main_thread():
            seen(_file()).write_text(str(leapt), "ascii")
        return super().elapsed_ms() + leapt


def seen(file: Path) -> Path:
    """The file that belongs to a file of leaps."""
    return file.with_suffix(".seen")


class LeapingVerifierClock(VerifierClock):
    """Takes it that the verifier leapt along: what it tells is no news of a wrong clock."""

    def learn(self, verifier_ms: int, sent_elapsed: int, received_elapsed: int) -> None:
        super().learn(verifier_ms + _leapt_ms(), sent_elapsed, received_elapsed)


def _leapt_ms() -> int:
    return int(_file().read_text("ascii"))


def _file() -> Path:
    return Path(os.environ[VARIABLE])


if __name__ == "__main__":
    vars(bootstrap)["SystemClock"] = LeapingClock
    vars(bootstrap)["VerifierClock"] = LeapingVerifierClock
    sys.exit(main())
