"""What is still needed today, and the newest checks, in short."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.services.outcomes import OwnRecords
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.records import (
    check_detail,
    check_state,
    check_title,
    need_state,
    need_title,
)
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.state_row import StateRow
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.messages import OwnRequirement, PastCheck

translate = QCoreApplication.translate

_NEEDS, _CHECKS = 3, 1


class RecordsCard(Card):
    """Hidden until the records were read."""

    def __init__(self, on_more: Callable[[], object]) -> None:
        super().__init__()
        self._records: OwnRecords | None = None
        self._rows: QWidget | None = None
        self._more = TextButton(
            translate("RecordsCard", "인증 기록 모두 보기"), on_more, icon="history"
        )
        self.column.addWidget(self._more)
        self.hide()

    def set_records(self, records: OwnRecords | None, needs: tuple[OwnRequirement, ...]) -> None:
        """Show these records and, first of them, what is needed; or nothing."""
        if records == self._records:
            return
        self._records = records
        if self._rows is not None:
            self.column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
            self._rows = None
        if records is not None:
            self._rows = _rows(records, needs)
            self.column.insertWidget(0, self._rows)
            self._more.setVisible(bool(records.checks))
        self.setVisible(records is not None)


def need_row(need: OwnRequirement) -> StateRow:
    """What a class asks for today."""
    icon, tone = ("todo", Tone.WARN) if need.required else ("ok", Tone.OK)
    return StateRow(icon, need_title(need), need_state(need), detail=need.institution, tone=tone)


def check_row(check: PastCheck, now: str) -> StateRow:
    """A check that was made."""
    icon, tone = ("ok", Tone.OK) if check.result == "accepted" else ("bad", Tone.BAD)
    return StateRow(
        icon, check_title(check), check_state(check), detail=check_detail(check, now), tone=tone
    )


def _rows(records: OwnRecords, needs: tuple[OwnRequirement, ...]) -> QWidget:
    rows = QWidget()
    column = QVBoxLayout(rows)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    column.addWidget(TextLabel(translate("RecordsCard", "오늘 필요한 인증"), Type.STRONG))
    for need in needs[:_NEEDS]:
        column.addWidget(need_row(need))
    if len(needs) > _NEEDS:
        more = translate("RecordsCard", "그 밖에 {n}건").format(n=len(needs) - _NEEDS)
        column.addWidget(TextLabel(more, Type.SMALL, Tone.MUTED))
    if not needs:
        nothing = translate(
            "RecordsCard", "지금 알려진 것이 없어요. 훈련 사이트가 물으면 그때 입력해 주세요."
        )
        column.addWidget(TextLabel(nothing, Type.SMALL, Tone.MUTED))
    if records.checks:
        column.addSpacing(Space.S)
        column.addWidget(TextLabel(translate("RecordsCard", "최근 인증"), Type.STRONG))
        for check in records.checks[:_CHECKS]:
            column.addWidget(check_row(check, records.time))
    return rows
