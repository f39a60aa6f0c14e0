"""Windows: messages to a window that asked to be told of its session.

Sources: WM_WTSSESSION_CHANGE, WTSRegisterSessionNotification and WM_POWERBROADCAST in
Microsoft's documentation of the Windows API.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QWindow

from motp_desktop.ui.session.port import Left

WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
PBT_APMSUSPEND = 0x0004
WTS_CONSOLE_DISCONNECT = 0x0002
WTS_REMOTE_DISCONNECT = 0x0004
WTS_SESSION_LOGOFF = 0x0006
WTS_SESSION_LOCK = 0x0007
_NOTIFY_FOR_THIS_SESSION = 0

_LEAVINGS = frozenset(
    {
        (WM_POWERBROADCAST, PBT_APMSUSPEND),
        *(
            (WM_WTSSESSION_CHANGE, change)
            for change in (
                WTS_CONSOLE_DISCONNECT,
                WTS_REMOTE_DISCONNECT,
                WTS_SESSION_LOGOFF,
                WTS_SESSION_LOCK,
            )
        ),
    }
)


def is_leaving(message: int, parameter: int) -> bool:
    """Whether a window message says that nobody sits here any more."""
    return (message, parameter) in _LEAVINGS


class SessionNotification(Protocol):
    """What of wtsapi32.dll is used."""

    def register(self, window: int) -> None:
        """Have the messages sent to this window."""

    def unregister(self, window: int) -> None:
        """Not any more."""


class WtsApi:
    """The real one."""

    def __init__(self) -> None:
        library: Any = ctypes
        self._wtsapi = library.WinDLL("wtsapi32")

    def register(self, window: int) -> None:
        """See SessionNotification. Without it sleep is still told of."""
        self._wtsapi.WTSRegisterSessionNotification(
            wintypes.HWND(window), wintypes.DWORD(_NOTIFY_FOR_THIS_SESSION)
        )

    def unregister(self, window: int) -> None:
        """See SessionNotification."""
        self._wtsapi.WTSUnRegisterSessionNotification(wintypes.HWND(window))


class WindowsWatch(QAbstractNativeEventFilter):
    """Implements SessionWatch with a hidden window of its own, which lives as long as the app."""

    def __init__(self, api: SessionNotification) -> None:
        super().__init__()
        self._api = api
        self._window: QWindow | None = None
        self._left: Left | None = None

    def start(self, left: Left) -> None:
        """See SessionWatch."""
        self._left = left
        self._window = QWindow()
        self._window.create()
        self._api.register(int(self._window.winId()))
        _application(lambda app: app.installNativeEventFilter(self))

    def stop(self) -> None:
        """See SessionWatch."""
        self._left = None
        _application(lambda app: app.removeNativeEventFilter(self))
        if self._window is not None:
            self._api.unregister(int(self._window.winId()))
            self._window.destroy()
            self._window = None

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Look at a message; all of them go on."""
        if event_type == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            self.heard(told.message, told.wParam)
        return False, 0

    def heard(self, message: int, parameter: int) -> None:
        """A window message came."""
        if self._left is not None and is_leaving(message, parameter):
            self._left()


def _application(do: Callable[[QCoreApplication], None]) -> None:
    app = QCoreApplication.instance()
    if app is not None:
        do(app)
