"""The last step of a registration."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class FinishingView(Page):
    """Usually over in a moment; with trouble, a way to go on or to give up."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self._enrolment = enrolment
        self.add_title(translate("Finishing", "등록을 마무리하고 있어요."), icon="shield")
        self.add_text(
            translate("Finishing", "앱을 닫아도 다음에 열 때 이어서 마무리합니다."),
        )
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        self._retry = self.add_primary(translate("Finishing", "다시 시도"), enrolment.retry)
        self._abandon = TextButton(translate("Finishing", "등록 그만두기"), enrolment.abandon)
        self.add_action(self._abandon)
        enrolment.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Words for a wait, or the trouble and what to do about it."""
        state = self._enrolment.state
        waiting = translate("Finishing", "서버에서 등록을 확인하고 있어요.")
        self.busy.say(waiting if state.busy else "")
        self._trouble.say(trouble_message(state.trouble))
        stuck = state.trouble is not None
        appears = stuck and self._retry.isHidden()
        self._retry.setVisible(stuck)
        self._abandon.setVisible(stuck)
        if stuck:
            self.retitle(translate("Finishing", "등록을 아직 마치지 못했습니다."))
        else:
            self.retitle(translate("Finishing", "등록을 마무리하고 있어요."))
        if appears:
            self._retry.setFocus()
