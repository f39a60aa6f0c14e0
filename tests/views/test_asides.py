"""The pages over the journey, as one opens and leaves them."""

import pytest
import qrcode
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from motp_desktop.services import outcomes
from motp_desktop.services.ports import StorageFault
from motp_desktop.ui import navigation
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_desktop.ui.viewmodels.states import AppState, SessionStartState
from motp_desktop.ui.views.aside.log import LogView
from motp_desktop.ui.views.aside.sign import SignView
from motp_desktop.ui.views.aside.status import StatusView
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.views.menu import menu_entries
from motp_desktop.ui.views.settings_problem import SettingsProblemWindow
from motp_desktop.ui.views.trainee.enter_pin import EnterPinView
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.qr_code import QrCode
from motp_desktop.ui.widgets.text import TextLabel
from motp_protocol.fields import Language
from tests.support.screens import scenes
from tests.support.ui_fakes import Desk
from tests.views.conftest import Open, settle

SCENES = {scene.name: scene for scene in scenes()}


def page(window: MainWindow) -> Page | None:
    """What is shown now."""
    return window.page


def escape(window: MainWindow) -> None:
    shown = page(window)
    assert shown is not None
    QTest.keyClick(shown, Qt.Key.Key_Escape)


def choice(window: MainWindow, name: str) -> QRadioButton:
    """The one choice that is called so."""
    (found,) = [b for b in window.findChildren(QRadioButton) if b.accessibleName() == name]
    return found


def press(window: MainWindow, text: str) -> None:
    """Click the one button of this name."""
    (button,) = [
        each
        for each in window.findChildren(QPushButton)
        if each.isVisible() and text in {each.text(), each.accessibleName()}
    ]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_status_opens_from_the_menu_and_escape_leads_back(
    app: QApplication, qtbot: QtBot
) -> None:
    desk = Desk(navigation.EnterPin("홍*동", "010-****-5678"))
    window = MainWindow(desk.view_models)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()

    def rest() -> None:
        desk.executor.run()
        settle(app)

    (entry,) = [each for each in menu_entries(desk.view_models) if each.text == "이 PC의 상태"]
    assert entry.is_possible()
    entry.do()
    rest()
    assert isinstance(page(window), StatusView)
    press(window, "앱 기록 보기")
    rest()
    assert isinstance(page(window), LogView)
    assert window.findChildren(QPlainTextEdit)[0].toPlainText() == "one\ntwo"
    escape(window)
    rest()
    press(window, "상태 QR 보이기")
    rest()
    assert isinstance(page(window), SignView)
    for _ in range(2):
        escape(window)
        rest()
    assert isinstance(page(window), EnterPinView)


def test_another_screen_behind_an_aside_shows_only_once_it_is_left(open_scene: Open) -> None:
    window, models = open_scene(SCENES["status"])
    before = page(window)
    models.app.become(AppState(navigation.Notice(), aside=Aside.STATUS))
    assert page(window) is before
    models.app.become(AppState(navigation.Notice()))
    assert page(window) is not before


def test_a_report_is_saved_where_one_says(
    open_scene: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, models = open_scene(SCENES["status"])
    answers = [("", ""), ("/media/usb/report.txt", "*.txt")]
    proposed: list[str] = []

    def ask(_parent: object, _title: str, path: str, _filter: str) -> tuple[str, str]:
        proposed.append(path)
        return answers.pop(0)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    press(window, "진단 보고서 저장")
    assert models.status.given == [], "cancelled"
    press(window, "진단 보고서 저장")
    assert models.status.given == [("save_report", "/media/usb/report.txt")]
    assert proposed[0].endswith(".txt")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_setting_that_stops_the_start_is_said_in_a_window(
    app: QApplication, qtbot: QtBot, language: Language
) -> None:
    install_language(app, language)
    closed: list[bool] = []
    message = "/etc/motp-desktop/managed.toml: locked.verifer_origin is not a setting"
    window = SettingsProblemWindow(message, lambda: closed.append(True))
    qtbot.addWidget(window)
    window.resize(360, 400)
    window.show()
    window.activateWindow()
    settle(app)
    assert message in [label.text() for label in window.findChildren(TextLabel)]
    for label in window.findChildren(TextLabel):
        assert label.height() >= label.heightForWidth(label.width())
    shown = window.page.primary
    assert shown is not None
    assert shown.hasFocus()
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert closed == [True]


def test_a_qr_code_has_every_module_and_a_quiet_zone(app: QApplication, qtbot: QtBot) -> None:
    widget = QrCode("QR")
    qtbot.addWidget(widget)
    widget.resize(300, 300)
    widget.set_text("motp")
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_L)
    code.add_data("motp")
    code.make()
    matrix = code.get_matrix()
    image: QImage = widget.grab().toImage()
    module = 300 // len(matrix)
    start = (300 - module * len(matrix)) / 2
    for row, line in enumerate(matrix):
        for column, is_dark in enumerate(line):
            at = [int(start + (place + 0.5) * module) for place in (column, row)]
            assert (image.pixelColor(*at).lightness() < 128) == is_dark


def test_starting_with_the_session_is_chosen_among_the_settings(open_scene: Open) -> None:
    window, models = open_scene(SCENES["settings"])
    on, off = (choice(window, f"로그인할 때 함께 시작: {word}") for word in ("켜기", "끄기"))
    assert off.isChecked()
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)
    assert models.session_start.given == [("turn_on",)]
    models.session_start.become(SessionStartState(on=True))
    assert on.isChecked()
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    assert models.session_start.given[1:] == [("turn_off",)]


def test_where_the_system_cannot_start_the_app_no_one_is_asked(open_scene: Open) -> None:
    window, models = open_scene(SCENES["settings"])
    models.session_start.become(SessionStartState(on=None))
    assert not choice(window, "로그인할 때 함께 시작: 켜기").isVisible()


def test_a_start_that_could_not_be_noted_is_told(open_scene: Open) -> None:
    window, models = open_scene(SCENES["settings"])
    models.session_start.become(
        SessionStartState(on=False, trouble=outcomes.StorageTrouble(StorageFault.FULL))
    )
    told = [label.text() for label in window.findChildren(TextLabel) if label.isVisible()]
    assert any("저장 공간" in words for words in told), told
