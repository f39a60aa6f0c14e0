"""Linux: logind on the system's bus, and the screen savers on the session's.

Nothing is asked for, only listened to, so that no dead service can hold the window up. The PC
may be asleep before its `PrepareForSleep` is read; then it is read at once when it wakes, before
anything is drawn.

Sources: org.freedesktop.login1(5) for `PrepareForSleep` and `Lock`; the Idle Inhibition draft of
freedesktop.org and its kin of GNOME, Cinnamon, MATE and Xfce for `ActiveChanged`.
"""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from motp_desktop.ui.session.port import Left

LOGIND = "org.freedesktop.login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_SESSIONS = "/org/freedesktop/login1/session/"


class DBusWatch(QObject):
    """Implements SessionWatch over two buses, either of which may be missing."""

    def __init__(
        self, system: QDBusConnection, session: QDBusConnection, own_session: str | None
    ) -> None:
        """`own_session` is logind's id of it; without one, any session's lock is taken for ours."""
        super().__init__()
        self._system = system
        self._session = session
        self._own_path = None if own_session is None else _SESSIONS + escape_label(own_session)
        self._left: Left | None = None

    def start(self, left: Left) -> None:
        """See SessionWatch."""
        self._left = left
        for bus, service, path, interface, signal in self._signals():
            bus.connect(service, path, interface, signal, self, _HEARD)

    def stop(self) -> None:
        """See SessionWatch."""
        self._left = None
        for bus, service, path, interface, signal in self._signals():
            bus.disconnect(service, path, interface, signal, self, _HEARD)

    @Slot("QDBusMessage")
    def heard(self, message: QDBusMessage) -> None:
        """A signal came; those that end something (`false`) mean nothing here."""
        is_lock = message.interface() == SESSION and message.member() == "Lock"
        begins = any(argument is True for argument in message.arguments()[:1])
        if self._left is not None and (is_lock or begins):
            self._left()

    def _signals(self) -> list[tuple[QDBusConnection, str, str, str, str]]:
        heard = [
            (self._system, LOGIND, "", MANAGER, "PrepareForSleep"),
            (self._system, LOGIND, self._own_path or "", SESSION, "Lock"),
            *((self._session, "", "", name, "ActiveChanged") for name in SCREEN_SAVERS),
        ]
        return [each for each in heard if each[0].isConnected()]


# PySide6 says that it takes bytes, and takes text alone.
_HEARD: Any = SLOT("heard(QDBusMessage)")


def dbus_watch(environ: Mapping[str, str]) -> DBusWatch:
    """The watch of this session, over the buses that there are."""
    own_session = environ.get("XDG_SESSION_ID") or None
    return DBusWatch(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), own_session)


def escape_label(label: str) -> str:
    """A name as it stands in an object path (sd_bus_path_encode(3))."""
    if not label:
        return "_"
    escaped = re.sub(r"[^A-Za-z0-9]", _hex, label)
    return re.sub(r"^[0-9]", _hex, escaped)


def _hex(found: re.Match[str]) -> str:
    return "".join(f"_{byte:02x}" for byte in found.group().encode("utf-8"))
