"""A table on A4 pages: one page at a time, so that the window is never kept waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from motp_desktop.ui.widgets.wrapping import wrap

_DPI = 300
_MARGIN_MM = 14.0
_POINTS, _TITLE_POINTS = 8.0, 16.0
_PADDING = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on the pages: a heading, lines beneath it, and a table with its columns' shares."""

    title: str
    lines: Sequence[str]
    headers: Sequence[str]
    shares: Sequence[int]
    rows: Sequence[Sequence[str]]


class TablePages:
    """Implements `paper.PaperUnderWay`."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(self._buffer)
        writer.setResolution(_DPI)
        writer.setTitle(sheet.title)
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        landscape = QPageLayout.Orientation.Landscape
        size = QPageSize(QPageSize.PageSizeId.A4)
        writer.setPageLayout(QPageLayout(size, landscape, margins, QPageLayout.Unit.Millimeter))
        self._writer = writer
        self._painter = QPainter(writer)
        self._plain = QFont(QGuiApplication.font())
        self._plain.setPointSizeF(_POINTS)
        self._bold = QFont(self._plain)
        self._bold.setWeight(QFont.Weight.Bold)
        self._width, self._height = writer.width(), writer.height()
        self._columns = _columns(self._width, sheet.shares)
        self._rows = iter(sheet.rows)
        self._waiting = self._next_row()
        self._number = 0

    def set_page(self) -> bytes | None:
        """See `paper.PaperUnderWay`."""
        if self._number:
            self._writer.newPage()
        self._number += 1
        foot = self._set_foot()
        top = self._set_heading() if self._number == 1 else 0
        top = self._set_row(top, self._broken(self._sheet.headers, self._bold), self._bold)
        is_first = True
        while self._waiting is not None:
            if top + self._row_height(self._waiting) > foot and not is_first:
                return None
            top = self._set_row(top, self._waiting, self._plain)
            self._waiting, is_first = self._next_row(), False
        self._painter.end()
        return bytes(self._buffer.data().data())

    def _next_row(self) -> list[list[str]] | None:
        row = next(self._rows, None)
        return None if row is None else self._broken(row, self._plain)

    def _broken(self, cells: Sequence[str], font: QFont) -> list[list[str]]:
        """The lines of each cell; of one that would fill half a page, the first ones."""
        measure = self._metrics(font).horizontalAdvance
        most = self._height // 2 // self._line_height
        return [
            wrap(text, width - 2 * _PADDING, measure)[:most]
            for (_, width), text in zip(self._columns, cells, strict=True)
        ]

    def _set_foot(self) -> int:
        """The page's number at its foot; where the foot begins."""
        top = self._height - self._line_height
        self._painter.setFont(self._plain)
        self._painter.drawText(
            QRect(0, top, self._width, self._line_height),
            Qt.AlignmentFlag.AlignRight.value,
            f"{self._number}",
        )
        return top - self._line_height

    def _set_heading(self) -> int:
        """The title and its lines; where they end."""
        title = QFont(self._bold)
        title.setPointSizeF(_TITLE_POINTS)
        bottom = self._set_lines(0, 0, [self._sheet.title], title)
        measure = self._metrics(self._plain).horizontalAdvance
        for text in self._sheet.lines:
            bottom = self._set_lines(0, bottom, wrap(text, self._width, measure), self._plain)
        return bottom + 2 * _PADDING

    def _set_row(self, top: int, cells: Sequence[Sequence[str]], font: QFont) -> int:
        """A row of the table; where it ends."""
        height = self._row_height(cells)
        for (left, width), lines in zip(self._columns, cells, strict=True):
            self._painter.drawRect(left, top, width, height)
            self._set_lines(left + _PADDING, top + _PADDING, lines, font)
        return top + height

    def _set_lines(self, left: int, top: int, lines: Sequence[str], font: QFont) -> int:
        self._painter.setFont(font)
        metrics = self._metrics(font)
        for line in lines:
            self._painter.drawText(left, top + metrics.ascent(), line)
            top += metrics.lineSpacing()
        return top

    def _row_height(self, cells: Sequence[Sequence[str]]) -> int:
        return max(len(lines) for lines in cells) * self._line_height + 2 * _PADDING

    @property
    def _line_height(self) -> int:
        return self._metrics(self._plain).lineSpacing()

    def _metrics(self, font: QFont) -> QFontMetrics:
        return QFontMetrics(font, self._writer)


def _columns(width: int, shares: Sequence[int]) -> list[tuple[int, int]]:
    """Where each column begins, and how wide it is."""
    edges = [width * before // sum(shares) for before in accumulate(shares, initial=0)]
    return [(left, right - left) for left, right in pairwise(edges)]
