"""The pages of a visit that differ from the trainee's own app."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy, QWidget

from motp_desktop.services.outcomes import Ended, PinLocked
from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.navigation import Blocked, EnterPin
from motp_desktop.ui.texts.blocked import blocked_message
from motp_desktop.ui.texts.code import (
    code_locked_message,
    next_code_text,
    previous_code_text,
    seconds_text,
)
from motp_desktop.ui.texts.kiosk import spelled_number, visitor_s_trouble
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.kiosk.visit import VisitModels
from motp_desktop.ui.views.trainee.enter_pin import EnterPinView
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import OutlineButton, TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.step_header import StepHeader
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_desktop.ui.widgets.text_edit import TextEdit
from motp_desktop.ui.widgets.time_line import TimeLine

translate = QCoreApplication.translate

_LAST_CALL_SECONDS = 10
_MOST = 2.0
"""Larger digits would be read from across the room."""

_TONES = {Level.BAD: Tone.BAD, Level.WARN: Tone.WARN}


class FirstTimePage(Page):
    """Nobody registered this number here yet."""

    def __init__(self, enrolment: EnrolmentViewModel, leave: Callable[[], object]) -> None:
        super().__init__()
        self.add_title(translate("Kiosk", "이 키오스크에 처음 오셨네요."), icon="person")
        number = spelled_number("".join(enrolment.state.fields.phone))
        self.add_text(
            translate("Kiosk", "{number} 번호는 여기에 등록되어 있지 않아요.").format(number=number)
        )
        card = Card()
        card.add_point("person", translate("Kiosk", "이름을 입력하고 비밀번호를 정해요."))
        card.add_point("phone", translate("Kiosk", "이 번호로 오는 문자의 인증번호를 눌러요."))
        card.add_point("waiting", translate("Notice", "3분쯤 걸려요."))
        self.column.addWidget(card)
        text = translate("Kiosk", "등록은 이 키오스크에서만 쓸 수 있고, 집의 PC 등록은 그대로예요.")
        self.add_text(text, tone=Tone.MUTED)
        self.column.addStretch(1)
        self.add_primary(translate("Kiosk", "여기서 등록하기"), enrolment.begin)
        self.add_action(TextButton(translate("Kiosk", "번호를 잘못 눌렀어요"), leave))


class NamePage(Page):
    """Registration 2 / 4: the name; the number was typed at the start."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self._enrolment = enrolment
        self.on_back = enrolment.back
        self.column.addWidget(StepHeader(2, 4, enrolment.back))
        self.add_title(translate("Kiosk", "이름을 입력해 주세요."))
        number = spelled_number("".join(enrolment.state.fields.phone))
        said = translate("Kiosk", "훈련기관에 {number}로 등록한 이름")
        self._trouble = Banner(translate("PersonalDetails", "다시 시도"), enrolment.retry)
        self._expired = Banner()
        self._name = TextEdit()
        self._name.setAccessibleName(translate("PersonalDetails", "이름"))
        self._name.setPlaceholderText(translate("PersonalDetails", "예: 홍길동"))
        self._name.setMinimumHeight(scaled(Size.CONTROL))
        self._name.setMaxLength(60)
        self._field = FormField(said.format(number=number), self._name, (self._name,))
        for widget in (self._expired, self._trouble, self._field):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.add_primary(translate("PersonalDetails", "다음"), enrolment.submit_details)
        self._name.entered.connect(enrolment.set_name)
        enrolment.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The name."""
        return self._name

    def refresh(self) -> None:
        """What was typed, and what is wrong with it."""
        state = self._enrolment.state
        if self._name.text() != state.fields.name:
            self._name.setText(state.fields.name)
        wrong = translate("PersonalDetails", "이름을 한글이나 영문으로 입력해 주세요.")
        self._field.set_error(wrong if state.name_invalid else "")
        self._trouble.say(visitor_s_trouble(state.trouble))
        self._expired.say(_expired() if state.expired else None)


class KioskPinPage(EnterPinView):
    """비밀번호 입력: what is wrong takes the place of whose PIN it is, for the pad needs room."""

    def __init__(self, visit: VisitModels, screen: EnterPin) -> None:
        super().__init__(visit.unlock, screen, visit.guide.forgot_pin, may_reset=False)

    def refresh(self) -> None:
        """The dots, and what the last try came to."""
        super().refresh()
        state = self._unlock.state
        self.whose.setVisible(state.trouble is None and state.attempts_left is None)
        self._trouble.say(visitor_s_trouble(state.trouble))


class KioskBlockedPage(Page):
    """This registration cannot be used, or not now."""

    def __init__(self, visit: VisitModels, screen: Blocked, leave: Callable[[], object]) -> None:
        super().__init__()
        message = blocked_message(screen.cause)
        icon = "lock" if message.code == "pin-locked" else message.level.value
        self.add_title(message.title, icon=icon, tone=_TONES.get(message.level, Tone.ACCENT))
        self.add_text(message.body)
        card = Card()
        if isinstance(screen.cause, Ended):
            again = translate("Kiosk", "처음 화면에서 번호를 다시 누르면 새로 등록할 수 있어요.")
            card.add_point("refresh", again)
        card.add_point(
            "phone",
            translate(
                "Blocked", "급하면 훈련 사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요."
            ),
        )
        self.column.addWidget(card)
        self.add_text(message.code_line, Type.SMALL, Tone.MUTED)
        self.column.addStretch(1)
        self.add_primary(translate("Kiosk", "처음 화면으로"), leave)
        if isinstance(screen.cause, PinLocked):
            forgot = translate("Blocked", "비밀번호를 잊었어요")
            self.add_action(TextButton(forgot, visit.guide.forgot_pin))
        if not isinstance(screen.cause, Ended):
            self.add_action(TextButton(translate("Blocked", "다시 확인"), visit.try_again))


class KioskCodePage(Page):
    """The code, as large as the screen allows, and its time."""

    def __init__(
        self, code: CodeViewModel, done: Callable[[], object], code_font_pixels: int
    ) -> None:
        """`code_font_pixels`: how large the digits are at least."""
        super().__init__()
        self._code = code
        self._current = self._previous = self._last_called = ""
        self._locked = Banner()
        self._owner = TextLabel("", Type.TITLE, centred=True)
        self._digits = _LargeCode(code_font_pixels)
        self._time = TimeLine()
        self._other = TextLabel("", Type.LEAD, Tone.MUTED, centred=True)
        self._reveal = OutlineButton("", code.reveal, icon="eye")
        self._speak = OutlineButton(translate("CodeCard", "읽어 주기"), code.speak, icon="speak")
        self.column.addWidget(self._locked)
        self.column.addStretch(1)
        self.column.addWidget(self._owner)
        self.column.addWidget(self._digits, 1)
        for widget in (self._time, self._other):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.give_room(self._digits, all_of_it=True)
        self._digits.setMaximumHeight(round(_MOST * self._digits.sizeHint().height()))
        self.title = translate("Kiosk", "인증번호가 나왔습니다.")
        self.add_primary(translate("Kiosk", "다 썼어요"), done)
        self.add_action(self._reveal)
        self.add_action(self._speak)
        code.state_changed.connect(self.refresh)
        code.ticked.connect(self.tick)
        self.refresh()

    @property
    def spoken(self) -> str:
        """That there is a code, and not which: its own button reads it aloud."""
        return self.title

    def refresh(self) -> None:
        """All but the code of this second."""
        state = self._code.state
        owner = translate("ShowCode", "{name} 님의 인증번호").format(name=state.name_masked)
        self._owner.setText(owner)
        self._locked.say(code_locked_message() if "code" in state.locks else None)
        self._reveal.setVisible(state.may_reveal)
        self._reveal.setText(
            translate("CodeCard", "번호 보기") if state.hidden else translate("CodeCard", "숨기기")
        )
        self._speak.setVisible(state.may_speak)
        self.tick()

    def tick(self) -> None:
        """The code of this second."""
        now = self._code.code()
        if now is None:
            return
        if now.code != self._current:
            self._previous, self._current = self._current, now.code
        state = self._code.state
        if state.hidden:
            self._digits.hide_code(translate("CodeCard", "번호를 숨겼어요."))
        elif self._digits.set_code(now.code):
            spoken = translate("ShowCode", "인증번호 {code}").format(code=" ".join(now.code))
            announce(self._digits, spoken)
        seconds = -(-now.milliseconds_left // 1000)
        fraction = now.milliseconds_left / (now.period_seconds * 1000)
        text = seconds_text(seconds, ending=state.ending)
        self._time.set_time(fraction, seconds, text, ending=state.ending)
        self._say_other(now)
        if seconds <= _LAST_CALL_SECONDS and self._last_called != now.code:
            self._last_called = now.code
            announce(self._digits, translate("ShowCode", "{n}초 남았어요.").format(n=seconds))

    def _say_other(self, now: CodeNow) -> None:
        state = self._code.state
        text = ""
        if not state.hidden and state.ending:
            text = next_code_text(now.next_code)
        elif not state.hidden and state.just_changed and self._previous:
            text = previous_code_text(self._previous)
        if text != self._other.text():
            self._other.setText(text)


class _LargeCode(CodeDisplay):
    """Grows to the room there is, and never below its least size of type."""

    def __init__(self, font_pixels: int) -> None:
        super().__init__()
        font = font_of(Type.CODE)
        points = font_pixels * 72 / QFontMetricsF(font).fontDpi()
        if points > font.pointSizeF():
            font.setPointSizeF(points)
            self.setFont(font)
        self.set_large(large=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """All six digits in their least size."""
        return self.sizeHint()


def _expired() -> Message:
    return Message(
        Level.WARN,
        translate("PersonalDetails", "인증 시간이 지났습니다."),
        translate(
            "Kiosk",
            "시간이 지났거나 인증번호가 여러 번 맞지 않아 처음부터 다시 확인합니다.",
        ),
    )
