"""One app on one folder, whatever a process before it left behind."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from motp_desktop.ui.peer import is_own_process
from motp_desktop.ui.single_instance import LONGEST_LINE, SingleInstance

_SYSTEM_PYTHON = "/usr/bin/python3"
_CLAIM = """
import sys
import tempfile
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from motp_desktop.ui.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
print("first" if one.claim() else "second", flush=True)
one.called.connect(lambda link: print("called" + link, flush=True))
app.exec()
"""


def start(folder: Path) -> subprocess.Popen[str]:
    """Another process that claims the folder and waits for calls."""
    return subprocess.Popen(
        [sys.executable, "-c", _CLAIM, str(folder)], stdout=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    """The next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process as a crash would, and wait until it is gone."""
    process.kill()
    process.communicate(timeout=10)


def test_a_second_process_calls_the_first_and_takes_over_when_it_dies(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = start(tmp_path / "data")
    try:
        assert said(first) == "first"
        second = SingleInstance(tmp_path / "data")
        assert not second.claim()
        assert second.call()
        assert said(first) == "called"
        assert second.call("motp://approve?x")
        assert said(first) == "calledmotp://approve?x"
    finally:
        end(first)
    assert second.claim(), "a crash leaves a lock and a socket; neither keeps anybody out"
    third = SingleInstance(tmp_path / "data")
    assert not third.claim()
    with qtbot.waitSignal(second.called, timeout=5_000):
        assert third.call()
    second.release()
    assert third.claim()
    third.release()


def test_another_folder_is_another_app(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.claim()
    assert other.claim()
    one.release()
    other.release()


def test_nobody_to_call_is_not_waited_for_for_ever(tmp_path: Path, qtbot: QtBot) -> None:
    assert not SingleInstance(tmp_path / "data").call(seconds=0.1)


def test_a_folder_that_cannot_be_made_keeps_nobody_out(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("in the way")
    assert SingleInstance(tmp_path / "file" / "data").claim()


def raw(instance: SingleInstance, data: bytes, *, end: bool = False) -> QLocalSocket:
    """A connection that says something of its own."""
    connection = QLocalSocket()
    connection.connectToServer(instance.address)
    assert connection.waitForConnected(2_000)
    connection.write(data)
    assert connection.waitForBytesWritten(2_000) or not data
    if end:
        connection.disconnectFromServer()
    return connection


def test_whoever_says_too_much_is_hung_up_on_and_calls_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path / "data")
    heard: list[str] = []
    assert instance.claim()
    instance.called.connect(heard.append)
    talker = raw(instance, b"x" * (LONGEST_LINE + 1))
    qtbot.waitUntil(lambda: talker.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    silent = raw(instance, b"no end", end=True)
    link = raw(instance, b"first\nsecond\n")
    qtbot.waitUntil(lambda: heard == ["first"])
    for connection in (talker, silent, link):
        connection.abort()
    instance.release()


def test_a_long_folder_has_a_socket_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 100)
    first = SingleInstance(folder)
    heard: list[str] = []
    assert first.claim()
    first.called.connect(heard.append)
    assert SingleInstance(folder).call("motp://x")
    qtbot.waitUntil(lambda: heard == ["motp://x"])
    first.release()


@pytest.mark.skipif(os.name == "nt", reason="a named pipe has an access list instead")
def test_the_socket_is_this_users_alone(qtbot: QtBot, tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path / "data")
    assert instance.claim()
    mode = (tmp_path / "data" / "instance.socket").stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert not mode & 0o077
    instance.release()


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="Linux tells who is there")
def test_who_is_at_the_other_end_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = socket.socketpair()
    with here, there:
        assert is_own_process(here.fileno())
        monkeypatch.setattr(os, "getuid", lambda: 54321)
        assert not is_own_process(here.fileno())
    assert not is_own_process(-1)


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0 or not hasattr(socket, "SO_PEERCRED"),
    reason="only root can become somebody else",
)
@pytest.mark.skipif(not Path(_SYSTEM_PYTHON).exists(), reason="our own Python may be root's alone")
def test_another_users_process_is_not_listened_to(qtbot: QtBot) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        instance = SingleInstance(folder)
        heard: list[str] = []
        assert instance.claim()
        instance.called.connect(heard.append)
        # Somebody opened the door wide, and another user walks in.
        folder.chmod(0o777)
        (folder / "instance.socket").chmod(0o777)
        speak = [_SYSTEM_PYTHON, "-c", _SPEAK, str(folder / "instance.socket")]
        subprocess.run(speak, user=65534, check=True, capture_output=True)
        assert SingleInstance(folder).call("own")
        qtbot.waitUntil(lambda: heard == ["own"])
        instance.release()


_SPEAK = """
import socket, sys
speaker = socket.socket(socket.AF_UNIX)
speaker.connect(sys.argv[1])
speaker.sendall(b"stranger\\n")
"""
