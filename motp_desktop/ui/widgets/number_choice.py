"""A few numbers of two digits, one of which is the right one: large buttons in a row."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.buttons import Button

_DIGITS = 2


class NumberChoice(QWidget):
    """Says which one was pressed. Typing a number leads to its button, and presses nothing."""

    chosen = Signal(str)

    def __init__(self, spoken: Callable[[str], str], parent: QWidget | None = None) -> None:
        """`spoken` says for assistive technology what pressing a number does."""
        super().__init__(parent)
        self._spoken = spoken
        self._typed = ""
        self._numbers: tuple[str, ...] = ()
        self.buttons: list[_Number] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.M)

    def set_numbers(self, numbers: Sequence[str]) -> None:
        """Show these."""
        if tuple(numbers) == self._numbers:
            return
        for old in self.buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._numbers, self._typed = tuple(numbers), ""
        self.buttons = [self._button(number) for number in numbers]
        for button in self.buttons:
            self._row.addWidget(button, 1)

    def type_digit(self, digit: str) -> None:
        """One more digit; the last two lead to the button that shows them."""
        self._typed = (self._typed + digit)[-_DIGITS:]
        for button in self.buttons:
            if button.text() == self._typed:
                button.setFocus()
                self._typed = ""

    def _button(self, number: str) -> "_Number":
        button = _Number(number, lambda: self.chosen.emit(number))
        button.setAccessibleName(self._spoken(number))
        return button


class _Number(Button):
    look = "key"
    height_px = 80
    kind = Type.HEADING
