"""Buttons: one primary a screen, everything else quieter."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from motp_desktop.ui import icons
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size


class Button(QPushButton):
    """The base: its look is the style sheet's, its icon follows light and dark."""

    look = "outline"
    icon_tint = "text"
    height_px = Size.CONTROL

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setProperty("look", self.look)
        self.setMinimumHeight(self.height_px)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(24, 24))
        self._draw_icon()
        if on_click is not None:
            # Without the bool that `clicked` carries.
            self.clicked.connect(lambda: on_click())  # noqa: PLW0108

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        if self._icon:
            colour = str(getattr(current_tokens(), self.icon_tint))
            self.setIcon(icons.icon(self._icon, colour))


class PrimaryButton(Button):
    """What one comes to this screen for; Enter does it."""

    look = "primary"
    icon_tint = "on_accent"


class DangerButton(Button):
    """What cannot be undone; named plainly, never the default."""

    look = "danger"
    icon_tint = "bad"


class OutlineButton(Button):
    """A second thing that one may well want."""


class TextButton(Button):
    """A quiet way elsewhere."""

    look = "plain"
    icon_tint = "accent"
    height_px = Size.TARGET


class IconButton(Button):
    """An icon alone, with its name for assistive technology and as a tool tip."""

    look = "icon"
    height_px = Size.TARGET

    def __init__(
        self,
        name: str,
        icon: str,
        on_click: Callable[[], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", on_click, icon=icon, parent=parent)
        self.setFixedSize(Size.TARGET, Size.TARGET)
        self.setAccessibleName(name)
        self.setToolTip(name)


class BackButton(IconButton):
    """The way back; its arrow stands on the column's left edge."""

    look = "back"

    def __init__(
        self,
        name: str,
        on_click: Callable[[], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, "back", on_click, parent=parent)
