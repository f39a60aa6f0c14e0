"""The board of today: numbers, hours, reasons, institutions."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from motp_desktop.ui.fonts import Type, scaled, text_scale
from motp_desktop.ui.texts.helpdesk.happened import rejection_words
from motp_desktop.ui.texts.helpdesk.troubles import staff_trouble
from motp_desktop.ui.texts.times import day, moment
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.helpdesk.board import BoardViewModel
from motp_desktop.ui.views.helpdesk.legend import legend
from motp_desktop.ui.views.helpdesk.place import PlacePage
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.busy_line import BusyLine
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import OutlineButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.cells import Cell, Row, RowsModel
from motp_desktop.ui.widgets.data_table import DataTable
from motp_desktop.ui.widgets.plots import Bar, BarPlot, Share, SharePlot
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import Board

translate = QCoreApplication.translate

_LABEL_EVERY = 6
_TILE = 150
_ONE_COLUMN_FROM = 1.4


class BoardPage(PlacePage):
    """Follows the day."""

    def __init__(self, board: BoardViewModel) -> None:
        super().__init__(translate("BoardPage", "오늘"))
        self._model = board
        self._trouble = Banner(translate("BoardPage", "다시 시도"), board.look)
        self._busy = BusyLine()
        self._when = TextLabel("", Type.SMALL, Tone.MUTED)
        self.again = OutlineButton(translate("BoardPage", "새로 고침"), board.look, icon="refresh")
        above = QHBoxLayout()
        above.addWidget(self._when, 1)
        above.addWidget(self.again)
        self._tiles = {
            "accepted": _Tile(translate("BoardPage", "인증됨"), Tone.OK),
            "rejected": _Tile(translate("BoardPage", "안 됨"), Tone.BAD),
            "locks": _Tile(translate("BoardPage", "잠금"), Tone.BAD),
            "enrolments": _Tile(translate("BoardPage", "새 등록"), Tone.TEXT),
            "cloned": _Tile(translate("BoardPage", "복사된 기기"), Tone.BAD),
        }
        hours = translate("BoardPage", "시간마다")
        reasons = translate("BoardPage", "안 된 사유")
        self._hours, self._reasons = BarPlot(hours), SharePlot(reasons)
        self._no_reasons = TextLabel(
            translate("BoardPage", "오늘은 안 된 인증이 없습니다."), Type.BODY, Tone.MUTED
        )
        institutions = translate("BoardPage", "훈련기관마다")
        self._rows = RowsModel(
            [
                translate("BoardPage", "훈련기관"),
                translate("BoardPage", "인증됨"),
                translate("BoardPage", "안 됨"),
                translate("BoardPage", "비율"),
                translate("BoardPage", "잠금"),
            ]
        )
        self.table = DataTable(institutions, self._rows, (0, 110, 110, 90, 90))
        self._known = QWidget()
        known = QVBoxLayout(self._known)
        known.setContentsMargins(0, 0, 0, 0)
        known.setSpacing(Space.M)
        known.addLayout(above)
        known.addWidget(Flow(list(self._tiles.values())))
        plots = QGridLayout()
        plots.setSpacing(Space.M)
        stacked = text_scale() >= _ONE_COLUMN_FROM
        plots.addWidget(_titled(hours, self._hours, legend()), 0, 0)
        right = _titled(reasons, self._reasons, self._no_reasons)
        plots.addWidget(right, 1 if stacked else 0, 0 if stacked else 1)
        plots.setColumnStretch(0, 3)
        plots.setColumnStretch(1, 0 if stacked else 2)
        known.addLayout(plots)
        known.addWidget(_titled(institutions, self.table))
        for piece in (self._trouble, self._busy, self._known):
            self.column.addWidget(piece)
        self.column.addStretch(1)
        board.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The button that asks again."""
        return self.again

    def refresh(self) -> None:
        """The day so far."""
        state = self._model.state
        self._trouble.say(staff_trouble(state.trouble))
        is_first = state.busy and state.board is None
        self._busy.say(translate("BoardPage", "불러오고 있어요.") if is_first else "")
        self._known.setVisible(state.board is not None)
        if state.board is not None:
            self._fill(state.board)

    def _fill(self, board: Board) -> None:
        as_of = translate("BoardPage", "{day} · {time} 현재")
        self._when.setText(as_of.format(day=day(board.time), time=moment(board.time, board.time)))
        sums = {
            "accepted": sum(hour.accepted for hour in board.hours),
            "rejected": sum(hour.rejected for hour in board.hours),
            "locks": board.locks,
            "enrolments": board.enrolments,
            "cloned": board.cloned,
        }
        for name, tile in self._tiles.items():
            tile.show_number(sums[name])
        self._hours.show_bars(hour_bars(board), hours_words(board))
        shares = sorted(board.reasons, key=lambda reason: -reason.count)
        self._reasons.show_shares(
            [Share(rejection_words(each.reason), each.count) for each in shares if each.count],
            ". ".join(f"{rejection_words(each.reason)} {each.count}" for each in shares),
        )
        self._reasons.setVisible(any(each.count for each in shares))
        self._no_reasons.setVisible(not any(each.count for each in shares))
        self._rows.show_rows(institution_rows(board))
        self.table.setFixedHeight(self.table.height_of(max(1, min(len(board.institutions), 8))))


class _Tile(Card):
    """A number and what it counts."""

    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__()
        self._tone = tone
        self._number = TextLabel("0", Type.HEADING)
        self.column.setSpacing(0)
        self.column.addWidget(self._number)
        self.column.addWidget(TextLabel(name, Type.SMALL, Tone.MUTED))
        self.setMinimumWidth(scaled(_TILE))

    def show_number(self, number: int) -> None:
        """Nought is not coloured."""
        self._number.setText(f"{number:,}")
        self._number.set_tone(self._tone if number else Tone.MUTED)


def hour_bars(board: Board) -> list[Bar]:
    """All 24 hours, whether something happened in them or not."""
    found = {hour.hour: hour for hour in board.hours}
    return [
        Bar(
            f"{hour}" if hour % _LABEL_EVERY == 0 else "",
            found[hour].accepted if hour in found else 0,
            found[hour].rejected if hour in found else 0,
        )
        for hour in range(24)
    ]


def hours_words(board: Board) -> str:
    """What the plot shows: each hour in which something happened."""
    text = translate("BoardPage", "{n}시: 인증됨 {accepted}, 안 됨 {rejected}.")
    return " ".join(
        text.format(n=hour.hour, accepted=hour.accepted, rejected=hour.rejected)
        for hour in board.hours
        if hour.accepted or hour.rejected
    )


def institution_rows(board: Board) -> list[Row]:
    """Those with the most failures first."""
    rows: list[Row] = []
    for each in sorted(board.institutions, key=lambda each: (-each.rejected, each.institution)):
        both = each.accepted + each.rejected
        rate = f"{each.rejected / both:.0%}" if both else "–"
        rows.append(
            (
                Cell(each.institution),
                Cell(f"{each.accepted:,}", is_number=True),
                Cell(f"{each.rejected:,}", is_number=True),
                Cell(rate, is_number=True),
                Cell(
                    f"{each.locks:,}",
                    "lock" if each.locks else "",
                    Tone.BAD if each.locks else Tone.TEXT,
                    is_number=True,
                ),
            )
        )
    return rows


def _titled(title: str, *pieces: QWidget) -> Card:
    card = Card()
    card.column.addWidget(TextLabel(title, Type.LEAD))
    for piece in pieces:
        card.column.addWidget(piece)
    card.column.addStretch(1)
    return card
