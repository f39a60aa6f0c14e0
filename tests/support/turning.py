"""A keychain and a network that are slow, and whether the event loop turns meanwhile.

Each call is held until the loop has turned many times, however long that takes: no clock is
read, so that a busy machine gives no other verdict than an idle one. A loop that stands still,
because a call was made on its own thread, shows at once.
"""

import queue
import threading

from PySide6.QtCore import QObject, QTimer

from motp_desktop.services.adapters.http_exchange import HttpAnswer, HttpExchange, HttpRequest
from motp_desktop.services.ports import NoAnswer
from tests.support.memory_ports import MemoryKeyStore

TURNS = 20
_PATIENCE_SECONDS = 20


class EventLoop(QObject):
    """The turns of the loop of the thread that makes this."""

    def __init__(self) -> None:
        super().__init__()
        self._home = threading.current_thread()
        self._asked: queue.SimpleQueue[threading.Event] = queue.SimpleQueue()
        self._held: list[tuple[threading.Event, int]] = []
        self.turns = 0
        self.held: list[str] = []
        """The calls that were slow."""
        self.stuck: list[str] = []
        """Those during which the loop stood still."""
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def hold(self, call: str) -> None:
        """Be slow: come back when the loop has turned `TURNS` times since."""
        self.held.append(call)
        turned = threading.Event()
        if threading.current_thread() is self._home:
            self.stuck.append(call)
            return
        self._asked.put(turned)
        if not turned.wait(_PATIENCE_SECONDS):
            self.stuck.append(call)

    def _turn(self) -> None:
        self.turns += 1
        while not self._asked.empty():
            self._held.append((self._asked.get(), self.turns + TURNS))
        for turned, until in self._held:
            if self.turns >= until:
                turned.set()
        self._held = [each for each in self._held if not each[0].is_set()]


class SlowKeyStore(MemoryKeyStore):
    """A keychain that takes its time."""

    def __init__(self, loop: EventLoop) -> None:
        super().__init__()
        self._loop = loop

    def load(self, name: str) -> bytes | None:
        self._loop.hold("load from the keychain")
        return super().load(name)

    def save(self, name: str, secret: bytes) -> None:
        self._loop.hold("save in the keychain")
        super().save(name, secret)

    def delete(self, name: str) -> None:
        self._loop.hold("delete from the keychain")
        super().delete(name)


class SlowExchange:
    """A network that takes its time."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._exchange = HttpExchange()

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """See `http_exchange.Exchange`."""
        self._loop.hold(f"{request.method} over the network")
        return self._exchange.send(request)
