"""A consent document, whole: the registration's, or one that has changed since."""

from typing import Protocol

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QWidget

from motp_desktop.services import outcomes
from motp_desktop.ui.texts.message import Message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.document_view import DocumentView
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.page import Page
from motp_protocol.consent import ConsentDocument

translate = QCoreApplication.translate


class Reading(Protocol):
    """The state of whoever has a document read."""

    @property
    def document(self) -> ConsentDocument | None: ...

    @property
    def remind_to_read(self) -> bool: ...

    @property
    def consent_changed(self) -> bool: ...

    @property
    def busy(self) -> bool: ...

    @property
    def trouble(self) -> outcomes.Trouble | None: ...


class Reader(Protocol):
    """A view model that has a document read."""

    @property
    def state(self) -> Reading: ...

    @property
    def state_changed(self) -> SignalInstance: ...

    def reached_end(self) -> None: ...

    def agree(self) -> None: ...

    def decline(self) -> None: ...

    def retry(self) -> None: ...

    def back(self) -> None: ...


class ConsentPage(Page):
    """The document in its own scroll area; agreeing asks once to read to its end."""

    def __init__(self, model: Reader, header: QWidget, title: str, changed: Message) -> None:
        """`changed` is what is said where it changed while it was read."""
        super().__init__()
        self._model = model
        self._changed_message = changed
        self._shown: ConsentDocument | None = None
        self.on_back = model.back
        self.column.addWidget(header)
        self.add_title(title)
        self._changed = Banner()
        self._trouble = Banner(translate("ConsentForm", "다시 시도"), model.retry)
        self._document = DocumentView()
        self._document.setAccessibleName(title)  # until the document has its own
        self._document.reached_end.connect(model.reached_end)
        self._reminder = ErrorLine()
        self.column.addWidget(self._changed)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._document, 1)
        self.footer.addWidget(self._reminder)
        self.add_primary(translate("ConsentForm", "동의함"), model.agree)
        self.add_action(TextButton(translate("ConsentForm", "동의하지 않음"), model.decline))
        model.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The document, so that arrow keys scroll it."""
        return self._document

    def refresh(self) -> None:
        """The document, and the reminder to read it."""
        state = self._model.state
        self._trouble.say(trouble_message(state.trouble))
        reminder = translate("ConsentForm", "끝까지 읽어 주세요.")
        self._reminder.say(reminder if state.remind_to_read else "")
        self.busy.say(self.waiting(state) if state.busy else "")
        self._changed.say(self._changed_message if state.consent_changed else None)
        if state.document is not None and state.document != self._shown:
            self._show(state.document)

    def waiting(self, state: Reading) -> str:
        """What is being waited for."""
        if state.document is None:
            return translate("ConsentForm", "동의서를 불러오고 있어요.")
        return translate("ConsentForm", "서버에 알리고 있어요.")

    def _show(self, document: ConsentDocument) -> None:
        if self._shown is not None:
            self._document.clear()
        self._shown = document
        view = self._document
        view.set_title(document.title)
        view.add_highlight(translate("ConsentForm", "보유·이용 기간"), document.retention)
        view.add_highlight(translate("ConsentForm", "제공받는 자"), document.recipients)
        view.set_text(document.text)
