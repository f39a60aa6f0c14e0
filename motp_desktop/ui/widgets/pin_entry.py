"""Typing a PIN: the dots, and keys on the screen or on the keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.pin_dots import PinDots
from motp_desktop.ui.widgets.pin_pad import PinPad


class PinEntry(QWidget):
    """Dots above a pad. It passes keys on and holds none of them."""

    digit = Signal(str)
    backspace = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dots = PinDots(name)
        self.pad = PinPad()
        self.pad.digit.connect(self.digit)
        self.pad.backspace.connect(self.backspace)
        self.setFocusProxy(self.dots)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.dots)
        column.addWidget(self.pad, 1_000)
        column.addStretch(1)

    def set_entered(self, count: int) -> None:
        """Fill so many dots."""
        if len(self.dots.text()) != count:
            self.dots.set_entered(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Backspace from any of its parts; Enter and Escape are the page's."""
        text = event.text()
        if text.isascii() and text.isdigit():
            self.digit.emit(text)
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.backspace.emit()
        else:
            event.ignore()
