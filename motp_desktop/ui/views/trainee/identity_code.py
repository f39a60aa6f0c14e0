"""Registration 4 / 4: the code from the text message."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.views.trainee.code_page import CodePage, Leaving
from motp_desktop.ui.widgets.step_header import StepHeader

translate = QCoreApplication.translate


class IdentityCodeView(CodePage):
    """The code proves that the person holds the telephone."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        leaving = Leaving(translate("IdentityCode", "등록 그만두기"), enrolment.abandon)
        super().__init__(enrolment, StepHeader(4, 4, enrolment.back), leaving)
