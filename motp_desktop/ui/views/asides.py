"""Which view shows which aside."""

from typing import assert_never

from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_desktop.ui.viewmodels.bundle import ViewModels
from motp_desktop.ui.views.aside.approval import ApprovalView
from motp_desktop.ui.views.aside.approval_ended import ApprovalEndedView
from motp_desktop.ui.views.aside.log import LogView
from motp_desktop.ui.views.aside.settings import SettingsView
from motp_desktop.ui.views.aside.sign import SignView
from motp_desktop.ui.views.aside.status import StatusView
from motp_desktop.ui.widgets.page import Page


def view_of_aside(aside: Aside, models: ViewModels) -> Page:
    """A new view for this aside."""
    match aside:
        case Aside.STATUS:
            return StatusView(models.status, models.app.leave_aside)
        case Aside.SIGN:
            return SignView(models.status, models.app.leave_aside)
        case Aside.LOG:
            return LogView(models.status, models.app.leave_aside)
        case Aside.SETTINGS:
            return SettingsView(models.settings, models.session_start)
        case Aside.APPROVAL:
            return ApprovalView(models.approval)
        case Aside.APPROVAL_ENDED:
            return ApprovalEndedView(models.approval)
        case _:
            assert_never(aside)
