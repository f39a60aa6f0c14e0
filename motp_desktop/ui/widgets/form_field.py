"""A field with its label above, and what is wrong with it beneath."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.announcing import announce, speaks_itself
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone


class FormField(QWidget):
    """Label, field, error, hint; without a label where the title of the page says it.

    `edits` are marked while there is an error.
    """

    def __init__(
        self,
        label: str,
        field: QWidget,
        edits: tuple[QLineEdit, ...],
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edits = edits
        self._hint = hint
        speaks_itself(self)
        self._error = ErrorLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        if label:
            name = TextLabel(label, Type.STRONG)
            if edits:
                name.setBuddy(edits[0])
            column.addWidget(name)
        column.addWidget(field)
        column.addWidget(self._error)
        if hint:
            column.addWidget(TextLabel(hint, Type.SMALL, Tone.MUTED))
        self._describe("")

    def set_error(self, text: str) -> None:
        """Say what is wrong, or that nothing is with an empty text."""
        self._error.say(text)
        for edit in self._edits:
            if bool(edit.property("invalid")) != bool(text):
                edit.setProperty("invalid", bool(text))
                edit.style().unpolish(edit)
                edit.style().polish(edit)
        self._describe(text)

    def _describe(self, error: str) -> None:
        """What is heard after a field's name: what is wrong, or once what is wanted."""
        for number, edit in enumerate(self._edits):
            edit.setAccessibleDescription(error or ("" if number else self._hint))


class ErrorLine(QWidget):
    """A sentence about a mistake, beside what caused it; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speaks_itself(self)
        self._text = TextLabel("", Type.SMALL, Tone.BAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.XS, 0, 0)
        row.setSpacing(Space.S)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 3, 0, 0)
        mark.addWidget(IconLabel("bad", Tone.BAD, 20))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show this, and have it read out once; nothing for an empty text."""
        if text == self._text.text():
            return
        self._text.setText(text)
        self.setVisible(bool(text))
        announce(self, text, at_once=True)
