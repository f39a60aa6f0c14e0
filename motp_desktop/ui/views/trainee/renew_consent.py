"""The consent document has changed: the new one, and what it means not to agree."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.viewmodels.consent_renewal import ConsentRenewalViewModel
from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.views.trainee.consent_page import ConsentPage
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class RenewConsentView(ConsentPage):
    """The new document; the code is one step back."""

    def __init__(self, renewal: ConsentRenewalViewModel) -> None:
        title = translate("RenewConsent", "바뀐 동의서를 읽어 주세요.")
        super().__init__(renewal, BackRow(renewal.back), title, _changed_again())


class RenewalDeclinedView(Page):
    """The old consent holds; whoever wants no more of it can take it back."""

    def __init__(self, renewal: ConsentRenewalViewModel, reset: ResetViewModel) -> None:
        super().__init__()
        self.on_back = renewal.back
        self.add_title(translate("RenewConsent", "지금 동의하지 않아도 괜찮아요."), icon="document")
        self.add_text(
            translate(
                "RenewConsent",
                "전에 동의한 내용대로 인증번호를 계속 쓸 수 있어요. 바뀐 동의서는 다음에 다시 "
                "보여 드립니다.",
            )
        )
        card = Card()
        card.add_point(
            "info",
            translate(
                "RenewConsent",
                "더는 개인정보를 맡기고 싶지 않으면 동의를 철회할 수 있어요. 그러면 등록도 "
                "끝납니다.",
            ),
        )
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.add_primary(translate("RenewConsent", "인증번호 보기"), renewal.leave)
        self.add_action(TextButton(translate("RenewConsent", "다시 읽기"), renewal.back))
        self.add_action(
            TextButton(translate("RenewConsent", "개인정보 동의 철회"), reset.ask_withdrawal)
        )


def _changed_again() -> Message:
    return Message(
        Level.INFO,
        translate("RenewConsent", "동의서가 한 번 더 바뀌었습니다."),
        translate("RenewConsent", "아래의 새 동의서를 읽고 동의해 주세요."),
    )
