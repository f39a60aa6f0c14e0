"""Checking what a trainee's device shows: its QR code in a picture, or its short code."""

from functools import partial

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import Picture
from motp_desktop.services.helpdesk.status_check import StatusCheck, is_short_code
from motp_desktop.ui.viewmodels.helpdesk.asking import Latest
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import CheckState
from motp_desktop.ui.viewmodels.work import INTERNAL
from motp_protocol.helpdesk import StatusTokenRead


class StatusCheckViewModel(StaffViewModel[CheckState]):
    """The view takes the picture: from a file, the clipboard or the screen."""

    def __init__(self, desk: Desk, check: StatusCheck) -> None:
        super().__init__(desk, CheckState())
        self._check = check
        self._latest = Latest(desk.runner, self._change)
        self._under_way = (self._latest,)

    def forget(self) -> None:
        """Show nothing of any device."""
        self._latest.drop()
        super().forget()

    def read_picture(self, picture: Picture | None) -> None:
        """Look for a status in it; None: there was no picture."""
        if picture is None:
            self._show(CheckState(code=self.state.code, found=o.NoStatusFound("none")))
            return
        self._show(CheckState(code=self.state.code))
        job = partial(self._check.read_picture, picture)
        self._latest.ask(job, self._heard, lambda: self._heard(INTERNAL))

    def type_code(self, code: str) -> None:
        """The short code that the trainee reads out, as far as it is typed."""
        self._change(code=code, code_invalid=False)

    def read_code(self) -> None:
        """Ask whose it is."""
        code = self.state.code
        if not is_short_code(code):
            self._change(code_invalid=True)
            return
        self._show(CheckState(code=code))
        job = partial(self._check.read_code, code, None)
        self._latest.ask(job, self._heard, lambda: self._heard(INTERNAL))

    def _heard(self, outcome: StatusTokenRead | o.NoStatusFound | o.StaffTrouble) -> None:
        match outcome:
            case StatusTokenRead():
                self._change(read=outcome)
            case o.NoStatusFound():
                self._change(found=outcome)
            case _:
                self._failed(outcome)
