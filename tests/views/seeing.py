"""What a person with good eyes would complain about: text that is cut, or lies under other text."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QRadioButton, QScrollArea, QWidget

from motp_desktop.ui.widgets.buttons import Button
from motp_desktop.ui.widgets.text import TextLabel


def shown(window: QWidget, *kinds: type[QWidget]) -> list[Any]:
    """The visible widgets of these kinds."""
    return [each for kind in kinds for each in window.findChildren(kind) if each.isVisible()]


def cut(window: QWidget) -> Iterator[str]:
    """Each text that is not shown whole, even after scrolling down to it."""
    for widget in shown(window, TextLabel, Button, QRadioButton, QLineEdit):
        if _is_cut(widget):
            yield f"cut: {words(widget)!r} in {widget.width()}x{widget.height()}"
        elif _is_beside_its_page(widget, window):
            yield f"out of sight: {words(widget)!r}"


def covered(window: QWidget) -> Iterator[str]:
    """Each pair of texts of which one lies over the other."""
    pieces = shown(window, TextLabel, Button, QRadioButton, QLineEdit)
    boxes = [(piece, visible_box(piece, window)) for piece in pieces]
    for at, (one, its_box) in enumerate(boxes):
        for other, box in boxes[at + 1 :]:
            if its_box.intersects(box):
                yield f"{words(one)!r} and {words(other)!r}"


def words(widget: QWidget) -> str:
    """What a widget says."""
    return str(getattr(widget, "text", lambda: "")()) or widget.accessibleName()


def box(widget: QWidget, window: QWidget) -> QRect:
    """Where it is in its window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def visible_box(widget: QWidget, window: QWidget) -> QRect:
    """The part of it that is in sight."""
    seen = box(widget, window)
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            seen = seen.intersected(box(parent.viewport(), window))
        parent = parent.parentWidget()
    return seen


def _is_cut(widget: QWidget) -> bool:
    metrics = QFontMetricsF(widget.font())
    match widget:
        case TextLabel() | Button() if widget.text():
            lines = widget.lines(widget.width())
            too_wide = any(metrics.horizontalAdvance(line) > widget.width() + 1 for line in lines)
            too_low = widget.height() < widget.heightForWidth(widget.width())
            is_broken = isinstance(widget, Button) and " ".join(lines) != widget.text()
            return too_wide or too_low or is_broken
        case QRadioButton():
            return widget.width() < widget.sizeHint().width()
        case QLineEdit():
            text = widget.displayText()
            return widget.height() < metrics.height() or (
                metrics.horizontalAdvance(text) > widget.width() - 8
            )
        case _:
            return False


def _is_beside_its_page(widget: QWidget, window: QWidget) -> bool:
    """Whether no scrolling would bring it into sight: pages scroll up and down only."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            across, port = box(widget, window), box(parent.viewport(), window)
            return across.left() < port.left() or across.right() > port.right()
        parent = parent.parentWidget()
    return not window.rect().contains(box(widget, window))
