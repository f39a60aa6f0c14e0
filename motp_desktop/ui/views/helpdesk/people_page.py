"""Search on top, who was found left, one of them right."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from motp_desktop.services.helpdesk.ports import Order
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.troubles import staff_trouble
from motp_desktop.ui.texts.helpdesk.words import order_words
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.viewmodels.helpdesk.states import SearchState
from motp_desktop.ui.views.helpdesk.people_table import people_rows
from motp_desktop.ui.views.helpdesk.person_panel import PersonPanel
from motp_desktop.ui.widgets.announcing import announce, speaks_itself
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.cells import RowsModel
from motp_desktop.ui.widgets.choice_box import ChoiceBox
from motp_desktop.ui.widgets.data_table import DataTable
from motp_desktop.ui.widgets.following_scroll import FollowingScroll
from motp_desktop.ui.widgets.search_field import SearchField
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

ORDERS: tuple[Order, ...] = ("contact", "state", "created")
_MOST_COUNTED = 10_000


class PeoplePage(QWidget):
    """Arrow down leads from the field into the list; Enter opens; Escape leads back."""

    def __init__(self, models: ConsoleModels, now: Callable[[], str]) -> None:
        """`now` is the verifier's time, RFC 3339."""
        super().__init__()
        self._models = models
        self._search = models.search
        self._now = now
        self._told = ""
        self.field = SearchField(
            translate("PeoplePage", "훈련생 찾기"),
            translate("PeoplePage", "이름, 전화번호, 번호 뒤 네 자리"),
        )
        self.field.setText(models.search.state.text)
        self.field.entered.connect(models.search.type_text)
        self.count = TextLabel("", Type.SMALL, Tone.MUTED)
        speaks_itself(self.count)
        self.order = ChoiceBox(
            translate("PeoplePage", "순서"), [order_words(each) for each in ORDERS]
        )
        self.order.activated.connect(lambda number: models.search.sort_by(ORDERS[number]))
        self._trouble = Banner(translate("PeoplePage", "다시 시도"), models.search.search)
        self.rows = RowsModel(
            [
                translate("PeoplePage", "이름"),
                translate("PeoplePage", "전화번호"),
                translate("PeoplePage", "상태"),
                translate("PeoplePage", "마지막 연결"),
                translate("PeoplePage", "훈련기관"),
            ],
            # Later: the table asks while it is being filled.
            lambda: QTimer.singleShot(0, self, models.search.more),
        )
        self.table = DataTable(
            translate("PeoplePage", "찾은 훈련생"), self.rows, (76, 152, 152, 116, 0)
        )
        self.table.opened.connect(self._open)
        self.person = PersonPanel(models)
        self._lay_out()
        models.search.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """What to type into."""
        return self.field

    def refresh(self) -> None:
        """Who was found."""
        state = self._search.state
        if self.field.text() != state.text:
            self.field.setText(state.text)
        self.order.setCurrentIndex(ORDERS.index(state.order))
        self.order.setVisible(bool(state.rows))
        self.count.setText(count_words(state))
        self._trouble.say(staff_trouble(state.trouble))
        self.rows.show_rows(people_rows(state.rows, self._now()), has_more=state.has_more)
        self.table.setVisible(bool(state.rows))
        self._rest.setVisible(not state.rows)
        if not state.working and state.asked and self.count.text() != self._told:
            self._told = self.count.text()
            announce(self, self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field and the table let through."""
        key = event.key()
        if key == Qt.Key.Key_Down and self.field.hasFocus() and self._search.state.rows:
            self.table.setFocus()
            self.table.selectRow(max(0, self.table.currentIndex().row()))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.field.hasFocus():
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """The one that was found, or what was typed just now."""
        state = self._search.state
        if state.text.strip() == state.asked and len(state.rows) == 1:
            self._open(0)
        else:
            self._search.search()

    def _open(self, row: int) -> None:
        rows = self._search.state.rows
        if row < len(rows):
            self._models.person.open(rows[row].trainee_id)

    def _back(self) -> None:
        if self._models.actions.state.asking is not None:
            self._models.actions.cancel()
        elif not self.field.hasFocus():
            self.field.setFocus()
            self.field.selectAll()
        else:
            self._search.type_text("")

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(Space.L, 0, Space.S, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(Flow([self.count, self.order]))
        column.addWidget(self._trouble)
        column.addWidget(self.table, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(Space.S)
        split.addWidget(FollowingScroll(left))
        split.addWidget(self.person)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 9)
        split.setStretchFactor(1, 11)
        split.setSizes([450, 550])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, Space.L, 0, 0)
        outer.setSpacing(Space.M)
        search = QHBoxLayout()
        search.setContentsMargins(Space.L, 0, Space.L, 0)
        search.addWidget(self.field)
        outer.addLayout(search)
        outer.addWidget(split, 1)


def count_words(state: SearchState) -> str:
    """How many were found, or what to do to find somebody."""
    if state.trouble is not None and not state.rows:
        return ""
    if state.is_too_short:
        return translate("PeoplePage", "번호는 뒤 네 자리부터 찾을 수 있어요.")
    if not state.asked:
        if state.busy:
            return translate("PeoplePage", "찾고 있어요.")
        return translate("PeoplePage", "이름이나 번호를 넣으면 바로 찾아요.")
    if not state.rows:
        return translate("PeoplePage", "찾은 사람이 없어요. 철자와 번호를 다시 확인해 주세요.")
    if state.count >= _MOST_COUNTED:
        return translate("PeoplePage", "{count}명 이상입니다.").format(count=f"{_MOST_COUNTED:,}")
    return translate("PeoplePage", "{count}명").format(count=f"{state.count:,}")
