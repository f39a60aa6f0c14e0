"""One of a few choices, all in sight: two columns of buttons, or one, arrow keys move between them.

Much larger text has one column.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget

from motp_desktop.ui.fonts import scaled, text_scale
from motp_desktop.ui.tokens import Size, Space

_COLUMNS = 2
_LONGEST_OF_TWO = 12
"""Letters of a choice beside which another still fits into the narrowest window."""
_ONE_COLUMN_FROM = 1.4


class ChoiceGrid(QWidget):
    """Says the number of the choice, counted from 0; none is chosen at first."""

    chosen = Signal(int)

    def __init__(self, name: str, choices: Sequence[str], parent: QWidget | None = None) -> None:
        """`name` goes before each choice for assistive technology."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        are_short = max(map(len, choices)) <= _LONGEST_OF_TWO
        columns = _COLUMNS if are_short and text_scale() < _ONE_COLUMN_FROM else 1
        for number, text in enumerate(choices):
            button = QRadioButton(text)
            button.setProperty("look", "choice")
            button.setAccessibleName(f"{name}: {text}")
            button.setMinimumHeight(scaled(Size.CONTROL))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, number)
            self.buttons.append(button)
            grid.addWidget(button, number // columns, number % columns)
        self._group.idClicked.connect(self.chosen)

    def set_choice(self, number: int | None) -> None:
        """Show this choice, or none."""
        chosen = self._group.checkedButton()
        if number is not None:
            self.buttons[number].setChecked(True)
        elif chosen is not None:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)
        for button in self.buttons:
            # Qt does this for clicks and arrow keys only: Tab leads to the choice that is made.
            is_entry = button is self.focus_choice()
            policy = Qt.FocusPolicy.StrongFocus if is_entry else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def focus_choice(self) -> QWidget:
        """What the focus goes to: the choice that is made, or the first."""
        return self._group.checkedButton() or self.buttons[0]

    def set_invalid(self, text: str) -> None:
        """Mark that a choice is missing, in colour and for assistive technology."""
        for button in self.buttons:
            if bool(button.property("invalid")) != bool(text):
                button.setProperty("invalid", bool(text))
                button.style().unpolish(button)
                button.style().polish(button)
            button.setAccessibleDescription(text)
