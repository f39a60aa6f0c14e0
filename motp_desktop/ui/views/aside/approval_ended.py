"""How a request for approval came out."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.approval import end_message
from motp_desktop.ui.texts.message import Level
from motp_desktop.ui.viewmodels.approval import ApprovalViewModel
from motp_desktop.ui.viewmodels.approval_states import ApprovalEnd
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate

_TONES = {
    Level.OK: Tone.OK,
    Level.INFO: Tone.ACCENT,
    Level.WARN: Tone.WARN,
    Level.BAD: Tone.BAD,
}


class ApprovalEndedView(Page):
    """What happened, why, and the next step."""

    def __init__(self, approval: ApprovalViewModel) -> None:
        super().__init__()
        self.on_back = approval.leave
        end = approval.state.ended or ApprovalEnd.OVER
        message = end_message(end)
        self.add_title(message.title, icon=message.level.value, tone=_TONES[message.level])
        self.add_text(message.body)
        self.column.addStretch(1)
        leave = translate("Approval", "돌아가기")
        if end is ApprovalEnd.NOT_OPENED:
            self.add_primary(translate("Approval", "브라우저 다시 열기"), approval.retry)
            self.add_action(TextButton(leave, approval.leave))
        else:
            self.add_primary(leave, approval.leave)
