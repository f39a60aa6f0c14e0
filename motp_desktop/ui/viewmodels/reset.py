"""등록 초기화: forgetting the registration."""

from PySide6.QtCore import QObject, Signal

from motp_desktop.ui.viewmodels.states import ResetState


class ResetViewModel(QObject):
    """The commands of ConfirmReset and Resetting."""

    state_changed = Signal()

    @property
    def state(self) -> ResetState:
        """Whether it is under way, and what went wrong."""
        raise NotImplementedError

    def confirm(self) -> None:
        """ConfirmReset: yes; Resetting follows, and Notice at its end."""
        raise NotImplementedError

    def cancel(self) -> None:
        """ConfirmReset: back to where it was asked for."""
        raise NotImplementedError

    def here_only(self) -> None:
        """Resetting: go on without the verifier; ignored unless `state.offer_here_only`."""
        raise NotImplementedError

    def retry(self) -> None:
        """Resetting: try again."""
        raise NotImplementedError
