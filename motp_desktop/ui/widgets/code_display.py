"""The code: six large digits in two groups."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of
from motp_desktop.ui.theme import current_tokens

_GROUP = 3
_GAP = 0.45  # between the groups, in digits' widths


class CodeDisplay(QLabel):
    """Every digit has the same width, whatever the font. Read aloud digit by digit.

    Text and accessible name change only with the code, not each second.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font_of(Type.CODE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def code(self) -> str:
        """The digits shown."""
        return self.text()

    def set_code(self, code: str) -> bool:
        """Show these digits; whether they are other ones than before."""
        if code == self.text():
            return False
        self.setText(code)
        self.setAccessibleName(" ".join(code))
        return True

    def sizeHint(self) -> QSize:
        """As wide as six digits."""
        cell = self._cell(1.0)
        metrics = QFontMetricsF(self.font())
        return QSize(round(cell * (2 * _GROUP + _GAP)), round(metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """It shrinks into a narrow window."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each digit in the middle of its own cell."""
        painter = QPainter(self)
        tokens = current_tokens()
        width = self._cell(1.0) * (2 * _GROUP + _GAP)
        factor = min(1.0, self.width() / width)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        cell = self._cell(factor)
        left = (self.width() - width * factor) / 2
        for place, digit in enumerate(self.text()):
            shift = place + (_GAP if place >= _GROUP else 0.0)
            box = QRectF(left + shift * cell, 0, cell, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, digit)

    def _cell(self, factor: float) -> float:
        metrics = QFontMetricsF(self.font())
        return max(metrics.horizontalAdvance(digit) for digit in "0123456789") * factor * 1.04
