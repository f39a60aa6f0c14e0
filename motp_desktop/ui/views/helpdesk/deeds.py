"""What can be done for the person: buttons, the question that one of them puts, what came of it."""

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.services.helpdesk.offers import (
    ACTIONS,
    Obstacle,
    action_obstacle,
    bypass_obstacle,
    current_registration,
)
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk import doing
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.helpdesk.actions import ActionsViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import ActionKind, Asking
from motp_desktop.ui.views.helpdesk.bypass_card import BypassCard
from motp_desktop.ui.views.helpdesk.question import Question
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import Button, DangerButton, OutlineButton
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import StaffAction, StaffRole, TraineePage

translate = QCoreApplication.translate

# What is plain to see needs no sentence beneath the buttons.
_PLAIN: frozenset[Obstacle] = frozenset(
    {"no-pin-lock", "no-code-lock", "not-suspended", "is-suspended"}
)


class Deeds(QWidget):
    """The buttons stay, so that the focus does; they are for the registration in use."""

    def __init__(self, actions: ActionsViewModel) -> None:
        super().__init__()
        self._model = actions
        self._registration_id = ""
        self._asking: ActionKind | None = None
        self.question: Question | None = None
        self.buttons: dict[ActionKind, Button] = {
            action: self._button(action) for action in ACTIONS
        }
        self.buttons["bypass"] = OutlineButton(doing.bypass_name(), actions.ask_bypass, icon="key")
        self.done = Banner(translate("Deeds", "정지 되돌리기"), actions.undo, is_standing=True)
        self._over = Banner(is_standing=True)
        self._bypass = BypassCard(actions)
        self._why = TextLabel("", Type.SMALL, Tone.MUTED)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        for piece in (self._bypass, self._over, self.done):
            self._column.addWidget(piece)
        self._column.addWidget(Flow(list(self.buttons.values())))
        self._column.addWidget(self._why)
        actions.state_changed.connect(self.refresh)
        self.refresh()

    def offer(self, page: TraineePage, role: StaffRole) -> None:
        """Which of them are possible now; the others say why not."""
        current = current_registration(page)
        self._registration_id = "" if current is None else current.registration_id
        obstacles: dict[ActionKind, Obstacle | None] = {"bypass": bypass_obstacle(role, page)}
        for action in ACTIONS:
            obstacles[action] = (
                "no-registration" if current is None else action_obstacle(action, role, current)
            )
        reasons: list[str] = []
        for kind, button in self.buttons.items():
            obstacle = obstacles[kind]
            text = doing.obstacle_text(obstacle)
            button.setEnabled(obstacle is None)
            button.setToolTip(text)
            button.setAccessibleDescription(text)
            if obstacle is not None and obstacle not in _PLAIN and text not in reasons:
                reasons.append(text)
        is_suspended = current is not None and current.state == "suspended"
        self.buttons["suspend"].setVisible(not is_suspended)
        self.buttons["resume"].setVisible(is_suspended)
        self._why.setText(" ".join(reasons))
        self._why.setVisible(bool(reasons))

    def refresh(self) -> None:
        """The question, and what came of the last one."""
        state = self._model.state
        asked = None if state.asking is None else state.asking.kind
        if asked != self._asking:
            self._put(state.asking)
        elif self.question is not None:
            self.question.refresh()
        done = state.done
        self.done.say(None if done is None else doing.done_message(done.action, done.label))
        self._bypass.show_code(state.bypass)
        over = Message(Level.INFO, translate("Deeds", "임시 번호의 시간이 끝났습니다."))
        self._over.say(over if state.bypass_over else None)

    def _put(self, asking: Asking | None) -> None:
        before, self._asking = self._asking, None if asking is None else asking.kind
        if self.question is not None:
            self._column.removeWidget(self.question)
            self.question.hide()
            self.question.deleteLater()
            self.question = None
        if asking is not None:
            self.question = Question(self._model, asking)
            self._column.insertWidget(0, self.question)
            self.question.show()
            self.question.reason.setFocus()
        elif before in self.buttons:
            # Once it is known what is possible now: a button that is not takes no focus.
            QTimer.singleShot(0, self, lambda: self._focus_again(before))

    def _focus_again(self, kind: ActionKind | None) -> None:
        if self.done.message is not None and self.done.message.can_retry:
            self.done.focus_action()
        elif kind is not None and kind in self.buttons:
            self.buttons[kind].setFocus()

    def _button(self, action: StaffAction) -> Button:
        make = DangerButton if action == "revoke" else OutlineButton
        return make(
            doing.action_name(action), lambda: self._model.ask(action, self._registration_id)
        )
