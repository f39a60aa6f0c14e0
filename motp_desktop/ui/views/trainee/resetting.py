"""A reset under way."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.navigation import Resetting
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class ResettingView(Page):
    """Over in a moment; without the verifier, trying again or going on here only."""

    def __init__(self, reset: ResetViewModel, screen: Resetting) -> None:
        super().__init__()
        self._reset = reset
        self._withdrawing = screen.withdrawing
        self.add_title(_title(withdrawing=self._withdrawing), icon="reset")
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self._explanation = self.add_text(
            _here_only(withdrawing=self._withdrawing), Type.SMALL, Tone.MUTED
        )
        self.column.addStretch(1)
        self._retry = self.add_primary(translate("Resetting", "다시 시도"), reset.retry)
        self._here_only = TextButton(translate("Resetting", "이 PC에서만 지우기"), reset.here_only)
        self.add_action(self._here_only)
        reset.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Words for a wait, or the trouble and the ways on."""
        state = self._reset.state
        waiting = translate("Resetting", "서버에 알리고 있어요.")
        self.busy.say(waiting if state.busy else "")
        self._trouble.say(trouble_message(state.trouble))
        stuck = state.trouble is not None
        appears = stuck and self._retry.isHidden()
        self._retry.setVisible(stuck)
        self._here_only.setVisible(state.offer_here_only)
        self._explanation.setVisible(state.offer_here_only)
        say = _stuck_title if stuck else _title
        self.retitle(say(withdrawing=self._withdrawing))
        if appears:
            self._retry.setFocus()


def _title(*, withdrawing: bool) -> str:
    if withdrawing:
        return translate("Resetting", "동의를 철회하고 있어요.")
    return translate("Resetting", "등록을 초기화하고 있어요.")


def _stuck_title(*, withdrawing: bool) -> str:
    if withdrawing:
        return translate("Resetting", "철회를 아직 마치지 못했습니다.")
    return translate("Resetting", "초기화를 아직 마치지 못했습니다.")


def _here_only(*, withdrawing: bool) -> str:
    if withdrawing:
        return translate(
            "Resetting",
            "이 PC에서만 지우면 서버는 철회를 모릅니다. 훈련기관이나 헬프데스크에 따로 요청해야 "
            "해요.",
        )
    return translate(
        "Resetting", "이 PC에서만 지우면 서버에는 등록이 남습니다. 새로 등록하면 그때 바뀝니다."
    )
