"""개인정보 수집·이용 동의: the four things that matter, on one card."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.announcing import announce, words_in
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_protocol.consent import ConsentDocument

translate = QCoreApplication.translate


class ConsentSummaryView(Page):
    """What, why, until when, and what if not; then the warning."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self._enrolment = enrolment
        self._shown: ConsentDocument | None = None
        self.on_back = enrolment.back
        self.add_title(translate("ConsentSummary", "개인정보 수집·이용 동의"))
        self._trouble = Banner(translate("ConsentSummary", "다시 시도"), enrolment.retry)
        self._card = Card()
        self._warning = Banner(is_standing=True)
        for widget in (self._trouble, self._card, self._warning):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._card.hide()
        self._agree = self.add_primary(translate("ConsentSummary", "동의"), enrolment.agree_summary)
        self.add_action(TextButton(translate("ConsentSummary", "동의하지 않음"), enrolment.decline))
        enrolment.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """The document's card once it is there."""
        state = self._enrolment.state
        self._trouble.say(trouble_message(state.trouble))
        if state.trouble is not None and state.document is None:
            self._trouble.focus_action()
        self._agree.setEnabled(state.document is not None)
        waiting = translate("ConsentSummary", "동의서를 불러오고 있어요.")
        self.busy.say(waiting if state.busy else "")
        if state.document is not None and state.document != self._shown:
            self._shown = state.document
            self._show(state.document)
            self._agree.setFocus()
            announce(self, words_in(self._card))

    def _show(self, document: ConsentDocument) -> None:
        add = self._card.add_fact
        add(translate("ConsentSummary", "무엇을"), ", ".join(document.items))
        add(translate("ConsentSummary", "왜"), document.purpose)
        add(translate("ConsentSummary", "언제까지"), document.retention, important=True)
        add(translate("ConsentSummary", "누구에게"), document.recipients, important=True)
        add(translate("ConsentSummary", "거부하면"), document.refusal)
        self._card.show()
        self._warning.say(
            Message(Level.WARN, translate("ConsentSummary", "확인해 주세요."), document.warning)
        )
