"""Starting with the person's session: whether it does, and choosing it."""

from dataclasses import replace
from functools import partial

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import SessionStart
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.states import SessionStartState


class SessionStartViewModel(ViewModel[SessionStartState]):
    """For the menu and for a page of settings. It is off until the person turns it on."""

    def __init__(self, runner: TaskRunner, start: SessionStart) -> None:
        super().__init__(SessionStartState())
        self._runner = runner
        self._start = start

    def look(self) -> None:
        """See whether it does."""
        self._runner.submit(self._start.look, self._came_to)

    def turn_on(self) -> None:
        """Start with the session from the next one on."""
        self._choose(on=True)

    def turn_off(self) -> None:
        """Start by hand alone."""
        self._choose(on=False)

    def toggle(self) -> None:
        """The other way round; ignored until it is known which way it is."""
        if self.state.on is not None:
            self._choose(on=not self.state.on)

    def _choose(self, *, on: bool) -> None:
        self._show(replace(self.state, trouble=None))
        self._runner.submit(partial(self._start.choose, on=on), self._came_to)

    def _came_to(self, outcome: outcomes.SessionStartOutcome) -> None:
        match outcome:
            case outcomes.StartsWithSession(on):
                self._show(SessionStartState(on))
            case outcomes.StorageTrouble():
                self._show(replace(self.state, trouble=outcome))
