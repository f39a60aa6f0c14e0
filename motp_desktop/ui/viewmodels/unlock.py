"""The PIN at every start."""

from PySide6.QtCore import QObject, Signal

from motp_desktop.ui.viewmodels.states import UnlockState


class UnlockViewModel(QObject):
    """The commands of EnterPin. Ignored while `state.working`."""

    state_changed = Signal()

    @property
    def state(self) -> UnlockState:
        """How many digits are entered, and what the last try came to."""
        raise NotImplementedError

    def digit(self, d: str) -> None:
        """One more digit."""
        raise NotImplementedError

    def backspace(self) -> None:
        """One digit less."""
        raise NotImplementedError

    def clear(self) -> None:
        """No digits."""
        raise NotImplementedError

    def submit(self) -> None:
        """Try the PIN; ignored with fewer than `state.minimum` digits."""
        raise NotImplementedError

    def ask_reset(self) -> None:
        """ConfirmReset follows."""
        raise NotImplementedError
