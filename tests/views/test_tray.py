"""The icon beside the clock, over real view models: what it says, and how rarely it is drawn."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui import navigation as n
from motp_desktop.ui.views.tray import STEPS, Tray
from tests.support.ui_fakes import Desk


class Bench:
    """A tray, and how often its windows were asked for."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.asked: list[str] = []
        self.tray = Tray(
            self.desk.view_models,
            lambda: self.asked.append("window"),
            lambda: self.asked.append("quit"),
        )


@pytest.fixture
def bench(app: QApplication) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.tray.discard()


def test_while_locked_it_says_so_and_offers_no_lock(bench: Bench) -> None:
    assert bench.tray.left.text() == "잠겨 있어요"
    assert not bench.tray.lock.isEnabled()
    assert "잠겨 있어요" in bench.tray.icon.toolTip()


def test_while_open_it_tells_the_time_left_and_locks(bench: Bench) -> None:
    bench.desk.to_code()
    assert "초 남음" in bench.tray.left.text()
    bench.tray.lock.trigger()
    assert isinstance(bench.desk.where(), n.EnterPin)
    assert bench.tray.left.text() == "잠겨 있어요"


def test_it_never_shows_a_code(bench: Bench) -> None:
    bench.desk.to_code()
    now = bench.desk.code.code()
    assert now is not None
    words = [action.text() for action in bench.tray.menu.actions()]
    assert now.code not in " ".join([*words, bench.tray.icon.toolTip()])


def test_the_picture_changes_by_steps_and_not_each_second(bench: Bench) -> None:
    bench.desk.to_code()
    pictures = set()
    for _ in range(60):
        bench.desk.clock.advance(1_000)
        bench.desk.code.touch()
        bench.desk.code.tick()
        pictures.add((bench.tray.icon.icon().cacheKey(), bench.desk.code.code()))
    assert len({key for key, _ in pictures}) <= 2 * (STEPS + 1) + 2


def test_the_menu_opens_the_window_and_ends_the_app(bench: Bench) -> None:
    bench.tray.open.trigger()
    bench.tray.quit.trigger()
    assert bench.asked == ["window", "quit"]


def test_the_menu_counts_anew_when_it_opens(bench: Bench) -> None:
    bench.desk.to_code()
    before = bench.tray.left.text()
    bench.desk.clock.advance(1_000)
    bench.tray.menu.aboutToShow.emit()
    assert bench.tray.left.text() != before
