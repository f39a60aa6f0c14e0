"""What the two kinds of bars are."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


def legend() -> QWidget:
    """A line beneath a plot."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    for words, is_bad in (
        (translate("Legend", "인증됨"), False),
        (translate("Legend", "안 됨"), True),
    ):
        row.addWidget(_Swatch(is_bad=is_bad))
        row.addWidget(TextLabel(words, Type.SMALL, Tone.MUTED))
        row.addSpacing(Space.S)
    row.addStretch(1)
    return holder


class _Swatch(QWidget):
    def __init__(self, *, is_bad: bool) -> None:
        super().__init__()
        self._is_bad = is_bad
        self.setFixedSize(scaled(14), scaled(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As the bars are filled."""
        painter = QPainter(self)
        tokens = current_tokens()
        colour = QColor(tokens.bad if self._is_bad else tokens.accent)
        hatch, solid = Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.SolidPattern
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QBrush(colour, hatch if self._is_bad else solid))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
