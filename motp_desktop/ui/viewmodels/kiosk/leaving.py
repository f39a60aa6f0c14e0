"""The administrator's exit."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from motp_desktop.services.kiosk import outcomes
from motp_desktop.services.kiosk.use_cases import Kiosk
from motp_desktop.ui import kiosk_navigation as navigation
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.viewmodels.kiosk.states import ExitState
from motp_desktop.ui.viewmodels.pin_entry import PinEntry
from motp_desktop.ui.viewmodels.work import INTERNAL, Work

_MOST = 12


class ExitViewModel(ViewModel[ExitState]):
    """The commands of Leaving. `leave` ends the program."""

    def __init__(
        self, desk: KioskViewModel, runner: TaskRunner, kiosk: Kiosk, leave: Callable[[], None]
    ) -> None:
        super().__init__(ExitState())
        self._desk = desk
        self._kiosk = kiosk
        self._leave = leave
        self._entry = PinEntry(_MOST)
        self._work = Work(runner, self._refresh)
        desk.state_changed.connect(self._desk_changed)

    def ask(self) -> None:
        """The administrator's gesture."""
        if isinstance(self._desk.state.screen, navigation.Visiting):
            return
        self._desk.forget()
        self._desk.report(navigation.ExitAsked())
        self._desk.count()

    def cancel(self) -> None:
        """Go on as before."""
        self._desk.forget()

    def digit(self, digit: str) -> None:
        """One more digit."""
        if self._takes_input():
            self._entry.add(digit)
            self._count()

    def backspace(self) -> None:
        """One digit less."""
        if self._takes_input():
            self._entry.remove()
            self._count()

    def submit(self) -> None:
        """Try the PIN."""
        if not self._takes_input():
            return
        too_short = len(self._entry) < self.state.minimum
        self._show(replace(self.state, too_short=too_short, trouble=None))
        if not too_short:
            self._work.run(
                partial(self._kiosk.try_exit, self._entry.take()),
                self._came_to,
                lambda: self._came_to(INTERNAL),
            )

    def _desk_changed(self) -> None:
        if not isinstance(self._desk.state.screen, navigation.Leaving):
            self._entry.clear()
            self._show(ExitState())

    def _takes_input(self) -> bool:
        return isinstance(self._desk.state.screen, navigation.Leaving) and not self._work.working

    def _count(self) -> None:
        entered = len(self._entry)
        self._show(replace(self.state, entered=entered, too_short=False, trouble=None))

    def _came_to(self, outcome: outcomes.ExitOutcome) -> None:
        match outcome:
            case outcomes.MayExit():
                self._leave()
            case outcomes.ExitPinWrong(attempts_left):
                self._show(ExitState(attempts_left=attempts_left))
            case outcomes.ExitPinLocked(retry_after):
                self._show(ExitState(retry_after=retry_after))
            case trouble:
                self._show(ExitState(trouble=trouble))

    def _refresh(self) -> None:
        self._show(replace(self.state, working=self._work.working, busy=self._work.busy))
