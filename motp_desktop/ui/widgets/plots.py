"""Small plots, painted by hand; each says in words what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.announcing import speaks_itself


class Plot(QWidget):
    """Takes the focus, so that its words can be heard; they are a tool tip too."""

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.setAccessibleName(name)
        speaks_itself(self)
        self.setFont(font_of(Type.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """What it shows."""
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(scaled(240), scaled(self._height))

    def minimumSizeHint(self) -> QSize:
        """Narrower, but as high."""
        return QSize(scaled(160), scaled(self._height))


@dataclass(frozen=True, slots=True)
class Bar:
    """What went well beneath, and what did not on top; few bars have a label."""

    label: str
    good: int
    bad: int


class BarPlot(Plot):
    """Bars beside one another. What did not go well is hatched too, not only red."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 140, parent)
        self._bars: list[Bar] = []

    def show_bars(self, bars: Sequence[Bar], words: str) -> None:
        """Show these."""
        self._bars = list(bars)
        self.say(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The highest bar fills the height; its number stands at the top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        tokens = current_tokens()
        metrics = QFontMetricsF(self.font())
        bottom = self.height() - metrics.height() - Space.XS
        top = metrics.height() + Space.XS
        highest = max((bar.good + bar.bad for bar in self._bars), default=0)
        muted, line = QColor(tokens.muted), QColor(tokens.line)
        painter.setPen(QPen(line, 1))
        painter.drawLine(QPointF(0, bottom + 0.5), QPointF(self.width(), bottom + 0.5))
        if highest:
            painter.setPen(QPen(QColor(tokens.hairline), 1))
            painter.drawLine(QPointF(0, top - 0.5), QPointF(self.width(), top - 0.5))
            painter.setPen(muted)
            painter.drawText(QPointF(0, metrics.ascent()), f"{highest:,}")
        pitch = self.width() / max(len(self._bars), 1)
        width = max(2.0, min(pitch * 0.7, 28.0))
        for number, bar in enumerate(self._bars):
            left = number * pitch + (pitch - width) / 2
            scale = (bottom - top) / highest if highest else 0.0
            good, bad = bar.good * scale, bar.bad * scale
            _fill(painter, QRectF(left, bottom - good, width, good), tokens.accent, hatched=False)
            _fill(painter, QRectF(left, bottom - good - bad, width, bad), tokens.bad, hatched=True)
            if bar.label:
                painter.setPen(muted)
                wide = metrics.horizontalAdvance(bar.label)
                x = min(max(0.0, left + width / 2 - wide / 2), self.width() - wide)
                painter.drawText(QPointF(x, self.height() - metrics.descent()), bar.label)


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a list: a name and a number, drawn as a length."""

    name: str
    value: int


class SharePlot(Plot):
    """Lengths beneath one another, each with its name and its number."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 40, parent)
        self._shares: list[Share] = []

    def show_shares(self, shares: Sequence[Share], words: str) -> None:
        """Show these, in this order."""
        self._shares = list(shares)
        self.say(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(scaled(240), max(1, len(self._shares)) * self._pitch())

    def minimumSizeHint(self) -> QSize:
        """Narrower, but as high."""
        return QSize(scaled(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names left, lengths beneath them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        tokens = current_tokens()
        metrics = QFontMetricsF(self.font())
        longest = max((share.value for share in self._shares), default=0)
        for number, share in enumerate(self._shares):
            top = number * self._pitch()
            text = f"{share.value:,}"
            wide = metrics.horizontalAdvance(text)
            painter.setPen(QColor(tokens.text))
            baseline = top + metrics.ascent()
            room = self.width() - wide - Space.M
            name = metrics.elidedText(share.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(0, baseline), name)
            painter.drawText(QPointF(self.width() - wide, baseline), text)
            length = self.width() * share.value / longest if longest else 0.0
            bar = QRectF(0, top + metrics.height() + 2, length, 8)
            _fill(painter, bar, tokens.bad, hatched=True)

    def _pitch(self) -> int:
        return ceil(QFontMetricsF(self.font()).height()) + 2 + 8 + Space.M


class SkewPlot(Plot):
    """Where a clock stands between too slow and too fast, on a scale that grows coarser."""

    def __init__(self, name: str, low: str, high: str, parent: QWidget | None = None) -> None:
        """`low` and `high` are written at the ends."""
        super().__init__(name, 64, parent)
        self._low, self._high = low, high
        self._skew = 0.0

    def show_skew(self, seconds: float, words: str) -> None:
        """Show this: positive where the clock is fast."""
        self._skew = seconds
        self.say(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line with the window in which codes are accepted, and the clock's place on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        tokens = current_tokens()
        metrics = QFontMetricsF(self.font())
        middle = (self.height() - metrics.height()) / 2
        half = self.width() / 2 - 8
        centre = self.width() / 2
        window = half * place_of(_WINDOW_SECONDS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.ok_bg if tokens.outline == 1 else tokens.hairline))
        painter.drawRoundedRect(QRectF(centre - window, middle - 10, 2 * window, 20), 6, 6)
        painter.setPen(QPen(QColor(tokens.line), 2))
        painter.drawLine(QPointF(8, middle), QPointF(self.width() - 8, middle))
        painter.drawLine(QPointF(centre, middle - 10), QPointF(centre, middle + 10))
        is_well = abs(self._skew) <= _WINDOW_SECONDS
        painter.setPen(QPen(QColor(tokens.surface), 2))
        painter.setBrush(QColor(tokens.ok if is_well else tokens.warn))
        x = centre + half * place_of(self._skew)
        if is_well:
            painter.drawEllipse(QPointF(x, middle), 8, 8)
        else:
            painter.drawPolygon(
                [QPointF(x, middle - 10), QPointF(x + 10, middle + 8), QPointF(x - 10, middle + 8)]
            )
        painter.setPen(QColor(tokens.muted))
        baseline = self.height() - metrics.descent()
        painter.drawText(QPointF(0, baseline), self._low)
        wide = metrics.horizontalAdvance(self._high)
        painter.drawText(QPointF(self.width() - wide, baseline), self._high)
        painter.drawText(QPointF(centre - metrics.horizontalAdvance("0") / 2, baseline), "0")


_WINDOW_SECONDS = 30
_END_SECONDS = 3600


def place_of(seconds: float) -> float:
    """Where on the scale, from -1 to 1: the root makes room for small differences."""
    bounded = max(-1.0, min(1.0, seconds / _END_SECONDS))
    root: float = abs(bounded) ** 0.4
    return root if bounded >= 0 else -root


def _fill(painter: QPainter, box: QRectF, colour: str, *, hatched: bool) -> None:
    if box.height() <= 0 or box.width() <= 0:
        return
    painter.setPen(QPen(QColor(colour), 1))
    style = Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern
    painter.setBrush(QBrush(QColor(colour), style))
    painter.drawRect(box)
