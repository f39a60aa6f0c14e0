"""등록 초기화: what it means, and whether to go on."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.widgets.buttons import DangerButton, PrimaryButton, TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class ConfirmResetView(Page):
    """Enter keeps the registration; losing it takes a deliberate press."""

    def __init__(self, reset: ResetViewModel) -> None:
        super().__init__()
        self.on_back = reset.cancel
        self.add_title(
            translate("ConfirmReset", "등록을 초기화할까요?"), icon="reset", tone=Tone.BAD
        )
        self.add_text(translate("ConfirmReset", "초기화하면 되돌릴 수 없습니다."))
        card = Card()
        card.add_point(
            "bad",
            translate("ConfirmReset", "이 PC의 등록과 비밀번호가 지워집니다."),
            Tone.BAD,
        )
        card.add_point(
            "bad",
            translate("ConfirmReset", "다시 등록할 때까지 인증번호를 만들 수 없습니다."),
            Tone.BAD,
        )
        card.add_point(
            "phone",
            translate("ConfirmReset", "다시 쓰려면 이름과 휴대전화 번호로 새로 등록하면 돼요."),
        )
        self.column.addWidget(card)
        self.column.addStretch(1)
        self._keep: PrimaryButton = self.add_primary(
            translate("ConfirmReset", "초기화하지 않기"), reset.cancel
        )
        self.add_action(DangerButton(translate("ConfirmReset", "등록 초기화"), reset.confirm))
        self.add_action(
            TextButton(translate("ConfirmReset", "개인정보 동의도 철회하기"), reset.ask_withdrawal)
        )

    def first_focus(self) -> QWidget:
        """The harmless one."""
        return self._keep
