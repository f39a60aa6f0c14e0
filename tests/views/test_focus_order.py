"""Every screen with the Tab key alone: all that can be used is reached, in reading order."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.focus_ring import FocusRing
from tests.support.screens import Scene, scenes
from tests.views.conftest import Open

ALL = pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
MANY = 60
NAMELESS_ROLES = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client})


def controls(window: MainWindow) -> list[QWidget]:
    """What a person can use now, in reading order; of a group of choices, one."""
    found: list[QWidget] = []
    for widget in window.findChildren(QWidget):
        if not (widget.isVisible() and widget.isEnabled()):
            continue
        if isinstance(widget, QAbstractScrollArea):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                found.append(widget)
        elif isinstance(widget, QAbstractButton | QLineEdit) and not is_other_choice(widget):
            found.append(widget)
    return sorted(found, key=lambda widget: place(widget, window))


def is_other_choice(widget: QWidget) -> bool:
    """Whether arrow keys lead here, and Tab to another choice of the group."""
    if not isinstance(widget, QRadioButton):
        return False
    group = widget.group()
    return (group.checkedButton() or group.buttons()[0]) is not widget


def place(widget: QWidget, window: QWidget) -> tuple[int, int, int]:
    """Where it stands; within what scrolls, from the top of all there is to see."""
    holder: QWidget | None = widget.parentWidget()
    while holder is not None and not isinstance(holder, QScrollArea):
        holder = holder.parentWidget()
    if holder is None:
        corner = widget.mapTo(window, QPoint(0, 0))
        return corner.y(), 0, corner.x()
    content = holder.widget()
    assert content is not None
    corner = widget.mapTo(content, QPoint(0, 0))
    return holder.mapTo(window, QPoint(0, 0)).y(), corner.y(), corner.x()


def walk(window: MainWindow) -> list[QWidget]:
    """What has the focus, from Tab to Tab, until it is where it was."""
    visited: list[QWidget] = []
    for _ in range(MANY):
        focused = QApplication.focusWidget()
        assert focused is not None, visited
        if focused in visited:
            break
        visited.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return visited


def begins_with(first: QWidget, order: list[QWidget]) -> list[QWidget]:
    at = order.index(first)
    return order[at:] + order[:at]


@ALL
def test_tab_leads_to_all_that_can_be_used_in_reading_order(open_scene: Open, scene: Scene) -> None:
    window, _ = open_scene(scene)
    if QApplication.focusWidget() is None:
        QTest.keyClick(window, Qt.Key.Key_Tab)
    visited = walk(window)
    assert visited == begins_with(visited[0], controls(window))


@ALL
def test_what_has_the_focus_has_a_ring_a_role_and_a_name(open_scene: Open, scene: Scene) -> None:
    window, _ = open_scene(scene)
    (ring,) = window.findChildren(FocusRing)
    if QApplication.focusWidget() is None:
        QTest.keyClick(window, Qt.Key.Key_Tab)
    for widget in walk(window):
        widget.setFocus()
        QApplication.processEvents()
        assert ring.isVisible(), widget
        assert ring.geometry().contains(widget.mapTo(window, widget.rect().center())), widget
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name).strip(), widget
        assert interface.role() not in NAMELESS_ROLES, widget
