"""What the console's view models share: the worker, and the session that troubles may end."""

from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel

S = TypeVar("S")


class UnderWay(Protocol):
    """Questions or an action that an answer is waited for."""

    @property
    def working(self) -> bool: ...

    @property
    def busy(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """`slow` runs what takes minutes, such as an export, beside all else."""

    runner: TaskRunner
    slow: TaskRunner
    session: SessionViewModel


class StaffViewModel(ViewModel[S], Generic[S]):
    """Forgets all it shows when the session ends, and ends it where the verifier did.

    Its state is a frozen dataclass with `trouble`, `working` and `busy`. `_under_way` is what
    the last two are told of.
    """

    def __init__(self, desk: Desk, state: S) -> None:
        super().__init__(state)
        self._desk = desk
        self._empty = state
        self._under_way: tuple[UnderWay, ...] = ()
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

    def _failed(self, trouble: o.StaffTrouble) -> None:
        if not self._is_over(trouble):
            self._change(trouble=trouble)

    def _change(self, **what: object) -> None:
        """Show a state that differs in this, and how asking goes."""
        what["working"] = any(each.working for each in self._under_way)
        what["busy"] = any(each.busy for each in self._under_way)
        self._show(replace(self._state, **what))  # type: ignore[type-var]
