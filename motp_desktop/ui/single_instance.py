"""One app at a time on one data folder; a second start brings the first to the front.

A second start says one line, which may be empty or hold a link that it was started with. Only
processes of the same user are listened to, and spoken to.
"""

import getpass
import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from motp_desktop.ui.peer import is_own_process

CALL_SECONDS = 3.0
"""How long a second start tries to reach a first one that is only just starting."""

LONGEST_LINE = 4096
_WAIT_MS = 500
_PATIENCE_MS = 2_000
_LONGEST_PATH = 100
"""Bytes. The name of a socket in the file system may have about 104 (unix(7))."""


class SingleInstance(QObject):
    """The claim of this process on a data folder."""

    called = Signal(str)
    """Another start wants this window at the front, perhaps for a link; empty without one."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._name = _name_for(data_dir)
        self._folder = data_dir
        self._lock: QLockFile | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    @property
    def address(self) -> str:
        """Where the one that has the folder is called."""
        return self._name

    def claim(self) -> bool:
        """Whether this is the only app on this folder; if so, it answers calls from now on.

        The lock decides, so that of two starts at once only one wins; a lock or socket left by
        a process that died is taken over. Where the folder cannot be written, nobody can be
        kept out, and the app says later what is wrong with the folder.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return True
        lock = QLockFile(str(self._folder / "instance.lock"))
        lock.setStaleLockTime(0)  # however old, it holds while its process lives
        if lock.tryLock(0):
            self._lock = lock
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            return True
        return lock.error() is not QLockFile.LockError.LockFailedError

    def call(self, link: str = "", seconds: float = CALL_SECONDS) -> bool:
        """Ask the app that has the folder to come to the front; whether it was reached.

        Where somebody else's process sits on the socket, it learns nothing.
        """
        until = time.monotonic() + seconds
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(_WAIT_MS) and is_own_process(_descriptor(socket)):
                socket.write(link.encode("utf-8") + b"\n")
                is_said = socket.waitForBytesWritten(_WAIT_MS)
                socket.disconnectFromServer()
                return is_said
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)

    def release(self) -> None:
        """Give the folder up."""
        self._server.close()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _answer(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            if is_own_process(_descriptor(connection)):
                _Call(connection, self.called.emit)
            else:
                connection.abort()


class _Call(QObject):
    """One line from another start; whoever says too much or too slowly is hung up on."""

    def __init__(self, connection: QLocalSocket, heard: Callable[[str], object]) -> None:
        super().__init__(connection)
        self._connection = connection
        self._heard = heard
        connection.readyRead.connect(self._read)
        QTimer.singleShot(_PATIENCE_MS, self, connection.abort)
        self._read()

    def _read(self) -> None:
        said = bytes(self._connection.peek(LONGEST_LINE + 1).data())
        line, end, _ = said.partition(b"\n")
        if end:
            self._connection.readyRead.disconnect(self._read)
            self._connection.abort()
            self._heard(line.decode("utf-8", "replace"))
        elif len(said) > LONGEST_LINE:
            self._connection.abort()


def _descriptor(socket: QLocalSocket) -> int:
    return int(socket.socketDescriptor())


def _name_for(data_dir: Path) -> str:
    """The socket in the folder, which is this user's alone; elsewhere where that is no name."""
    path = str(data_dir.resolve() / "instance.socket")
    if sys.platform != "win32" and len(path.encode()) <= _LONGEST_PATH:
        return path
    whose = f"{getpass.getuser()}\0{data_dir.resolve()}"
    return f"motp-{hashlib.sha256(whose.encode()).hexdigest()[:24]}"
