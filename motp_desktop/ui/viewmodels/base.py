"""What all view models have in common: one frozen state, swapped whole."""

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

S = TypeVar("S")


class ViewModel(QObject, Generic[S]):
    """Holds a state; tells when it has become another one."""

    state_changed = Signal()

    def __init__(self, state: S) -> None:
        super().__init__()
        self._state = state

    @property
    def state(self) -> S:
        """What the view renders now."""
        return self._state

    def _show(self, state: S) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit()
