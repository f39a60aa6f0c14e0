"""SIGINT and SIGTERM close the app as its window's close button does."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class SignalListener(QObject):
    """Python runs no signal handler while Qt waits; a byte on a socket wakes Qt up."""

    def __init__(self, quit_app: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quit = quit_app
        self._here, self._there = socket.socketpair()
        self._here.settimeout(0.0)
        self._there.settimeout(0.0)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._before = [
            (number, signal.signal(number, _nothing)) for number in (signal.SIGINT, signal.SIGTERM)
        ]
        self._wakeup_before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Leave the signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before:
            signal.signal(number, handler)
        self._here.close()
        self._there.close()

    def _woken(self) -> None:
        # Other signals may come this way too, such as SIGCHLD where something handles it.
        numbers = self._here.recv(64)
        if {signal.SIGINT, signal.SIGTERM} & set(numbers):
            self._quit()


def _nothing(_number: int, _frame: object) -> None:
    """The notifier acts; a handler must only be there."""
