"""One app at a time on one data folder; a second start brings the first to the front."""

import getpass
import hashlib
import time
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CALL_SECONDS = 3.0
"""How long a second start tries to reach a first one that is only just starting."""

_WAIT_MS = 500


class SingleInstance(QObject):
    """The claim of this process on a data folder."""

    called = Signal()
    """Another start wants this window at the front."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._name = _name_for(data_dir)
        self._folder = data_dir
        self._lock: QLockFile | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

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

    def call(self, seconds: float = CALL_SECONDS) -> bool:
        """Ask the app that has the folder to come to the front; whether it was reached."""
        until = time.monotonic() + seconds
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(_WAIT_MS):
                socket.disconnectFromServer()
                return True
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
            # A call says nothing but that it came: there is nothing to read, or to get wrong.
            connection.disconnected.connect(connection.deleteLater)
            connection.abort()
            self.called.emit()


def _name_for(data_dir: Path) -> str:
    whose = f"{getpass.getuser()}\0{data_dir.resolve()}"
    return f"motp-{hashlib.sha256(whose.encode()).hexdigest()[:24]}"
