"""동의 철회: what it means, and that it is done."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.navigation import Withdrawn
from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.widgets.buttons import DangerButton, PrimaryButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class ConfirmWithdrawalView(Page):
    """Enter keeps the consent; taking it back takes a deliberate press."""

    def __init__(self, reset: ResetViewModel) -> None:
        super().__init__()
        self.on_back = reset.cancel
        self.add_title(
            translate("Withdrawal", "개인정보 동의를 철회할까요?"), icon="document", tone=Tone.BAD
        )
        self.add_text(translate("Withdrawal", "철회하면 되돌릴 수 없습니다."))
        card = Card()
        card.add_point(
            "bad",
            translate("Withdrawal", "이 PC의 등록과 비밀번호가 지워집니다."),
            Tone.BAD,
        )
        card.add_point(
            "bad",
            translate(
                "Withdrawal",
                "서버에서도 인증번호의 비밀 키를 바로 지우고, 이름과 전화번호를 보관 규정에 따라 "
                "지웁니다.",
            ),
            Tone.BAD,
        )
        card.add_point(
            "phone",
            translate(
                "Withdrawal",
                "훈련을 계속 들으려면 훈련 사이트의 본인인증(휴대폰)을 쓰세요. 새로 등록하려면 "
                "먼저 훈련기관에 알려 주세요.",
            ),
        )
        self.column.addWidget(card)
        self.column.addStretch(1)
        self._keep: PrimaryButton = self.add_primary(
            translate("Withdrawal", "철회하지 않기"), reset.cancel
        )
        self.add_action(
            DangerButton(translate("Withdrawal", "동의 철회"), reset.confirm_withdrawal)
        )

    def first_focus(self) -> QWidget:
        """The harmless one."""
        return self._keep


class WithdrawnView(Page):
    """What was erased, and what is still to be asked for where nobody could be told."""

    def __init__(self, reset: ResetViewModel, screen: Withdrawn) -> None:
        super().__init__()
        self.on_back = reset.finish
        if screen.verifier_told:
            title = translate("Withdrawal", "동의를 철회했습니다.")
            self.add_title(title, icon="ok", tone=Tone.OK)
            self.add_text(
                translate(
                    "Withdrawal",
                    "이 PC와 서버에서 등록을 지웠습니다. 서버에 남은 이름과 전화번호도 보관 "
                    "규정에 따라 지워집니다.",
                )
            )
        else:
            title = translate("Withdrawal", "이 PC에서만 지웠습니다.")
            self.add_title(title, icon="warn", tone=Tone.WARN)
            self.add_text(
                translate(
                    "Withdrawal",
                    "서버에 철회를 알리지 못했습니다. 훈련기관이나 헬프데스크에 동의 철회와 "
                    "개인정보 삭제를 요청해 주세요.",
                )
            )
        self.column.addStretch(1)
        self.add_primary(translate("Withdrawal", "처음 화면으로"), reset.finish)
