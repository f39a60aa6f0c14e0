"""Buttons: one primary a screen, everything else quieter."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.widgets.wrapping import wrap

_ICON = 24
_LINE = 1.1


class Button(QPushButton):
    """The base: its look is the style sheet's, its icon follows light and dark.

    A text that is wider than the button goes on in another line: it is never cut.
    """

    look = "outline"
    tint = "text"
    height_px = Size.CONTROL
    kind = Type.STRONG

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
        self._broken: dict[tuple[str, int], list[str]] = {}
        self.setProperty("look", self.look)
        # Not fixed: layouts would hold it to one line.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(font_of(self.kind))
        self.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
        if on_click is not None:
            # Without the bool that `clicked` carries.
            self.clicked.connect(lambda: on_click())  # noqa: PLW0108

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.update()

    def lines(self, width: int) -> list[str]:
        """The text as it breaks into lines in a button of this width."""
        text, free = self.text(), width - self._beside_text()
        if (text, free) not in self._broken:
            self._broken[text, free] = wrap(text, free + 1, self._metrics().horizontalAdvance)
        return self._broken[text, free]

    def hasHeightForWidth(self) -> bool:
        """Narrower may be taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines of text, and never less than a finger needs."""
        lines = len(self.lines(width)) if self.text() else 1
        return max(scaled(self.height_px), ceil(lines * self._pitch()) + 2 * Space.XS)

    def sizeHint(self) -> QSize:
        """The text in one line."""
        width = ceil(self._metrics().horizontalAdvance(self.text())) + self._beside_text()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for the widest word."""
        words = self.text().split() or [""]
        widest = max(self._metrics().horizontalAdvance(word) for word in words)
        least = max(self.height_px, ceil(self._pitch()) + 2 * Space.XS)
        return QSize(ceil(widest) + self._beside_text(), least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style's button, with icon and text of our own setting."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        self._draw_content(painter)

    def changeEvent(self, event: QEvent) -> None:
        """Another font breaks the text elsewhere."""
        if event.type() == QEvent.Type.FontChange:
            self._broken.clear()
        super().changeEvent(event)

    def _draw_content(self, painter: QPainter) -> None:
        tokens = current_tokens()
        tint = self._tint_now()
        lines = self.lines(self.width()) if self.text() else []
        pitch, metrics = self._pitch(), self._metrics()
        widest = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
        icon = self.iconSize().width() if self._icon else 0
        gap = Space.S if icon and lines else 0
        left = (self.width() - icon - gap - widest) / 2
        if self.look == "back":
            left = 0.0
        if icon:
            picture = icons.pixmap(
                self._icon, str(getattr(tokens, tint)), icon, self.devicePixelRatioF()
            )
            painter.drawPixmap(round(left), (self.height() - icon) // 2, picture)
        painter.setFont(self.font())
        painter.setPen(QColor(getattr(tokens, tint)))
        top = (self.height() - len(lines) * pitch) / 2
        for number, line in enumerate(lines):
            box = QRectF(left + icon + gap, top + number * pitch, widest + 1, pitch)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)

    def _tint_now(self) -> str:
        if not self.isEnabled():
            return "muted"
        return "accent" if self.isChecked() else self.tint

    def _beside_text(self) -> int:
        icon = self.iconSize().width() + Space.S if self._icon else 0
        return icon + 2 * Space.M

    def _pitch(self) -> float:
        return self._metrics().height() * _LINE

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font())


class PrimaryButton(Button):
    """What one comes to this screen for; Enter does it."""

    look = "primary"
    tint = "on_accent"


class DangerButton(Button):
    """What cannot be undone; named plainly, never the default."""

    look = "danger"
    tint = "bad"


class OutlineButton(Button):
    """A second thing that one may well want."""


class ToggleButton(OutlineButton):
    """Something that is on or off; assistive technology hears which."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, on_click, icon=icon, parent=parent)
        self.setCheckable(True)


class TabButton(ToggleButton):
    """One of a few pages, of which one is shown."""

    look = "tab"
    height_px = Size.TARGET


class TextButton(Button):
    """A quiet way elsewhere."""

    look = "plain"
    tint = "accent"
    height_px = Size.TARGET
    kind = Type.BODY


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
        self.setFixedSize(scaled(Size.TARGET), scaled(Size.TARGET))
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
