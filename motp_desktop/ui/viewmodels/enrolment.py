"""The registration, from the notice to its confirmation."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from motp_desktop.services import outcomes
from motp_desktop.services.ports import Clock
from motp_desktop.services.use_cases import Enrolment
from motp_desktop.ui import events
from motp_desktop.ui.navigation import (
    ChoosePin,
    ConsentForm,
    ConsentSummary,
    EnterPin,
    Finishing,
    ForgotPin,
    IdentityCode,
    KeyStoreProblem,
    NotOnRoster,
    PersonalDetails,
    ReplaceDevice,
)
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.code_wait import CodeWait, code_to_try, may_resend
from motp_desktop.ui.viewmodels.consent_reading import ConsentReading
from motp_desktop.ui.viewmodels.details import check_details, fold_phone
from motp_desktop.ui.viewmodels.enrolment_outcomes import (
    after_confirmed,
    after_identified,
    after_started,
)
from motp_desktop.ui.viewmodels.identity_outcomes import after_code
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.pin_chooser import PinChooser
from motp_desktop.ui.viewmodels.states import EnrolmentState, PinStage
from motp_desktop.ui.viewmodels.work import INTERNAL, Work

T = TypeVar("T")


class EnrolmentViewModel(ViewModel[EnrolmentState]):
    """The commands of Notice to Finishing. Each is ignored on a screen that it is not for."""

    def __init__(
        self, journey: Journey, runner: TaskRunner, enrolment: Enrolment, clock: Clock
    ) -> None:
        super().__init__(EnrolmentState())
        self._journey = journey
        self._runner = runner
        self._enrolment = enrolment
        self._work = Work(runner, lambda: self._put(self.state))
        self._reading = ConsentReading()
        self._pin = PinChooser()
        self._agreed_pin: str | None = None
        self._replace = self._again = False
        self._last: Callable[[], None] | None = None
        self._wait = CodeWait(clock, self.tick)
        journey.moved.connect(self._on_moved)
        journey.state_changed.connect(self._read_on)

    # Consent

    def begin(self) -> None:
        """Notice: ConsentSummary follows; the document is loaded meanwhile."""
        self._journey.report(events.Begun())

    def begin_again(self) -> None:
        """ForgotPin: a new registration; the one that is here stays until that is confirmed."""
        if self._on(ForgotPin):
            self._again = True
            self._journey.report(events.Begun())

    def agree_summary(self) -> None:
        """ConsentSummary: on to the whole document."""
        self._journey.report(events.SummaryAgreed())

    def decline(self) -> None:
        """ConsentSummary, ConsentForm: ConsentDeclined follows."""
        self._journey.report(events.Declined())

    def reconsider(self) -> None:
        """ConsentDeclined: back to ConsentSummary."""
        self._journey.report(events.Reconsidered())

    def reached_end(self) -> None:
        """ConsentForm: the document was scrolled to its end."""
        if self._on(ConsentForm) and self.state.document is not None:
            self._reading.reached_end()
            self._put(replace(self.state, remind_to_read=False))

    def agree(self) -> None:
        """ConsentForm: agree; asks once to read to the end (`remind_to_read`)."""
        if not self._on(ConsentForm) or self.state.document is None or self._work.working:
            return
        if self._reading.must_remind():
            self._put(replace(self.state, remind_to_read=True))
        else:
            self._put(replace(self.state, remind_to_read=False, consent_changed=False))
            self._journey.report(events.ConsentGiven())

    # Name and number

    def set_name(self, text: str) -> None:
        """PersonalDetails: the name as typed."""
        fields = replace(self.state.fields, name=text)
        self._put(replace(self.state, fields=fields, name_invalid=False))

    def set_phone(self, a: str, b: str, c: str) -> None:
        """PersonalDetails: the number's three boxes as typed.

        A whole number in one of them, as after pasting, is spread over all three.
        """
        fields = replace(self.state.fields, phone=fold_phone(a, b, c))
        self._put(replace(self.state, fields=fields, phone_invalid=False))

    def submit_details(self) -> None:
        """PersonalDetails: ChoosePin follows, or `name_invalid` or `phone_invalid`."""
        if not self._on(PersonalDetails):
            return
        faults = check_details(self.state.fields)
        self._put(
            replace(self.state, name_invalid=faults.name, phone_invalid=faults.phone, trouble=None)
        )
        if not (faults.name or faults.phone):
            self._forget_pin()
            self._put(replace(self.state, expired=False))
            self._journey.report(events.DetailsGiven())

    # PIN

    def pin_digit(self, digit: str) -> None:
        """ChoosePin: one more digit."""
        if self._may_type_pin():
            self._agreed_pin = None
            self._pin.digit(digit)
            self._show_pin()

    def pin_backspace(self) -> None:
        """ChoosePin: one digit less."""
        if self._may_type_pin():
            self._pin.backspace()
            self._show_pin()

    def pin_restart(self) -> None:
        """ChoosePin: choose anew."""
        if self._may_type_pin():
            self._agreed_pin = None
            self._pin.restart()
            self._show_pin()

    def submit_pin(self) -> None:
        """ChoosePin: check the choice, then that it is repeated alike, then ask for a code."""
        if not self._may_type_pin():
            return
        self._agreed_pin = self._pin.submit("".join(self.state.fields.phone))
        if self._agreed_pin is not None:
            self._start()
        if not self._work.working:
            # Otherwise the dots stay as they are until it is known what comes of it.
            self._show_pin()

    # Identity

    def submit_code(self, code: str) -> None:
        """IdentityCode: prove the number; ignored unless six digits, and once time ran out."""
        self.tick()
        digits = code_to_try(code, self.state.identity)
        if self._on(IdentityCode) and digits is not None:
            self._do(partial(self._enrolment.prove, digits), self._identified)

    def resend(self) -> None:
        """IdentityCode: send another code; ignored until `resend_in` is 0."""
        self.tick()
        if self._on(IdentityCode) and may_resend(self.state.identity):
            self._do(self._enrolment.resend, self._resent)

    def tick(self) -> None:
        """IdentityCode: count the seconds again. Its wait calls this."""
        self._put(replace(self.state, identity=self._wait.count(self.state.identity)))

    # The end

    def accept_replace(self) -> None:
        """ReplaceDevice: yes, the other registration may end."""
        if self._on(ReplaceDevice):
            self._replace = True
            self._journey.report(events.ReplacementAgreed())

    def abandon(self) -> None:
        """Any screen from IdentityCode on: give up; what was here before is looked at again."""
        if self._on(IdentityCode, NotOnRoster, ReplaceDevice, Finishing, KeyStoreProblem):
            self._work.drop()
            self._give_up()
            self.forget()
            self._journey.report(events.Abandoned())

    def forget(self) -> None:
        """Leave nothing of what was typed; the document stays."""
        self._forget_pin()
        self._again = False
        self._wait.forget()
        self._put(EnrolmentState(document=self.state.document, pin=self._pin.choice))

    def back(self) -> None:
        """One screen back; keeps what was typed, secrets excepted."""
        if self._may_type_pin() and self.state.pin.stage is PinStage.REPEAT:
            self._forget_pin()
            return
        if self._on(IdentityCode, NotOnRoster) or (self._on(ChoosePin) and self._work.working):
            self._work.drop()
            self._give_up()
        if self._on(ChoosePin, IdentityCode, NotOnRoster):
            self._forget_pin()
        self._put(replace(self.state, trouble=None))
        is_left = self._again and self._on(ConsentSummary)
        self._journey.report(events.Abandoned() if is_left else events.WentBack())

    def retry(self) -> None:
        """Do again what `state.trouble` is about."""
        if self.state.trouble is not None and self._last is not None:
            self._last()

    # What comes of it

    def _read_on(self) -> None:
        if self._on(ConsentSummary, ConsentForm) and self._reading.wants(self._journey.language):
            self._load()

    def _load(self) -> None:
        """Load the document in the language that is spoken."""
        lang = self._journey.language
        if not self._work.working:
            self._reading.asked(lang)
            self._do(partial(self._enrolment.load_consent, lang), self._loaded, self._load)

    def _loaded(self, outcome: outcomes.LoadedConsent) -> None:
        if isinstance(outcome, outcomes.ConsentReady):
            self._reading.loaded(outcome)
            self._pin = PinChooser(outcome.service.pin)
            self._put(replace(self.state, document=outcome.document, remind_to_read=False))
            self._show_pin()
        else:
            self._put(replace(self.state, trouble=outcome))
        self._journey.report(outcome)
        self._read_on()

    def _start(self) -> None:
        ready = self._reading.ready
        if ready is None or self._agreed_pin is None:
            return
        fields = self.state.fields
        form = outcomes.EnrolmentForm(fields.name, "-".join(fields.phone), self._agreed_pin)
        job = partial(self._enrolment.start, form, ready, self._journey.language)
        self._do(job, self._started, self._start)

    def _started(self, outcome: outcomes.Started) -> None:
        if isinstance(outcome, outcomes.Trouble):
            self._show_pin()
        else:
            self._forget_pin()
        match outcome:
            case outcomes.CodeSent():
                self._await_code(outcome, resent=False)
            case outcomes.InvalidForm(pin=fault):
                self._pin.restart(fault=fault)
                self._show_pin()
            case outcomes.ConsentOutdated():
                self._reading.outdated()
            case _:
                pass
        self._put(after_started(self.state, outcome))
        self._journey.report(outcome)

    def _resent(self, outcome: outcomes.Resent) -> None:
        if isinstance(outcome, outcomes.CodeSent):
            self._await_code(outcome, resent=True)
        self._put(after_code(self.state, outcome))
        self._journey.report(outcome)

    def _identified(self, outcome: outcomes.Identified) -> None:
        self._replace = False
        if isinstance(outcome, outcomes.IdentityCodeExpired):
            self._wait.expire()
        self._put(after_identified(self.state, outcome))
        self._journey.report(outcome)

    def _confirm(self) -> None:
        self._do(partial(self._enrolment.confirm, replace=self._replace), self._confirmed)

    def _confirmed(self, outcome: outcomes.Confirmed) -> None:
        match outcome:
            case outcomes.Enrolled() | outcomes.Ended():
                self.forget()
            case outcomes.MustReplace():
                self._replace = False
            case outcomes.EnrolmentExpired():
                self._give_up()
            case _:
                pass
        self._put(after_confirmed(self.state, outcome))
        self._journey.report(outcome)

    def _on_moved(self) -> None:
        self._wait.watch(on=self._on(IdentityCode))
        if self._on(ConsentSummary, ConsentForm) and self.state.document is None:
            self._load()
        elif self._on(Finishing):
            self._confirm()
        elif self._on(EnterPin):
            self.forget()
        elif self._on(ChoosePin, IdentityCode) and isinstance(
            self.state.trouble, outcomes.KeyStoreTrouble
        ):
            self.retry()  # the key store was mended; what it stopped goes on

    # Helpers

    def _do(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        again: Callable[[], None] | None = None,
    ) -> None:
        """Run a job; `again` is what `retry` does where it meets trouble: by default the same."""
        if self._work.working:
            return
        self._last = again or partial(self._do, job, done)
        self._put(replace(self.state, trouble=None))
        self._work.run(job, done, self._broke)

    def _broke(self) -> None:
        self._put(replace(self.state, trouble=INTERNAL, pin=self._pin.choice))

    def _give_up(self) -> None:
        """Nothing of the enrolment may go on behind the person's back."""
        self._runner.submit(self._enrolment.abandon, _ignore, always=True)

    def _await_code(self, sent: outcomes.CodeSent, *, resent: bool) -> None:
        self._put(replace(self.state, identity=self._wait.begin(sent, resent=resent)))

    def _on(self, *screens: type) -> bool:
        return isinstance(self._journey.screen, screens)

    def _may_type_pin(self) -> bool:
        return self._on(ChoosePin) and not self._work.working

    def _show_pin(self) -> None:
        self._put(replace(self.state, pin=self._pin.choice))

    def _forget_pin(self) -> None:
        self._agreed_pin = None
        self._last = None
        self._pin.restart()
        self._show_pin()

    def _put(self, state: EnrolmentState) -> None:
        self._show(replace(state, working=self._work.working, busy=self._work.busy))


def _ignore(_: object) -> None:
    """Nothing is to be shown of it."""
