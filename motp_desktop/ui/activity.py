"""Notices that somebody is there, so that the idle lock waits."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow

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


class ActivityWatcher(QObject):
    """Watches one native window, through which all of its input comes first."""

    def __init__(self, window: QWindow, noticed: Callable[[], None]) -> None:
        super().__init__(window)
        self._noticed = noticed
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take note, and let the event go on."""
        if event.type() in _SIGNS:
            self._noticed()
        return False
