"""Today at a glance."""

from PySide6.QtCore import QTimer

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.looking_back import LookingBack
from motp_desktop.ui.viewmodels.helpdesk.asking import Latest
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk, StaffViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import BoardState
from motp_desktop.ui.viewmodels.work import INTERNAL
from motp_protocol.helpdesk import Board, StaffNotice

AGAIN_MS = 5_000
"""On a busy day a check is made every moment: the board is read at most so often."""


class BoardViewModel(StaffViewModel[BoardState]):
    """Follows the day while it is looked at."""

    def __init__(self, desk: Desk, looking_back: LookingBack) -> None:
        super().__init__(desk, BoardState())
        self._looking_back = looking_back
        self._latest = Latest(desk.runner, self._change)
        self._under_way = (self._latest,)
        self._is_open = False
        self.again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self.again.timeout.connect(self.look)

    def forget(self) -> None:
        """Show nothing of the day."""
        self._is_open = False
        self.again.stop()
        self._latest.drop()
        super().forget()

    def open(self) -> None:
        """It is looked at."""
        self._is_open = True
        self.look()

    def leave(self) -> None:
        """It is looked at no more: do not follow the day."""
        self._is_open = False
        self.again.stop()

    def look(self) -> None:
        """Ask again; what is shown stays meanwhile."""
        self.again.stop()
        self._latest.ask(self._looking_back.board, self._seen, lambda: self._seen(INTERNAL))

    def noticed(self, _notice: StaffNotice) -> None:
        """Something happened somewhere: look again soon."""
        if self._is_open and not self.again.isActive():
            self.again.start()

    def _seen(self, outcome: Board | o.StaffTrouble) -> None:
        if isinstance(outcome, Board):
            self._change(board=outcome, trouble=None)
        else:
            self._failed(outcome)
