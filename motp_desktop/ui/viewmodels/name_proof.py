"""본인 명의 확인: the carrier proves that the number is in the trainee's own name."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from motp_desktop.services import outcomes
from motp_desktop.services.ports import Clock
from motp_desktop.services.use_cases import NameProof
from motp_desktop.ui import events
from motp_desktop.ui.navigation import (
    EnterPin,
    NameCode,
    NameDone,
    ProveName,
    ShowCode,
    open_status,
)
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.code_wait import CodeWait, code_to_try, may_resend
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.name_proof_outcomes import after_asked, after_confirmed
from motp_desktop.ui.viewmodels.states import NameFields, NameProofState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.fields import Carrier

T = TypeVar("T")


class NameProofViewModel(ViewModel[NameProofState]):
    """The commands of ProveName to NameDone. Each is ignored on a screen that it is not for.

    What was typed is forgotten once the name is proven or the registration locks; a code that
    is on its way is remembered, so that whoever was locked out meanwhile can still type it.
    """

    def __init__(
        self, journey: Journey, runner: TaskRunner, proof: NameProof, clock: Clock
    ) -> None:
        super().__init__(NameProofState())
        self._journey = journey
        self._proof = proof
        self._work = Work(runner, lambda: self._put(self.state))
        self._last: Callable[[], None] | None = None
        self._wait = CodeWait(clock, self.tick)
        journey.moved.connect(self._on_moved)

    def begin(self) -> None:
        """ShowCode: ProveName follows, or NameCode where a code is on its way."""
        if self._on(ShowCode):
            self.tick()
            identity = self.state.identity
            is_waiting = identity is not None and identity.seconds_left > 0
            self._journey.report(events.NameProofBegun(is_waiting))

    # ProveName

    def set_carrier(self, carrier: Carrier) -> None:
        """ProveName: whose customer the person is."""
        self._type(replace(self.state.fields, carrier=carrier))

    def set_birth(self, birth: str, sex: str) -> None:
        """ProveName: the birth date and the digit after it, as typed."""
        self._type(replace(self.state.fields, birth=birth, sex=sex))

    def submit_details(self) -> None:
        """ProveName: have a code sent; NameCode follows, or what is wrong."""
        if self._on(ProveName):
            fields = self.state.fields
            details = outcomes.NameDetails(fields.carrier, fields.birth, fields.sex)
            self._put(replace(self.state, mismatch=False, expired=False))
            self._do(partial(self._proof.ask, details), self._asked, self.submit_details)

    # NameCode

    def submit_code(self, code: str) -> None:
        """NameCode: prove it; ignored unless six digits, and once time ran out."""
        self.tick()
        digits = code_to_try(code, self.state.identity)
        if self._on(NameCode) and digits is not None:
            self._do(partial(self._proof.confirm, digits), self._confirmed)

    def resend(self) -> None:
        """NameCode: send the code again; ignored until `resend_in` is 0."""
        self.tick()
        if self._on(NameCode) and may_resend(self.state.identity):
            self._do(self._proof.resend, self._resent)

    def tick(self) -> None:
        """NameCode: count the seconds again. Its wait calls this."""
        self._put(replace(self.state, identity=self._wait.count(self.state.identity)))

    # Any of them

    def back(self) -> None:
        """One screen back; what is under way goes on at the verifier, without effect here."""
        if self._on(ProveName, NameCode):
            if self._work.working:
                self._work.drop()
            self._put(replace(self.state, trouble=None))
            self._journey.report(events.WentBack())

    def finish(self) -> None:
        """NameDone: back to the code."""
        self._journey.report(events.NameProofLeft())

    def retry(self) -> None:
        """Do again what `state.trouble` is about."""
        if self.state.trouble is not None and self._last is not None:
            self._last()

    # What comes of it

    def _asked(self, outcome: outcomes.NameAsked) -> None:
        if isinstance(outcome, outcomes.CodeSent):
            self._await_code(outcome, resent=False)
        self._put(after_asked(self.state, outcome))
        self._journey.report(outcome)

    def _resent(self, outcome: outcomes.NameSent) -> None:
        if isinstance(outcome, outcomes.CodeSent):
            self._await_code(outcome, resent=True)
        self._put(after_asked(self.state, outcome))
        self._journey.report(outcome)

    def _confirmed(self, outcome: outcomes.NameConfirmed) -> None:
        if isinstance(outcome, outcomes.IdentityCodeExpired):
            self._wait.expire()
        self._put(after_confirmed(self.state, outcome))
        self._journey.report(outcome)

    def _on_moved(self) -> None:
        self._wait.watch(on=self._on(NameCode))
        if self._on(EnterPin):
            self._put(replace(self.state, fields=NameFields(), mismatch=False, expired=False))
        elif self._on(NameDone) or open_status(self._journey.screen) is None:
            self._wait.forget()
            self._last = None
            self._put(NameProofState())

    # Helpers

    def _type(self, fields: NameFields) -> None:
        if self._on(ProveName) and not self._work.working and fields != self.state.fields:
            faults = outcomes.InvalidNameDetails()
            self._put(replace(self.state, fields=fields, faults=faults))

    def _do(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        again: Callable[[], None] | None = None,
    ) -> None:
        if self._work.working:
            return
        self._last = again or partial(self._do, job, done)
        self._put(replace(self.state, trouble=None))
        self._work.run(job, done, lambda: self._put(replace(self.state, trouble=INTERNAL)))

    def _await_code(self, sent: outcomes.CodeSent, *, resent: bool) -> None:
        self._put(replace(self.state, identity=self._wait.begin(sent, resent=resent)))

    def _on(self, *screens: type) -> bool:
        return isinstance(self._journey.screen, screens)

    def _put(self, state: NameProofState) -> None:
        self._show(replace(state, working=self._work.working, busy=self._work.busy))
