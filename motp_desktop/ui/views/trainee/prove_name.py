"""본인 명의 확인 1 / 2: what the carrier compares."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.services.outcomes import InvalidNameDetails
from motp_desktop.ui.texts.name_proof import (
    CARRIERS,
    birth_fault_text,
    carrier_fault_text,
    carrier_name,
    expired_message,
    mismatch_message,
)
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.name_proof import NameProofViewModel
from motp_desktop.ui.viewmodels.states import NameProofState
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.birth_field import BirthField
from motp_desktop.ui.widgets.choice_grid import ChoiceGrid
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.step_header import StepHeader

translate = QCoreApplication.translate


class ProveNameView(Page):
    """Carrier, birth date and one digit; what is wrong stands beside what caused it."""

    def __init__(self, proof: NameProofViewModel) -> None:
        super().__init__()
        self._proof = proof
        self._faults = InvalidNameDetails()
        self.on_back = proof.back
        step = translate("ProveName", "본인 명의 확인 2단계 중 1단계")
        self.column.addWidget(StepHeader(1, 2, proof.back, spoken=step))
        self.add_title(translate("ProveName", "본인 명의 확인"))
        self.add_text(
            translate(
                "ProveName",
                "수강료를 환급받으려면 휴대전화가 본인 명의여야 해요. 통신사에 확인합니다.",
            )
        )
        self._ended = Banner()
        self._trouble = Banner(translate("ProveName", "다시 시도"), proof.retry)
        carrier = translate("ProveName", "통신사")
        self._carrier = ChoiceGrid(carrier, [carrier_name(each) for each in CARRIERS])
        self._carrier_field = FormField(carrier, self._carrier, ())
        self._birth = BirthField()
        self._birth_field = FormField(
            translate("ProveName", "생년월일과 뒤 첫 숫자"),
            self._birth,
            self._birth.boxes,
            hint=translate(
                "ProveName",
                "주민등록번호의 앞 7자리예요. 통신사 확인에만 쓰고 저장하지 않아요.",
            ),
        )
        for widget in (self._ended, self._trouble, self._carrier_field, self._birth_field):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.add_primary(translate("ProveName", "인증번호 받기"), proof.submit_details)
        self._carrier.chosen.connect(lambda number: proof.set_carrier(CARRIERS[number]))
        self._birth.changed.connect(proof.set_birth)
        proof.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The carrier, or the birth date where the carrier is chosen already and not in doubt."""
        state = self._proof.state
        is_settled = state.fields.carrier is not None and not state.mismatch
        return self._birth.birth if is_settled else self._carrier.focus_choice()

    def refresh(self) -> None:
        """What was typed, what is wrong with it, and how the last try ended."""
        state = self._proof.state
        fields = state.fields
        self._carrier.set_choice(None if fields.carrier is None else CARRIERS.index(fields.carrier))
        self._birth.set_digits(fields.birth, fields.sex)
        self._say_what_is_wrong(state.faults)
        self._say_how_it_ended(state)
        self._trouble.say(trouble_message(state.trouble))
        waiting = translate("ProveName", "통신사에 확인하고 있어요.")
        self.busy.say(waiting if state.busy else "")

    def _say_what_is_wrong(self, faults: InvalidNameDetails) -> None:
        missing = carrier_fault_text(faults)
        self._carrier_field.set_error(missing)
        self._carrier.set_invalid(missing)
        self._birth_field.set_error(birth_fault_text(faults))
        if faults != self._faults:
            self._faults = faults
            wrong = {
                self._carrier.focus_choice(): faults.carrier,
                self._birth.birth: faults.birth,
                self._birth.sex: faults.sex,
            }
            first = next((widget for widget, is_wrong in wrong.items() if is_wrong), None)
            if first is not None:
                first.setFocus()

    def _say_how_it_ended(self, state: NameProofState) -> None:
        if state.mismatch:
            self._ended.say(mismatch_message())
        else:
            self._ended.say(expired_message() if state.expired else None)
