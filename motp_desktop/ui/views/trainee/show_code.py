"""The code and its countdown."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui.texts.code import (
    code_locked_message,
    consent_changed_message,
    name_needed_message,
    newer_app_message,
    next_code_text,
    previous_code_text,
    seconds_text,
    skew_message,
)
from motp_desktop.ui.texts.records import news_message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.records import RecordsViewModel
from motp_desktop.ui.views.trainee.code_card import CodeCard
from motp_desktop.ui.views.trainee.records_card import RecordsCard
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
        records: RecordsViewModel,
        prove_name: Callable[[], object],
        renew_consent: Callable[[], object],
    ) -> None:
        super().__init__()
        self._code = code
        self._records = records
        self._last_called = ""
        self._current = self._previous = ""
        self._locked = Banner()
        self._news = Banner()
        self._card = CodeCard(code)
        self._skew = Banner()
        self._name = Banner(translate("ShowCode", "본인 명의 확인하기"), prove_name)
        self._consent = Banner(translate("ShowCode", "바뀐 동의서 보기"), renew_consent)
        self._newer = Banner()
        self._records_card = RecordsCard(records.open)
        self.primary = self._card.copy_button
        self._above = _stack(self._locked, self._name, self._news)
        self._beneath = _stack(self._skew, self._consent, self._newer, self._records_card)
        for widget in (self._above, self._card, self._beneath):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._lock = OutlineButton(translate("ShowCode", "잠그기"), code.lock, icon="lock")
        self._reset = TextButton(translate("ShowCode", "mOTP 등록 초기화"), code.ask_reset)
        self.add_action(self._lock)
        self.add_action(self._reset)
        self.on_back = self._go_back
        code.state_changed.connect(self.refresh)
        code.ticked.connect(self.tick)
        records.state_changed.connect(self.refresh_records)
        self.refresh()
        self.refresh_records()

    def first_focus(self) -> QWidget:
        """Copying, where policy allows it and the code is of use."""
        is_of_use = self._locked.isHidden() and not self._card.copy_button.isHidden()
        return self._card.copy_button if is_of_use else self._lock

    def refresh(self) -> None:
        """All but the code of this second."""
        state = self._code.state
        self._card.refresh(state)
        self._locked.say(code_locked_message() if "code" in state.locks else None)
        self._name.say(name_needed_message() if state.name_needed else None)
        self._consent.say(consent_changed_message() if state.consent_changed else None)
        self._newer.say(newer_app_message(state.newer_app))
        self._skew.say(skew_message(state.skew_seconds))
        self.give_room(self._card, all_of_it=state.large)
        self._reset.setVisible(not state.large)
        self._place_around(large=state.large)
        self.tick()

    def refresh_records(self) -> None:
        """What the verifier has on record."""
        state = self._records.state
        self._records_card.set_records(state.records, state.needs)
        told = None
        if state.news is not None and state.records is not None:
            told = news_message(state.news, state.records.time)
        self._news.say(told)
        self._place_around(large=self._code.state.large)

    def tick(self) -> None:
        """The code of this second."""
        now = self._code.code()
        if now is not None:
            self._show(now)

    def _show(self, now: CodeNow) -> None:
        state = self._code.state
        seconds = -(-now.milliseconds_left // 1000)
        if now.code != self._current:
            self._previous, self._current = self._current, now.code
        self._show_code(now, hidden=state.hidden)
        fraction = now.milliseconds_left / (now.period_seconds * 1000)
        text = seconds_text(seconds, ending=state.ending)
        self._card.set_time(fraction, seconds, text, ending=state.ending)
        self._card.set_next(self._other_code(now))
        if seconds <= _LAST_CALL_SECONDS and self._last_called != now.code:
            self._last_called = now.code
            announce(self._card, translate("ShowCode", "{n}초 남았어요.").format(n=seconds))

    def _show_code(self, now: CodeNow, *, hidden: bool) -> None:
        if hidden:
            self._card.hide_code()
        elif self._card.set_code(now.code):
            spoken = translate("ShowCode", "인증번호 {code}").format(code=" ".join(now.code))
            announce(self._card, spoken)

    def _other_code(self, now: CodeNow) -> str:
        """The code that comes next, or the one that still counts for whoever is typing it."""
        state = self._code.state
        if state.hidden:
            return ""
        if state.ending:
            return next_code_text(now.next_code)
        return previous_code_text(self._previous) if state.just_changed and self._previous else ""

    def _place_around(self, *, large: bool) -> None:
        """Nothing stands around a large code; an empty stack would leave a gap."""
        for stack, pieces in (
            (self._above, (self._locked, self._name, self._news)),
            (self._beneath, (self._skew, self._consent, self._newer, self._records_card)),
        ):
            stack.setVisible(not large and not all(piece.isHidden() for piece in pieces))

    def _go_back(self) -> None:
        """Escape: out of the large code first, then out of the codes."""
        if self._code.state.large:
            self._code.enlarge()
        else:
            self._code.lock()


def _stack(*pieces: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.L)
    for piece in pieces:
        column.addWidget(piece)
    return holder
