"""The consent document has changed: reading the new one, and agreeing to it or not."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import ConsentRenewal
from motp_desktop.ui import events
from motp_desktop.ui.navigation import RenewalDeclined, RenewConsent, ShowCode
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.consent_reading import ConsentReading
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import RenewalState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work

T = TypeVar("T")


class ConsentRenewalViewModel(ViewModel[RenewalState]):
    """The commands of RenewConsent and RenewalDeclined."""

    def __init__(self, journey: Journey, runner: TaskRunner, renewal: ConsentRenewal) -> None:
        super().__init__(RenewalState())
        self._journey = journey
        self._renewal = renewal
        self._work = Work(runner, lambda: self._put(self.state))
        self._reading = ConsentReading()
        self._last: Callable[[], None] | None = None
        journey.state_changed.connect(self._read_on)
        journey.moved.connect(self._on_moved)

    def begin(self) -> None:
        """ShowCode: RenewConsent follows, and its document is loaded."""
        if self._on(ShowCode):
            self._journey.report(events.RenewalBegun())

    def reached_end(self) -> None:
        """RenewConsent: the document was scrolled to its end."""
        if self._on(RenewConsent) and self.state.document is not None:
            self._reading.reached_end()
            self._put(replace(self.state, remind_to_read=False))

    def agree(self) -> None:
        """RenewConsent: agree; asks once to read to the end (`remind_to_read`)."""
        if not self._on(RenewConsent) or self._reading.ready is None or self._work.working:
            return
        if self._reading.must_remind():
            self._put(replace(self.state, remind_to_read=True))
        else:
            self._put(replace(self.state, remind_to_read=False, consent_changed=False))
            job = partial(self._renewal.renew, self._reading.ready)
            self._do(job, self._renewed, self.agree)

    def decline(self) -> None:
        """RenewConsent: RenewalDeclined follows."""
        self._report(events.Declined())

    def back(self) -> None:
        """One screen back; from RenewalDeclined that is the document again."""
        self._report(events.WentBack())

    def leave(self) -> None:
        """RenewalDeclined: to the code."""
        self._report(events.RenewalLeft())

    def retry(self) -> None:
        """Do again what `state.trouble` is about."""
        if self.state.trouble is not None and self._last is not None:
            self._last()

    def _report(self, event: events.Event) -> None:
        if self._on(RenewConsent, RenewalDeclined):
            if self._work.working:
                self._work.drop()
            self._put(replace(self.state, trouble=None))
            self._journey.report(event)

    def _read_on(self) -> None:
        if self._on(RenewConsent) and self._reading.wants(self._journey.language):
            self._load()

    def _load(self) -> None:
        lang = self._journey.language
        if not self._work.working:
            self._reading.asked(lang)
            self._do(partial(self._renewal.load, lang), self._loaded, self._load)

    def _loaded(self, outcome: outcomes.LoadedConsent) -> None:
        if isinstance(outcome, outcomes.ConsentReady):
            self._reading.loaded(outcome)
            self._put(replace(self.state, document=outcome.document, remind_to_read=False))
        else:
            self._put(replace(self.state, trouble=outcome))
        self._journey.report(outcome)
        self._read_on()

    def _renewed(self, outcome: outcomes.RenewalOutcome) -> None:
        if isinstance(outcome, outcomes.Trouble):
            self._put(replace(self.state, trouble=outcome))
        elif isinstance(outcome, outcomes.ConsentOutdated):
            self._reading.outdated()
            self._put(replace(self.state, document=None, consent_changed=True))
        self._journey.report(outcome)
        self._read_on()

    def _on_moved(self) -> None:
        if not self._on(RenewConsent, RenewalDeclined):
            self._reading = ConsentReading()
            self._last = None
            self._put(RenewalState())

    def _do(
        self, job: Callable[[], T], done: Callable[[T], None], again: Callable[[], None]
    ) -> None:
        self._last = again
        self._put(replace(self.state, trouble=None))
        self._work.run(job, done, lambda: self._put(replace(self.state, trouble=INTERNAL)))

    def _on(self, *screens: type) -> bool:
        return isinstance(self._journey.screen, screens)

    def _put(self, state: RenewalState) -> None:
        self._show(replace(state, working=self._work.working, busy=self._work.busy))
