"""The person's time line: checks and events, the newest first."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.happened import (
    actor_words,
    check_result,
    check_words,
    event_words,
)
from motp_desktop.ui.texts.times import moment
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.cells import Cell, Row, RowsModel
from motp_desktop.ui.widgets.data_table import DataTable
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import StaffCheck, StaffEvent, TraineePage

translate = QCoreApplication.translate

_IN_SIGHT = 8


class TimeTable(Card):
    """Stays when the person is read again, so that it keeps its place."""

    def __init__(self) -> None:
        super().__init__()
        name = translate("TimeTable", "시간표")
        self.column.addWidget(TextLabel(name, Type.LEAD))
        self._model = RowsModel(
            [
                translate("TimeTable", "때"),
                translate("TimeTable", "일"),
                translate("TimeTable", "결과"),
                translate("TimeTable", "어디서, 누가"),
            ]
        )
        self.table = DataTable(name, self._model, (116, 0, 140, 190))
        self.table.setFixedHeight(self.table.height_of(_IN_SIGHT))
        self.column.addWidget(self.table)

    def show_page(self, page: TraineePage) -> None:
        """Show this person's."""
        self._model.show_rows(timeline(page))


def timeline(page: TraineePage) -> list[Row]:
    """Checks and events in one order. A check's own row of the audit is left out."""
    rows: list[tuple[str, Row]] = [(check.at, _check(check, page.time)) for check in page.checks]
    rows += [
        (event.at, _event(event, page.time))
        for event in page.events
        if event.kind != "verification"
    ]
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def _check(check: StaffCheck, now: str) -> Row:
    is_good = check.result == "accepted"
    where = " · ".join(part for part in (check.institution, check.source) if part)
    icon, tone = ("ok", Tone.OK) if is_good else ("bad", Tone.BAD)
    return (
        Cell(moment(check.at, now)),
        Cell(check_words(check)),
        Cell(check_result(check), icon, tone),
        Cell(where, tone=Tone.MUTED),
    )


def _event(event: StaffEvent, now: str) -> Row:
    who = " · ".join(part for part in (event.institution, actor_words(event.actor)) if part)
    return (
        Cell(moment(event.at, now)),
        Cell(event_words(event.kind)),
        Cell(event.reason or ""),
        Cell(who, tone=Tone.MUTED),
    )
