"""Facts in columns of one width, as many as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.text import TextLabel, Tone

_WIDTH = 190


class Fact(QWidget):
    """A name, and its value beneath."""

    def __init__(self, name: str, value: str, tone: Tone = Tone.TEXT) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TextLabel(name, Type.SMALL, Tone.MUTED))
        column.addWidget(TextLabel(value, Type.BODY, tone))
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """One width for all, so that they stand in columns."""
        width = scaled(_WIDTH)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        return QSize(width, height)


def fact_columns(facts: Sequence[tuple[str, str, Tone]]) -> Flow:
    """Names, values and tones."""
    return Flow([Fact(name, value, tone) for name, value, tone in facts])
