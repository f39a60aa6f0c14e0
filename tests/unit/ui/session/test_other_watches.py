"""The watches of Windows and macOS, as far as they can be had without these systems."""

import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.ui.session.chosen import session_watch
from motp_desktop.ui.session.mac import SCREEN_LOCKED, MacWatch
from motp_desktop.ui.session.port import Left, NoWatch
from motp_desktop.ui.session.windows import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_REMOTE_DISCONNECT,
    WTS_SESSION_LOCK,
    WindowsWatch,
    is_leaving,
)

WTS_SESSION_UNLOCK = 0x0008
PBT_APMRESUMEAUTOMATIC = 0x0012


class Registered:
    """Which windows are told of their session."""

    def __init__(self) -> None:
        self.windows: set[int] = set()

    def register(self, window: int) -> None:
        self.windows.add(window)

    def unregister(self, window: int) -> None:
        self.windows.remove(window)


class Centre:
    """A notification centre that a test speaks for."""

    def __init__(self) -> None:
        self.observers: dict[str, Left] = {}

    def observe(self, name: str, heard: Left) -> None:
        self.observers[name] = heard

    def leave(self) -> None:
        self.observers.clear()


@pytest.mark.parametrize(
    ("message", "parameter", "leaving"),
    [
        (WM_POWERBROADCAST, PBT_APMSUSPEND, True),
        (WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC, False),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, True),
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT, True),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK, False),
        (0x0100, WTS_SESSION_LOCK, False),
    ],
)
def test_which_messages_of_windows_mean_leaving(
    message: int, parameter: int, leaving: bool
) -> None:
    assert is_leaving(message, parameter) is leaving


def test_a_window_is_registered_while_windows_is_watched(qtbot: QtBot) -> None:
    registered, left = Registered(), []
    watch = WindowsWatch(registered)
    watch.start(lambda: left.append(1))
    assert len(registered.windows) == 1
    watch.heard(WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK)
    watch.heard(WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK)
    assert len(left) == 1
    watch.stop()
    watch.heard(WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK)
    assert (len(left), registered.windows) == (1, set())


def test_the_lock_of_a_mac_is_leaving() -> None:
    centre, left = Centre(), []
    watch = MacWatch(centre)
    watch.start(lambda: left.append(1))
    centre.observers[SCREEN_LOCKED]()
    assert left == [1]
    watch.stop()
    assert centre.observers == {}


@pytest.mark.parametrize("platform", ["win32", "freebsd14"])
def test_where_the_system_does_not_let_itself_ask_there_is_only_the_idle_lock(
    platform: str, qtbot: QtBot
) -> None:
    assert isinstance(session_watch(platform), NoWatch)
