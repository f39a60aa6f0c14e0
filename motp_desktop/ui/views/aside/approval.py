"""A request for approval: who asks, for what, and three numbers to choose from."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.approval import course_text, purpose_text, time_left_text
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.approval import ApprovalViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import OutlineButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.number_choice import NumberChoice
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_desktop.ui.widgets.time_line import TimeLine
from motp_protocol.approvals import ApprovalRequest

translate = QCoreApplication.translate

_LAST_CALL_SECONDS = 30
_NUMBERS = 3


class ApprovalView(Page):
    """It comes by itself, so nothing that answers has the focus: whoever was typing just goes on.

    The time left is for the eye; whoever listens is told once, near the end.
    """

    def __init__(self, approval: ApprovalViewModel) -> None:
        super().__init__()
        self._approval = approval
        self._shown: ApprovalRequest | None = None
        self._is_last_call = False
        self.on_back = approval.leave
        self._back = BackRow(approval.leave)
        self.column.addWidget(self._back)
        self.add_title(_reading())
        self._trouble = Banner(translate("Approval", "다시 시도"), approval.retry)
        self.column.addWidget(self._trouble)
        self._card = Card()
        self._card.column.setSpacing(Space.XS)
        self._institution = TextLabel("", Type.LEAD)
        self._course, self._purpose = TextLabel(), TextLabel()
        for label in (self._institution, self._course, self._purpose):
            self._card.column.addWidget(label)
        self.column.addWidget(self._card)
        self._prompt = self.add_text(
            translate("Approval", "훈련 사이트 화면에 보이는 번호를 고르세요."), Type.STRONG
        )
        self._numbers = NumberChoice(
            _NUMBERS,
            lambda number: translate("Approval", "{number}번으로 승인").format(number=number),
        )
        self._numbers.chosen.connect(approval.choose)
        self._time = TimeLine()
        self.column.addWidget(self._numbers)
        self.column.addWidget(self._time)
        self._warning = self.add_text(
            translate("Approval", "내가 누르지 않았거나 번호가 없으면 거절해 주세요."),
            Type.SMALL,
            Tone.MUTED,
        )
        self.column.addStretch(1)
        self._decline = OutlineButton(translate("Approval", "거절"), approval.decline)
        self.add_action(self._decline)
        approval.state_changed.connect(self.refresh)
        approval.ticked.connect(self.tick)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The way back, which answers nothing and can be undone."""
        return self._back.back

    def refresh(self) -> None:
        """The request, and how reading or answering it goes."""
        state = self._approval.state
        request = state.request
        if request is not None and request != self._shown:
            self._fill(request)
        self._shown = request
        for piece in self._of_request():
            piece.setVisible(request is not None)
        self._trouble.say(trouble_message(state.trouble))
        self.busy.say(_waiting(answering=state.answering) if state.busy else "")
        self.retitle(_reading() if request is None else _asking())
        self.tick()

    def tick(self) -> None:
        """The time left."""
        left = self._approval.time_left()
        if left is None:
            return
        is_little = left.seconds <= _LAST_CALL_SECONDS
        text = time_left_text(left.seconds)
        self._time.set_time(left.fraction, left.seconds, text, ending=is_little)
        if is_little and not self._is_last_call:
            announce(self._time, text)
        self._is_last_call = is_little

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits lead to the button of their number."""
        digit = event.text()
        if digit.isascii() and digit.isdigit():
            self._numbers.type_digit(digit)
        else:
            super().keyPressEvent(event)

    def _fill(self, request: ApprovalRequest) -> None:
        self._institution.setText(request.institution)
        self._course.setText(course_text(request))
        self._purpose.setText(purpose_text(request))
        self._numbers.set_numbers(request.numbers)
        if self.isVisible():
            self._back.back.setFocus()

    def _of_request(self) -> tuple[QWidget, ...]:
        return (
            *(self._card, self._prompt, self._numbers, self._time, self._warning),
            self._decline,
        )


def _reading() -> str:
    return translate("Approval", "승인 요청")


def _asking() -> str:
    return translate("Approval", "이 요청을 승인할까요?")


def _waiting(*, answering: bool) -> str:
    if answering:
        return translate("Approval", "답을 전하고 있어요.")
    return translate("Approval", "요청을 확인하고 있어요.")
