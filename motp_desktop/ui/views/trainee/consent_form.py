"""Registration 1 / 4: the whole document."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.document_view import DocumentView
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.step_header import StepHeader
from motp_protocol.consent import ConsentDocument

translate = QCoreApplication.translate


class ConsentFormView(Page):
    """The document in its own scroll area; agreeing asks once to read to its end."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self._enrolment = enrolment
        self._shown: ConsentDocument | None = None
        self.on_back = enrolment.back
        self.column.addWidget(StepHeader(1, 4, enrolment.back))
        self._title = self.add_title(translate("ConsentForm", "동의서를 읽어 주세요."))
        self._changed = Banner()
        self._trouble = Banner(translate("ConsentForm", "다시 시도"), enrolment.retry)
        self._document = DocumentView()
        self._document.reached_end.connect(enrolment.reached_end)
        self._reminder = ErrorLine()
        self.column.addWidget(self._changed)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._document, 1)
        self.footer.addWidget(self._reminder)
        self.add_primary(translate("ConsentForm", "동의함"), enrolment.agree)
        self.add_action(TextButton(translate("ConsentForm", "동의하지 않음"), enrolment.decline))
        enrolment.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The document, so that arrow keys scroll it."""
        return self._document

    def refresh(self) -> None:
        """The document, and the reminder to read it."""
        state = self._enrolment.state
        self._trouble.say(trouble_message(state.trouble))
        reminder = translate("ConsentForm", "끝까지 읽어 주세요.")
        self._reminder.say(reminder if state.remind_to_read else "")
        waiting = translate("ConsentForm", "동의서를 불러오고 있어요.")
        self.busy.say(waiting if state.busy else "")
        self._changed.say(_changed() if state.consent_changed else None)
        if state.document is not None and state.document != self._shown:
            self._show(state.document)

    def _show(self, document: ConsentDocument) -> None:
        if self._shown is not None:
            self._document.clear()
        self._shown = document
        view = self._document
        view.set_title(document.title)
        view.add_highlight(translate("ConsentForm", "보유·이용 기간"), document.retention)
        view.add_highlight(translate("ConsentForm", "제공받는 자"), document.recipients)
        view.set_text(document.text)


def _changed() -> Message:
    return Message(
        Level.INFO,
        translate("ConsentForm", "동의서가 바뀌었습니다."),
        translate(
            "ConsentForm", "새 동의서를 읽고 다시 동의해 주세요. 입력한 내용은 그대로 있어요."
        ),
    )
