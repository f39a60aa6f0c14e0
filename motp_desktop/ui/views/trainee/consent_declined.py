"""Without consent: what that means, and what to do instead."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class ConsentDeclinedView(Page):
    """A choice respected, never a dead end."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self.on_back = enrolment.reconsider
        self.add_title(translate("ConsentDeclined", "동의하지 않아도 괜찮아요."), icon="document")
        self.add_text(
            translate(
                "ConsentDeclined",
                "동의하지 않으면 이 앱으로 인증번호를 만들 수 없습니다. 아무 정보도 수집하지 "
                "않았어요.",
            )
        )
        self.add_text(translate("ConsentDeclined", "대신 이렇게 할 수 있어요."), Type.LEAD)
        card = Card()
        card.add_point(
            "phone",
            translate(
                "ConsentDeclined",
                "훈련 사이트의 인증 창에서 본인인증(휴대폰)을 고르면 앱 없이 확인할 수 있어요.",
            ),
        )
        card.add_point(
            "person",
            translate("ConsentDeclined", "궁금한 점은 훈련기관이나 헬프데스크에 물어보세요."),
        )
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.add_primary(translate("ConsentDeclined", "다시 보기"), enrolment.reconsider)
