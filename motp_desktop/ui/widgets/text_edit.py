"""A field whose text a person changes by any means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class TextEdit(QLineEdit):
    """Tells apart what a person does from what the app shows.

    `textEdited` of Qt's own is silent where assistive technology sets the text, such as
    dictation or a keyboard on the screen.
    """

    entered = Signal(str)
    """The text, as it was typed, pasted or set from outside the app."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows = False
        self.textChanged.connect(self._changed)

    def setText(self, text: str | None) -> None:
        """Show this; nobody entered it."""
        self._shows = True
        super().setText(text or "")
        self._shows = False

    def clear(self) -> None:
        """Show nothing."""
        self.setText("")

    def _changed(self, text: str) -> None:
        if not self._shows:
            self.entered.emit(text)
