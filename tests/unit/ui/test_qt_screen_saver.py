"""The kiosk asks its session to keep the screen on, at a bus of the test's own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import ClassInfo, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from tests.support.private_bus import Bus, has_bus, private_bus

NAME, PLACE = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
HOLDING = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from motp_desktop.ui.qt_screen_saver import SessionScreenSaver
app = QCoreApplication([])
saver = SessionScreenSaver()
saver.hold()
saver.release()
QTimer.singleShot(500, app.quit)
app.exec()
print("went on")
"""


# Its stubs know no use of it.
_class_info: Any = ClassInfo


@_class_info({"D-Bus Interface": NAME})
class ScreenSaver(QObject):
    """As the session's: notes who holds it and why."""

    asked = Signal(str, str)

    @Slot(str, str, result="uint")
    def Inhibit(self, who: str, why: str) -> int:
        self.asked.emit(who, why)
        return 7


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    if not has_bus:
        pytest.skip("there is no dbus-daemon")
    with private_bus(tmp_path) as running:
        yield running


def hold_at(address: str) -> "subprocess.Popen[str]":
    """A process that holds the screen, as the kiosk does."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDING],
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_screen_saver_is_held_in_the_app_s_name(qtbot: QtBot, bus: Bus) -> None:
    service, connection = ScreenSaver(), bus.connect(NAME)
    everything = QDBusConnection.RegisterOption.ExportAllSlots
    assert connection.registerObject(PLACE, service, everything)
    with hold_at(bus.address) as kiosk:
        with qtbot.waitSignal(service.asked, timeout=10_000) as held:
            pass
        assert kiosk.communicate(timeout=20)[0] == "went on\n"
    assert held.args == ["motp-desktop", "kiosk"]


def test_a_session_without_one_or_without_a_bus_is_no_trouble(bus: Bus, tmp_path: Path) -> None:
    for address in (bus.address, f"unix:path={tmp_path / 'nowhere'}"):
        with hold_at(address) as kiosk:
            assert kiosk.communicate(timeout=20)[0] == "went on\n"
