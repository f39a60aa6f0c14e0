"""Finding people as somebody types."""

from functools import partial

from PySide6.QtCore import QTimer

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.people import People
from motp_desktop.services.helpdesk.ports import Order, PeopleQuery
from motp_desktop.ui.viewmodels.helpdesk.asking import Latest
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import SearchState
from motp_desktop.ui.viewmodels.work import INTERNAL
from motp_protocol.helpdesk import FoundTrainees

DEBOUNCE_MS = 200
FEWEST_DIGITS = 4


class SearchViewModel(StaffViewModel[SearchState]):
    """The verifier sorts, and hands out page after page."""

    def __init__(self, desk: Desk, people: People) -> None:
        super().__init__(desk, SearchState())
        self._people = people
        self._latest = Latest(desk.runner, self._change)
        self._under_way = (self._latest,)
        self._cursor: str | None = None
        self.timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self.timer.timeout.connect(self.search)

    def forget(self) -> None:
        """Show nobody."""
        self.timer.stop()
        self._latest.drop()
        self._cursor = None
        super().forget()

    def type_text(self, text: str) -> None:
        """A number, its last four digits, or a name, as far as it is typed."""
        self._change(text=text)
        self.timer.start()

    def sort_by(self, order: Order) -> None:
        """List them in this order."""
        if order != self.state.order:
            self._change(order=order)
            self.search()

    def search(self) -> None:
        """Ask now, from the first page on."""
        self.timer.stop()
        text = self.state.text.strip()
        if not text or _is_too_short(text):
            self._latest.drop()
            self._show(
                SearchState(text=self.state.text, order=self.state.order, is_too_short=bool(text))
            )
            return
        query = PeopleQuery(text, self.state.order)
        self._latest.ask(
            partial(self._people.search, query),
            partial(self._found, text),
            lambda: self._failed(INTERNAL),
        )

    def more(self) -> None:
        """Ask for the page that follows; ignored while an answer is waited for."""
        if self.state.has_more and not self._latest.working:
            query = PeopleQuery(self.state.asked, self.state.order, self._cursor)
            self._latest.ask(
                partial(self._people.search, query), self._added, lambda: self._failed(INTERNAL)
            )

    def _found(self, text: str, outcome: FoundTrainees | o.StaffTrouble) -> None:
        if not isinstance(outcome, FoundTrainees):
            self._failed(outcome)
            return
        self._cursor = outcome.next
        self._change(
            asked=text,
            rows=tuple(outcome.trainees),
            count=outcome.count,
            has_more=outcome.next is not None,
            is_too_short=False,
            trouble=None,
        )

    def _added(self, outcome: FoundTrainees | o.StaffTrouble) -> None:
        if not isinstance(outcome, FoundTrainees):
            self._failed(outcome)
            return
        self._cursor = outcome.next
        known = {row.trainee_id for row in self.state.rows}
        new = tuple(row for row in outcome.trainees if row.trainee_id not in known)
        self._change(rows=self.state.rows + new, has_more=outcome.next is not None, trouble=None)


def _is_too_short(text: str) -> bool:
    """Digits of which a verifier makes nothing: it knows whole numbers and the last four."""
    digits = text.replace("-", "").replace(" ", "")
    return digits.isdigit() and len(digits) < FEWEST_DIGITS
