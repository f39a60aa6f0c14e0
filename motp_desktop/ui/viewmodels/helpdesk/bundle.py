"""All view models of the console, for its views to bind to."""

from dataclasses import dataclass

from motp_desktop.ui.viewmodels.helpdesk.actions import ActionsViewModel
from motp_desktop.ui.viewmodels.helpdesk.audit import AuditViewModel
from motp_desktop.ui.viewmodels.helpdesk.board import BoardViewModel
from motp_desktop.ui.viewmodels.helpdesk.console import ConsoleViewModel
from motp_desktop.ui.viewmodels.helpdesk.kiosks import KiosksViewModel
from motp_desktop.ui.viewmodels.helpdesk.person import PersonViewModel
from motp_desktop.ui.viewmodels.helpdesk.search import SearchViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel
from motp_desktop.ui.viewmodels.helpdesk.status_check import StatusCheckViewModel


@dataclass(frozen=True, slots=True)
class ConsoleModels:
    """One of each."""

    console: ConsoleViewModel
    session: SessionViewModel
    search: SearchViewModel
    person: PersonViewModel
    actions: ActionsViewModel
    check: StatusCheckViewModel
    board: BoardViewModel
    audit: AuditViewModel
    kiosks: KiosksViewModel
