"""The ring around what has the focus: 3 pixels wide, 2 away from it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size

_MARGIN = Size.FOCUS_OFFSET + Size.FOCUS_RING
_MOVES = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.LayoutRequest,
    }
)


class FocusRing(QWidget):
    """Lies over a window and follows its focus.

    Fields have it always, buttons until the mouse is used and again once a key is: whoever
    has no mouse must see from the start where they are.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self._by_keyboard = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def keyboard_used(self) -> None:
        """Someone works with the keyboard: from now on buttons have the ring too."""
        if not self._by_keyboard:
            self._by_keyboard = True
            self._follow(None, QApplication.focusWidget())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep in place when the target, or what it stands in, moves; let go before it is gone."""
        if event.type() == QEvent.Type.DeferredDelete:
            self._follow(None, None)
        elif event.type() == QEvent.Type.KeyPress:
            self.keyboard_used()
        elif event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Round, and cut where the target itself is scrolled out of sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_tokens().accent), Size.FOCUS_RING))
        inset = Size.FOCUS_RING / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = Size.RADIUS + _MARGIN - inset
        painter.drawRoundedRect(box, radius, radius)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._by_keyboard = False
        is_ours = now is not None and now.window() is self._window and now is not self._window
        is_shown = self._by_keyboard or not isinstance(now, QAbstractButton)
        self._target = now if is_ours and is_shown else None
        if now is not None and is_ours:
            self._watched = [now, *_ancestors(now, self._window)]
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self._window, QPoint(0, 0))
        box = QRect(corner, target.size()).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self.setGeometry(box)
        visible = box.intersected(self._sight(target))
        if visible.isEmpty():
            self.hide()
            return
        self.setMask(visible.translated(-box.topLeft()))
        self.raise_()
        self.show()

    def _sight(self, target: QWidget) -> QRect:
        for widget in _ancestors(target, self._window):
            if isinstance(widget, QScrollArea):
                port = widget.viewport()
                return QRect(port.mapTo(self._window, QPoint(0, 0)), port.size())
        return self._window.rect()


def _ancestors(widget: QWidget, window: QWidget) -> list[QWidget]:
    """What a widget stands in, from the inside out, without the window itself."""
    found: list[QWidget] = []
    parent = widget.parent()
    while isinstance(parent, QWidget) and parent is not window:
        found.append(parent)
        parent = parent.parent()
    return found
