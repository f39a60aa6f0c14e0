"""One of many choices, folded together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size, Space


class ChoiceBox(QComboBox):
    """Says `activated` with the number of the choice, counted from 0, when somebody chose."""

    def __init__(self, name: str, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(font_of(Type.BODY))
        self.setMinimumHeight(scaled(Size.TARGET))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems(list(choices))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's box, with an arrow of our own."""
        super().paintEvent(event)
        size = scaled(20)
        arrow = icons.pixmap("down", current_tokens().muted, size, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - size - Space.S, (self.height() - size) // 2, arrow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls; a choice is not changed by passing over it."""
        event.ignore()
