"""Starting, and what stands in its way: Starting, KeyStoreProblem, StorageProblem, Blocked."""

from PySide6.QtCore import QObject, Signal

from motp_desktop.ui.viewmodels.states import StartState


class StartViewModel(QObject):
    """The commands of the screens on which no registration is in use."""

    state_changed = Signal()

    @property
    def state(self) -> StartState:
        """Whether something is being tried, and what went wrong with it."""
        raise NotImplementedError

    def retry(self) -> None:
        """Starting, KeyStoreProblem, StorageProblem: look again."""
        raise NotImplementedError

    def use_key_file(self) -> None:
        """KeyStoreProblem: keep the device secret in a file from now on, and go on."""
        raise NotImplementedError

    def start_over(self) -> None:
        """Blocked by Ended: clear the ended registration away here; Notice follows."""
        raise NotImplementedError

    def try_again(self) -> None:
        """Blocked by a suspension or a PIN lock: back to the PIN, for it may be lifted."""
        raise NotImplementedError

    def ask_reset(self) -> None:
        """Blocked by a suspension or a PIN lock: ConfirmReset."""
        raise NotImplementedError
