"""All view models of a window, for the views to bind to."""

from dataclasses import dataclass

from motp_desktop.ui.viewmodels.app import AppViewModel
from motp_desktop.ui.viewmodels.approval import ApprovalViewModel
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.consent_renewal import ConsentRenewalViewModel
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.guide import GuideViewModel
from motp_desktop.ui.viewmodels.links import LinkViewModel
from motp_desktop.ui.viewmodels.name_proof import NameProofViewModel
from motp_desktop.ui.viewmodels.pin_change import PinChangeViewModel
from motp_desktop.ui.viewmodels.records import RecordsViewModel
from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.viewmodels.session_start import SessionStartViewModel
from motp_desktop.ui.viewmodels.settings import SettingsViewModel
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.viewmodels.status import StatusViewModel
from motp_desktop.ui.viewmodels.unlock import UnlockViewModel


@dataclass(frozen=True, slots=True)
class ViewModels:
    """One of each. They share a journey and a task runner."""

    app: AppViewModel
    start: StartViewModel
    enrolment: EnrolmentViewModel
    unlock: UnlockViewModel
    code: CodeViewModel
    name_proof: NameProofViewModel
    pin_change: PinChangeViewModel
    renewal: ConsentRenewalViewModel
    guide: GuideViewModel
    records: RecordsViewModel
    reset: ResetViewModel
    status: StatusViewModel
    settings: SettingsViewModel
    links: LinkViewModel
    approval: ApprovalViewModel
    session_start: SessionStartViewModel
