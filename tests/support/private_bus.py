"""A message bus of one's own, and what speaks on it in the place of logind and a screen saver."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_numbers = count(1)

has_bus = shutil.which("dbus-daemon") is not None


class Bus:
    """A running bus. Connections to it are this process's own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._names: list[str] = []

    def connect(self, service: str = "") -> QDBusConnection:
        """A connection, which owns a service's name where one is given."""
        name = f"test-{next(_numbers)}"
        self._names.append(name)
        connection = QDBusConnection.connectToBus(self.address, name)
        assert connection.isConnected(), connection.lastError().message()
        if service:
            assert connection.registerService(service)
        return connection

    def leave(self) -> None:
        """Close all connections."""
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)


def tell(
    connection: QDBusConnection,
    path: str,
    interface: str,
    signal: str,
    arguments: Sequence[object] = (),
) -> None:
    """Send a signal."""
    message = QDBusMessage.createSignal(path, interface, signal)
    message.setArguments(list(arguments))
    assert connection.send(message)


@contextmanager
def private_bus(folder: Path) -> Iterator[Bus]:
    """A bus that ends with the block."""
    config = folder / "bus.conf"
    config.write_text(_CONFIG, "utf-8")
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert daemon.stdout is not None
        bus = Bus(daemon.stdout.readline().strip())
        yield bus
        bus.leave()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=10)
