"""The field for the code from the text message."""

import re

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.widgets.digit_edit import DigitEdit, digits_of

translate = QCoreApplication.translate

_LENGTH = 6
_IN_MESSAGE = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)")


class CodeField(DigitEdit):
    """Six large digits. A whole text message may be pasted: its code is found."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("CodeField", "문자로 받은 인증번호 6자리"), _LENGTH, parent)
        font = font_of(Type.HEADING)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 6)
        self.setFont(font)
        self.setMinimumHeight(scaled(64))
        self.entered.connect(self._edited)

    @property
    def is_complete(self) -> bool:
        """Whether all six are there."""
        return len(self.text()) == _LENGTH

    def _edited(self, text: str) -> None:
        cleaned = code_in(text)
        if cleaned != text:
            cursor = len(digits_of(text[: self.cursorPosition()]))
            self.setText(cleaned)
            self.setCursorPosition(min(cursor, len(cleaned)))
        self.changed.emit(cleaned)


def code_in(text: str) -> str:
    """The six digits that a text message tells, or at most six digits of what was typed."""
    found = _IN_MESSAGE.search(text)
    return digits_of("".join(found.groups()) if found else text)[:_LENGTH]
