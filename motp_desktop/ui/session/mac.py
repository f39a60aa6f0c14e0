"""macOS: notifications that the system sends to every program of the session.

CoreFoundation's C interface is enough: no library that wraps Objective-C is needed. The screen
locks whenever the Mac sleeps and asks for a password on waking, as it does unless somebody
turned that off; then the idle lock comes, for the clock goes on while the Mac sleeps.

Source: CFNotificationCenterAddObserver in Apple's documentation; the name is the one that
loginwindow has sent since Mac OS X 10.7.
"""

import ctypes
from ctypes import util
from typing import Any, Protocol

from motp_desktop.ui.session.port import Left

SCREEN_LOCKED = "com.apple.screenIsLocked"

_DELIVER_IMMEDIATELY = 4
_UTF8 = 0x08000100
_CALLBACK = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
)


class NotificationCentre(Protocol):
    """What of CoreFoundation is used."""

    def observe(self, name: str, heard: Left) -> None:
        """Call `heard` on the main thread whenever this notification comes."""

    def leave(self) -> None:
        """Not any more."""


class DistributedCentre:
    """The real one."""

    def __init__(self) -> None:
        self._core: Any = ctypes.CDLL(util.find_library("CoreFoundation"))
        self._core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        self._core.CFStringCreateWithCString.restype = ctypes.c_void_p
        self._core.CFStringCreateWithCString.argtypes = [
            *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
        ]
        self._core.CFNotificationCenterAddObserver.argtypes = [
            *(ctypes.c_void_p, ctypes.c_void_p, _CALLBACK),
            *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long),
        ]
        self._core.CFNotificationCenterRemoveEveryObserver.argtypes = [ctypes.c_void_p] * 2
        self._observer = ctypes.c_void_p(id(self))
        self._callbacks: list[Any] = []  # CoreFoundation keeps no reference to them

    def observe(self, name: str, heard: Left) -> None:
        """See NotificationCentre."""
        callback = _CALLBACK(lambda *_: heard())
        self._callbacks.append(callback)
        self._core.CFNotificationCenterAddObserver(
            self._core.CFNotificationCenterGetDistributedCenter(),
            self._observer,
            callback,
            self._core.CFStringCreateWithCString(None, name.encode("utf-8"), _UTF8),
            None,
            _DELIVER_IMMEDIATELY,
        )

    def leave(self) -> None:
        """See NotificationCentre."""
        self._core.CFNotificationCenterRemoveEveryObserver(
            self._core.CFNotificationCenterGetDistributedCenter(), self._observer
        )
        self._callbacks.clear()


class MacWatch:
    """Implements SessionWatch."""

    def __init__(self, centre: NotificationCentre) -> None:
        self._centre = centre

    def start(self, left: Left) -> None:
        """See SessionWatch."""
        self._centre.observe(SCREEN_LOCKED, left)

    def stop(self) -> None:
        """See SessionWatch."""
        self._centre.leave()
