"""The PIN at every start."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Sync, Unlock
from motp_desktop.ui import events
from motp_desktop.ui.navigation import EnterPin
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.pin_entry import PinEntry
from motp_desktop.ui.viewmodels.states import UnlockState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work

LOOK_MS = 2_000
"""Whoever types at once learns the same from the answer to the PIN, and waits for nothing else."""

LOOK_AGAIN_MS = 600_000


class UnlockViewModel(ViewModel[UnlockState]):
    """The commands of EnterPin. Ignored while `state.working`.

    While nobody types, the verifier is asked how things stand: a registration that was moved to
    another PC, suspended or locked says so before a PIN is typed in vain.
    """

    def __init__(self, journey: Journey, runner: TaskRunner, unlock: Unlock, sync: Sync) -> None:
        super().__init__(UnlockState())
        self._journey = journey
        self._runner = runner
        self._unlock = unlock
        self._sync = sync
        self._entry = PinEntry(self.state.maximum)
        self._work = Work(runner, self._refresh)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        journey.moved.connect(self._start_afresh)

    def digit(self, d: str) -> None:
        """One more digit."""
        if self._takes_input():
            self._entry.add(d)
            self._count()

    def backspace(self) -> None:
        """One digit less."""
        if self._takes_input():
            self._entry.remove()
            self._count()

    def clear(self) -> None:
        """No digits."""
        if self._takes_input():
            self._entry.clear()
            self._count()

    def submit(self) -> None:
        """Try the PIN; with fewer than `state.minimum` digits, say so."""
        if not self._takes_input():
            return
        too_short = len(self._entry) < self.state.minimum
        self._show(replace(self.state, too_short=too_short, trouble=None))
        if not too_short:
            self._work.run(
                partial(self._unlock.unlock, self._entry.take()),
                self._came_to,
                lambda: self._came_to(INTERNAL),
            )

    def look(self) -> None:
        """Ask the verifier, unless somebody types. The view model's own timer calls this."""
        if self._takes_input() and not len(self._entry):
            self._runner.submit(self._sync.sync, self._heard)
        if isinstance(self._journey.screen, EnterPin):
            self._timer.start(LOOK_AGAIN_MS)

    def ask_reset(self) -> None:
        """ConfirmReset follows."""
        if self._takes_input():
            self._journey.report(events.ResetAsked())

    def _takes_input(self) -> bool:
        return isinstance(self._journey.screen, EnterPin) and not self._work.working

    def _came_to(self, outcome: outcomes.UnlockOutcome) -> None:
        state = replace(self.state, entered=0, working=False, busy=False)
        if isinstance(outcome, outcomes.WrongPin):
            self._show(replace(state, attempts_left=outcome.attempts_left))
        elif isinstance(outcome, outcomes.Trouble):
            self._show(replace(state, trouble=outcome))
        self._journey.report(outcome)

    def _count(self) -> None:
        entered = len(self._entry)
        self._show(replace(self.state, entered=entered, too_short=False, trouble=None))

    def _refresh(self) -> None:
        self._show(replace(self.state, working=self._work.working, busy=self._work.busy))

    def _heard(self, outcome: outcomes.SyncOutcome) -> None:
        if isinstance(self._journey.screen, EnterPin) and not self._work.working:
            self._journey.report(outcome)

    def _start_afresh(self) -> None:
        self._entry.clear()
        self._show(UnlockState())
        self._timer.stop()
        screen = self._journey.screen
        if isinstance(screen, EnterPin) and not screen.welcome:
            self._timer.start(LOOK_MS)
