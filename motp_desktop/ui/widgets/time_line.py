"""The time left: a ring and words beside it, which change each second and move nothing else."""

from math import ceil

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of, line_pitch
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.countdown_ring import CountdownRing
from motp_desktop.ui.widgets.text import Tone

_TELL_EVERY = 5


class TimeLine(QWidget):
    """Its size stays, so that a second repaints it alone: a label would lay out the whole page.

    Assistive technology that asks is told the time of the last five seconds' beginning; to tell
    it each second would make a screen reader talk without an end.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = CountdownRing(parent=self)
        self._words = _Words(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words."""
        return self._words.text

    def set_time(self, fraction: float, seconds: int, text: str, *, ending: bool) -> None:
        """How much is left, from 1 to 0, in seconds and in words; and whether that is little."""
        self._ring.set_time(fraction, ending=ending)
        if seconds % _TELL_EVERY == 0 or not self._words.text:
            self.setAccessibleName(text)
        if self._words.show_text(text, Tone.WARN if ending else Tone.TEXT):
            self._place()

    def sizeHint(self) -> QSize:
        """One line."""
        height = max(self._ring.height(), ceil(line_pitch(Type.LEAD)))
        return QSize(self._ring.width() + Space.M + self._words.wanted_width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay in the middle."""
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        words = self._words.wanted_width()
        left = max(0, (self.width() - self._ring.width() - Space.M - words) // 2)
        self._ring.move(left, (self.height() - self._ring.height()) // 2)
        self._words.setGeometry(left + self._ring.width() + Space.M, 0, words, self.height())


class _Words(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self._tone = Tone.TEXT
        self.setFont(font_of(Type.LEAD))

    def show_text(self, text: str, tone: Tone) -> bool:
        """Show this; whether it needs another width than before."""
        before = self.wanted_width()
        if (text, tone) != (self.text, self._tone):
            self.text, self._tone = text, tone
            self.update()
        return self.wanted_width() != before

    def wanted_width(self) -> int:
        """Digits may differ in width by a little: whole digits' widths keep it at rest."""
        metrics = QFontMetricsF(self.font())
        digits = sum(letter.isdigit() for letter in self.text)
        rest = "".join(letter for letter in self.text if not letter.isdigit())
        widest = max(metrics.horizontalAdvance(digit) for digit in "0123456789")
        return ceil(metrics.horizontalAdvance(rest) + digits * widest) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(getattr(current_tokens(), self._tone.value)))
        metrics = QFontMetricsF(self.font())
        top = (self.height() - metrics.height()) / 2
        painter.drawText(QPointF(0, top + metrics.ascent()), self.text)
