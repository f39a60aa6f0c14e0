"""Why a kiosk is to be locked or unlocked: asked in the page, with what it leads to."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.texts.helpdesk.kiosks import action_name, consequence
from motp_desktop.ui.texts.helpdesk.troubles import reason_fault_text, staff_trouble
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.helpdesk.kiosks import KiosksViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import KioskAsking
from motp_desktop.ui.views.helpdesk.answering import AnsweringCard
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import PrimaryButton, TextButton
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.text import TextLabel
from motp_desktop.ui.widgets.text_edit import TextEdit
from motp_protocol.helpdesk import KioskAction

translate = QCoreApplication.translate


class KioskQuestion(AnsweringCard):
    """Enter does it, Escape does nothing."""

    def __init__(self, kiosks: KiosksViewModel, asking: KioskAsking) -> None:
        super().__init__()
        self._model = kiosks
        self.asking: tuple[str, KioskAction] = (asking.kiosk_id, asking.action)
        name = action_name(asking.action)
        self.column.addWidget(TextLabel(name, Type.TITLE))
        self.column.addWidget(TextLabel(consequence(asking.action)))
        why = translate("Question", "사유")
        self.reason = TextEdit()
        self.reason.setAccessibleName(why)
        self.reason.setMinimumHeight(scaled(Size.CONTROL))
        self.reason.setText(asking.reason)
        self.reason.entered.connect(kiosks.type_reason)
        hint = translate("Question", "감사 기록에 남습니다. 이름과 전화번호는 적지 마세요.")
        self._field = FormField(why, self.reason, (self.reason,), hint=hint)
        self._trouble = Banner()
        self._busy = BusyLine()
        self.do = PrimaryButton(name, kiosks.confirm)
        self.cancel = TextButton(translate("Question", "그만두기"), kiosks.cancel)
        for piece in (self._field, self._trouble, self._busy, Flow([self.do, self.cancel])):
            self.column.addWidget(piece)
        self.refresh()

    def refresh(self) -> None:
        """What is wrong with the reason, and how doing it goes."""
        state = self._model.state
        if state.asking is not None:
            self._field.set_error(reason_fault_text(state.asking.fault))
        self._trouble.say(staff_trouble(state.trouble))
        self._busy.say(translate("Question", "처리하고 있어요.") if state.busy else "")
