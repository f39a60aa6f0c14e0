"""A place for a piece that is made anew when what it shows has changed."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Slot(QWidget):
    """Empty until it is shown something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._piece: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_if(self, shown: object, build: Callable[[], QWidget]) -> None:
        """Build the piece, unless it shows just this already."""
        if self._piece is not None and shown == self._shown:
            return
        self._shown = shown
        if self._piece is not None:
            # Hidden at once and deleted later: the call may come from within it.
            self._column.removeWidget(self._piece)
            self._piece.hide()
            self._piece.deleteLater()
        self._piece = build()
        self._column.addWidget(self._piece)
        self._piece.show()
