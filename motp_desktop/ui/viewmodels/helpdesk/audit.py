"""Looking back: the audit, on the screen, as CSV and on paper."""

from dataclasses import replace
from datetime import date
from functools import partial

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.looking_back import LookingBack
from motp_desktop.services.helpdesk.offers import may_audit
from motp_desktop.services.helpdesk.ports import AuditQuery
from motp_desktop.services.helpdesk.reasons import reason_fault
from motp_desktop.ui.paper import AuditPaper, PaperUnderWay
from motp_desktop.ui.viewmodels.helpdesk.asking import Latest
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import AuditState, DayFault
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.helpdesk import AuditLines


class AuditViewModel(StaffViewModel[AuditState]):
    """Whether there is anything to see depends on the role: `may_audit`."""

    def __init__(self, desk: Desk, looking_back: LookingBack, paper: AuditPaper) -> None:
        super().__init__(desk, AuditState())
        self._looking_back = looking_back
        self._paper = paper
        self._latest = Latest(desk.runner, self._change)
        self._slow = Work(desk.slow, self._change)
        self._under_way = (self._latest, self._slow)
        self._cursor: str | None = None

    @property
    def may_audit(self) -> bool:
        """Whether the role of whoever is signed in looks at the audit and takes it away."""
        staff = self._desk.session.state.staff
        return staff is not None and may_audit(staff.role)

    def forget(self) -> None:
        """Show no line."""
        self._latest.drop()
        self._slow.drop()
        self._cursor = None
        super().forget()

    def open(self) -> None:
        """It is looked at: the newest lines, where none are there."""
        if self.state.asked is None and self.may_audit:
            self.search()

    def filter_by(self, query: AuditQuery) -> None:
        """What to search for, as far as it is typed."""
        self._change(query=query, faults=frozenset())

    def search(self) -> None:
        """Ask, from the first page on; days that are none are marked instead."""
        query = self.state.query
        faults: set[DayFault] = set()
        if not _is_day(query.since):
            faults.add("since")
        if not _is_day(query.until):
            faults.add("until")
        self._change(faults=frozenset(faults), kept=None)
        if not faults:
            self._ask(query, is_more=False)

    def more(self) -> None:
        """Ask for the page that follows; ignored while an answer is waited for."""
        asked = self.state.asked
        if asked is not None and self.state.has_more and not self._latest.working:
            self._ask(replace(asked, cursor=self._cursor), is_more=True)

    def begin_export(self) -> None:
        """Ask why the audit is to be taken away."""
        if self.may_audit:
            self._change(exporting=True, reason="", reason_fault=None, kept=None)

    def type_reason(self, reason: str) -> None:
        """Why, as far as it is typed."""
        self._change(reason=reason, reason_fault=None)

    def cancel_export(self) -> None:
        """Take nothing away."""
        self._change(exporting=False, reason="", reason_fault=None)

    def has_reason(self) -> bool:
        """Whether the reason will do; what is wrong with it is shown otherwise."""
        fault = reason_fault(self.state.reason)
        self._change(reason_fault=fault)
        return fault is None

    def export(self, path: str) -> None:
        """All that the filters find as CSV, in this file; `state.kept` follows."""
        asked = self.state.asked
        if self.may_audit and asked is not None and self.has_reason():
            job = partial(self._looking_back.export, asked, self.state.reason, path)
            self._slow.run(job, self._exported, lambda: self._exported(INTERNAL))

    def print_to(self, path: str) -> None:
        """The newest lines that the filters find as PDF, in this file; `state.kept` follows."""
        asked = self.state.asked
        if self.may_audit and asked is not None:
            job = partial(self._looking_back.collect, asked)
            done = partial(self._print, path, asked)
            self._slow.run(job, done, lambda: self._exported(INTERNAL))

    def _ask(self, query: AuditQuery, *, is_more: bool) -> None:
        self._latest.ask(
            partial(self._looking_back.audit, query),
            partial(self._found, query, is_more),
            lambda: self._failed(INTERNAL),
        )

    def _found(
        self, query: AuditQuery, is_more: bool, outcome: AuditLines | o.StaffTrouble
    ) -> None:
        if not isinstance(outcome, AuditLines):
            self._failed(outcome)
            return
        self._cursor = outcome.next
        before = self.state.lines if is_more else ()
        lines = before + tuple(outcome.lines)
        self._change(
            asked=replace(query, cursor=None),
            lines=lines,
            has_more=outcome.next is not None,
            trouble=None,
        )
        if not outcome.lines and outcome.next is not None:
            self.more()

    def _exported(self, outcome: o.Exported | o.StorageTrouble | o.StaffTrouble) -> None:
        match outcome:
            case o.Exported() | o.StorageTrouble():
                self._change(kept=outcome, exporting=False, trouble=None)
            case _:
                self._failed(outcome)

    def _print(self, path: str, query: AuditQuery, outcome: o.Collected | o.StaffTrouble) -> None:
        staff = self._desk.session.state.staff
        if not isinstance(outcome, o.Collected):
            self._failed(outcome)
        elif staff is not None:
            self._set_pages(path, self._paper.begin(query, outcome, staff.name))

    def _set_pages(self, path: str, pages: PaperUnderWay, _: None = None) -> None:
        """One page at a time: in between, the window has its turn."""
        paper = pages.set_page()
        broke = partial(self._exported, INTERNAL)
        if paper is None:
            self._slow.run(_nothing, partial(self._set_pages, path, pages), broke)
        else:
            self._slow.run(partial(self._looking_back.keep, path, paper), self._exported, broke)


def _nothing() -> None:
    pass


def _is_day(text: str) -> bool:
    """Whether this is a day, or nothing."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
