"""Registration 2 / 4: name and number."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.phone_field import PhoneField
from motp_desktop.ui.widgets.step_header import StepHeader
from motp_desktop.ui.widgets.text_edit import TextEdit

translate = QCoreApplication.translate


class PersonalDetailsView(Page):
    """The same name and number as at the training institution."""

    def __init__(self, enrolment: EnrolmentViewModel) -> None:
        super().__init__()
        self._enrolment = enrolment
        self._faults = (False, False)
        self.on_back = enrolment.back
        self.column.addWidget(StepHeader(2, 4, enrolment.back))
        self.add_title(translate("PersonalDetails", "이름과 휴대전화 번호"))
        self.add_text(translate("PersonalDetails", "훈련기관에 등록한 것과 똑같이 입력해 주세요."))
        self._expired = Banner()
        self._trouble = Banner(translate("PersonalDetails", "다시 시도"), enrolment.retry)
        self._name = _name_edit()
        self._phone = PhoneField()
        self._name_field = FormField(
            translate("PersonalDetails", "이름"), self._name, (self._name,)
        )
        self._phone_field = FormField(
            translate("PersonalDetails", "휴대전화 번호"),
            self._phone,
            self._phone.boxes,
            hint=translate(
                "PersonalDetails",
                "본인 명의의 휴대전화여야 해요. 이 번호로 인증번호 문자를 보냅니다.",
            ),
        )
        for widget in (self._expired, self._trouble, self._name_field, self._phone_field):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.add_primary(translate("PersonalDetails", "다음"), enrolment.submit_details)
        self._bind()
        self.refresh()

    def first_focus(self) -> QWidget:
        """The name, or the number where the name is there already."""
        return self._phone.boxes[1] if self._name.text() else self._name

    def refresh(self) -> None:
        """What was typed, and what is wrong with it."""
        state = self._enrolment.state
        if self._name.text() != state.fields.name:
            self._name.setText(state.fields.name)
        self._phone.set_number(*state.fields.phone)
        wrong_name = translate("PersonalDetails", "이름을 한글이나 영문으로 입력해 주세요.")
        self._name_field.set_error(wrong_name if state.name_invalid else "")
        wrong_phone = translate(
            "PersonalDetails", "휴대전화 번호가 아니에요. 010-1234-5678처럼 입력해 주세요."
        )
        self._phone_field.set_error(wrong_phone if state.phone_invalid else "")
        self._trouble.say(trouble_message(state.trouble))
        self._expired.say(_expired() if state.expired else None)
        self._go_to_what_is_wrong((state.name_invalid, state.phone_invalid))

    def _go_to_what_is_wrong(self, faults: tuple[bool, bool]) -> None:
        if faults == self._faults:
            return
        self._faults = faults
        name, phone = faults
        if name:
            self._name.setFocus()
        elif phone:
            self._phone.focus_first_gap()

    def _bind(self) -> None:
        self._name.entered.connect(self._enrolment.set_name)
        self._phone.changed.connect(self._enrolment.set_phone)
        self._enrolment.state_changed.connect(self.refresh)


def _name_edit() -> TextEdit:
    edit = TextEdit()
    edit.setAccessibleName(translate("PersonalDetails", "이름"))
    edit.setPlaceholderText(translate("PersonalDetails", "예: 홍길동"))
    edit.setMinimumHeight(scaled(Size.CONTROL))
    edit.setMaxLength(60)
    return edit


def _expired() -> Message:
    return Message(
        Level.WARN,
        translate("PersonalDetails", "인증 시간이 지났습니다."),
        translate(
            "PersonalDetails",
            "시간이 지났거나 인증번호가 여러 번 맞지 않아 처음부터 다시 확인합니다. 입력한 이름과 "
            "번호는 그대로 있어요.",
        ),
    )
