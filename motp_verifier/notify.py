"""Telling systemd how the service does (sd_notify(3)), where it asked to be told."""

import contextlib
import os
import socket

_VARIABLE = "NOTIFY_SOCKET"


def notify(state: str, *, wait: bool = True) -> None:
    """Send a state such as `READY=1`; without a supervisor, or if it is gone, nothing.

    `wait` is for one that must arrive; the next of many may be lost if nobody listens just now.
    """
    address = os.environ.get(_VARIABLE, "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.connect(address)
        out.setblocking(wait)
        out.send(state.encode())


def watchdog_seconds() -> float | None:
    """How often to say that all is well: half of what the supervisor waits for."""
    given = os.environ.get("WATCHDOG_USEC", "")
    return int(given) / 2_000_000 if given.isdigit() and int(given) else None
