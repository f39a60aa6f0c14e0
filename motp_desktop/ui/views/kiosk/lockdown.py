"""What keys and the mouse may do at a kiosk: type, choose and go round, nothing else.

Input is looked at where it enters the native window, before any widget has it. On X11 the
keyboard is grabbed, so that a window manager's own keys come here too; those of the X server
(Ctrl+Alt+F1) never do, and Wayland grabs nothing: `docs/kiosk.md` says what to do about them.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_TYPING = frozenset(
    {
        Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown, Qt.Key.Key_Shift,
    }
)  # fmt: skip
_SELECTING = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up,
     Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)  # fmt: skip
_EXIT = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
)
_AGAIN_MS = 100
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_BUTTONS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
    }
)
_NEVER = frozenset(
    {
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.Shortcut,
    }
)
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class LockDown(QObject):
    """Watches one native window."""

    def __init__(
        self, window: QWindow, noticed: Callable[[], None], exit_asked: Callable[[], None]
    ) -> None:
        """`noticed` hears of every touch, `exit_asked` of Ctrl+Alt+Shift+X."""
        super().__init__(window)
        self._noticed = noticed
        self._exit_asked = exit_asked
        self._window = window
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._hold)
        window.activeChanged.connect(self._again.start)
        window.installEventFilter(self)
        self._again.start()

    def release(self) -> None:
        """The kiosk ends."""
        self._window.activeChanged.disconnect(self._again.start)
        self._again.stop()
        if _can_grab():
            self._window.setKeyboardGrabEnabled(False)

    def _hold(self) -> None:
        """Whatever else has come in front: be in front, and have the keys."""
        if not self._window.isActive() and _can_be_covered():
            self._window.raise_()
            self._window.requestActivate()
        if _can_grab() and not self._window.setKeyboardGrabEnabled(True):
            self._again.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Swallow what nobody needs here."""
        if event.type() in _SIGNS:
            self._noticed()
        if isinstance(event, QKeyEvent) and event.type() in _KEYS:
            return self._swallows_key(event)
        if isinstance(event, QMouseEvent) and _swallows_mouse(event):
            return True
        return event.type() in _NEVER

    def _swallows_key(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_X and modifiers == _EXIT:
            if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self._exit_asked()
            return True
        if modifiers & _MODIFIED:
            return True
        if modifiers & Qt.KeyboardModifier.ShiftModifier and event.key() in _SELECTING:
            return True
        return event.key() not in _TYPING and not _is_letter(event)


def _can_grab() -> bool:
    return QGuiApplication.platformName() == "xcb"


def _can_be_covered() -> bool:
    """Wayland raises nobody, and nothing is in front of what is drawn into memory alone."""
    return not QGuiApplication.platformName().startswith(("wayland", "offscreen"))


def _is_letter(event: QKeyEvent) -> bool:
    """Something that is typed, or by which an input method composes it."""
    text = event.text()
    if event.key() in {Qt.Key.Key_Hangul, Qt.Key.Key_Hangul_Hanja}:
        return event.key() == Qt.Key.Key_Hangul
    return bool(text) and text.isprintable()


def _swallows_mouse(event: QMouseEvent) -> bool:
    """Other buttons paste and open menus; dragging over a field selects, which copies on X11."""
    others = Qt.MouseButton.AllButtons & ~Qt.MouseButton.LeftButton
    if event.type() in _BUTTONS and event.button() & others:
        return True
    in_field = isinstance(QApplication.focusWidget(), QLineEdit)
    drags = event.type() == QEvent.Type.MouseMove and bool(event.buttons())
    return in_field and (drags or event.type() == QEvent.Type.MouseButtonDblClick)
