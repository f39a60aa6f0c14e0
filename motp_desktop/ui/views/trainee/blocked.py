"""This registration cannot be used, or not now."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.outcomes import Ended, PinLocked
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.navigation import Blocked
from motp_desktop.ui.texts.blocked import blocked_message
from motp_desktop.ui.texts.message import Level
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate

_TONES = {Level.BAD: Tone.BAD, Level.WARN: Tone.WARN}


class BlockedView(Page):
    """What happened, why, and the next step."""

    def __init__(
        self, start: StartViewModel, screen: Blocked, forgot: Callable[[], object]
    ) -> None:
        super().__init__()
        self._start = start
        message = blocked_message(screen.cause)
        icon = "lock" if message.code == "pin-locked" else message.level.value
        self.add_title(message.title, icon=icon, tone=_TONES.get(message.level, Tone.ACCENT))
        self.add_text(message.body)
        if not isinstance(screen.cause, Ended):
            card = Card()
            card.add_point(
                "phone",
                translate(
                    "Blocked",
                    "급하면 훈련 사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요.",
                ),
            )
            self.column.addWidget(card)
        self.add_text(message.code_line, Type.SMALL, Tone.MUTED)
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        if isinstance(screen.cause, Ended):
            self.add_primary(translate("Blocked", "새로 등록"), start.start_over)
        else:
            self.add_primary(translate("Blocked", "다시 확인"), start.try_again)
            if isinstance(screen.cause, PinLocked):
                self.add_action(TextButton(translate("Blocked", "비밀번호를 잊었어요"), forgot))
            self.add_action(TextButton(translate("Blocked", "mOTP 등록 초기화"), start.ask_reset))
        start.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """How the next step goes or went."""
        state = self._start.state
        self._trouble.say(trouble_message(state.trouble))
        self.busy.say(translate("Start", "확인하고 있어요.") if state.busy else "")
