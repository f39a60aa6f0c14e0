"""The card that the code stands on."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from motp_desktop.ui.fonts import Type, text_scale
from motp_desktop.ui.texts.code import copied_text
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.states import CodeState
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.buttons import IconButton, OutlineButton, PrimaryButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_desktop.ui.widgets.time_line import TimeLine

translate = QCoreApplication.translate

_ONE_BENEATH_ANOTHER_FROM = 1.4


class CodeCard(Card):
    """Whose code it is, the code, its time in a ring and in words, and what to do with it."""

    def __init__(self, code: CodeViewModel) -> None:
        super().__init__()
        self._owner = TextLabel("", Type.STRONG)
        self._institutions = TextLabel("", Type.SMALL, Tone.MUTED)
        self._pin = IconButton(
            translate("CodeCard", "창을 항상 위에 두기"), "pin", code.stay_on_top
        )
        self._pin.setCheckable(True)
        self._digits = CodeDisplay()
        self._time = TimeLine()
        self._next = TextLabel("", Type.BODY, Tone.MUTED, centred=True)
        self.copy_button = PrimaryButton(translate("CodeCard", "복사"), code.copy, icon="copy")
        self._copied = TextLabel("", Type.SMALL, Tone.MUTED, centred=True)
        self._reveal = OutlineButton("", code.reveal, icon="eye")
        self._enlarge = OutlineButton("", code.enlarge, icon="enlarge")
        self._speak = OutlineButton(translate("CodeCard", "읽어 주기"), code.speak, icon="speak")
        self._lay_out()

    def refresh(self, state: CodeState) -> None:
        """All but the code."""
        name = translate("ShowCode", "{name} 님의 인증번호").format(name=state.name_masked)
        self._owner.setText(name)
        self._institutions.setText(" · ".join(state.institutions))
        self._institutions.setVisible(bool(state.institutions) and not state.large)
        self._owner.setVisible(not state.large)
        self._pin.setVisible(state.may_stay_on_top and not state.large and _can_stay_on_top())
        self._pin.setChecked(state.on_top)
        self.copy_button.setVisible(state.may_copy)
        self._say_copied(copied_text(copied=state.copied, cleared=state.cleared))
        self._reveal.setVisible(state.may_reveal)
        self._reveal.setText(
            translate("CodeCard", "번호 보기") if state.hidden else translate("CodeCard", "숨기기")
        )
        self._reveal.set_icon("eye" if state.hidden else "eye-off")
        self._enlarge.setText(
            translate("CodeCard", "작게 보기")
            if state.large
            else translate("CodeCard", "크게 보기")
        )
        self._enlarge.set_icon("reduce" if state.large else "enlarge")
        self._speak.setVisible(state.may_speak)
        self._digits.set_large(large=state.large)

    def set_code(self, code: str) -> bool:
        """Show this code; whether it is a new one."""
        return self._digits.set_code(code)

    def hide_code(self) -> None:
        """Show that there is a code, but not which."""
        self._digits.hide_code(translate("CodeCard", "번호를 숨겼어요."))

    def set_time(self, fraction: float, seconds: int, text: str, *, ending: bool) -> None:
        """How much time is left."""
        self._time.set_time(fraction, seconds, text, ending=ending)

    def set_next(self, text: str) -> None:
        """Another code that counts now or soon, or an empty text where there is none."""
        if text != self._next.text():
            self._next.setText(text)

    def _say_copied(self, text: str) -> None:
        self._copied.setVisible(bool(text))
        if text != self._copied.text():
            self._copied.setText(text)
            announce(self, text)

    def _lay_out(self) -> None:
        whose = QVBoxLayout()
        whose.setSpacing(0)
        whose.addWidget(self._owner)
        whose.addWidget(self._institutions)
        top = QHBoxLayout()
        top.addLayout(whose, 1)
        top.addWidget(self._pin)
        is_roomy = text_scale() < _ONE_BENEATH_ANOTHER_FROM
        others = QHBoxLayout() if is_roomy else QVBoxLayout()
        others.setSpacing(Space.S)
        for button in (self._reveal, self._enlarge, self._speak):
            others.addWidget(button, 1)
        self.column.addLayout(top)
        for widget in (self._digits, self._time, self._next, self.copy_button, self._copied):
            self.column.addWidget(widget)
        self.column.addLayout(others)


def _can_stay_on_top() -> bool:
    """Wayland leaves that to the person's window menu."""
    return not QGuiApplication.platformName().startswith("wayland")
