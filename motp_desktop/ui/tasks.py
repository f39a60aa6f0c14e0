"""Work off the UI thread: one job at a time, in order, so that no two uses of a vault race.

Every job belongs to an epoch. Locking, resetting and giving up begin a new one: a job of an
older epoch that has not begun is skipped, and the result of one that has is dropped.
"""

import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Bug: TypeAlias = BaseException
Delivery: TypeAlias = Callable[[], None]


class Executor(Protocol):
    """Something that runs work elsewhere, in order, and hands back what to do on the UI thread."""

    def submit(self, work: Callable[[], Delivery]) -> None:
        """Run `work`, then call what it returns on the UI thread. `work` never raises."""

    def close(self, seconds: float) -> None:
        """Take no more work; wait so long at most for what runs. Nothing is delivered after."""


class ThreadExecutor(QObject):
    """One worker thread. Made, used and closed on the UI thread.

    Deliveries wait in a queue, not in the signal, which says only that there are some.
    """

    _delivered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._work: queue.SimpleQueue[Callable[[], Delivery] | None] = queue.SimpleQueue()
        self._deliveries: queue.SimpleQueue[Delivery] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        # A daemon: a request that hangs must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="motp-work", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], Delivery]) -> None:
        """See Executor."""
        if not self._closing.is_set():
            self._work.put(work)

    def close(self, seconds: float) -> None:
        """See Executor."""
        self._closing.set()
        self._work.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            if self._closing.is_set():
                return
            self._deliveries.put(work())
            del work  # it may hold a PIN, and the next one may be long in coming
            if not self._closing.is_set():
                self._delivered.emit()

    def _deliver(self) -> None:
        while not self._closing.is_set():
            try:
                delivery = self._deliveries.get_nowait()
            except queue.Empty:
                return
            delivery()


class TaskRunner:
    """What the view models give their jobs to. All methods are for the UI thread."""

    def __init__(self, executor: Executor, on_bug: Callable[[Bug], None]) -> None:
        """`on_bug` is told, on the UI thread, of every exception that a job let out."""
        self._executor = executor
        self._on_bug = on_bug
        self._epoch = 0

    @property
    def epoch(self) -> int:
        """Which epoch it is."""
        return self._epoch

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Delivery = lambda: None,
        *,
        always: bool = False,
    ) -> None:
        """Run `job` after those before it, then `done` with its result on the UI thread.

        `failed` is called instead where the job raised: a bug, for outcomes are values.
        `always`: run it even where a new epoch has begun meanwhile (its result is dropped).
        """
        epoch = self._epoch

        def work() -> Delivery:
            if epoch != self._epoch and not always:
                return _nothing
            try:
                result = job()
            except Exception as bug:  # any: whatever it is, the screen must not hang
                return partial(self._fail, bug, epoch, failed)
            return partial(self._finish, result, epoch, done)

        self._executor.submit(work)

    def bump_epoch(self) -> None:
        """Begin a new epoch: nothing that was asked for before has any effect on the screen."""
        self._epoch += 1

    def close(self, seconds: float = 1.0) -> None:
        """End the work, waiting so long at most for the job that runs."""
        self.bump_epoch()
        self._executor.close(seconds)

    def _finish(self, result: T, epoch: int, done: Callable[[T], None]) -> None:
        if epoch == self._epoch:
            done(result)

    def _fail(self, bug: Bug, epoch: int, failed: Delivery) -> None:
        self._on_bug(bug)
        if epoch == self._epoch:
            failed()


def _nothing() -> None:
    """What is delivered of a job that was skipped."""
