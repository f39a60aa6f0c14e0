"""Garbage with Qt objects in it ends on the thread that made them."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from motp_desktop.ui.garbage import collected_here


class Ring:
    """A cycle that holds a timer and notes the thread that it ends on."""

    def __init__(self, ended_on: list[threading.Thread]) -> None:
        self.timer = QTimer()
        self.itself = self
        self.ended_on = ended_on

    def __del__(self) -> None:
        self.ended_on.append(threading.current_thread())


@pytest.fixture
def as_python_starts() -> Iterator[None]:
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("as_python_starts")
def test_a_worker_that_allocates_much_collects_nothing_of_the_window(qtbot: QtBot) -> None:
    ended_on: list[threading.Thread] = []
    with collected_here(every_ms=20):
        Ring(ended_on)
        worker = threading.Thread(target=lambda: [[each] for each in range(200_000)])
        worker.start()
        worker.join()
        assert ended_on == []
        qtbot.waitUntil(lambda: ended_on == [threading.main_thread()])


@pytest.mark.usefixtures("as_python_starts")
def test_afterwards_python_collects_as_before(qapp: QApplication) -> None:
    with collected_here():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_nothing_was_collected_nothing_is_afterwards(qapp: QApplication) -> None:
    assert not gc.isenabled()
    with collected_here():
        pass
    assert not gc.isenabled()
