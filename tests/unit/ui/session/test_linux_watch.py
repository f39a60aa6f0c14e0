"""The session watch of Linux, over a bus on which a stand-in speaks for logind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from motp_desktop.ui.session.linux import (
    LOGIND,
    MANAGER,
    SCREEN_SAVERS,
    SESSION,
    DBusWatch,
    dbus_watch,
    escape_label,
)
from tests.support.private_bus import Bus, has_bus, private_bus, tell

pytestmark = pytest.mark.skipif(not has_bus, reason="needs dbus-daemon (Debian: dbus)")
SESSIONS = "/org/freedesktop/login1/session/"


@pytest.fixture
def bus(tmp_path: Path, qtbot: QtBot) -> Iterator[Bus]:
    with private_bus(tmp_path) as running:
        yield running


@pytest.fixture
def logind(bus: Bus) -> QDBusConnection:
    """Speaks as the system's login manager."""
    return bus.connect(LOGIND)


class Chair:
    """Counts how often it was left."""

    def __init__(self, bus: Bus, own_session: str | None = "2") -> None:
        self.left = 0
        connection = bus.connect()
        self.watch = DBusWatch(connection, connection, own_session)
        self.watch.start(self._leave)

    def _leave(self) -> None:
        self.left += 1


def test_going_to_sleep_is_leaving_and_waking_is_not(
    bus: Bus, logind: QDBusConnection, qtbot: QtBot
) -> None:
    chair = Chair(bus)
    tell(logind, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", [False])
    tell(logind, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", [True])
    qtbot.waitUntil(lambda: chair.left > 0)
    assert chair.left == 1


def test_the_lock_of_this_session_is_leaving_and_anothers_is_not(
    bus: Bus, logind: QDBusConnection, qtbot: QtBot
) -> None:
    chair = Chair(bus, own_session="2")
    tell(logind, SESSIONS + "_33", SESSION, "Lock")
    tell(logind, SESSIONS + "_32", SESSION, "Unlock")
    tell(logind, SESSIONS + "_32", SESSION, "Lock")
    qtbot.waitUntil(lambda: chair.left > 0)
    assert chair.left == 1


def test_without_a_known_session_any_lock_is_taken_for_ours(
    bus: Bus, logind: QDBusConnection, qtbot: QtBot
) -> None:
    chair = Chair(bus, own_session=None)
    tell(logind, SESSIONS + "c7", SESSION, "Lock")
    qtbot.waitUntil(lambda: chair.left == 1)


@pytest.mark.parametrize("interface", SCREEN_SAVERS)
def test_a_screen_saver_that_begins_is_leaving(bus: Bus, qtbot: QtBot, interface: str) -> None:
    chair, saver = Chair(bus), bus.connect()
    path = "/" + interface.replace(".", "/")
    tell(saver, path, interface, "ActiveChanged", [False])
    tell(saver, path, interface, "ActiveChanged", [True])
    qtbot.waitUntil(lambda: chair.left > 0)
    assert chair.left == 1


def test_somebody_who_is_not_logind_cannot_speak_for_it(
    bus: Bus, logind: QDBusConnection, qtbot: QtBot
) -> None:
    chair, other = Chair(bus), bus.connect()
    tell(other, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", [True])
    tell(logind, SESSIONS + "_32", SESSION, "Lock")
    qtbot.waitUntil(lambda: chair.left > 0)
    assert chair.left == 1


def test_a_login_manager_that_comes_back_is_heard_again(bus: Bus, qtbot: QtBot) -> None:
    chair = Chair(bus)
    first = bus.connect(LOGIND)
    assert first.unregisterService(LOGIND)
    second = bus.connect(LOGIND)

    def sleep_until_heard() -> bool:
        # The new owner is known once the bus has told of it.
        tell(second, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", [True])
        return chair.left > 0

    qtbot.waitUntil(sleep_until_heard)


def test_a_watch_that_was_stopped_hears_nothing(
    bus: Bus, logind: QDBusConnection, qtbot: QtBot
) -> None:
    stopped, other = Chair(bus), Chair(bus)
    stopped.watch.stop()
    tell(logind, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", [True])
    qtbot.waitUntil(lambda: other.left == 1)
    assert stopped.left == 0


def test_a_signal_of_a_strange_form_is_not_leaving(
    bus: Bus, logind: QDBusConnection, qtbot: QtBot
) -> None:
    chair = Chair(bus)
    for arguments in ([], ["yes"], [1]):
        tell(logind, "/org/freedesktop/login1", MANAGER, "PrepareForSleep", arguments)
    tell(logind, SESSIONS + "_32", SESSION, "Lock")
    qtbot.waitUntil(lambda: chair.left > 0)
    assert chair.left == 1


def test_without_any_bus_nothing_fails(qtbot: QtBot) -> None:
    nowhere = QDBusConnection("no such connection")
    watch = DBusWatch(nowhere, nowhere, None)
    watch.start(lambda: None)
    watch.stop()


def test_the_session_is_the_one_that_the_environment_names(qtbot: QtBot) -> None:
    assert isinstance(dbus_watch({"XDG_SESSION_ID": "2"}), DBusWatch)
    assert isinstance(dbus_watch({}), DBusWatch)


@pytest.mark.parametrize(
    ("label", "escaped"), [("c1", "c1"), ("2", "_32"), ("31", "_331"), ("a-b", "a_2db"), ("", "_")]
)
def test_a_session_s_id_is_escaped_as_logind_does(label: str, escaped: str) -> None:
    assert escape_label(label) == escaped
