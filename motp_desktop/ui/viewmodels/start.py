"""Starting, and what stands in its way: Starting, KeyStoreProblem, StorageProblem, Blocked."""

from collections.abc import Callable

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Opening, Reset
from motp_desktop.ui import events
from motp_desktop.ui.navigation import Blocked, KeyStoreProblem, Starting, StorageProblem
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import StartState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work


class StartViewModel(ViewModel[StartState]):
    """The commands of the screens on which no registration is in use."""

    def __init__(
        self, journey: Journey, runner: TaskRunner, opening: Opening, reset: Reset
    ) -> None:
        super().__init__(StartState())
        self._journey = journey
        self._opening = opening
        self._reset = reset
        self._work = Work(runner, self._refresh)
        journey.moved.connect(self._on_moved)

    def retry(self) -> None:
        """Starting, KeyStoreProblem, StorageProblem: look again."""
        if isinstance(self._journey.screen, Starting | KeyStoreProblem | StorageProblem):
            self._run(self._opening.look)

    def use_key_file(self) -> None:
        """KeyStoreProblem: keep the device secret in a file from now on, and go on."""
        if isinstance(self._journey.screen, KeyStoreProblem):
            self._run(self._opening.use_key_file)

    def start_over(self) -> None:
        """Blocked by Ended: clear the ended registration away here; Notice follows."""
        screen = self._journey.screen
        if isinstance(screen, Blocked) and isinstance(screen.cause, outcomes.Ended):
            self._run(self._reset.start_over)

    def try_again(self) -> None:
        """Blocked by a suspension or a PIN lock: back to the PIN, for it may be lifted."""
        self._journey.report(events.TriedAgain())

    def ask_reset(self) -> None:
        """Blocked by a suspension or a PIN lock: ConfirmReset."""
        if isinstance(self._journey.screen, Blocked):
            self._journey.report(events.ResetAsked())

    def _run(
        self, job: Callable[[], outcomes.Opened] | Callable[[], outcomes.ResetOutcome]
    ) -> None:
        self._work.run(job, self._came_to, lambda: self._came_to(INTERNAL))

    def _came_to(self, outcome: outcomes.Opened | outcomes.ResetOutcome) -> None:
        self._refresh(outcome if isinstance(outcome, outcomes.Trouble) else None)
        self._journey.report(outcome)

    def _on_moved(self) -> None:
        self._refresh()
        if isinstance(self._journey.screen, Starting):
            self._run(self._opening.look)

    def _refresh(self, trouble: outcomes.Trouble | None = None) -> None:
        self._show(StartState(self._work.working, self._work.busy, trouble))
