"""A page: a column that scrolls, and its actions beneath, always in sight."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.buttons import Button, PrimaryButton
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone


class Page(QWidget):
    """One screen. Enter does the primary action, Escape goes back where there is a back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_back: Callable[[], object] | None = None
        self.primary: Button | None = None
        self.title = ""
        self.column = QVBoxLayout()
        self.column.setSpacing(Space.L)
        self.footer = QVBoxLayout()
        self.footer.setSpacing(Space.XS)
        self.busy = BusyLine()
        self.footer.addWidget(self.busy)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scroll = _Scroll(_centred(self.column, top=Space.XL, bottom=Space.L))
        outer.addWidget(scroll, 1)
        outer.addWidget(_centred(self.footer, top=Space.S, bottom=Space.L))

    def refresh(self) -> None:
        """Show the view model's state; called once when built and at each change."""

    def add_title(self, title: str, *, icon: str = "", tone: Tone = Tone.ACCENT) -> TextLabel:
        """The screen's title, perhaps under an icon."""
        if icon:
            self.column.addWidget(IconLabel(icon, tone, 40))
        self.title = title
        label = TextLabel(title, Type.TITLE)
        self.column.addWidget(label)
        return label

    def add_text(self, text: str = "", kind: Type = Type.BODY, tone: Tone = Tone.TEXT) -> TextLabel:
        """A paragraph."""
        label = TextLabel(text, kind, tone)
        self.column.addWidget(label)
        return label

    def add_primary(self, text: str, on_click: Callable[[], object]) -> PrimaryButton:
        """The one thing to press."""
        button = PrimaryButton(text, on_click)
        self.primary = button
        self.footer.addWidget(button)
        return button

    def add_action(self, button: Button) -> None:
        """Another action beneath."""
        self.footer.addWidget(button)

    def first_focus(self) -> QWidget | None:
        """What has the focus when the page opens."""
        return self.primary

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape; a focused button other than the primary is what Enter means."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = QApplication.focusWidget()
            button = focused if isinstance(focused, QAbstractButton) else self.primary
            if button is not None and not event.isAutoRepeat():
                button.click()
        elif event.key() == Qt.Key.Key_Escape and self.on_back is not None:
            self.on_back()
        else:
            event.ignore()


class _Scroll(QScrollArea):
    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)


def _centred(column: QVBoxLayout, *, top: int, bottom: int) -> QWidget:
    """A column of at most the design's width, in the middle of whatever there is."""
    holder = QWidget()
    inner = QWidget()
    inner.setMaximumWidth(Size.COLUMN)
    inner.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout(holder)
    row.setContentsMargins(Space.L, top, Space.L, bottom)
    row.addStretch(1)
    row.addWidget(inner, 10_000)
    row.addStretch(1)
    return holder
