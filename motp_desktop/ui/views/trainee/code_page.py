"""A page that waits for a code from a text message: of the registration or of a name proof."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QWidget

from motp_desktop.services import outcomes
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.identity import (
    identity_code_over_text,
    identity_code_short_text,
    wrong_identity_code_text,
)
from motp_desktop.ui.texts.times import clock_face, spoken_time
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.states import IdentityState
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.code_field import CodeField
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.step_header import StepHeader
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate

_WARN_SECONDS = 30


class CodeWait(Protocol):
    """The state of whoever waits for a code."""

    @property
    def identity(self) -> IdentityState | None: ...

    @property
    def busy(self) -> bool: ...

    @property
    def trouble(self) -> outcomes.Trouble | None: ...


class CodeWaiter(Protocol):
    """A view model that waits for a code."""

    @property
    def state(self) -> CodeWait: ...

    @property
    def state_changed(self) -> SignalInstance: ...

    def submit_code(self, code: str) -> None: ...

    def resend(self) -> None: ...

    def retry(self) -> None: ...

    def back(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Leaving:
    """The way out that stands beneath."""

    text: str
    do: Callable[[], object]


class CodePage(Page):
    """Where it was sent, the time and tries left, and another message after a wait."""

    def __init__(self, model: CodeWaiter, header: StepHeader, leaving: Leaving) -> None:
        super().__init__()
        self._model = model
        self._incomplete = ""
        self._warned = False
        self.on_back = model.back
        self.column.addWidget(header)
        self.add_title(translate("IdentityCode", "문자로 받은 인증번호"))
        self._sent = self.add_text()
        self._trouble = Banner(translate("IdentityCode", "다시 시도"), model.retry)
        self._code = CodeField()
        self._field = FormField("", self._code, (self._code,))
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._field)
        self._time = self.add_text(tone=Tone.MUTED)
        self._tries = self.add_text(kind=Type.SMALL, tone=Tone.MUTED)
        self.column.addStretch(1)
        self.add_primary(translate("IdentityCode", "확인"), self._submit)
        self._resend = TextButton("", self._send_again)
        self.add_action(self._resend)
        self.add_action(TextButton(leaving.text, leaving.do))
        self._code.entered.connect(self._complete)
        model.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The code."""
        return self._code

    def refresh(self) -> None:
        """The challenge, and how the last try went."""
        state = self._model.state
        self._trouble.say(trouble_message(state.trouble))
        waiting = translate("IdentityCode", "인증번호를 확인하고 있어요.")
        self.busy.say(waiting if state.busy else "")
        if state.identity is not None:
            self._render_identity(state.identity)

    def _render_identity(self, identity: IdentityState) -> None:
        sent = _sent_text(identity)
        if sent != self._sent.text():
            self._sent.setText(sent)
            if self.isVisible():
                announce(self, sent)
        left = translate("IdentityCode", "남은 시간 {time}")
        seconds = identity.seconds_left
        self._time.setText(left.format(time=clock_face(seconds)))
        self._time.setAccessibleName(left.format(time=spoken_time(seconds)))
        self._warn_once(seconds)
        self._time.setVisible(seconds > 0)
        self._time.set_tone(Tone.MUTED if seconds > 30 else Tone.WARN)
        tries = translate("IdentityCode", "{n}번까지 시도할 수 있어요.")
        self._tries.setText(tries.format(n=identity.attempts_left))
        self._field.set_error(_fault_text(identity) or self._incomplete)
        self._tries.setVisible(seconds > 0 and not identity.wrong)
        again = translate("IdentityCode", "문자 다시 받기")
        later = translate("IdentityCode", "문자 다시 받기 ({n}초 뒤)").format(n=identity.resend_in)
        self._resend.setText(later if identity.resend_in else again)
        self._resend.setEnabled(identity.resend_in == 0)

    def _warn_once(self, seconds: int) -> None:
        """Whoever does not see the time run out is told in time, and what can be done then."""
        if 0 < seconds <= _WARN_SECONDS and not self._warned:
            again = translate(
                "IdentityCode", "{n}초 남았어요. 시간이 지나면 문자를 다시 받을 수 있어요."
            )
            announce(self, again.format(n=seconds))
        self._warned = 0 < seconds <= _WARN_SECONDS

    def _complete(self) -> None:
        self._incomplete = ""
        self.refresh()

    def _submit(self) -> None:
        if not self._code.is_complete:
            self._incomplete = identity_code_short_text()
            self.refresh()
        self._model.submit_code(self._code.text())
        self._code.setFocus()
        self._code.selectAll()

    def _send_again(self) -> None:
        self._code.clear()
        self._code.setFocus()
        self._model.resend()


def _fault_text(identity: IdentityState) -> str:
    if identity.seconds_left == 0:
        return identity_code_over_text()
    return wrong_identity_code_text(identity.attempts_left) if identity.wrong else ""


def _sent_text(identity: IdentityState) -> str:
    if identity.resent:
        again = translate(
            "IdentityCode",
            "{number}로 문자를 다시 보냈어요. 가장 나중에 받은 번호를 입력해 주세요.",
        )
        return again.format(number=identity.sent_to)
    first = translate(
        "IdentityCode", "{number}로 문자를 보냈어요. 문자에 있는 번호를 입력해 주세요."
    )
    return first.format(number=identity.sent_to)
