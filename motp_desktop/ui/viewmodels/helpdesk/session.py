"""Signing in, the setup of a first sign-in, and how a session ends."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.entrance import Entrance
from motp_desktop.services.ports import Clock
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import (
    Ended,
    SessionState,
    SignInFault,
    SignInTrouble,
    Stage,
)
from motp_desktop.ui.viewmodels.work import INTERNAL, Work

IDLE_MS = 15 * 60_000
WARNING_MS = 60_000
"""So long before the idle end it is told, and one key puts it off (WCAG 2.2.1)."""
TICK_MS = 1_000
SHORTEST_PASSWORD = 12
"""NIST SP 800-63B-4 §3.1.1.2 asks for no other rule."""
_CODE_DIGITS = 6


class SessionViewModel(ViewModel[SessionState]):
    """Everything else forgets what it shows when `closed` is emitted."""

    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        entrance: Entrance,
        clock: Clock,
        verifier_now: Callable[[], int],
    ) -> None:
        """`verifier_now` is the verifier's time, in milliseconds since 1970."""
        super().__init__(SessionState())
        self._runner = runner
        self._entrance = entrance
        self._clock = clock
        self._verifier_now = verifier_now
        self._work = Work(runner, self._refresh)
        self._touched_at = clock.elapsed_ms()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.tick)

    def sign_in(self, name: str, password: str, code: str) -> None:
        """SIGN_IN: an empty code where none was ever set."""
        faults: set[SignInFault] = set()
        if not name.strip():
            faults.add("name")
        if not password:
            faults.add("password")
        if code and not _is_code(code):
            faults.add("code")
        self._change(faults=frozenset(faults), trouble=None)
        if not faults and self.state.stage is Stage.SIGN_IN:
            job = partial(self._entrance.sign_in, name.strip(), password, code)
            self._work.run(job, self._heard, lambda: self._heard(INTERNAL))

    def finish_setup(self, code: str, password: str, repeated: str) -> None:
        """SETUP: the code of the new second factor, and a new password twice."""
        faults: set[SignInFault] = set()
        if not _is_code(code):
            faults.add("code")
        if len(password) < SHORTEST_PASSWORD:
            faults.add("new-password")
        elif password != repeated:
            faults.add("repeated")
        self._change(faults=frozenset(faults), trouble=None)
        if not faults and self.state.stage is Stage.SETUP:
            job = partial(self._entrance.finish_setup, code, password)
            self._work.run(job, self._heard, lambda: self._heard(INTERNAL))

    def leave_setup(self) -> None:
        """SETUP: back to the name and the password."""
        if self.state.stage is Stage.SETUP:
            self._work.drop()
            self._show(SessionState())

    def sign_out(self) -> None:
        """OPEN: end the session."""
        self.end("signed-out")

    def check(self) -> None:
        """OPEN: ask whether the session still holds."""
        if self.state.stage is Stage.OPEN:
            self._runner.submit(self._entrance.look, self._looked)

    def end(self, why: Ended) -> None:
        """OPEN: forget the session, here at once and then on the verifier."""
        if self.state.stage is not Stage.OPEN:
            return
        self._timer.stop()
        self._runner.bump_epoch()
        self._show(SessionState(ended=why))
        self._runner.submit(self._entrance.sign_out, lambda _: None, always=True)
        self.closed.emit()

    def touch(self) -> None:
        """Somebody is there: the idle end is put off."""
        self._touched_at = self._clock.elapsed_ms()
        if self.state.leaving_soon:
            self._change(leaving_soon=False)

    def tick(self) -> None:
        """Look at the clock. Its own timer calls this."""
        staff = self.state.staff
        if self.state.stage is not Stage.OPEN or staff is None:
            return
        idle_left = IDLE_MS - (self._clock.elapsed_ms() - self._touched_at)
        if idle_left <= 0:
            self.end("idle")
        elif self._verifier_now() >= staff.ends_ms:
            self.end("over")
        else:
            self._change(leaving_soon=idle_left <= WARNING_MS)

    def _heard(self, outcome: o.SignedIn | o.SetupNeeded | SignInTrouble) -> None:
        match outcome:
            case o.SignedIn():
                self._touched_at = self._clock.elapsed_ms()
                self._show(SessionState(stage=Stage.OPEN, staff=outcome))
                self._timer.start()
                self.opened.emit()
            case o.SetupNeeded():
                self._show(SessionState(stage=Stage.SETUP, setup=outcome))
            case o.SetupOver():
                self._show(SessionState(trouble=outcome))
            case _:
                self._change(trouble=outcome, ended=None)

    def _looked(self, outcome: o.SignedIn | o.StaffTrouble) -> None:
        if isinstance(outcome, o.SessionOver):
            self.end("over")

    def _change(self, **what: object) -> None:
        self._show(replace(self.state, **what))  # type: ignore[arg-type]
        self._refresh()

    def _refresh(self) -> None:
        self._show(replace(self.state, working=self._work.working, busy=self._work.busy))


def _is_code(text: str) -> bool:
    return len(text) == _CODE_DIGITS and text.isascii() and text.isdigit()
