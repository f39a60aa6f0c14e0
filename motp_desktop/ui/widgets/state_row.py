"""A row that says how something stands: an icon, what it is, where and when, and a word."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone


class StateRow(QWidget):
    """State is never colour alone: an icon and a word go with it."""

    def __init__(
        self,
        icon: str,
        title: str,
        word: str,
        *,
        detail: str = "",
        tone: Tone = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        """`word` says the state that `icon` shows, both in `tone`."""
        super().__init__(parent)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(IconLabel(icon, tone, 20))
        mark.addStretch(1)
        what = QVBoxLayout()
        what.setSpacing(0)
        what.addWidget(TextLabel(title))
        if detail:
            what.addWidget(TextLabel(detail, Type.SMALL, Tone.MUTED))
        state = QVBoxLayout()
        state.addWidget(TextLabel(word, Type.SMALL, tone))
        state.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addLayout(mark)
        row.addLayout(what, 1)
        row.addLayout(state)
