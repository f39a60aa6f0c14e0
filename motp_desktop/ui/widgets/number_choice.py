"""A few numbers of two digits, one of which is the right one: large buttons in a row."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.buttons import Button

_DIGITS = 2


class NumberChoice(QWidget):
    """Says which one was pressed. Typing a number leads to its button, and presses nothing."""

    chosen = Signal(str)

    def __init__(
        self, count: int, spoken: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """`spoken` says for assistive technology what pressing a number does."""
        super().__init__(parent)
        self._spoken = spoken
        self._typed = ""
        self._buttons = [_Number("", partial(self._choose, place)) for place in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        for button in self._buttons:
            row.addWidget(button, 1)

    def set_numbers(self, numbers: Sequence[str]) -> None:
        """Show these, as many as there are buttons."""
        self._typed = ""
        for button, number in zip(self._buttons, numbers, strict=True):
            button.setText(number)
            button.setAccessibleName(self._spoken(number))

    def type_digit(self, digit: str) -> None:
        """One more digit; the last two lead to the button that shows them."""
        self._typed = (self._typed + digit)[-_DIGITS:]
        for button in self._buttons:
            if button.text() == self._typed:
                button.setFocus()
                self._typed = ""

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._buttons[place].text())


class _Number(Button):
    look = "key"
    height_px = 80
    kind = Type.HEADING
