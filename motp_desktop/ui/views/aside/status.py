"""이 PC의 상태: what the helpdesk asks, in the order in which it asks."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.texts.status import facts, registration_message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.status import StatusViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import OutlineButton, TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class StatusView(Page):
    """State and short code on top; all else is small print that the helpdesk asks for."""

    def __init__(self, status: StatusViewModel, leave: Callable[[], object]) -> None:
        super().__init__()
        self._status = status
        self.on_back = leave
        self._back = BackRow(leave)
        self.column.addWidget(self._back)
        self.add_title(translate("Status", "이 PC의 상태"))
        self._state = Banner(is_standing=True)
        self._kept = Banner()
        self._trouble = Banner()
        for banner in (self._state, self._kept, self._trouble):
            self.column.addWidget(banner)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(Space.L)
        self.column.addLayout(self._facts)
        self._ask = OutlineButton(
            translate("Status", "서버에 다시 확인"), status.ask_verifier, icon="connected"
        )
        for button in (
            self._ask,
            TextButton(translate("Status", "진단 보고서 저장"), self._save, icon="save"),
            TextButton(translate("Status", "앱 기록 보기"), status.show_log, icon="log"),
        ):
            self.column.addWidget(button)
        self.column.addStretch(1)
        self._sign = self.add_primary(translate("Status", "상태 QR 보이기"), status.show_sign)
        self._shown: object = None
        status.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The way back: there is nothing that must be done here."""
        return self._back.back

    def refresh(self) -> None:
        """The facts as they are now."""
        state = self._status.state
        status = state.status
        self.busy.say(translate("Status", "확인하고 있어요.") if state.busy else "")
        self._trouble.say(trouble_message(state.trouble))
        self._kept.say(_kept(state.saved, state.not_saved))
        has_registration = status is not None and bool(status.short_code)
        self._sign.setVisible(has_registration)
        self._ask.setVisible(has_registration)
        if status is not None and status != self._shown:
            self._shown = status
            self._state.say(registration_message(status))
            self._fill()

    def _fill(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        status = self._status.state.status
        if status is None:
            return
        if status.short_code:
            self._facts.addWidget(_short_code(status.short_code))
        card = Card()
        for name, value in facts(status):
            card.add_fact(name, value)
        self._facts.addWidget(card)

    def _save(self) -> None:
        """Ask where to, and save there."""
        today = QDate.currentDate().toString("yyyy-MM-dd")
        proposed = str(Path.home() / f"motp-report-{today}.txt")
        title = translate("Status", "진단 보고서 저장")
        path, _ = QFileDialog.getSaveFileName(self, title, proposed, "*.txt")
        if path:
            self._status.save_report(path)


def _short_code(code: str) -> Card:
    card = Card()
    card.add_fact(translate("Status", "전화로 물으면 불러 주는 코드"), code, important=True)
    return card


def _kept(saved: str, not_saved: str) -> Message | None:
    if saved:
        return Message(
            Level.OK,
            translate("Status", "진단 보고서를 저장했어요."),
            translate("Status", "이름, 번호, 비밀번호는 들어 있지 않습니다. {path}").format(
                path=saved
            ),
        )
    if not_saved:
        return Message(
            Level.WARN,
            translate("Status", "진단 보고서를 저장하지 못했어요."),
            translate("Status", "다른 폴더를 골라 다시 해 주세요. {path}").format(path=not_saved),
        )
    return None
