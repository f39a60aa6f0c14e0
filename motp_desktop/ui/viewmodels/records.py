"""What is on record of the trainee: checks that were made, and what is needed today."""

from dataclasses import replace

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Records
from motp_desktop.ui import events
from motp_desktop.ui.navigation import History, ShowCode, open_status
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import RecordsState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.messages import PastCheck


class RecordsViewModel(ViewModel[RecordsState]):
    """The commands of History, and what ShowCode tells of the records.

    They are read when the registration is opened and after each code, so that a code which was
    typed wrong or too late is told here too. All is forgotten when it locks.
    """

    def __init__(self, journey: Journey, runner: TaskRunner, records: Records) -> None:
        super().__init__(RecordsState())
        self._journey = journey
        self._records = records
        self._work = Work(runner, lambda: self._put(self.state))
        journey.moved.connect(self._on_moved)

    def open(self) -> None:
        """ShowCode: History follows, and the records are read again."""
        if isinstance(self._journey.screen, ShowCode):
            self._journey.report(events.HistoryAsked())
            self.read()

    def back(self) -> None:
        """History: back to the code."""
        self._journey.report(events.HistoryLeft())

    def read(self) -> None:
        """ShowCode, History: ask the verifier; ignored while it is being asked."""
        if isinstance(self._journey.screen, ShowCode | History):
            self._work.run(self._records.read, self._heard, lambda: self._heard(INTERNAL))

    def code_changed(self) -> None:
        """ShowCode: whoever typed the code before this one may want to know what came of it."""
        is_offline = self._journey.state.connection == "offline"
        if isinstance(self._journey.screen, ShowCode) and not is_offline:
            self.read()

    def _heard(self, outcome: outcomes.RecordsOutcome) -> None:
        if isinstance(outcome, outcomes.OwnRecords):
            self._put(
                replace(
                    self.state,
                    records=outcome,
                    news=self._news(outcome.checks) or self.state.news,
                    trouble=None,
                )
            )
        elif not isinstance(outcome, outcomes.Ended):
            self._put(replace(self.state, trouble=outcome))
        else:
            self._put(self.state)
        self._journey.report(outcome)

    def _news(self, checks: tuple[PastCheck, ...]) -> PastCheck | None:
        """The newest check, where it was made since the records were read first."""
        before = self.state.records
        if before is None or not checks:
            return None
        known = {check.verification_id for check in before.checks}
        return None if checks[0].verification_id in known else checks[0]

    def _on_moved(self) -> None:
        if open_status(self._journey.screen) is None:
            self._show(RecordsState())
        elif isinstance(self._journey.screen, ShowCode) and self.state.records is None:
            self.read()

    def _put(self, state: RecordsState) -> None:
        self._show(replace(state, working=self._work.working, busy=self._work.busy))
