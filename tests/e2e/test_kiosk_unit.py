"""The unit's own command line with the real kiosk, under a stand-in for systemd and cage."""

import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_desktop.services.adapters.kiosk_units import cage_unit
from tests.support.graphical_session import GraphicalSession, missing_programs
from tests.support.supervisor import Supervisor

WATCHDOG_SECONDS = 3
KILLS = 8
PATIENCE_SECONDS = 30

pytestmark = pytest.mark.skipif(
    bool(missing_programs()) and "CI" not in os.environ,
    reason="needs the Debian packages dbus, gnome-keyring and xvfb",
)


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Supervisor]:
    """A kiosk's, on a screen of its own."""
    with GraphicalSession(tmp_path / "home") as session:
        data = str(session.folder / "kiosk data")
        command = (sys.executable, "-m", "motp_desktop", "--data-dir", data)
        environment = session.environment
        running = Supervisor(cage_unit(command, "kiosk"), environment, tmp_path, WATCHDOG_SECONDS)
        running.start()
        yield running
        running.stop()


def test_a_kiosk_that_goes_on_is_let_alone(unit: Supervisor) -> None:
    assert unit.outcome(2.5 * WATCHDOG_SECONDS) == "runs"


def test_a_screen_that_hangs_is_killed_and_comes_back(unit: Supervisor) -> None:
    unit.signal_app(signal.SIGSTOP)
    assert unit.outcome(PATIENCE_SECONDS) == "watchdog"
    unit.start()
    assert unit.outcome(2 * WATCHDOG_SECONDS) == "runs"


def test_one_that_is_killed_starts_again_each_time(unit: Supervisor) -> None:
    chance = random.Random(20261128)
    for _ in range(KILLS):
        assert unit.outcome(chance.uniform(0.05, 0.6)) == "runs"
        unit.signal_app(signal.SIGKILL)
        assert unit.outcome(PATIENCE_SECONDS) == "failed", "cage says 0, and the unit does not"
        unit.start()


def test_one_that_was_ended_is_not_started_again(unit: Supervisor) -> None:
    unit.signal_app(signal.SIGTERM)
    assert unit.outcome(PATIENCE_SECONDS) == "ended"
