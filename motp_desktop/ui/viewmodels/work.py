"""One action at a time for a view model: blocks input at once, shows words after a while."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from motp_desktop.services.outcomes import UnexpectedRefusal
from motp_desktop.ui.tasks import TaskRunner

T = TypeVar("T")

BUSY_AFTER_MS = 300
INTERNAL = UnexpectedRefusal("internal")
"""What is shown of a bug in this app."""


class Work(QObject):
    """The action that a view model has under way, if any."""

    def __init__(self, runner: TaskRunner, changed: Callable[[], None]) -> None:
        """`changed` is called whenever `working` or `busy` may have become another."""
        super().__init__()
        self._runner = runner
        self._changed = changed
        self._epoch: int | None = None
        self._busy = False
        self._timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._timer.timeout.connect(self._grow_busy)

    @property
    def working(self) -> bool:
        """Whether an action is under way: input is ignored."""
        return self._epoch == self._runner.epoch

    @property
    def busy(self) -> bool:
        """Whether it has taken so long that the person should be told."""
        return self._busy and self.working

    def run(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[], None]
    ) -> None:
        """Run a job; ignored while another is under way. `failed`: it raised, which is a bug."""
        if self.working:
            return
        self._epoch = self._runner.epoch
        self._busy = False
        self._timer.start()

        def finished(result: T) -> None:
            self._rest()
            done(result)

        def broke() -> None:
            self._rest()
            failed()

        self._runner.submit(job, finished, broke)
        self._changed()

    def drop(self) -> None:
        """Give up what is under way: its result, and that of all other work, has no effect."""
        self._runner.bump_epoch()
        self._rest()
        self._changed()

    def _rest(self) -> None:
        self._timer.stop()
        self._epoch = None
        self._busy = False

    def _grow_busy(self) -> None:
        self._busy = True
        self._changed()
