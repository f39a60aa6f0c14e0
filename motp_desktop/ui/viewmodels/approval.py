"""One request for approval on the same PC, from its ticket to the browser that finishes it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal

from motp_desktop.services import approval_outcomes as came
from motp_desktop.services import outcomes
from motp_desktop.services.ports import Clock
from motp_desktop.services.use_cases import Approvals
from motp_desktop.ui.browser import Browser
from motp_desktop.ui.navigation import ChangePin, ConfirmReset, ConfirmWithdrawal, MoveDevice
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.approval_ends import end_of
from motp_desktop.ui.viewmodels.approval_place import Place, place_of
from motp_desktop.ui.viewmodels.approval_states import ApprovalEnd, ApprovalState, TimeLeft
from motp_desktop.ui.viewmodels.aside_states import OVER_ALL, Aside
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.approvals import Decision

DONE_MS = 10_000
"""So long it is told that the browser goes on; then the screen behind is shown again."""

_FROM_THE_MENU = (ChangePin, MoveDevice, ConfirmReset, ConfirmWithdrawal)


class ApprovalViewModel(ViewModel[ApprovalState]):
    """The commands of the asides APPROVAL and APPROVAL_ENDED.

    The page lies over whatever is shown, asides included, and leads back to it. The lock closes
    it; ticket, key and address are in no state.
    """

    ticked = Signal()
    """Each second while a request can be answered."""
    put_off = Signal()
    """The page was left without an answer, which can still be given."""
    closed_by_lock = Signal()

    def __init__(
        self,
        journey: Journey,
        runner: TaskRunner,
        approvals: Approvals,
        *,
        clock: Clock,
        browser: Browser,
    ) -> None:
        super().__init__(ApprovalState())
        self._journey = journey
        self._approvals = approvals
        self._clock = clock
        self._browser = browser
        self._work = Work(runner, lambda: self._put(self.state))
        self._link: outcomes.ApprovalAsked | None = None
        self._question: came.ApprovalQuestion | None = None
        self._asked_at = self._ended_at = 0
        self._answering = False
        self._url = ""
        self._again: Callable[[], None] | None = None
        self._behind: Aside | None = None
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        journey.moved.connect(self._on_moved)
        journey.state_changed.connect(self._on_aside)

    @property
    def is_waiting(self) -> bool:
        """Whether a request is shown that has no answer yet."""
        return self._link is not None and self.state.ended is None

    def is_about(self, link: outcomes.ApprovalAsked) -> bool:
        """Whether it is this one that is shown and has no answer yet."""
        return self.is_waiting and self._link == link

    def time_left(self) -> TimeLeft | None:
        """How long the request can still be answered, by the clock; None where there is none."""
        question = self._question
        if question is None:
            return None
        left = max(0, question.expires_at - self._clock.elapsed_ms())
        whole = max(1, question.expires_at - self._asked_at)
        return TimeLeft(-(-left // 1000), min(1.0, left / whole))

    def open(self, link: outcomes.ApprovalAsked) -> bool:
        """Show this request in place of any other; not while an answer is on its way, or locked."""
        if self.state.answering or place_of(self._journey.screen) is not Place.OPEN:
            return False
        aside = self._journey.state.aside
        if aside not in OVER_ALL:
            self._behind = aside
        self._forget()
        self._link = link
        self._put(ApprovalState())
        self._journey.show_aside(Aside.APPROVAL)
        self._ask()
        return True

    def choose(self, number: str) -> None:
        """APPROVAL: approve with this number; ignored unless it is one of the three."""
        request = self.state.request
        if request is not None and number in request.numbers:
            self._answer("approve", number)

    def decline(self) -> None:
        """APPROVAL: say no."""
        self._answer("refuse", "")

    def retry(self) -> None:
        """APPROVAL: do again what `state.trouble` is about. APPROVAL_ENDED: open the browser."""
        if self.state.ended is ApprovalEnd.NOT_OPENED:
            self._open_browser()
        elif self.state.trouble is not None and self._again is not None:
            self._again()

    def leave(self) -> None:
        """Back to what is behind; ignored while an answer is on its way."""
        if self._link is None or self.state.answering:
            return
        was_waiting = self.is_waiting
        self._close()
        if was_waiting:
            self.put_off.emit()

    def tick(self) -> None:
        """Look at the clock. The view model's own timer calls this."""
        now = self._clock.elapsed_ms()
        if self.state.ended is ApprovalEnd.APPROVED and now - self._ended_at >= DONE_MS:
            self._close()
        left = self.time_left()
        if left is None:
            return
        if not left.seconds and not self._work.working:
            self._end(ApprovalEnd.EXPIRED)
        else:
            self.ticked.emit()

    def _ask(self) -> None:
        if self._link is not None:
            job = partial(self._approvals.ask, self._link)
            self._again, self._answering = self._ask, False
            self._put(replace(self.state, trouble=None))
            self._work.run(job, self._loaded, lambda: self._loaded(INTERNAL))

    def _answer(self, decision: Decision, number: str) -> None:
        question = self._question
        if question is None or self._work.working or self.state.ended is not None:
            return
        job = partial(self._approvals.answer, question, decision, number)
        self._again = partial(self._answer, decision, number)
        self._answering = True
        self._put(replace(self.state, trouble=None))
        self._work.run(job, self._answered, lambda: self._answered(INTERNAL))

    def _loaded(self, outcome: came.ApprovalLoaded) -> None:
        if isinstance(outcome, came.ApprovalQuestion):
            self._question = outcome
            self._asked_at = self._clock.elapsed_ms()
            self._put(replace(self.state, request=outcome.request))
            self._timer.start()
            self._journey.report(outcome)
        else:
            self._answered(outcome)

    def _answered(self, outcome: came.ApprovalOutcome) -> None:
        end = end_of(outcome)
        if isinstance(outcome, came.Approved):
            self._url = outcome.completion_url
            self._open_browser()
        elif end is not None:
            self._end(end)
        elif isinstance(outcome, outcomes.Trouble):
            self._put(replace(self.state, trouble=outcome))
            self._journey.show_aside(Aside.APPROVAL)
        else:
            self._close()
        self._journey.report(outcome)

    def _open_browser(self) -> None:
        is_first = self.state.ended is None
        if not self._browser.open(self._url):
            self._end(ApprovalEnd.NOT_OPENED)
        elif is_first:
            self._url = ""
            self._end(ApprovalEnd.APPROVED)
        else:
            self._close()

    def _end(self, end: ApprovalEnd) -> None:
        self._question = self._again = None
        self._ended_at = self._clock.elapsed_ms()
        self._put(ApprovalState(ended=end))
        self._journey.show_aside(Aside.APPROVAL_ENDED)
        self._timer.start()

    def _on_moved(self) -> None:
        if self._link is None:
            return
        if place_of(self._journey.screen) is not Place.OPEN:
            was_waiting = self.is_waiting
            self._close()
            if was_waiting and place_of(self._journey.screen) is Place.LOCKED:
                self.closed_by_lock.emit()
        elif isinstance(self._journey.screen, _FROM_THE_MENU):
            self.leave()

    def _on_aside(self) -> None:
        """Another page was opened over this one: from the menu."""
        if self._link is not None and self._journey.state.aside not in OVER_ALL:
            self._behind = self._journey.state.aside
            self.leave()

    def _close(self) -> None:
        self._forget()
        self._put(ApprovalState())
        if self._journey.state.aside in OVER_ALL:
            self._journey.show_aside(self._behind)
        self._behind = None

    def _forget(self) -> None:
        self._timer.stop()
        if self._work.working:
            self._work.drop()
        self._link = self._question = self._again = None
        self._url = ""

    def _put(self, state: ApprovalState) -> None:
        working, busy = self._work.working, self._work.busy
        answering = working and self._answering
        self._show(replace(state, answering=answering, working=working, busy=busy))
