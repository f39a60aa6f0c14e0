"""The header's menu: each entry where it can be done, and what it does."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

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
