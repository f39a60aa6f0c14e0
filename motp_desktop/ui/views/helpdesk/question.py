"""A question in the page: what is to be done, what it leads to, and why."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.texts.helpdesk import doing
from motp_desktop.ui.texts.helpdesk.troubles import reason_fault_text, staff_trouble
from motp_desktop.ui.texts.records import occasion_text
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.helpdesk.actions import ActionsViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import ActionKind, Asking
from motp_desktop.ui.views.helpdesk.answering import AnsweringCard
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import DangerButton, PrimaryButton, TextButton
from motp_desktop.ui.widgets.choice_box import ChoiceBox
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_desktop.ui.widgets.text_edit import TextEdit
from motp_protocol.fields import Occasion

translate = QCoreApplication.translate

OCCASIONS: tuple[Occasion, ...] = (
    "entry",
    "lesson",
    "exam",
    "assignment",
    "progress",
    "discussion",
    "other_evaluation",
    "supplement",
    "other",
)


class Question(AnsweringCard):
    """Enter does it, Escape does nothing."""

    def __init__(self, actions: ActionsViewModel, asking: Asking) -> None:
        super().__init__()
        self._model = actions
        self.kind: ActionKind = asking.kind
        name, leads_to = _words(asking.kind)
        self.column.addWidget(TextLabel(name, Type.TITLE))
        if asking.label:
            self.column.addWidget(TextLabel(asking.label, Type.SMALL, Tone.MUTED))
        self.column.addWidget(TextLabel(leads_to))
        if asking.kind == "bypass":
            self._add_choices(asking)
        self.reason = TextEdit()
        why = translate("Question", "사유")
        self.reason.setAccessibleName(why)
        self.reason.setMinimumHeight(scaled(Size.CONTROL))
        self.reason.setText(asking.reason)
        self.reason.entered.connect(actions.type_reason)
        hint = translate("Question", "감사 기록에 남습니다. 이름과 전화번호는 적지 마세요.")
        self._field = FormField(why, self.reason, (self.reason,), hint=hint)
        self.column.addWidget(self._field)
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self._busy = BusyLine()
        self.column.addWidget(self._busy)
        self.do = (
            DangerButton(name, actions.confirm)
            if asking.kind == "revoke"
            else PrimaryButton(name, actions.confirm)
        )
        self.cancel = TextButton(translate("Question", "그만두기"), actions.cancel)
        self.column.addWidget(Flow([self.do, self.cancel]))
        self.refresh()

    def refresh(self) -> None:
        """What is wrong with the reason, and how doing it goes."""
        state = self._model.state
        if state.asking is not None:
            self._field.set_error(reason_fault_text(state.asking.fault))
        self._trouble.say(staff_trouble(state.trouble))
        self._busy.say(translate("Question", "처리하고 있어요.") if state.busy else "")

    def _add_choices(self, asking: Asking) -> None:
        where = translate("Question", "훈련기관")
        institutions = ChoiceBox(where, [name for _, name in asking.institutions])
        institutions.setCurrentIndex(asking.institution)
        institutions.activated.connect(self._model.choose_institution)
        what = translate("Question", "인증")
        occasions = ChoiceBox(what, [occasion_text(each) for each in OCCASIONS])
        occasions.setCurrentIndex(OCCASIONS.index(asking.occasion))
        occasions.activated.connect(lambda number: self._model.choose_occasion(OCCASIONS[number]))
        self.column.addWidget(FormField(where, institutions, ()))
        self.column.addWidget(FormField(what, occasions, ()))


def _words(kind: ActionKind) -> tuple[str, str]:
    if kind == "bypass":
        return doing.bypass_name(), doing.bypass_consequence()
    if kind == "reveal":
        return doing.reveal_name(), doing.reveal_consequence()
    return doing.action_name(kind), doing.consequence(kind)


def focus_of(question: Question) -> QWidget:
    """What has the focus when it is put."""
    return question.reason
