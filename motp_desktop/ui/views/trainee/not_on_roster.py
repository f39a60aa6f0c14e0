"""The number is proven, but no institution has this name with this number."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class NotOnRosterView(Page):
    """What to check, in the order in which it is most often the cause."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self.on_back = enrolment.back
        self.add_title(
            translate("NotOnRoster", "훈련생 명단에서 찾지 못했습니다."),
            icon="person",
            tone=Tone.WARN,
        )
        self.add_text(
            translate(
                "NotOnRoster",
                "번호는 확인되었지만, 이 이름과 번호로 등록된 훈련생이 없습니다. "
                "아래를 확인해 주세요.",
            )
        )
        card = Card()
        for point in (
            translate("NotOnRoster", "훈련기관에 등록한 이름과 글자까지 같은가요?"),
            translate("NotOnRoster", "훈련기관에 등록한 휴대전화 번호가 이 번호인가요?"),
            translate("NotOnRoster", "본인 명의가 아닌 휴대전화는 쓸 수 없어요."),
        ):
            card.add_point("check", point)
        self.column.addWidget(card)
        self.add_text(
            translate("NotOnRoster", "모두 맞다면 훈련기관에 명단을 확인해 달라고 해 주세요."),
            tone=Tone.MUTED,
        )
        self.column.addStretch(1)
        self.add_primary(translate("NotOnRoster", "다시 입력"), enrolment.back)
        self.add_action(TextButton(translate("NotOnRoster", "등록 그만두기"), enrolment.abandon))
