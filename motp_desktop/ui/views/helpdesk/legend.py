"""What the two kinds of bars are."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


def legend() -> QWidget:
    """A line beneath a plot."""
    return Flow(
        [
            _entry(translate("Legend", "인증됨"), is_bad=False),
            _entry(translate("Legend", "안 됨"), is_bad=True),
        ]
    )


def _entry(words: str, *, is_bad: bool) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    row.addWidget(_Swatch(is_bad=is_bad))
    row.addWidget(TextLabel(words, Type.SMALL, Tone.MUTED))
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
