"""필수 본인 인증 안내: the notice that comes before everything."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class NoticeView(Page):
    """What is needed, and one button."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self.add_title(translate("Notice", "필수 본인 인증 안내"), icon="shield")
        self.add_text(
            translate(
                "Notice",
                "원격훈련을 들으려면 본인임을 확인해야 합니다. 이 PC를 한 번 등록하면 "
                "인증번호로 간편하게 확인할 수 있어요.",
            )
        )
        card = Card()
        card.add_point("person", translate("Notice", "훈련기관에 등록된 이름과 휴대전화 번호"))
        card.add_point("phone", translate("Notice", "문자를 받을 수 있는 본인 명의 휴대전화"))
        card.add_point("waiting", translate("Notice", "3분쯤 걸려요."))
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.add_primary(translate("Notice", "인증하기"), enrolment.begin)
