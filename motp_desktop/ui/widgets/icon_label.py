"""An icon that stands beside words; assistive technology reads the words only."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.widgets.text import Tone


class IconLabel(QLabel):
    """One of the app's icons in a tone; it follows light and dark."""

    def __init__(
        self, name: str, tone: Tone = Tone.TEXT, size: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._size = scaled(size)
        self.setFixedSize(self._size, self._size)
        self._draw()

    def set_icon(self, name: str, tone: Tone) -> None:
        """Show another one."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        colour = str(getattr(current_tokens(), self._tone.value))
        self.setPixmap(icons.pixmap(self._name, colour, self._size, self.devicePixelRatioF()))
