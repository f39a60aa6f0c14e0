"""The console's page of kiosks, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from motp_desktop.ui.texts.helpdesk.kiosks import config_words, kiosk_state
from motp_desktop.ui.texts.message import Level
from motp_desktop.ui.viewmodels.helpdesk.states import Place
from motp_desktop.ui.views.helpdesk.kiosk_question import KioskQuestion
from motp_desktop.ui.views.helpdesk.kiosks_page import KiosksPage
from tests.support.helpdesk_desk import ConsoleDesk
from tests.support.helpdesk_scenes import ConsoleScene
from tests.support.memory_helpdesk import a_kiosk
from tests.views.conftest import OpenConsole

KIOSKS = ConsoleScene("kiosks", lambda desk: desk.go(Place.KIOSKS))
AUDITOR = ConsoleScene("kiosks", lambda desk: desk.go(Place.KIOSKS), role="auditor")
KEYS = Qt.Key


def press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)
    QApplication.processEvents()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def page_of(desk: ConsoleDesk) -> KiosksPage:
    assert isinstance(desk.window.page, KiosksPage)
    return desk.window.page


def test_a_kiosk_is_locked_and_unlocked_by_keyboard_alone(open_console: OpenConsole) -> None:
    _, desk = open_console(KIOSKS)
    page = page_of(desk)
    assert not page.card.isVisible(), "none is chosen"
    page.table.setFocus()
    press(KEYS.Key_Down)
    assert desk.models.kiosks.state.chosen == "kio_2"
    press(KEYS.Key_Up)
    assert desk.models.kiosks.state.chosen == "kio_1"
    press(KEYS.Key_Return)
    assert focused() is page.card.buttons["lock"]
    press(KEYS.Key_Space)
    question = page.card.question
    assert isinstance(question, KioskQuestion)
    assert focused() is question.reason
    press(KEYS.Key_Escape)
    assert page.card.question is None
    assert focused() is page.card.buttons["lock"], "whoever gives up is where they were"
    press(KEYS.Key_Space)
    QTest.keyClicks(focused(), "lost")
    press(KEYS.Key_Return)
    desk.run()
    QApplication.processEvents()
    assert desk.api.kiosks_now[0].state == "locked"
    assert focused() is page.card.buttons["unlock"], "it can be taken back at once"
    assert not page.card.buttons["lock"].isVisible()


def test_reading_again_takes_nobody_out_of_a_reason_half_typed(open_console: OpenConsole) -> None:
    _, desk = open_console(KIOSKS)
    page = page_of(desk)
    page.table.selectRow(0)
    desk.models.kiosks.ask("lock")
    QTest.keyClicks(focused(), "los")
    desk.pass_time(30_000)
    desk.press(desk.models.kiosks.look)
    QTest.keyClicks(focused(), "t")
    question = page.card.question
    assert question is not None
    assert question.reason.text() == "lost"
    assert page.table.currentIndex().row() == 0


def test_the_row_stays_chosen_where_rows_change(open_console: OpenConsole) -> None:
    _, desk = open_console(KIOSKS)
    page = page_of(desk)
    page.table.selectRow(2)
    assert desk.models.kiosks.state.chosen == "kio_3"
    del desk.api.kiosks_now[0]
    desk.press(desk.models.kiosks.look)
    assert desk.models.kiosks.state.chosen == "kio_3"
    assert page.table.currentIndex().row() == 1


def test_an_auditor_is_told_why_the_button_does_nothing(open_console: OpenConsole) -> None:
    _, desk = open_console(AUDITOR)
    page = page_of(desk)
    page.table.selectRow(0)
    QApplication.processEvents()
    button = page.card.buttons["lock"]
    assert not button.isEnabled()
    assert "볼 수만" in button.accessibleDescription()


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("2026-11-26T00:50:00.000Z", (Level.OK, "사용 중")),
        ("2026-11-26T00:49:59.000Z", (Level.WARN, "연결 없음")),
        (None, (Level.WARN, "연결 없음")),
    ],
)
def test_a_kiosk_that_was_silent_for_ten_minutes_has_no_contact(
    app: QApplication, last: str | None, told: tuple[Level, str]
) -> None:
    kiosk = a_kiosk("kio_1", "1층", "active", last_contact_at=last)
    assert kiosk_state(kiosk, "2026-11-26T01:00:00.000Z") == told


@pytest.mark.parametrize(("known", "words"), [(3, "최신"), (2, "새 설정 기다림")])
def test_whether_a_kiosk_has_its_newest_settings_is_told(
    app: QApplication, known: int, words: str
) -> None:
    assert config_words(a_kiosk("kio_1", "1층", "active", config_known=known)) == words


def test_a_kiosk_that_no_pc_became_has_no_settings_to_be_old(app: QApplication) -> None:
    kiosk = a_kiosk("kio_1", "1층", "awaited", enrolled_at=None, config_known=0)
    assert config_words(kiosk) == ""
