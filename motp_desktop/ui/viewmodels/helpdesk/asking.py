"""Questions of which only the newest counts: a search while somebody types."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.work import BUSY_AFTER_MS

T = TypeVar("T")


class Latest(QObject):
    """The newest question of its kind. An older one is not asked any more where it still waits,
    and its answer is dropped.
    """

    def __init__(self, runner: TaskRunner, changed: Callable[[], None]) -> None:
        """`changed` is called whenever `working` or `busy` may have become another."""
        super().__init__()
        self._runner = runner
        self._changed = changed
        self._number = 0
        self._open = False
        self._timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._timer.timeout.connect(changed)

    @property
    def working(self) -> bool:
        """Whether an answer is waited for."""
        return self._open

    @property
    def busy(self) -> bool:
        """Whether it has taken so long that the person should be told."""
        return self._open and not self._timer.isActive()

    def ask(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[], None]
    ) -> None:
        """Run a job in place of the one before. `failed`: it raised, which is a bug."""
        self._number += 1
        number = self._number
        if not self._open:
            self._timer.start()
        self._open = True

        def newest() -> T | None:
            return job() if number == self._number else None

        def finished(result: T | None) -> None:
            if number == self._number and result is not None:
                self._rest()
                done(result)

        def broke() -> None:
            if number == self._number:
                self._rest()
                failed()

        self._runner.submit(newest, finished, broke)
        self._changed()

    def drop(self) -> None:
        """Wait for no answer any more."""
        self._number += 1
        self._rest()

    def _rest(self) -> None:
        self._timer.stop()
        self._open = False
