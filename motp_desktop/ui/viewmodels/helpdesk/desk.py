"""What the console's view models share: the worker, and the session that troubles may end."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Desk:
    """`slow` runs what takes minutes, such as an export, beside all else."""

    runner: TaskRunner
    slow: TaskRunner
    session: SessionViewModel


class StaffViewModel(ViewModel[S], Generic[S]):
    """Forgets all it shows when the session ends, and ends it where the verifier did."""

    def __init__(self, desk: Desk, state: S) -> None:
        super().__init__(state)
        self._desk = desk
        self._empty = state
        desk.session.closed.connect(self.forget)

    def forget(self) -> None:
        """Show nothing of anybody."""
        self._show(self._empty)

    def _is_over(self, trouble: object) -> bool:
        """Whether the session has ended, which is told by the sign-in then."""
        if isinstance(trouble, o.SessionOver):
            self._desk.session.end("over")
            return True
        return False
