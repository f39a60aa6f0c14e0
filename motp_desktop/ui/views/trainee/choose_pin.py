"""Registration 3 / 4: the PIN, twice."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.pin import pin_differs_text, pin_fault_text
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.states import PinChoice, PinStage
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.pin_entry import PinEntry
from motp_desktop.ui.widgets.step_header import StepHeader

translate = QCoreApplication.translate


class ChoosePinView(Page):
    """Two stages on one page: choose, then repeat."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self._enrolment = enrolment
        self._stage: PinStage | None = None
        self.on_back = enrolment.back
        self.column.addWidget(StepHeader(3, 4, enrolment.back))
        self.add_title("")
        self._help = self.add_text()
        self._trouble = Banner(translate("ChoosePin", "다시 시도"), enrolment.retry)
        self._error = ErrorLine()
        self._entry = PinEntry(translate("ChoosePin", "비밀번호"))
        for widget in (self._trouble, self._error):
            self.column.addWidget(widget)
        self.column.addWidget(self._entry, 1)
        self.add_primary(translate("ChoosePin", "다음"), enrolment.submit_pin)
        self._anew = TextButton(
            translate("ChoosePin", "처음부터 다시 정하기"), enrolment.pin_restart
        )
        self.add_action(self._anew)
        self._entry.digit.connect(enrolment.pin_digit)
        self._entry.backspace.connect(enrolment.pin_backspace)
        enrolment.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The dots take digits."""
        return self._entry

    def refresh(self) -> None:
        """The stage, the dots, and what is wrong."""
        state = self._enrolment.state
        self._render_stage(state.pin)
        self._entry.set_entered(state.pin.entered)
        self._error.say(_error_text(state.pin))
        self._trouble.say(trouble_message(state.trouble))
        waiting = translate("ChoosePin", "인증번호 문자를 요청하고 있어요.")
        self.busy.say(waiting if state.busy else "")

    def _render_stage(self, pin: PinChoice) -> None:
        repeating = pin.stage is PinStage.REPEAT
        self._anew.setVisible(repeating)
        if repeating:
            title = translate("ChoosePin", "한 번 더 입력해 주세요.")
            text = translate("ChoosePin", "방금 정한 비밀번호를 그대로 입력해 주세요.")
        else:
            title = translate("ChoosePin", "비밀번호 정하기")
            text = translate(
                "ChoosePin", "앱을 열 때마다 입력해요. 숫자 {n}자리 이상, 6자리를 권해요."
            ).format(n=pin.minimum)
        self.retitle(title)
        self._help.setText(text)
        if pin.stage is not self._stage:
            self._stage = pin.stage
            self._entry.setFocus()


def _error_text(pin: PinChoice) -> str:
    if pin.differs:
        return pin_differs_text()
    return pin_fault_text(pin.fault, pin.minimum, pin.maximum) if pin.fault else ""
