"""Somebody at the keyboard, who looks at where the focus is before each key.

Keys go to the window, never to a widget: Qt's own focus says who gets them.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.widgets.focus_ring import FocusRing

PATIENCE_MS = 20_000


class Keyboard:
    """The keyboard of a window. `unseen` is where the focus could not be seen before a key."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._place = "at first"
        self.unseen: list[str] = []

    def arrive(self, place: str, is_there: Callable[[], bool]) -> None:
        """Wait for a place, by whose name faults are told from now on."""
        until(is_there)
        self._place = place
        QCoreApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        """Keys one after the other."""
        for key in keys:
            self._look()
            shift = Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Backtab else None
            QTest.keyClick(self._handle, key, shift or Qt.KeyboardModifier.NoModifier)
            QCoreApplication.processEvents()

    def text(self, text: str) -> None:
        """Letters and digits of Latin-1."""
        self._look()
        for letter in text:
            # The stubs know a letter as a number only.
            QTest.keyClick(self._handle, letter)  # type: ignore[call-overload]
            QCoreApplication.processEvents()

    def hangul(self, text: str) -> None:
        """Text as an input method hands it over to whatever has the focus."""
        self._look()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(QGuiApplication.focusObject(), event)

    def tab_to(self, name: str, *, at_most: int = 60) -> None:
        """Tab until the focus is on the button of this name."""
        for _ in range(at_most):
            focused = QApplication.focusWidget()
            if isinstance(focused, QPushButton) and focused.text() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}")

    @property
    def _handle(self) -> QWindow:
        handle = self._window.windowHandle()
        assert handle is not None
        return handle

    def _look(self) -> None:
        fault = unseen(self._window)
        if fault:
            self.unseen.append(f"{self._place}: {fault}")


def unseen(window: QWidget) -> str:
    """Why one cannot see where the focus is; empty where one can."""
    focused = QApplication.focusWidget()
    if focused is None:
        return "nothing has the focus"
    (ring,) = window.findChildren(FocusRing)
    if not ring.isVisible():
        return f"no ring around {focused}"
    box = ring.geometry()
    if not box.contains(focused.mapTo(window, focused.rect().center())):
        return f"the ring is not around {focused}"
    image = window.grab().toImage()
    ratio = image.devicePixelRatio()
    edges = [
        (box.left() + 1, box.center().y()),
        (box.right() - 1, box.center().y()),
        (box.center().x(), box.top() + 1),
        (box.center().x(), box.bottom() - 1),
    ]
    accent = QColor(current_tokens().accent)
    inside = [(x, y) for x, y in edges if window.rect().contains(x, y)]
    if not any(image.pixelColor(int(x * ratio), int(y * ratio)) == accent for x, y in inside):
        return f"the ring around {focused} is not painted"
    return ""


def until(is_so: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> None:
    """Let the event loop turn until something is so."""
    patience = QTimer(singleShot=True)
    patience.start(patience_ms)
    while not is_so():
        assert patience.isActive(), "it did not come"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
