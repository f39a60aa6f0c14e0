"""The code and its countdown."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui.texts.code import (
    code_locked_message,
    consent_changed_message,
    name_needed_message,
    next_code_text,
    seconds_text,
    skew_message,
)
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.views.trainee.code_card import CodeCard
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import OutlineButton, TextButton
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate

_LAST_CALL_SECONDS = 10


class ShowCodeView(Page):
    """Text for assistive technology changes with the code only; the seconds are for the eye."""

    def __init__(
        self,
        code: CodeViewModel,
        prove_name: Callable[[], object],
        renew_consent: Callable[[], object],
    ) -> None:
        super().__init__()
        self._code = code
        self._last_called = ""
        self._locked = Banner()
        self._card = CodeCard(code.copy)
        self._skew = Banner()
        self._name = Banner(translate("ShowCode", "본인 명의 확인하기"), prove_name)
        self._consent = Banner(translate("ShowCode", "바뀐 동의서 보기"), renew_consent)
        self.primary = self._card.copy_button
        for widget in (self._locked, self._name, self._card, self._skew, self._consent):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._lock = OutlineButton(translate("ShowCode", "잠그기"), code.lock, icon="lock")
        self.add_action(self._lock)
        self.add_action(TextButton(translate("ShowCode", "mOTP 등록 초기화"), code.ask_reset))
        self.on_back = code.lock
        code.state_changed.connect(self.refresh)
        code.ticked.connect(self.tick)
        self.refresh()
        self.tick()

    def first_focus(self) -> QWidget:
        """Copying, where policy allows it and the code is of use."""
        is_of_use = self._locked.isHidden() and not self._card.copy_button.isHidden()
        return self._card.copy_button if is_of_use else self._lock

    def refresh(self) -> None:
        """All but the code."""
        state = self._code.state
        name = translate("ShowCode", "{name} 님의 인증번호").format(name=state.name_masked)
        self._card.set_owner(name, " · ".join(state.institutions))
        self._card.set_copying(allowed=state.may_copy, copied=state.copied)
        self._locked.say(code_locked_message() if "code" in state.locks else None)
        self._name.say(name_needed_message() if state.name_needed else None)
        self._consent.say(consent_changed_message() if state.consent_changed else None)
        self._skew.say(skew_message(state.skew_seconds))

    def tick(self) -> None:
        """The code of this second."""
        now = self._code.code()
        if now is not None:
            self._show(now)

    def _show(self, now: CodeNow) -> None:
        ending = self._code.state.ending
        seconds = -(-now.milliseconds_left // 1000)
        is_new = self._card.set_code(now.code)
        fraction = now.milliseconds_left / (now.period_seconds * 1000)
        self._card.set_time(fraction, seconds_text(seconds, ending=ending), ending=ending)
        self._card.set_next(next_code_text(now.next_code) if ending else "")
        if is_new:
            spoken = translate("ShowCode", "인증번호 {code}").format(code=" ".join(now.code))
            announce(self._card, spoken)
        if seconds <= _LAST_CALL_SECONDS and self._last_called != now.code:
            self._last_called = now.code
            announce(self._card, translate("ShowCode", "{n}초 남았어요.").format(n=seconds))
