"""비밀번호 입력: the PIN at every start."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.navigation import EnterPin
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.pin import short_pin_text, wrong_pin_text
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.states import UnlockState
from motp_desktop.ui.viewmodels.unlock import UnlockViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.pin_entry import PinEntry
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class EnterPinView(Page):
    """Whose registration it is, the dots and the pad, and how many tries are left."""

    def __init__(
        self,
        unlock: UnlockViewModel,
        screen: EnterPin,
        forgot: Callable[[], object],
        *,
        may_reset: bool = True,
    ) -> None:
        super().__init__()
        self._unlock = unlock
        self._greeting = _welcome() if screen.welcome else None
        self._welcome = Banner()
        self.column.addWidget(self._welcome)
        self.add_title(translate("EnterPin", "비밀번호 입력"))
        whose = translate("EnterPin", "{name} 님, 비밀번호를 입력하면 인증번호를 볼 수 있어요.")
        self.whose = self.add_text(whose.format(name=screen.name_masked), tone=Tone.MUTED)
        self._trouble = Banner(translate("EnterPin", "다시 시도"), unlock.submit)
        self._error = ErrorLine()
        self._entry = PinEntry(translate("EnterPin", "비밀번호"))
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._error)
        self.column.addWidget(self._entry, 1)
        self.add_primary(translate("EnterPin", "확인"), unlock.submit)
        if not screen.welcome:
            self.add_action(TextButton(translate("EnterPin", "비밀번호를 잊었어요"), forgot))
        if may_reset:
            self.add_action(TextButton(translate("EnterPin", "mOTP 등록 초기화"), unlock.ask_reset))
        self._entry.digit.connect(unlock.digit)
        self._entry.backspace.connect(unlock.backspace)
        unlock.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The dots take digits."""
        return self._entry

    def refresh(self) -> None:
        """The dots, and what the last try came to."""
        state = self._unlock.state
        self._entry.set_entered(state.entered)
        left = state.attempts_left
        # The welcome makes room for what is wrong, so that the keys stay where they are.
        self._welcome.say(self._greeting if left is None else None)
        self._error.say(_error_text(state))
        self._trouble.say(trouble_message(state.trouble))
        waiting = translate("EnterPin", "비밀번호를 확인하고 있어요.")
        self.busy.say(waiting if state.busy else "")


def _error_text(state: UnlockState) -> str:
    if state.too_short:
        return short_pin_text(state.minimum)
    return "" if state.attempts_left is None else wrong_pin_text(state.attempts_left)


def _welcome() -> Message:
    return Message(
        Level.OK,
        translate("EnterPin", "등록이 끝났습니다."),
        translate("EnterPin", "방금 정한 비밀번호를 입력해 보세요."),
    )
