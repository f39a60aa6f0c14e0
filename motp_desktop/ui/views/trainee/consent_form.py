"""Registration 1 / 4: the whole document."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.views.trainee.consent_page import ConsentPage
from motp_desktop.ui.widgets.step_header import StepHeader

translate = QCoreApplication.translate


class ConsentFormView(ConsentPage):
    """The document that a registration begins with."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        title = translate("ConsentForm", "동의서를 읽어 주세요.")
        super().__init__(enrolment, StepHeader(1, 4, enrolment.back), title, _changed())


def _changed() -> Message:
    return Message(
        Level.INFO,
        translate("ConsentForm", "동의서가 바뀌었습니다."),
        translate(
            "ConsentForm", "새 동의서를 읽고 다시 동의해 주세요. 입력한 내용은 그대로 있어요."
        ),
    )
