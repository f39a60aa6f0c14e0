"""The time left as a ring; words stand beside it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.theme import current_tokens

_STROKE = 4.0


class CountdownRing(QWidget):
    """Empties clockwise. It paints when it is told the time, which is once a second."""

    def __init__(self, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fraction = 1.0
        self._ending = False
        self.setFixedSize(scaled(size), scaled(size))

    def set_time(self, fraction: float, *, ending: bool) -> None:
        """How much is left, from 1 to 0, and whether that is little."""
        if (fraction, ending) != (self._fraction, self._ending):
            self._fraction, self._ending = fraction, ending
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A track, and the part that is left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = current_tokens()
        box = QRectF(self.rect()).adjusted(_STROKE, _STROKE, -_STROKE, -_STROKE)
        painter.setPen(QPen(QColor(tokens.hairline), _STROKE))
        painter.drawEllipse(box)
        colour = tokens.warn if self._ending else tokens.accent
        pen = QPen(QColor(colour), _STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, round(self._fraction * 360 * 16))
