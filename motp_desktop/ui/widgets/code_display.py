"""The code: six large digits in two groups."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of
from motp_desktop.ui.theme import current_tokens

_GROUP = 3
_GAP = 0.45  # between the groups, in digits' widths
_NARROWEST = 160
_BULLET = "•"


class CodeDisplay(QLabel):
    """Every digit has the same width, whatever the font. Read aloud digit by digit.

    Text and accessible name change only with the code, not each second. A hidden code is bullets
    for the eye and words for the ear; `text()` never holds it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._large = False
        self._instead = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font_of(Type.CODE))
        self.set_large(large=False)

    @property
    def code(self) -> str:
        """The digits shown; nothing while they are hidden."""
        return "" if self._instead else self.text()

    @property
    def enlarged(self) -> float:
        """How much larger than their font says the digits are drawn, or smaller."""
        return self._fit()[0]

    def set_code(self, code: str) -> bool:
        """Show these digits; whether they are other ones than before."""
        if code == self.text():
            return False
        self._instead = ""
        self.setText(code)
        self.setAccessibleName(" ".join(code))
        return True

    def hide_code(self, instead: str) -> None:
        """Show bullets, and say this instead."""
        if instead != self._instead:
            self._instead = instead
            self.setText(_BULLET * 2 * _GROUP)
            self.setAccessibleName(instead)

    def set_large(self, *, large: bool) -> None:
        """Grow to all the room there is; in two lines where that makes the digits larger."""
        self._large = large
        vertical = QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as six digits."""
        metrics = QFontMetricsF(self.font())
        return QSize(round(self._cell() * (2 * _GROUP + _GAP)), round(metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """It shrinks into a narrow window."""
        return QSize(_NARROWEST, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each digit in the middle of its own cell."""
        painter = QPainter(self)
        factor, rows = self._fit()
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        painter.setFont(font)
        painter.setPen(QColor(current_tokens().text))
        cell = self._cell() * factor
        height = self.height() if rows == 1 else QFontMetricsF(self.font()).height() * factor
        top = (self.height() - rows * height) / 2
        across = 2 * _GROUP + _GAP if rows == 1 else _GROUP
        left = (self.width() - cell * across) / 2
        for place, digit in enumerate(self.text()):
            row, column = divmod(place, _GROUP)
            shift = column if rows > 1 else place + row * _GAP
            line = row if rows > 1 else 0
            box = QRectF(left + shift * cell, top + line * height, cell, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, digit)

    def _fit(self) -> tuple[float, int]:
        """How much larger than designed the digits are, and in how many lines."""
        wide = self.width() / (self._cell() * (2 * _GROUP + _GAP))
        if not self._large:
            return min(1.0, wide), 1
        high = self.height() / QFontMetricsF(self.font()).height()
        in_one = min(wide, high)
        in_two = min(self.width() / (self._cell() * _GROUP), high / 2)
        return (in_two, 2) if in_two > in_one else (in_one, 1)

    def _cell(self) -> float:
        metrics = QFontMetricsF(self.font())
        return max(metrics.horizontalAdvance(digit) for digit in "0123456789") * 1.04
