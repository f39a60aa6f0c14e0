"""All kiosks in a table, and one of them beneath it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.kiosks import config_words, kiosk_state
from motp_desktop.ui.texts.helpdesk.troubles import staff_trouble
from motp_desktop.ui.texts.helpdesk.words import ago
from motp_desktop.ui.texts.times import moment
from motp_desktop.ui.viewmodels.helpdesk.kiosks import KiosksViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel
from motp_desktop.ui.views.helpdesk.findings_card import TONES
from motp_desktop.ui.views.helpdesk.kiosk_card import KioskCard
from motp_desktop.ui.views.helpdesk.place import PlacePage
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.buttons import OutlineButton
from motp_desktop.ui.widgets.cells import Cell, Row, RowsModel
from motp_desktop.ui.widgets.data_table import DataTable
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import StaffKiosk

translate = QCoreApplication.translate

_MOST_IN_SIGHT = 10


class KiosksPage(PlacePage):
    """The arrow keys choose a kiosk, Enter leads to what can be done about it."""

    def __init__(self, kiosks: KiosksViewModel, session: SessionViewModel) -> None:
        super().__init__(translate("KiosksPage", "키오스크"))
        self._model = kiosks
        self._session = session
        self._trouble = Banner(translate("KiosksPage", "다시 시도"), kiosks.look)
        self._busy = BusyLine()
        self._when = TextLabel("", Type.SMALL, Tone.MUTED)
        self.again = OutlineButton(
            translate("KiosksPage", "새로 고침"), kiosks.look, icon="refresh"
        )
        above = QHBoxLayout()
        above.addWidget(self._when, 1)
        above.addWidget(self.again)
        self._none = TextLabel(
            translate("KiosksPage", "키오스크가 없습니다. 운영자가 서버에서 더합니다."),
            Type.BODY,
            Tone.MUTED,
        )
        self._rows = RowsModel(
            [
                translate("KiosksPage", "상태"),
                translate("KiosksPage", "이름"),
                translate("KiosksPage", "훈련기관"),
                translate("KiosksPage", "마지막 연결"),
                translate("KiosksPage", "오늘 쓴 사람"),
                translate("KiosksPage", "버전"),
                translate("KiosksPage", "설정"),
            ]
        )
        self.table = DataTable(
            translate("KiosksPage", "키오스크"), self._rows, (150, 170, 0, 152, 116, 90, 132)
        )
        self.card = KioskCard(kiosks)
        self.table.pointed.connect(self._choose)
        self.table.opened.connect(lambda _row: self.card.take_focus())
        self.column.addLayout(above)
        for piece in (self._trouble, self._busy, self._none, self.table, self.card):
            self.column.addWidget(piece)
        self.column.addStretch(1)
        kiosks.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The kiosks, or what asks for them again."""
        return self.table if self._model.state.kiosks else self.again

    def on_escape(self) -> None:
        """A question is given up."""
        self._model.cancel()

    def refresh(self) -> None:
        """The kiosks as they were read last."""
        state = self._model.state
        kiosks = state.kiosks or ()
        self._trouble.say(None if state.asking else staff_trouble(state.trouble))
        is_first = state.kiosks is None
        self._busy.say(
            translate("KiosksPage", "불러오고 있어요.") if state.busy and is_first else ""
        )
        self._none.setVisible(state.kiosks == ())
        self.table.setVisible(bool(kiosks))
        if state.time:
            as_of = translate("KiosksPage", "{time} 현재")
            self._when.setText(as_of.format(time=moment(state.time, state.time)))
        self._rows.show_rows([kiosk_row(each, state.time) for each in kiosks])
        self.table.setFixedHeight(self.table.height_of(max(1, min(len(kiosks), _MOST_IN_SIGHT))))
        self._point_at_chosen()
        staff = self._session.state.staff
        self.card.show_kiosk(state, None if staff is None else staff.role)

    def _point_at_chosen(self) -> None:
        """Rows that were filled anew have no current one."""
        state = self._model.state
        ids = [each.kiosk_id for each in state.kiosks or ()]
        if state.chosen in ids:
            row = ids.index(state.chosen)
            if self.table.currentIndex().row() != row:
                self.table.selectRow(row)

    def _choose(self, row: int) -> None:
        kiosks = self._model.state.kiosks or ()
        if row < len(kiosks):
            self._model.choose(kiosks[row].kiosk_id)


def kiosk_row(kiosk: StaffKiosk, now: str) -> Row:
    """As it stands in the table; `now` is the verifier's time, RFC 3339."""
    level, words = kiosk_state(kiosk, now)
    is_behind = kiosk.config_known < kiosk.config_version and kiosk.state in {"active", "locked"}
    return (
        Cell(words, level.value, TONES[level]),
        Cell(kiosk.label),
        Cell(kiosk.institution),
        Cell(ago(kiosk.last_contact_at, now), tone=Tone.MUTED),
        Cell(f"{kiosk.users_today:,}", is_number=True),
        Cell(kiosk.app_version),
        Cell(config_words(kiosk), tone=Tone.WARN if is_behind else Tone.MUTED),
    )
