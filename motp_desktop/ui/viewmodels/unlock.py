"""The PIN at every start."""

from dataclasses import replace
from functools import partial

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Unlock
from motp_desktop.ui import events
from motp_desktop.ui.navigation import EnterPin
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.pin_entry import PinEntry
from motp_desktop.ui.viewmodels.states import UnlockState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work


class UnlockViewModel(ViewModel[UnlockState]):
    """The commands of EnterPin. Ignored while `state.working`."""

    def __init__(self, journey: Journey, runner: TaskRunner, unlock: Unlock) -> None:
        super().__init__(UnlockState())
        self._journey = journey
        self._unlock = unlock
        self._entry = PinEntry(self.state.maximum)
        self._work = Work(runner, self._refresh)
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
        """Try the PIN; ignored with fewer than `state.minimum` digits."""
        if self._takes_input() and len(self._entry) >= self.state.minimum:
            self._show(replace(self.state, trouble=None))
            self._work.run(
                partial(self._unlock.unlock, self._entry.take()),
                self._came_to,
                lambda: self._came_to(INTERNAL),
            )

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
        self._show(replace(self.state, entered=len(self._entry), trouble=None))

    def _refresh(self) -> None:
        self._show(replace(self.state, working=self._work.working, busy=self._work.busy))

    def _start_afresh(self) -> None:
        self._entry.clear()
        self._show(UnlockState())
