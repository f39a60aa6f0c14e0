"""A card, and the rows of facts that stand in one."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone


class Card(QFrame):
    """A raised surface with one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self.column.setSpacing(Space.M)

    def add_fact(self, name: str, value: str, *, important: bool = False) -> TextLabel:
        """A name and its value beneath; `important` sets the value larger and bold."""
        rows = QVBoxLayout()
        rows.setSpacing(0)
        label = TextLabel(value, Type.LEAD if important else Type.BODY)
        rows.addWidget(TextLabel(name, Type.SMALL, Tone.MUTED))
        rows.addWidget(label)
        self.column.addLayout(rows)
        return label

    def add_point(self, icon: str, text: str, tone: Tone = Tone.ACCENT) -> TextLabel:
        """A sentence with an icon before it."""
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 3, 0, 0)
        mark.addWidget(IconLabel(icon, tone))
        mark.addStretch(1)
        label = TextLabel(text)
        row.addLayout(mark)
        row.addWidget(label, 1)
        self.column.addLayout(row)
        return label
