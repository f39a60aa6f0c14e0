"""A field for a few digits."""

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.widgets.text_edit import TextEdit


class DigitEdit(TextEdit):
    """A box of digits that says when the cursor leaves it by Backspace or an arrow key.

    It takes any text, so that a whole number can be pasted into it; who listens to
    `entered` sorts that out.
    """

    left_backwards = Signal(bool)
    """At its beginning; True where a digit is to be rubbed out before it."""
    left_forwards = Signal()

    def __init__(self, name: str, limit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = limit
        self.setProperty("look", "digits")
        self.setAccessibleName(name)
        self.setMinimumHeight(scaled(Size.CONTROL))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice when a key would move beyond either end."""
        alone = not self.hasSelectedText() and not event.modifiers()
        at_start = alone and self.cursorPosition() == 0
        at_end = alone and self.cursorPosition() == len(self.text())
        if event.key() == Qt.Key.Key_Backspace and at_start:
            self.left_backwards.emit(True)  # noqa: FBT003 - Signal.emit takes no keywords
        elif event.key() == Qt.Key.Key_Left and at_start:
            self.left_backwards.emit(False)  # noqa: FBT003 - Signal.emit takes no keywords
        elif event.key() == Qt.Key.Key_Right and at_end:
            self.left_forwards.emit()
        else:
            super().keyPressEvent(event)


def digits_of(text: str) -> str:
    """The digits in a text, also full-width ones, as ASCII."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isascii() and c.isdigit())
