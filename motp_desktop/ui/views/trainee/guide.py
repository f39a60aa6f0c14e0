"""A forgotten PIN, and another PC: what to do, in numbered steps."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.guide import GuideViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class ForgotPinView(Page):
    """Nobody can tell a PIN; a new registration is a matter of two minutes."""

    def __init__(self, guide: GuideViewModel, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self.on_back = guide.back
        self.column.addWidget(BackRow(guide.back))
        self.add_title(translate("ForgotPin", "비밀번호를 잊으셨나요?"), icon="key")
        self.add_text(
            translate(
                "ForgotPin",
                "비밀번호는 이 PC의 주인만 알 수 있어서 아무도 찾아 드릴 수 없어요. 대신 "
                "본인인증을 하고 새로 등록하면 됩니다.",
            )
        )
        card = Card()
        card.add_point("phone", translate("ForgotPin", "휴대전화로 인증번호를 받아요."))
        card.add_point("key", translate("ForgotPin", "새 비밀번호를 정해요."))
        card.add_point(
            "device",
            translate("ForgotPin", "다 마치면 지금 등록은 새 등록으로 바뀌어요."),
        )
        self.column.addWidget(card)
        self.add_text(
            translate(
                "ForgotPin",
                "중간에 그만두면 지금 등록이 그대로 남으니, 비밀번호가 생각나면 다시 쓸 수 있어요.",
            ),
            tone=Tone.MUTED,
        )
        self.column.addStretch(1)
        self.add_primary(translate("ForgotPin", "본인인증하고 새로 등록"), enrolment.begin_again)


class MoveDeviceView(Page):
    """Nothing is carried over: the other PC registers, and this one ends by that."""

    def __init__(self, guide: GuideViewModel) -> None:
        super().__init__()
        self.on_back = guide.back
        self.column.addWidget(BackRow(guide.back))
        self.add_title(translate("MoveDevice", "다른 PC로 옮기기"), icon="device")
        self.add_text(
            translate("MoveDevice", "옮길 파일은 없어요. 새 PC에서 다시 등록하면 됩니다.")
        )
        card = Card()
        card.add_point("device", translate("MoveDevice", "새 PC에 이 앱을 설치하고 열어요."))
        card.add_point(
            "person", translate("MoveDevice", "같은 이름과 휴대전화 번호로 본인인증을 해요.")
        )
        card.add_point(
            "check",
            translate(
                "MoveDevice",
                "새 PC에서 등록을 마치면 이 PC의 등록은 저절로 끝나고, 문자로도 알려 드려요.",
            ),
        )
        self.column.addWidget(card)
        self.add_text(
            translate(
                "MoveDevice",
                "그때까지 이 PC를 계속 쓸 수 있어요. 미리 초기화하지 않아도 됩니다.",
            ),
            tone=Tone.MUTED,
        )
        self.column.addStretch(1)
        self.add_primary(translate("MoveDevice", "알겠어요"), guide.back)
