"""What staff do for a trainee: each thing is asked for in the page, with a reason."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias, TypeVar

from PySide6.QtCore import Qt, QTimer

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.offers import action_obstacle, bypass_obstacle
from motp_desktop.services.helpdesk.people import People
from motp_desktop.services.helpdesk.reasons import reason_fault
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.person import PersonViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import (
    ActionsState,
    Asking,
    BypassShown,
    Done,
)
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol import helpdesk as m
from motp_protocol.encoding import parse_time
from motp_protocol.fields import Occasion

T = TypeVar("T")
Outcome: TypeAlias = m.StaffRegistration | m.BypassCode | m.PersonShown | o.StaffTrouble

TICK_MS = 1_000


class ActionsViewModel(StaffViewModel[ActionsState]):
    """One question at a time; it is put, answered and confirmed in the person's page."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        person: PersonViewModel,
        verifier_now: Callable[[], int],
    ) -> None:
        super().__init__(desk, ActionsState())
        self._people = people
        self._person = person
        self._verifier_now = verifier_now
        self._work = Work(desk.runner, self._change)
        self._under_way = (self._work,)
        self._trainee_id: str | None = None
        self._bypass_ends_ms = 0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.tick)
        person.state_changed.connect(self._on_person)

    def forget(self) -> None:
        """Ask nothing, and show no code."""
        self._timer.stop()
        super().forget()

    def ask(self, action: m.StaffAction, registration_id: str, reason: str = "") -> None:
        """Ask why this is to be done; ignored where it is not possible."""
        page, staff = self._person.state.page, self._desk.session.state.staff
        registration = _registration(page, registration_id)
        if page is None or staff is None or registration is None:
            return
        if action_obstacle(action, staff.role, registration) is None:
            label = f"{registration.label} · {registration.short_code}"
            asking = Asking(action, page.trainee_id, registration_id, label, reason)
            self._change(asking=asking, done=None, trouble=None)

    def ask_bypass(self) -> None:
        """Ask for whom and why there is to be a code in place of the app's."""
        page, staff = self._person.state.page, self._desk.session.state.staff
        if page is None or staff is None or bypass_obstacle(staff.role, page) is not None:
            return
        choices = tuple((each.institution_id, each.name) for each in page.institutions)
        self._change(
            asking=Asking("bypass", page.trainee_id, institutions=choices),
            done=None,
            trouble=None,
        )

    def ask_person(self) -> None:
        """Ask why name and number are to be shown in full."""
        page = self._person.state.page
        if page is not None:
            self._change(asking=Asking("reveal", page.trainee_id), done=None, trouble=None)

    def type_reason(self, reason: str) -> None:
        """Why, as far as it is typed."""
        self._ask_on(reason=reason, fault=None)

    def choose_institution(self, number: int) -> None:
        """For which institution a bypass code holds, counted from 0."""
        self._ask_on(institution=number)

    def choose_occasion(self, occasion: Occasion) -> None:
        """For what a bypass code holds."""
        self._ask_on(occasion=occasion)

    def cancel(self) -> None:
        """Do nothing; ignored while it is being done."""
        if not self._work.working:
            self._change(asking=None, trouble=None)

    def undo(self) -> None:
        """Ask to take back what was done last; its reason is offered again."""
        done = self.state.done
        if done is not None and done.can_undo:
            self.ask("resume", done.registration_id, done.reason)

    def put_away(self) -> None:
        """Tell no more of what was done; hide a bypass code, which goes on to hold."""
        self._timer.stop()
        self._change(done=None, bypass=None, bypass_over=False)

    def confirm(self) -> None:
        """Do what is asked, unless the reason is no good."""
        asking = self.state.asking
        if asking is None:
            return
        fault = reason_fault(asking.reason)
        if fault is not None:
            self._ask_on(fault=fault)
            return
        self._change(trouble=None)
        self._work.run(self._job(asking), partial(self._did, asking), self._broke)

    def tick(self) -> None:
        """Count a bypass code down, and hide it when it is over. Its own timer calls this."""
        bypass = self.state.bypass
        if bypass is None:
            self._timer.stop()
            return
        left = -(-(self._bypass_ends_ms - self._verifier_now()) // 1000)
        if left <= 0:
            self._timer.stop()
            self._change(bypass=None, bypass_over=True)
        else:
            self._change(bypass=replace(bypass, seconds_left=left))

    def _job(self, asking: Asking) -> Callable[[], Outcome]:
        match asking.kind:
            case "reveal":
                return partial(self._people.reveal, asking.trainee_id, asking.reason)
            case "bypass":
                institution_id, _ = asking.institutions[asking.institution]
                return partial(
                    self._people.bypass,
                    asking.trainee_id,
                    institution_id,
                    asking.occasion,
                    asking.reason,
                )
            case action:
                return partial(self._people.act, asking.registration_id, action, asking.reason)

    def _did(self, asking: Asking, outcome: Outcome) -> None:
        if asking.trainee_id != self._trainee_id:
            # Another person is looked at by now: what was for the one before is not theirs.
            if not self._is_over(outcome):
                self._change()
            return
        match outcome:
            case m.PersonShown():
                self._change(asking=None)
                self._person.show_person(outcome)
            case m.BypassCode():
                self._show_bypass(asking, outcome)
            case m.StaffRegistration():
                self._change(asking=None, done=_done(asking))
            case _:
                self._failed(outcome)
                return
        self._person.look()

    def _show_bypass(self, asking: Asking, code: m.BypassCode) -> None:
        self._bypass_ends_ms = parse_time(code.expires_at)
        _, institution = asking.institutions[asking.institution]
        shown = BypassShown(code.code, institution, asking.occasion, 0)
        self._change(asking=None, bypass=shown, bypass_over=False)
        self._timer.start()
        self.tick()

    def _failed(self, trouble: o.StaffTrouble) -> None:
        super()._failed(trouble)
        if isinstance(trouble, o.NotPossible | o.Gone):
            self._person.look()

    def _broke(self) -> None:
        self._change(trouble=INTERNAL)

    def _on_person(self) -> None:
        """Another person: nothing of this one's stays."""
        if self._person.state.trainee_id != self._trainee_id:
            self._trainee_id = self._person.state.trainee_id
            self.forget()

    def _ask_on(self, **what: object) -> None:
        if self.state.asking is not None and not self._work.working:
            self._change(asking=replace(self.state.asking, **what))  # type: ignore[arg-type]


def _done(asking: Asking) -> Done | None:
    if asking.kind == "bypass" or asking.kind == "reveal":  # noqa: PLR1714 - narrows the type
        return None
    return Done(asking.kind, asking.registration_id, asking.label, asking.reason)


def _registration(page: m.TraineePage | None, registration_id: str) -> m.StaffRegistration | None:
    found = page.registrations if page is not None else []
    return next((each for each in found if each.registration_id == registration_id), None)
