"""A table: rows to be walked with the arrow keys, opened with Enter, in the app's dress."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.widgets.announcing import speaks_itself
from motp_desktop.ui.widgets.cells import Index, RowsModel

_ROW = 34
_ROWS_AT_LEAST = 4
_NO = False


class DataTable(QTableView):
    """One row is current at a time; a click or Enter opens it."""

    opened = Signal(int)
    """Somebody wants this row."""
    pointed = Signal(int)
    """This row is the current one, by key or mouse."""

    def __init__(
        self, name: str, model: RowsModel, widths: Sequence[int], parent: QWidget | None = None
    ) -> None:
        """`widths` are in pixels at 100 %; a column of 0 takes what is left."""
        super().__init__(parent)
        self._widths = widths
        self.setAccessibleName(name)
        speaks_itself(self)
        self.setModel(model)
        self.setFont(font_of(Type.SMALL))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(_NO)
        self.setWordWrap(_NO)
        self.setTabKeyNavigation(_NO)
        self.setCornerButtonEnabled(_NO)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setIconSize(QSize(scaled(18), scaled(18)))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(_NO)
        header.setMinimumSectionSize(scaled(48))
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, scaled(width))
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def minimumSizeHint(self) -> QSize:
        """Its header and a few rows."""
        height = self.horizontalHeader().sizeHint().height() + _ROWS_AT_LEAST * scaled(_ROW)
        return QSize(scaled(160), height)

    def height_of(self, rows: int) -> int:
        """How high it is with so many rows in sight, in pixels."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return self.horizontalHeader().sizeHint().height() + rows * scaled(_ROW) + bar + 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Escape and what the table does not know goes on to the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The current row is another one."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.pointed.emit(current.row())

    def changeEvent(self, event: QEvent) -> None:
        """Icons and tones follow light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
        super().changeEvent(event)
