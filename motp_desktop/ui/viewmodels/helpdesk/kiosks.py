"""The kiosks, and locking one of them: asked for in the page, with a reason."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.kiosks import StaffedKiosks
from motp_desktop.services.helpdesk.offers import kiosk_obstacle
from motp_desktop.services.helpdesk.reasons import reason_fault
from motp_desktop.ui.viewmodels.helpdesk.asking import Latest
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import KioskAsking, KiosksState
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol import helpdesk as m

AGAIN_MS = 30_000
"""Kiosks report every minute, and no event tells of it: they are read so often."""


class KiosksViewModel(StaffViewModel[KiosksState]):
    """Follows the kiosks while they are looked at."""

    def __init__(self, desk: Desk, kiosks: StaffedKiosks) -> None:
        super().__init__(desk, KiosksState())
        self._kiosks = kiosks
        self._latest = Latest(desk.runner, self._change)
        self._work = Work(desk.runner, self._change)
        self._under_way = (self._latest, self._work)
        self.again = QTimer(self, interval=AGAIN_MS)
        self.again.timeout.connect(self.look)

    def forget(self) -> None:
        """Show none, and ask nothing."""
        self.again.stop()
        self._latest.drop()
        super().forget()

    def open(self) -> None:
        """They are looked at."""
        self.again.start()
        self.look()

    def leave(self) -> None:
        """They are looked at no more; a question that was put is given up."""
        self.again.stop()
        self._change(asking=None, done=None)

    def look(self) -> None:
        """Ask again; what is shown stays meanwhile."""
        self._latest.ask(self._kiosks.all, self._seen, lambda: self._seen(INTERNAL))

    def choose(self, kiosk_id: str) -> None:
        """Show more of this one; ignored while something is done to another."""
        if kiosk_id != self.state.chosen and not self._work.working:
            self._change(chosen=kiosk_id, asking=None, done=None, trouble=None)

    def ask(self, action: m.KioskAction) -> None:
        """Ask why the chosen one is to be locked or unlocked; ignored where it cannot be."""
        kiosk, staff = self.state.kiosk, self._desk.session.state.staff
        if kiosk is None or staff is None or kiosk_obstacle(action, staff.role, kiosk) is not None:
            return
        self._change(asking=KioskAsking(action, kiosk.kiosk_id), done=None, trouble=None)

    def type_reason(self, reason: str) -> None:
        """Why, as far as it is typed."""
        self._ask_on(reason=reason, fault=None)

    def cancel(self) -> None:
        """Do nothing; ignored while it is being done."""
        if not self._work.working:
            self._change(asking=None, trouble=None)

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
        job = partial(self._kiosks.act, asking.kiosk_id, asking.action, asking.reason)
        self._work.run(job, partial(self._did, asking), lambda: self._change(trouble=INTERNAL))

    def _did(self, asking: KioskAsking, outcome: m.StaffKiosk | o.StaffTrouble) -> None:
        if not isinstance(outcome, m.StaffKiosk):
            self._failed(outcome)
            if isinstance(outcome, o.NotPossible | o.Gone):
                self.look()
            return
        if self.state.kiosks is None:
            return  # forgotten meanwhile
        kiosks = tuple(
            outcome if each.kiosk_id == outcome.kiosk_id else each for each in self.state.kiosks
        )
        self._change(kiosks=kiosks, asking=None, done=asking.action)
        self.look()

    def _seen(self, outcome: m.StaffKiosks | o.StaffTrouble) -> None:
        if not isinstance(outcome, m.StaffKiosks):
            self._failed(outcome)
            return
        kiosks = tuple(outcome.kiosks)
        known = {each.kiosk_id for each in kiosks}
        chosen = self.state.chosen if self.state.chosen in known else None
        asking = self.state.asking if chosen is not None else None
        # What went wrong with an action stands until that is tried again.
        trouble = self.state.trouble if asking is not None else None
        self._change(
            kiosks=kiosks, time=outcome.time, chosen=chosen, asking=asking, trouble=trouble
        )

    def _ask_on(self, **what: object) -> None:
        if self.state.asking is not None and not self._work.working:
            self._change(asking=replace(self.state.asking, **what))  # type: ignore[arg-type]
