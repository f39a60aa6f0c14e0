"""Buttons beside one another, and beneath where there is no room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from motp_desktop.ui.tokens import Space


class Flow(QWidget):
    """Sets its pieces in lines, each as wide as it wants to be and no wider than the line.

    They are in the middle of a line's height, or `low`: on its foot.
    """

    def __init__(
        self, pieces: Sequence[QWidget], parent: QWidget | None = None, *, low: bool = False
    ) -> None:
        super().__init__(parent)
        self._low = low
        self._pieces = list(pieces)
        for piece in self._pieces:
            piece.setParent(self)
            piece.installEventFilter(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        boxes = [box for _, box in self._places(width)]
        return max((box.bottom() + 1 for box in boxes), default=0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        wide = sum(_wanted(piece) for piece in shown) + Space.S * max(len(shown) - 1, 0)
        return QSize(wide, self.heightForWidth(max(wide, 1)))

    def minimumSizeHint(self) -> QSize:
        """Each in a line of its own."""
        shown = self._shown()
        wide = max((piece.minimumSizeHint().width() for piece in shown), default=0)
        return QSize(wide, self.heightForWidth(max(self.width(), wide, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set them anew."""
        self._lay_out()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """A piece wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._lay_out()
            self.updateGeometry()
        return super().event(event)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """A piece came or went."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._lay_out()
            self.updateGeometry()
        return False

    def _lay_out(self) -> None:
        for piece, box in self._places(self.width()):
            piece.setGeometry(box)

    def _shown(self) -> list[QWidget]:
        return [piece for piece in self._pieces if not piece.isHidden()]

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Each piece and its box."""
        places: list[tuple[QWidget, QRect]] = []
        y = 0
        for line in self._lines(width):
            tallest = max(size.height() for _, size in line)
            x = 0
            for piece, size in line:
                above = tallest - size.height()
                top = y + (above if self._low else above // 2)
                places.append((piece, QRect(QPoint(x, top), size)))
                x += size.width() + Space.S
            y += tallest + Space.S
        return places

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        lines: list[list[tuple[QWidget, QSize]]] = []
        left = -1
        for piece in self._shown():
            wide = min(_wanted(piece), width)
            wanted = piece.heightForWidth(wide) if piece.hasHeightForWidth() else -1
            high = wanted if wanted >= 0 else piece.sizeHint().height()
            size = QSize(wide, max(piece.minimumHeight(), high))
            if wide > left:
                lines.append([])
                left = width
            lines[-1].append((piece, size))
            left -= wide + Space.S
        return lines


def _wanted(piece: QWidget) -> int:
    return max(piece.minimumWidth(), min(piece.sizeHint().width(), piece.maximumWidth()))
