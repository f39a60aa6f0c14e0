"""A field to search with: a glass before it, and a cross to begin anew."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.widgets.text_edit import TextEdit

_YES = True


class SearchField(TextEdit):
    """`entered` says the text as it is typed."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFont(font_of(Type.LEAD))
        self.setMinimumHeight(scaled(Size.CONTROL))
        self.setClearButtonEnabled(_YES)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._draw()

    def sizeHint(self) -> QSize:
        """Long enough for a number."""
        return QSize(scaled(420), super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._glass.setIcon(icons.icon("search", current_tokens().muted))
