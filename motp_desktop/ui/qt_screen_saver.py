"""Keeping the screen on, by the session's own service."""

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_SERVICE = "org.freedesktop.ScreenSaver"
_PATH = "/org/freedesktop/ScreenSaver"


class SessionScreenSaver:
    """Implements `ports.ScreenSaver` over D-Bus; without such a service it does nothing.

    It asks without waiting: what holds the screen ends with this process's connection.
    """

    def hold(self) -> None:
        """Keep it off from now on."""
        self._ask("Inhibit", "motp-desktop", "kiosk")

    def release(self) -> None:
        """Let it be: the connection's end does that."""

    def _ask(self, method: str, *arguments: str) -> None:
        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, method)
            message.setArguments(list(arguments))
            bus.asyncCall(message)
