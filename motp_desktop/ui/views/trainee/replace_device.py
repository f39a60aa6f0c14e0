"""Another device is registered: its registration would end."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.navigation import ReplaceDevice
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.times import day
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class ReplaceDeviceView(Page):
    """Which device, since when, and that it stops at once."""

    def __init__(self, enrolment: EnrolmentViewModel, screen: ReplaceDevice) -> None:
        super().__init__()
        self._enrolment = enrolment
        self.on_back = enrolment.abandon
        self.add_title(
            translate("ReplaceDevice", "이미 등록된 기기가 있습니다."),
            icon="device",
            tone=Tone.WARN,
        )
        card = Card()
        card.add_fact(
            translate("ReplaceDevice", "지금 등록된 기기"), screen.replaces.label, important=True
        )
        card.add_fact(translate("ReplaceDevice", "등록한 날"), day(screen.replaces.since))
        self.column.addWidget(card)
        warning = Banner(is_standing=True)
        self.column.addWidget(warning)
        warning.say(
            Message(
                Level.WARN,
                translate("ReplaceDevice", "바꾸면 그 기기는 바로 멈춥니다."),
                translate(
                    "ReplaceDevice",
                    "등록은 한 기기에서만 쓸 수 있어요. 내 기기가 아니라면 취소하고 헬프데스크에 "
                    "알려 주세요.",
                ),
            )
        )
        self._trouble = Banner(translate("ReplaceDevice", "다시 시도"), enrolment.retry)
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        self.add_primary(translate("ReplaceDevice", "이 PC로 바꾸기"), enrolment.accept_replace)
        self.add_action(TextButton(translate("ReplaceDevice", "취소"), enrolment.abandon))
        enrolment.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Whatever went wrong."""
        self._trouble.say(trouble_message(self._enrolment.state.trouble))
