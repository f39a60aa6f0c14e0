"""The first seven digits of a resident registration number: six, a dash, and one hidden."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from motp_desktop.ui.fonts import text_scale
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.digit_edit import DigitEdit, digits_of
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

_NO_MARK = False
_BIRTH = 6
_NO_DOTS_FROM = 1.4


class BirthField(QWidget):
    """900301-1●●●●●●. Focus flows on and back; seven digits pasted land right."""

    changed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.birth = DigitEdit(translate("BirthField", "생년월일 6자리"), _BIRTH)
        self.sex = DigitEdit(translate("BirthField", "주민등록번호 뒤 첫 숫자"), 1)
        self.sex.setEchoMode(QLineEdit.EchoMode.Password)
        self.boxes = (self.birth, self.sex)
        dash = TextLabel("–", tone=Tone.MUTED)
        dots = TextLabel("●●●●●●", tone=Tone.MUTED)
        for label in (dash, dots):
            label.setAccessibleName(" ")
        # An ornament, which gives way to digits that can be read.
        if text_scale() >= _NO_DOTS_FROM:
            dots.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.birth, 5)
        row.addWidget(dash)
        row.addWidget(self.sex, 2)
        row.addWidget(dots, 3)
        self.birth.entered.connect(self._birth_edited)
        self.sex.entered.connect(self._sex_edited)
        self.birth.left_forwards.connect(self._go_on)
        self.sex.left_backwards.connect(lambda rub: self._go_back(rub=rub))

    def set_digits(self, birth: str, sex: str) -> None:
        """Show these; the cursor stays where it is."""
        for box, text in ((self.birth, birth), (self.sex, sex)):
            if box.text() != text:
                box.setText(text)

    def _birth_edited(self, text: str) -> None:
        digits = digits_of(text)
        if self.birth.text() != digits[:_BIRTH]:
            cursor = len(digits_of(text[: self.birth.cursorPosition()]))
            self.birth.setText(digits[:_BIRTH])
            self.birth.setCursorPosition(min(cursor, _BIRTH))
        if digits[_BIRTH:]:
            self.sex.setText(digits[_BIRTH : _BIRTH + 1])
        if len(self.birth.text()) == _BIRTH == self.birth.cursorPosition():
            self._go_on()
        self._tell()

    def _sex_edited(self, text: str) -> None:
        kept = digits_of(text)[:1]
        if self.sex.text() != kept:
            self.sex.setText(kept)
        self._tell()

    def _go_on(self) -> None:
        self.sex.setFocus()
        self.sex.end(_NO_MARK)

    def _go_back(self, *, rub: bool) -> None:
        self.birth.setFocus()
        self.birth.end(_NO_MARK)
        if rub:
            self.birth.backspace()
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.birth.text(), self.sex.text())
