"""A page of the console: a column that scrolls, as wide as the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.following_scroll import FollowingScroll
from motp_desktop.ui.widgets.text import TextLabel


class PlacePage(QWidget):
    """Has a title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self.column.setSpacing(Space.M)
        self.title = TextLabel(title, Type.TITLE)
        self.column.addWidget(self.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(FollowingScroll(content))

    def first_focus(self) -> QWidget | None:
        """What has the focus when the page opens."""
        return None

    def on_escape(self) -> None:
        """Escape was pressed, and nothing in the page wanted it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.on_escape()
        else:
            super().keyPressEvent(event)
