"""The code screen: what it shows, and how little it does each second."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui.viewmodels.states import CodeState
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import Button
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_desktop.ui.widgets.text import TextLabel
from motp_desktop.ui.widgets.time_line import TimeLine
from tests.support.screens import Models, scenes
from tests.views.conftest import Open, settle
from tests.views.seeing import shown

SCENES = {scene.name: scene for scene in scenes()}


def texts(window: MainWindow) -> list[str]:
    return [label.text() for label in shown(window, TextLabel)]


def button(window: MainWindow, name: str) -> Button:
    (found,) = (
        each for each in shown(window, Button) if name in {each.text(), each.accessibleName()}
    )
    assert isinstance(found, Button)
    return found


def focus() -> QWidget:
    """What has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def second(models: Models, code: str, left: int) -> None:
    """Let it be this second of this code."""
    models.code.now = CodeNow(code, "036554", left * 1000, 30)
    models.code.ticked.emit()


def test_buttons_give_the_commands_they_name(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code-hidden"])
    for name in ("번호 보기", "크게 보기", "읽어 주기", "창을 항상 위에 두기"):
        button(window, name).click()
    assert models.code.given == [("reveal",), ("enlarge",), ("speak",), ("stay_on_top",)]


def test_a_large_code_stands_alone_with_its_time_and_escape_leaves_it(
    app: QApplication, open_scene: Open
) -> None:
    window, models = open_scene(SCENES["show-code-records"])
    (display,) = shown(window, CodeDisplay)
    before = display.height()
    state = models.code.state
    assert isinstance(state, CodeState)
    models.code.become(replace(state, large=True))
    settle(app)
    assert display.height() > 1.8 * before
    assert "오늘 필요한 인증" not in texts(window)
    assert shown(window, TimeLine)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    models.code.become(state)
    settle(app)
    assert "오늘 필요한 인증" in texts(window)
    assert display.height() == before
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert models.code.given == [("enlarge",), ("lock",)]


def test_a_hidden_code_is_nowhere_on_the_screen_and_in_no_accessible_name(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code-hidden"])
    state = models.code.state
    assert isinstance(state, CodeState)
    models.code.become(replace(state, ending=True))
    said = [*texts(window), *(each.accessibleName() for each in window.findChildren(QWidget))]
    assert not any("482" in text or "4 8 2" in text or "036" in text for text in said)
    (display,) = shown(window, CodeDisplay)
    assert display.code == ""
    models.code.become(replace(state, hidden=False))
    assert display.code == "482917"
    assert display.accessibleName() == "4 8 2 9 1 7"


def test_whoever_types_the_code_before_is_told_that_it_still_counts(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code"])
    state = models.code.state
    assert isinstance(state, CodeState)
    models.code.become(replace(state, just_changed=True))
    assert not any("앞 번호" in text for text in texts(window)), "there was none before"
    second(models, "036554", 30)
    assert "앞 번호 482 917도 아직 돼요" in texts(window)
    models.code.become(replace(state, just_changed=False))
    second(models, "036554", 19)
    assert not any("앞 번호" in text for text in texts(window))


def test_a_code_that_was_not_taken_is_told_with_its_reason(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["show-code-rejected"])
    (banner,) = shown(window, Banner)
    assert banner.message is not None
    assert "늦게 입력" in banner.message.body
    assert banner.message.code == "code-wrong"


def test_the_window_itself_stays_on_top_and_no_longer(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code"])
    state = models.code.state
    assert isinstance(state, CodeState)
    handle = window.windowHandle()
    for on_top in (True, False):
        models.code.become(replace(state, on_top=on_top))
        assert bool(handle.flags() & Qt.WindowType.WindowStaysOnTopHint) is on_top
        assert window.isVisible()


class Painted(QObject):
    """Notes what is painted, and whether anything is laid out."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.areas: dict[str, int] = {}
        self.layouts = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.layouts += 1
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            box = event.region().boundingRect()
            kind = type(watched).__name__
            self.areas[kind] = max(self.areas.get(kind, 0), box.width() * box.height())
        return False


def test_a_second_repaints_the_time_alone_and_lays_nothing_out(
    app: QApplication, open_scene: Open
) -> None:
    window, models = open_scene(SCENES["show-code-records"])
    for left in (23, 22, 21):
        second(models, "482917", left)
        settle(app)
    painted = Painted(app)
    for left in range(20, 10, -1):
        second(models, "482917", left)
        settle(app)
    app.removeEventFilter(painted)
    assert painted.layouts == 0
    assert {"CountdownRing", "_Words"} <= set(painted.areas)
    assert max(painted.areas.values()) < 0.05 * window.width() * window.height()
    assert "CodeDisplay" not in painted.areas
