"""Words for a wait that lasts longer than a moment."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.announcing import announce, speaks_itself
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone


class BusyLine(QWidget):
    """A quiet line above the actions; it keeps its room only while it speaks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speaks_itself(self)
        self._text = TextLabel("", Type.SMALL, Tone.MUTED)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(IconLabel("waiting", Tone.MUTED, 20))
        row.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show this, or nothing for an empty text."""
        if text == self._text.text() and self.isHidden() != bool(text):
            return
        self._text.setText(text)
        self.setVisible(bool(text))
        announce(self, text)
