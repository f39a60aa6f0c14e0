"""A document that is to be read to its end."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.announcing import speaks_itself
from motp_desktop.ui.widgets.text import TextLabel, Tone

_LEAST = 160


class DocumentView(QScrollArea):
    """Text in a scroll area of its own; keys scroll it, and it says when its end was seen."""

    reached_end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speaks_itself(self)
        self.setProperty("look", "document")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LEAST)
        self.clear()
        self.verticalScrollBar().valueChanged.connect(self._look)

    def sizeHint(self) -> QSize:
        """Little; it takes what room there is."""
        return QSize(Size.COLUMN, _LEAST)

    def clear(self) -> None:
        """An empty document, at its top."""
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._column.setSpacing(Space.M)
        self.setWidget(page)
        self.verticalScrollBar().setValue(0)

    def set_title(self, title: str) -> None:
        """Begin with this title."""
        self.setAccessibleName(title)
        self._column.addWidget(TextLabel(title, Type.LEAD))

    def add_highlight(self, name: str, value: str) -> None:
        """What the law wants seen: larger and bold."""
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(TextLabel(name, Type.SMALL, Tone.MUTED))
        rows.addWidget(TextLabel(value, Type.LEAD))
        self._column.addLayout(rows)

    def set_text(self, text: str) -> None:
        """End with the whole text, a paragraph for each blank line."""
        for paragraph in text.strip().split("\n\n"):
            self._column.addWidget(TextLabel(paragraph.strip("\n")))
        self._column.addStretch(1)
        self.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home, End and Space too."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Escape:
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """A document that fits is seen whole at once."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same after a change of size."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        bar = self.verticalScrollBar()
        if self.isVisible() and bar.value() >= bar.maximum() - 2:
            self.reached_end.emit()
