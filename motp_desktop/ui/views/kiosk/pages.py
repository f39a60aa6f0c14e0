"""The kiosk's own pages, around those of a trainee's journey."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.kiosk_navigation import Welcome
from motp_desktop.ui.texts.kiosk import (
    exit_error_text,
    offline_message,
    spelled_number,
    visitor_s_trouble,
)
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.viewmodels.kiosk.leaving import ExitViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.form_field import ErrorLine
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.pin_entry import PinEntry
from motp_desktop.ui.widgets.pin_pad import PinPad
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

_TONES = {Level.BAD: Tone.BAD, Level.WARN: Tone.WARN}


class SayingPage(Page):
    """One message, and nothing to do."""

    def __init__(self, message: Message, icon: str = "") -> None:
        super().__init__()
        self.column.addStretch(1)
        tone = _TONES.get(message.level, Tone.ACCENT)
        self.add_title(message.title, icon=icon or message.level.value, tone=tone)
        self.add_text(message.body, Type.LEAD)
        if message.code:
            self.add_text(message.code_line, Type.SMALL, Tone.MUTED)
        self.column.addStretch(2)


class WelcomePage(Page):
    """Whoever comes types their number; what follows depends on whether they were here before."""

    def __init__(self, desk: KioskViewModel, screen: Welcome) -> None:
        super().__init__()
        self._desk = desk
        claims = screen.claims
        self._offline = Banner(is_standing=True)
        self.column.addWidget(self._offline)
        self._offline.say(None if screen.online else offline_message())
        self.add_title(translate("Kiosk", "휴대전화 번호를 눌러 주세요."))
        if screen.online:  # else the banner has its room
            text = translate("Kiosk", "처음이면 등록하고, 등록했으면 비밀번호를 입력해요.")
            self.add_text(text, tone=Tone.MUTED)
        if claims.message is not None:
            said = claims.message.ko if desk.state.language == "ko" else claims.message.en
            self.add_text(said, Type.STRONG)
        self._number = _Number()
        self._error = ErrorLine()
        self._trouble = Banner(translate("Kiosk", "다시 시도"), desk.arrive)
        self._pad = PinPad()
        self.column.addWidget(self._number)
        self.column.addWidget(self._error)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._pad, 1)
        self.add_primary(translate("Kiosk", "확인"), desk.arrive)
        self._pad.digit.connect(desk.digit)
        self._pad.backspace.connect(desk.backspace)
        desk.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The number takes digits."""
        return self._number

    def refresh(self) -> None:
        """The digits, and what is wrong with them."""
        state = self._desk.state
        self._number.show_digits(state.number)
        wrong = translate("Kiosk", "휴대전화 번호가 아니에요. 010-1234-5678처럼 눌러 주세요.")
        self._error.say(wrong if state.number_wrong else "")
        self._trouble.say(visitor_s_trouble(state.trouble))
        self.busy.say(translate("Start", "확인하고 있어요.") if state.busy else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Backspace from wherever the focus is."""
        if event.text().isascii() and event.text().isdigit():
            self._desk.digit(event.text())
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._desk.backspace()
        else:
            super().keyPressEvent(event)


class _Number(TextLabel):
    """The number as far as it is typed."""

    def __init__(self) -> None:
        super().__init__("", Type.HEADING, centred=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("look", "number")

    def show_digits(self, digits: str) -> None:
        """Show them, and tell whoever listens which they are."""
        spelled = spelled_number(digits)
        if spelled != self.text():
            self.setText(spelled)
        name = translate("Kiosk", "휴대전화 번호 {number}")
        self.setAccessibleName(name.format(number=" ".join(digits)))


class ExitPage(Page):
    """An administrator's way out."""

    def __init__(self, leaving: ExitViewModel) -> None:
        super().__init__()
        self._leaving = leaving
        self.add_title(translate("Kiosk", "키오스크 끝내기"), icon="power")
        self.add_text(translate("Kiosk", "관리자의 끝내기 비밀번호를 입력해 주세요."))
        self._error = ErrorLine()
        self._trouble = Banner()
        self._entry = PinEntry(translate("Kiosk", "끝내기 비밀번호"))
        for widget in (self._error, self._trouble):
            self.column.addWidget(widget)
        self.column.addWidget(self._entry, 1)
        self.add_primary(translate("Kiosk", "끝내기"), leaving.submit)
        self.add_action(TextButton(translate("Kiosk", "돌아가기"), leaving.cancel))
        self._entry.digit.connect(leaving.digit)
        self._entry.backspace.connect(leaving.backspace)
        leaving.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The dots take digits."""
        return self._entry

    def refresh(self) -> None:
        """The dots, and what came of the last PIN."""
        state = self._leaving.state
        self._entry.set_entered(state.entered)
        self._error.say(exit_error_text(state))
        self._trouble.say(trouble_message(state.trouble))
        self.busy.say(translate("Start", "확인하고 있어요.") if state.busy else "")
