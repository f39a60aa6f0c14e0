"""One kiosk: its facts, the buttons that lock and unlock it, and the question that they put."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from motp_desktop.services.helpdesk.offers import kiosk_obstacle
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk import kiosks as texts
from motp_desktop.ui.texts.helpdesk.words import ago, clock_words
from motp_desktop.ui.viewmodels.helpdesk.kiosks import KiosksViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import KiosksState
from motp_desktop.ui.views.helpdesk.facts import fact_columns
from motp_desktop.ui.views.helpdesk.findings_card import TONES
from motp_desktop.ui.views.helpdesk.kiosk_question import KioskQuestion
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import Button, OutlineButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import KioskAction, StaffKiosk, StaffRole

translate = QCoreApplication.translate

_ACTIONS: tuple[KioskAction, ...] = ("lock", "unlock")


class KioskCard(Card):
    """Stays when the kiosks are read again, so that the focus does."""

    def __init__(self, kiosks: KiosksViewModel) -> None:
        super().__init__()
        self._model = kiosks
        self._facts: QWidget | None = None
        self._shown: tuple[StaffKiosk, str] | None = None
        self.question: KioskQuestion | None = None
        self.buttons: dict[KioskAction, Button] = {
            action: OutlineButton(texts.action_name(action), partial(kiosks.ask, action))
            for action in _ACTIONS
        }
        self._name = TextLabel("", Type.LEAD)
        self._done = Banner(is_standing=True)
        self._why = TextLabel("", Type.SMALL, Tone.MUTED)
        for piece in (self._name, self._done, Flow(list(self.buttons.values())), self._why):
            self.column.addWidget(piece)

    def take_focus(self) -> None:
        """To what can be done about it."""
        for button in self.buttons.values():
            if button.isVisible() and button.isEnabled():
                button.setFocus()

    def show_kiosk(self, state: KiosksState, role: StaffRole | None) -> None:
        """The chosen one, or nothing."""
        kiosk = state.kiosk
        self.setVisible(kiosk is not None)
        if kiosk is None or role is None:
            return
        self._name.setText(f"{kiosk.institution} · {kiosk.label}")
        self._done.say(None if state.done is None else texts.done_message(state.done))
        self._fill(kiosk, state.time)
        self._offer(kiosk, role)
        self._put(state)

    def _fill(self, kiosk: StaffKiosk, now: str) -> None:
        if self._shown == (kiosk, now):
            return
        self._shown = (kiosk, now)
        if self._facts is not None:
            self.column.removeWidget(self._facts)
            self._facts.hide()
            self._facts.deleteLater()
        self._facts = fact_columns(kiosk_facts(kiosk, now))
        self.column.insertWidget(1, self._facts)
        self._facts.show()

    def _offer(self, kiosk: StaffKiosk, role: StaffRole) -> None:
        wanted: KioskAction = "unlock" if kiosk.state == "locked" else "lock"
        obstacle = texts.obstacle_text(kiosk_obstacle(wanted, role, kiosk))
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        for action, button in self.buttons.items():
            button.setVisible(action == wanted)
            button.setEnabled(action == wanted and not obstacle)
            button.setToolTip(obstacle)
            button.setAccessibleDescription(obstacle)
        if had_focus:
            self.take_focus()
        self._why.setText(obstacle)
        self._why.setVisible(bool(obstacle))

    def _put(self, state: KiosksState) -> None:
        asked = None if self.question is None else self.question.asking
        wanted = None if state.asking is None else (state.asking.kiosk_id, state.asking.action)
        if asked == wanted:
            if self.question is not None:
                self.question.refresh()
            return
        if self.question is not None:
            self.column.removeWidget(self.question)
            self.question.hide()
            self.question.deleteLater()
            self.question = None
        if state.asking is not None:
            self.question = KioskQuestion(self._model, state.asking)
            self.column.addWidget(self.question)
            self.question.show()
            self.question.reason.setFocus()
        else:
            # A button that was hidden a moment ago takes no focus yet.
            QTimer.singleShot(0, self, self.take_focus)


def kiosk_facts(kiosk: StaffKiosk, now: str) -> list[tuple[str, str, Tone]]:
    """Names, values and tones; `now` is the verifier's time, RFC 3339."""
    level, words = texts.kiosk_state(kiosk, now)
    facts = [
        (translate("KioskCard", "상태"), words, TONES[level]),
        (translate("KioskCard", "마지막 연결"), ago(kiosk.last_contact_at, now), Tone.TEXT),
        (translate("KioskCard", "등록한 때"), ago(kiosk.enrolled_at, now), Tone.TEXT),
    ]
    if kiosk.enrolled_at is not None:
        facts += [
            (translate("KioskCard", "PC 시계"), clock_words(kiosk.skew_seconds), Tone.TEXT),
            (translate("KioskCard", "시스템"), kiosk.platform, Tone.TEXT),
            (translate("KioskCard", "설정"), texts.config_words(kiosk), Tone.TEXT),
        ]
    return [*facts, (translate("KioskCard", "번호"), kiosk.kiosk_id, Tone.MUTED)]
