"""One app on one folder, whatever a process before it left behind."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from motp_desktop.ui.single_instance import SingleInstance

_CLAIM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from motp_desktop.ui.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
print("first" if one.claim() else "second", flush=True)
one.called.connect(lambda: print("called", flush=True))
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
