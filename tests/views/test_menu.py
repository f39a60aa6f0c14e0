"""The header's menu: each entry where it can be done, and what it does."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from motp_desktop.ui.viewmodels.states import AppState, SessionStartState
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.buttons import IconButton
from tests.support.screens import scenes
from tests.views.conftest import Open

SCENES = {scene.name: scene for scene in scenes()}


def entries(window: MainWindow) -> dict[str, QAction]:
    """What the opened menu offers, by its words."""
    button = next(each for each in window.findChildren(IconButton) if each.menu() is not None)
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def test_the_pin_is_changed_where_the_code_is_shown(open_scene: Open) -> None:
    window, models = open_scene(SCENES["show-code"])
    action = entries(window)["비밀번호 바꾸기"]
    assert action.isEnabled()
    action.trigger()
    assert models.pin_change.given == [("ask",)]


@pytest.mark.parametrize("name", ["notice", "enter-pin", "change-pin", "blocked-replaced"])
def test_the_pin_is_changed_nowhere_else(open_scene: Open, name: str) -> None:
    window, _ = open_scene(SCENES[name])
    assert not entries(window)["비밀번호 바꾸기"].isEnabled()


def test_moving_and_withdrawing_are_offered_wherever_a_registration_is(open_scene: Open) -> None:
    for name in ("enter-pin", "show-code", "blocked-replaced"):
        window, models = open_scene(SCENES[name])
        offered = entries(window)
        offered["다른 PC로 옮기기"].trigger()
        assert models.guide.given == [("ask_move",)]
        offered["개인정보 동의 철회"].trigger()
        assert models.reset.given == [("ask_withdrawal",)]


def test_a_registration_that_has_ended_needs_no_reset(open_scene: Open) -> None:
    window, models = open_scene(SCENES["blocked-pin-locked"])
    entries(window)["등록 초기화"].trigger()
    assert models.reset.given == [("ask",)]
    window, _ = open_scene(SCENES["blocked-replaced"])
    assert not entries(window)["등록 초기화"].isEnabled()


def test_before_a_registration_there_is_nothing_to_look_after(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["notice"])
    for words in ("다른 PC로 옮기기", "등록 초기화", "개인정보 동의 철회"):
        assert not entries(window)[words].isEnabled()


def test_starting_with_the_session_is_a_choice_that_is_off_at_first(open_scene: Open) -> None:
    window, models = open_scene(SCENES["notice"])
    action = entries(window)["로그인할 때 함께 시작"]
    assert action.isCheckable()
    assert not action.isChecked()
    action.trigger()
    assert models.session_start.given == [("toggle",)]
    models.session_start.become(SessionStartState(on=True))
    assert entries(window)["로그인할 때 함께 시작"].isChecked()


def test_a_language_that_an_administrator_locked_is_not_offered(open_scene: Open) -> None:
    window, models = open_scene(SCENES["notice"])
    assert {"한국어", "English"} <= entries(window).keys()
    state = models.app.state
    assert isinstance(state, AppState)
    models.app.state = replace(state, language_locked=True)
    window = MainWindow(models.bundle())
    assert not {"한국어", "English"} & entries(window).keys()
    window.close()
    window.deleteLater()
