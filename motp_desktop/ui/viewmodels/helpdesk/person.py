"""One trainee, as the verifier sees them, kept up to date."""

from functools import partial

from PySide6.QtCore import QTimer

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.people import People
from motp_desktop.ui.viewmodels.helpdesk.asking import Latest
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import PersonState
from motp_desktop.ui.viewmodels.work import INTERNAL
from motp_protocol.helpdesk import PersonShown, StaffNotice, TraineePage

AGAIN_MS = 300
"""Several notices that come together are answered by one look."""
SHOWN_MS = 60_000
"""Name and number are masked again after so long."""


class PersonViewModel(StaffViewModel[PersonState]):
    """The commands of the person's page but for its actions."""

    def __init__(self, desk: Desk, people: People) -> None:
        super().__init__(desk, PersonState())
        self._people = people
        self._latest = Latest(desk.runner, self._change)
        self._under_way = (self._latest,)
        self.again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self.again.timeout.connect(self.look)
        self.masking = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self.masking.timeout.connect(self.mask)

    def forget(self) -> None:
        """Show nobody."""
        self.again.stop()
        self.masking.stop()
        self._latest.drop()
        super().forget()

    def open(self, trainee_id: str) -> None:
        """Show this person; nothing of the one before stays."""
        if trainee_id != self.state.trainee_id:
            self.forget()
            self._show(PersonState(trainee_id=trainee_id))
        self.look()

    def close(self) -> None:
        """Show nobody."""
        self.forget()

    def look(self) -> None:
        """Ask again; what is shown stays meanwhile."""
        trainee_id = self.state.trainee_id
        if trainee_id is not None:
            job = partial(self._people.look, trainee_id)
            self._latest.ask(job, self._seen, lambda: self._failed(INTERNAL))

    def noticed(self, notice: StaffNotice) -> None:
        """Something happened: look again, if it was to this person."""
        is_theirs = notice.trainee_id is not None and notice.trainee_id == self.state.trainee_id
        if is_theirs and not self.again.isActive():
            self.again.start()

    def show_person(self, person: PersonShown) -> None:
        """Name and number in full, for a minute."""
        self._change(shown=person)
        self.masking.start()

    def mask(self) -> None:
        """Name and number in part again."""
        self.masking.stop()
        self._change(shown=None)

    def _seen(self, outcome: TraineePage | o.StaffTrouble) -> None:
        if not isinstance(outcome, TraineePage):
            self._failed(outcome)
        elif outcome.trainee_id == self.state.trainee_id:
            self._change(page=outcome, trouble=None)

    def _failed(self, trouble: o.StaffTrouble) -> None:
        if not self._is_over(trouble):
            page = None if isinstance(trouble, o.Gone) else self.state.page
            self._change(trouble=trouble, page=page)
