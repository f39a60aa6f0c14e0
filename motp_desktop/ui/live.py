"""The verifier's live events: listened to on a thread of their own, told on the UI thread."""

import queue
import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from motp_desktop.services.helpdesk.following import LiveState, follow
from motp_desktop.services.helpdesk.ports import Notices
from motp_protocol.helpdesk import StaffNotice


class LiveEvents(QObject):
    """Made, started and stopped on the UI thread; nothing is told after it was stopped.

    What is told waits in a queue, not in the signal, which says only that there is something.
    """

    _posted = Signal()

    def __init__(
        self,
        notices: Notices,
        heard: Callable[[StaffNotice], None],
        told: Callable[[LiveState], None],
    ) -> None:
        super().__init__()
        self._notices = notices
        self._heard = heard
        self._told = told
        self._waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stop: threading.Event | None = None
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Listen, until `stop`; again does nothing."""
        if self._stop is not None:
            return
        self._stop = stop = threading.Event()
        # A daemon: whoever waits for the verifier's next word must not keep the process.
        threading.Thread(
            target=follow,
            args=(
                self._notices,
                lambda notice: self._post(stop, partial(self._heard, notice)),
                lambda state: self._post(stop, partial(self._told, state)),
                stop.wait,
                stop.is_set,
            ),
            name="motp-live",
            daemon=True,
        ).start()

    def stop(self) -> None:
        """Listen no more; the thread ends at the verifier's next word, and tells nothing."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _post(self, stop: threading.Event, tell: Callable[[], None]) -> None:
        def tell_if_going() -> None:
            if not stop.is_set():
                tell()

        self._waiting.put(tell_if_going)
        if not stop.is_set():
            self._posted.emit()

    def _deliver(self) -> None:
        while True:
            try:
                tell = self._waiting.get_nowait()
            except queue.Empty:
                return
            tell()
