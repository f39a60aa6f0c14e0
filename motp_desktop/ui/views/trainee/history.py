"""인증 기록: when, where and for what a check was made."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.outcomes import OwnRecords
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.records import RecordsViewModel
from motp_desktop.ui.views.trainee.records_card import check_row, need_row
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.state_row import StateRow
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.messages import OwnRequirement

translate = QCoreApplication.translate


class HistoryView(Page):
    """What is needed today, then the newest checks, as last read."""

    def __init__(self, records: RecordsViewModel) -> None:
        super().__init__()
        self._model = records
        self._shown: OwnRecords | None = None
        self._cards: list[Card] = []
        self.on_back = records.back
        self.add_title(translate("History", "인증 기록"))
        self._trouble = Banner(translate("History", "다시 시도"), records.read)
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        self.add_primary(translate("History", "인증번호로 돌아가기"), records.back)
        records.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """The records, and how reading them goes."""
        state = self._model.state
        self._trouble.say(trouble_message(state.trouble))
        self.busy.say(translate("History", "기록을 읽고 있어요.") if state.busy else "")
        if state.records is not None and state.records != self._shown:
            self._shown = state.records
            self._fill(state.records, state.needs)

    def _fill(self, records: OwnRecords, needs: tuple[OwnRequirement, ...]) -> None:
        for card in self._cards:
            self.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = (
            [_card(translate("History", "오늘 필요한 인증"), [need_row(need) for need in needs])]
            if needs
            else []
        )
        rows = [check_row(check, records.time) for check in records.checks]
        self._cards.append(_card(translate("History", "최근 인증"), rows))
        for number, card in enumerate(self._cards):
            self.column.insertWidget(2 + number, card)


def _card(title: str, rows: list[StateRow]) -> Card:
    card = Card()
    card.column.addWidget(TextLabel(title, Type.STRONG))
    for row in rows:
        card.column.addWidget(row)
    if not rows:
        nothing = translate("History", "아직 기록이 없어요.")
        card.column.addWidget(TextLabel(nothing, Type.SMALL, Tone.MUTED))
    return card
