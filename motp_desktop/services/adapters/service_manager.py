"""Talking to systemd as `sd_notify(3)` does: one datagram to the socket that it names."""

import contextlib
import os
import socket
from collections.abc import Mapping

_MICROSECONDS = 1_000_000


class ServiceManager:
    """Implements `ports.Watchdog`. Without a manager all of it does nothing."""

    def __init__(
        self, environment: Mapping[str, str] | None = None, pid: int | None = None
    ) -> None:
        told = os.environ if environment is None else environment
        self._address = told.get("NOTIFY_SOCKET", "")
        self._microseconds = told.get("WATCHDOG_USEC", "")
        meant = told.get("WATCHDOG_PID", "")
        self._is_meant = meant in {"", str(os.getpid() if pid is None else pid)}

    @property
    def every_seconds(self) -> float | None:
        """Half the time after which it restarts what is silent (sd_watchdog_enabled(3))."""
        digits = self._microseconds
        if not self._address or not self._is_meant or not digits.isdecimal() or int(digits) == 0:
            return None
        return int(digits) / _MICROSECONDS / 2

    def ready(self) -> None:
        """The screen is up."""
        self._tell("READY=1")

    def alive(self) -> None:
        """The UI thread goes on."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """It ends because it was told to."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        # A name that begins with @ is abstract: its first byte is zero.
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
        ):
            sender.setblocking(False)  # noqa: FBT003 - the socket's own signature
            sender.sendto(state.encode(), address)
