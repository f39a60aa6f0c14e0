"""비밀번호 바꾸기, and that it is done."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.texts.pin import (
    pin_differs_text,
    pin_fault_text,
    pin_same_text,
    wrong_pin_text,
)
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.pin_change import PinChangeViewModel
from motp_desktop.ui.viewmodels.states import PinChangeStage, PinChangeState
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.pin_entry import PinEntry
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class ChangePinView(Page):
    """Three stages on one page: the PIN in force, the new one, and the new one again."""

    def __init__(self, change: PinChangeViewModel) -> None:
        super().__init__()
        self._change = change
        self._stage: PinChangeStage | None = None
        self.on_back = change.back
        self.column.addWidget(BackRow(change.back))
        self.add_title(_title(PinChangeStage.CURRENT))
        self._help = self.add_text(tone=Tone.MUTED)
        self._trouble = Banner()
        self._error = ErrorLine()
        self._entry = PinEntry(translate("ChangePin", "비밀번호"))
        for widget in (self._trouble, self._error):
            self.column.addWidget(widget)
        self.column.addWidget(self._entry, 1_000)
        self.column.addStretch(1)
        self._next = self.add_primary("", change.submit)
        self._entry.digit.connect(change.digit)
        self._entry.backspace.connect(change.backspace)
        change.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The dots take digits."""
        return self._entry

    def refresh(self) -> None:
        """The stage, the dots, and what is wrong."""
        state = self._change.state
        # Nothing is left to be typed.
        stuck = state.trouble is not None and state.keeps_new
        self.retitle(_stuck_title() if stuck else _title(state.stage))
        self._help.setText(_unchanged() if stuck else _help(state))
        self._entry.set_entered(state.entered)
        self._error.say(_error(state))
        self._trouble.say(trouble_message(state.trouble))
        self._entry.setVisible(not stuck)
        again, onwards = translate("ChangePin", "다시 시도"), translate("ChangePin", "다음")
        self._next.setText(again if stuck else onwards)
        waiting = translate("ChangePin", "비밀번호를 바꾸고 있어요.")
        self.busy.say(waiting if state.busy else "")
        if stuck:
            self._next.setFocus()
        elif state.stage is not self._stage:
            self._stage = state.stage
            self._entry.setFocus()


class PinChangeDoneView(Page):
    """One sentence and the way back to the code."""

    def __init__(self, change: PinChangeViewModel) -> None:
        super().__init__()
        self.on_back = change.finish
        self.add_title(translate("ChangePin", "비밀번호를 바꿨습니다."), icon="ok", tone=Tone.OK)
        self.add_text(
            translate("ChangePin", "다음부터 새 비밀번호를 입력하세요. 등록은 그대로예요.")
        )
        self.column.addStretch(1)
        self.add_primary(translate("ChangePin", "인증번호 보기"), change.finish)


def _title(stage: PinChangeStage) -> str:
    match stage:
        case PinChangeStage.CURRENT:
            return translate("ChangePin", "지금 비밀번호")
        case PinChangeStage.CHOOSE:
            return translate("ChangePin", "새 비밀번호")
        case PinChangeStage.REPEAT:
            return translate("ChangePin", "새 비밀번호를 한 번 더")
        case _:
            assert_never(stage)


def _help(state: PinChangeState) -> str:
    match state.stage:
        case PinChangeStage.CURRENT if state.keeps_new:
            return translate("ChangePin", "지금 비밀번호만 다시 입력하면 돼요.")
        case PinChangeStage.CURRENT:
            return translate("ChangePin", "비밀번호를 바꾸려면 지금 쓰는 비밀번호를 입력해 주세요.")
        case PinChangeStage.CHOOSE:
            return translate("ChangePin", "숫자 {n}자리 이상, 6자리를 권해요.").format(
                n=state.choice.minimum
            )
        case PinChangeStage.REPEAT:
            return translate("ChangePin", "방금 정한 비밀번호를 그대로 입력해 주세요.")
        case _:
            assert_never(state.stage)


def _error(state: PinChangeState) -> str:
    choice = state.choice
    if state.attempts_left is not None:
        return wrong_pin_text(state.attempts_left)
    if state.stage is not PinChangeStage.CHOOSE:
        return ""
    if choice.same:
        return pin_same_text()
    if choice.differs:
        return pin_differs_text()
    return pin_fault_text(choice.fault, choice.minimum, choice.maximum) if choice.fault else ""


def _stuck_title() -> str:
    return translate("ChangePin", "비밀번호를 바꾸지 못했습니다.")


def _unchanged() -> str:
    return translate(
        "ChangePin",
        "비밀번호는 아직 그대로예요. 다시 시도할 때까지 지금 비밀번호를 계속 쓰면 됩니다.",
    )
