"""A request for approval, by keyboard and by ear."""

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from motp_desktop.ui.texts.approval import course_text, purpose_text
from motp_desktop.ui.viewmodels.approval_states import ApprovalState, TimeLeft
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.time_line import TimeLine
from tests.support.memory_approvals import an_approval
from tests.support.screens import scenes
from tests.support.ui_fakes import NOW
from tests.views.conftest import Open
from tests.views.seeing import shown, visible_box
from tests.views.test_heard import Heard, heard  # noqa: F401 - a fixture

SCENES = {scene.name: scene for scene in scenes()}
ANSWERS = {"choose", "decline"}


def focused() -> QPushButton:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QPushButton)
    return widget


def numbers(window: MainWindow) -> list[QPushButton]:
    return [each for each in shown(window, QPushButton) if each.text().isdigit()]


def test_no_key_that_was_meant_for_something_else_answers(open_scene: Open) -> None:
    _, models = open_scene(SCENES["approval"])
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter, Qt.Key.Key_4, Qt.Key.Key_A):
        QTest.keyClick(focused(), key)
    assert not {name for name, *_ in models.approval.given} & ANSWERS


def test_typed_digits_lead_to_their_number_and_enter_chooses_it(open_scene: Open) -> None:
    _, models = open_scene(SCENES["approval"])
    QTest.keyClicks(focused(), "94")
    assert focused().text() == ""
    QTest.keyClicks(focused(), "2")
    assert focused().text() == "42"
    QTest.keyClicks(focused(), "17")
    assert focused().text() == "17"
    assert models.approval.given == []
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert models.approval.given == [("choose", "17")]


def test_tab_and_arrows_go_from_number_to_number_and_then_to_the_refusal(
    open_scene: Open,
) -> None:
    _, models = open_scene(SCENES["approval"])
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().text() == "17"
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert focused().text() == "42"
    QTest.keyClick(focused(), Qt.Key.Key_Left)
    assert focused().text() == "17"
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().text() == "93"
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert models.approval.given == [("choose", "93")]
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().text() == "거절"
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert models.approval.given[-1] == ("decline",)


def test_escape_leaves_without_an_answer(open_scene: Open) -> None:
    window, models = open_scene(SCENES["approval"])
    assert window.page is not None
    QTest.keyClick(window.page, Qt.Key.Key_Escape)
    assert models.approval.given == [("leave",)]


def test_a_number_says_what_pressing_it_does(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["approval"])
    names = [each.accessibleName() for each in numbers(window)]
    assert names == ["17번으로 승인", "42번으로 승인", "93번으로 승인"]


@pytest.mark.parametrize("size", [(360, 560), (440, 720), (1024, 600)], ids=str)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_numbers_are_in_sight_when_it_opens(
    open_scene: Open, language: str, size: tuple[int, int]
) -> None:
    window, _ = open_scene(SCENES["approval"], language, size)
    boxes = [visible_box(each, window) for each in numbers(window)]
    assert [box.height() for box in boxes] == [each.height() for each in numbers(window)]


def test_the_request_is_heard_when_it_has_been_read(
    open_scene: Open,
    heard: Heard,  # noqa: F811
    app: QApplication,
) -> None:
    _, models = open_scene(SCENES["approval-reading"])
    models.approval.become(ApprovalState(an_approval(expires_at=NOW)))
    app.processEvents()
    (told,) = [words for words, _ in heard if words.startswith("이 요청을 승인할까요?")]
    for part in ("한빛훈련원", "산업안전 · 3기", "3차시 진도", "보이는 번호를 고르세요"):
        assert part in told


def test_another_request_in_its_place_begins_at_the_way_back(open_scene: Open) -> None:
    window, models = open_scene(SCENES["approval"])
    QTest.keyClicks(focused(), "42")
    models.approval.become(ApprovalState())
    other = an_approval("popup_2", expires_at=NOW, course="개인정보 보호 실무")
    other = msgspec.structs.replace(other, numbers=["05", "60", "71"])
    models.approval.become(ApprovalState(other))
    assert [each.text() for each in numbers(window)] == ["05", "60", "71"]
    assert focused().accessibleName() == "이전"


def test_the_time_is_told_once_near_its_end_and_not_each_second(
    open_scene: Open,
    heard: Heard,  # noqa: F811
) -> None:
    window, models = open_scene(SCENES["approval"])
    names = set()
    (line,) = shown(window, TimeLine)
    for left in range(96, 0, -1):
        models.approval.left = TimeLeft(left, left / 120)
        models.approval.ticked.emit()
        names.add(line.accessibleName())
    told = [words for words, _ in heard if words.endswith("초 안에 골라 주세요")]
    assert told == ["30초 안에 골라 주세요"]
    assert len(names) == 20


def test_what_goes_wrong_with_an_answer_stands_over_the_request(open_scene: Open) -> None:
    window, models = open_scene(SCENES["approval"])
    state = SCENES["approval"].approval
    models.approval.become(replace(state, trouble=SCENES["approval-trouble"].approval.trouble))
    (again,) = [each for each in shown(window, QPushButton) if each.text() == "다시 시도"]
    again.click()
    assert models.approval.given == [("retry",)]
    assert len(numbers(window)) == 3


def test_after_a_browser_that_did_not_open_it_can_be_opened_again(open_scene: Open) -> None:
    window, models = open_scene(SCENES["approval-not-opened"])
    assert window.page is not None
    assert window.page.primary is not None
    assert window.page.primary.text() == "브라우저 다시 열기"
    window.page.primary.click()
    assert models.approval.given == [("retry",)]


def test_a_class_that_has_a_name_is_told_by_it(app: QApplication) -> None:
    request = an_approval(expires_at=NOW)
    assert course_text(request) == "산업안전 · 3기"
    named = msgspec.structs.replace(request, class_="2026년 봄")
    assert course_text(named) == "산업안전 · 2026년 봄"


def test_a_session_is_told_for_whatever_it_is_asked(app: QApplication) -> None:
    request = an_approval(expires_at=NOW)
    assert purpose_text(request) == "3차시 진도"
    assert purpose_text(msgspec.structs.replace(request, occasion="exam")) == "3차시 시험"
    assert purpose_text(msgspec.structs.replace(request, occasion="exam", session=0)) == "시험"
