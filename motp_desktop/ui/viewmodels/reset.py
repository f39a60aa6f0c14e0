"""등록 초기화 and 동의 철회: forgetting the registration, and taking the consent back too."""

from functools import partial

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Reset
from motp_desktop.ui import events
from motp_desktop.ui.navigation import ConfirmReset, ConfirmWithdrawal, Resetting, Withdrawn
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import ResetState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work


class ResetViewModel(ViewModel[ResetState]):
    """The commands of ConfirmReset, ConfirmWithdrawal, Resetting and Withdrawn."""

    def __init__(self, journey: Journey, runner: TaskRunner, reset: Reset) -> None:
        super().__init__(ResetState())
        self._journey = journey
        self._reset = reset
        self._work = Work(runner, self._refresh)
        journey.moved.connect(self._on_moved)

    def ask(self) -> None:
        """EnterPin, ShowCode, Blocked by what may pass: ConfirmReset follows."""
        self._journey.report(events.ResetAsked())

    def confirm(self) -> None:
        """ConfirmReset: yes; Resetting follows, and Notice at its end."""
        if isinstance(self._journey.screen, ConfirmReset):
            self._work.drop()
            self._journey.report(events.ResetConfirmed())

    def ask_withdrawal(self) -> None:
        """ConfirmWithdrawal follows, from wherever a registration is in use or has ended."""
        self._journey.report(events.WithdrawalAsked())

    def confirm_withdrawal(self) -> None:
        """ConfirmWithdrawal: yes; Resetting follows, and Withdrawn at its end."""
        if isinstance(self._journey.screen, ConfirmWithdrawal):
            self._work.drop()
            self._journey.report(events.WithdrawalConfirmed())

    def finish(self) -> None:
        """Withdrawn: on to what a PC without a registration shows."""
        if isinstance(self._journey.screen, Withdrawn):
            self._journey.report(events.Abandoned())

    def cancel(self) -> None:
        """ConfirmReset, ConfirmWithdrawal: back to where it was asked for."""
        self._journey.report(events.ResetCancelled())

    def here_only(self) -> None:
        """Resetting: go on without the verifier; ignored unless `state.offer_here_only`."""
        if self.state.offer_here_only:
            self._run(here_only=True)

    def retry(self) -> None:
        """Resetting: try again."""
        self._run(here_only=False)

    def _run(self, *, here_only: bool) -> None:
        screen = self._journey.screen
        if isinstance(screen, Resetting):
            end = self._reset.withdraw if screen.withdrawing else self._reset.reset
            self._work.run(
                partial(end, here_only=here_only), self._came_to, lambda: self._came_to(INTERNAL)
            )

    def _came_to(self, outcome: outcomes.ResetOutcome) -> None:
        if isinstance(outcome, outcomes.Trouble):
            self._show(ResetState(offer_here_only=_can_be_got_round(outcome), trouble=outcome))
        self._journey.report(outcome)

    def _on_moved(self) -> None:
        self._refresh()
        self._run(here_only=False)

    def _refresh(self) -> None:
        self._show(ResetState(working=self._work.working, busy=self._work.busy))


def _can_be_got_round(trouble: outcomes.Trouble) -> bool:
    """Whether clearing this PC alone may still work: for a full disk, say, it would not."""
    return not isinstance(trouble, outcomes.StorageTrouble)
