"""Text as the app sets it: in the type scale, in a tone, broken between words."""

from enum import Enum
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of, line_pitch, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.widgets.wrapping import wrap


class Tone(Enum):
    """Which token colours a text."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class TextLabel(QLabel):
    """A text. Assistive technology reads `text()`, which holds no layout characters."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        tone: Tone = Tone.TEXT,
        *,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._tone = tone
        self._centred = centred
        self._broken: dict[int, list[str]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font_of(kind))
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    def lines(self, width: int) -> list[str]:
        """The text as it breaks into lines of this width."""
        if width not in self._broken:
            # A pixel to spare: layouts round down, and a line must not break for that.
            lines = wrap(self.text(), width + 1, self._metrics().horizontalAdvance)
            self._broken[width] = lines
        return self._broken[width]

    def setText(self, text: str) -> None:
        """Show another text; nothing is kept of the one before."""
        self._broken.clear()
        super().setText(text)

    def hasHeightForWidth(self) -> bool:
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        return ceil(len(self.lines(width)) * line_pitch(self._kind))

    def sizeHint(self) -> QSize:
        """As wide as the text in one line, or as the column."""
        natural = max(self._metrics().horizontalAdvance(line) for line in self.text().split("\n"))
        width = min(ceil(natural), scaled(Size.COLUMN))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest word, and one line high."""
        words = self.text().split() or [""]
        widest = max(self._metrics().horizontalAdvance(word) for word in words)
        return QSize(min(ceil(widest), Size.COLUMN // 2), ceil(line_pitch(self._kind)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(getattr(current_tokens(), self._tone.value)))
        metrics = self._metrics()
        pitch = line_pitch(self._kind)
        lines = self.lines(self.width())
        top = (self.height() - len(lines) * pitch) / 2 if len(lines) == 1 else 0.0
        baseline = top + (pitch - metrics.height()) / 2 + metrics.ascent()
        for number, line in enumerate(lines):
            free = self.width() - metrics.horizontalAdvance(line)
            left = free / 2 if self._centred else 0.0
            painter.drawText(QPointF(left, baseline + number * pitch), line)

    def changeEvent(self, event: QEvent) -> None:
        """Follow larger or smaller text, and light or dark."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.setFont(font_of(self._kind))
        if event.type() == QEvent.Type.FontChange:
            self._broken.clear()
        super().changeEvent(event)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font())


def read_in_order(*widgets: QWidget) -> None:
    """Make Tab go from each of these to the next."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
