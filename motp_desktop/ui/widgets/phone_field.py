"""A mobile number in three boxes that flow into one another."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.digit_edit import DigitEdit, digits_of
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.person import normalise_phone, split_phone

translate = QCoreApplication.translate

_NO_MARK = False


class PhoneField(QWidget):
    """010-1234-5678. A number pasted into any box, in any spelling, lands right."""

    changed = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = (
            DigitEdit(translate("PhoneField", "휴대전화 번호 앞 3자리"), 3),
            DigitEdit(translate("PhoneField", "휴대전화 번호 가운데 4자리"), 4),
            DigitEdit(translate("PhoneField", "휴대전화 번호 끝 4자리"), 4),
        )
        self._before = ["", "", ""]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        for number, box in enumerate(self.boxes):
            if number:
                dash = TextLabel("–", tone=Tone.MUTED)
                dash.setAccessibleName(" ")
                row.addWidget(dash)
            row.addWidget(box, box.limit)
            self._connect(number, box)

    def set_number(self, a: str, b: str, c: str) -> None:
        """Show this number; the cursor stays where it is."""
        self._before = [a, b, c]
        for box, text in zip(self.boxes, (a, b, c), strict=True):
            if box.text() != text:
                box.setText(text)

    def focus_first_gap(self) -> None:
        """Put the cursor into the first box that is not full."""
        gaps = (box for box in self.boxes if len(box.text()) < box.limit)
        next(gaps, self.boxes[-1]).setFocus()

    def _connect(self, number: int, box: DigitEdit) -> None:
        box.entered.connect(lambda text: self._edited(number, text))
        box.left_backwards.connect(lambda rub: self._go_back(number, rub=rub))
        box.left_forwards.connect(lambda: self._go_on(number))

    def _edited(self, number: int, text: str) -> None:
        box = self.boxes[number]
        whole = _whole_number(text) or _whole_number(self._inserted(number, text))
        if whole:
            self.set_number(*whole)
            self.boxes[2].setFocus()
            self.boxes[2].end(_NO_MARK)
        else:
            self._pour(number, text)
        if box.hasFocus() and len(box.text()) == box.limit == box.cursorPosition():
            self._go_on(number)
        texts = [each.text() for each in self.boxes]
        self._before = texts
        self.changed.emit(*texts)

    def _inserted(self, number: int, text: str) -> str:
        added = len(text) - len(self._before[number])
        cursor = self.boxes[number].cursorPosition()
        return text[max(cursor - added, 0) : cursor] if added > 0 else ""

    def _pour(self, number: int, text: str) -> None:
        """Keep what fits; what does not goes into the boxes after, where they are empty."""
        box = self.boxes[number]
        digits = digits_of(text)
        if box.text() != digits[: box.limit]:
            cursor = len(digits_of(box.text()[: box.cursorPosition()]))
            box.setText(digits[: box.limit])
            box.setCursorPosition(min(cursor, box.limit))
        rest = digits[box.limit :]
        if rest and number < 2 and not self.boxes[number + 1].text():
            following = self.boxes[number + 1]
            following.setFocus()
            self._pour(number + 1, rest)
            following.end(_NO_MARK)

    def _go_on(self, number: int) -> None:
        if number < 2:
            self.boxes[number + 1].setFocus()
            self.boxes[number + 1].home(_NO_MARK)

    def _go_back(self, number: int, *, rub: bool) -> None:
        if number == 0:
            return
        before = self.boxes[number - 1]
        before.setFocus()
        before.end(_NO_MARK)
        if rub:
            before.backspace()


def _whole_number(text: str) -> tuple[str, str, str] | None:
    try:
        return split_phone(normalise_phone(text))
    except ValueError:
        return None
