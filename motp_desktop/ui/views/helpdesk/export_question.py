"""Why the audit is taken away: asked for in the page before a file is chosen."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.texts.helpdesk.troubles import reason_fault_text
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.helpdesk.audit import AuditViewModel
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import OutlineButton, TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.text import TextLabel
from motp_desktop.ui.widgets.text_edit import TextEdit

translate = QCoreApplication.translate


class ExportQuestion(Card):
    """Enter goes on to the choice of a file."""

    def __init__(self, audit: AuditViewModel, go_on: Callable[[], object]) -> None:
        super().__init__()
        self._model = audit
        self._go_on = go_on
        title = translate("ExportQuestion", "감사 기록 내보내기")
        self.column.addWidget(TextLabel(title, Type.LEAD))
        self.column.addWidget(
            TextLabel(
                translate(
                    "ExportQuestion",
                    "지금 조건에 맞는 기록을 모두 담습니다. 누가 왜 내보냈는지도 기록됩니다.",
                )
            )
        )
        why = translate("ExportQuestion", "사유")
        self.reason = TextEdit()
        self.reason.setAccessibleName(why)
        self.reason.setMinimumHeight(scaled(Size.CONTROL))
        self.reason.entered.connect(audit.type_reason)
        self._field = FormField(why, self.reason, (self.reason,))
        self.column.addWidget(self._field)
        save = OutlineButton(translate("ExportQuestion", "파일 고르기"), go_on, icon="save")
        stop = TextButton(translate("ExportQuestion", "그만두기"), audit.cancel_export)
        self.column.addWidget(Flow([save, stop]))
        self.hide()

    def refresh(self) -> None:
        """What is wrong with the reason."""
        state = self._model.state
        if self.reason.text() != state.reason:
            self.reason.setText(state.reason)
        self._field.set_error(reason_fault_text(state.reason_fault))

    def showEvent(self, event: QShowEvent) -> None:
        """The reason is what comes next."""
        super().showEvent(event)
        self.reason.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self.reason.hasFocus():
            self._go_on()
        else:
            super().keyPressEvent(event)
