"""The status of this PC, its signed form, the log and the report."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from motp_desktop.services import outcomes
from motp_desktop.services.device_facts import DeviceStatus, StatusSign
from motp_desktop.services.use_cases import Diagnostics, StatusDesk, Sync
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.aside_states import OVER_ALL, Aside, StatusState
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.work import INTERNAL, Work

T = TypeVar("T")


class StatusViewModel(ViewModel[StatusState]):
    """The commands of the asides STATUS, SIGN and LOG."""

    def __init__(
        self,
        journey: Journey,
        runner: TaskRunner,
        desk: StatusDesk,
        sync: Sync,
        diagnostics: Diagnostics,
    ) -> None:
        super().__init__(StatusState())
        self._journey = journey
        self._desk = desk
        self._sync = sync
        self._diagnostics = diagnostics
        self._work = Work(runner, self._refresh)
        self._shown: Aside | None = None
        journey.state_changed.connect(self._on_aside)

    def open(self) -> None:
        """From the menu: the status follows."""
        self._journey.show_aside(Aside.STATUS)

    def ask_verifier(self) -> None:
        """STATUS: ask the verifier what it knows, then look again."""
        if self._shown is Aside.STATUS:
            self._run(self._sync.sync, self._heard)

    def show_sign(self) -> None:
        """STATUS: the signed status as a QR code; SIGN: a fresh one."""
        self._journey.show_aside(Aside.SIGN)
        self._run(self._desk.sign, self._signed)

    def show_log(self) -> None:
        """STATUS: the log."""
        self._journey.show_aside(Aside.LOG)

    def save_report(self, path: str) -> None:
        """STATUS: keep a report there; `state.saved` or `state.not_saved` follows."""
        self._run(partial(self._diagnostics.save, path), partial(self._kept, path))

    def _on_aside(self) -> None:
        aside = self._journey.state.aside
        if aside is self._shown or aside in OVER_ALL:
            return
        self._shown = aside
        match aside:
            case Aside.STATUS:
                self._show(StatusState(status=self.state.status))
                self._run(self._desk.look, self._looked)
            case Aside.LOG:
                self._run(self._diagnostics.log, self._read)
            case None:
                self._show(StatusState())
            case _:
                pass

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._work.run(job, done, lambda: self._change(trouble=INTERNAL))

    def _heard(self, outcome: outcomes.SyncOutcome) -> None:
        trouble = outcome if isinstance(outcome, outcomes.Trouble) else None
        self._change(trouble=trouble)
        self._journey.report(outcome)
        self._run(self._desk.look, self._looked)

    def _looked(self, status: DeviceStatus) -> None:
        self._change(status=status)

    def _signed(self, sign: StatusSign | None) -> None:
        self._change(token=sign.token if sign is not None else "")

    def _read(self, lines: list[str]) -> None:
        self._change(log=tuple(lines))

    def _kept(self, path: str, is_kept: bool) -> None:
        self._change(saved=path if is_kept else "", not_saved="" if is_kept else path)

    def _change(self, **what: object) -> None:
        changed = replace(self.state, **what)  # type: ignore[arg-type]
        self._show(replace(changed, working=self._work.working, busy=self._work.busy))

    def _refresh(self) -> None:
        self._change()
