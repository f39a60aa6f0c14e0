"""The code, its countdown, and what happens while it is shown."""

from PySide6.QtCore import QObject, Signal

from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui.viewmodels.states import CodeState


class CodeViewModel(QObject):
    """The commands of ShowCode. The code itself is asked for with `code()`, never signalled."""

    state_changed = Signal()
    ticked = Signal()
    """Each second of the countdown, and at once when a new code begins."""

    @property
    def state(self) -> CodeState:
        """All but the code."""
        raise NotImplementedError

    def code(self) -> CodeNow | None:
        """The code of this moment, or None while locked."""
        raise NotImplementedError

    def copy(self) -> None:
        """Put the code on the clipboard, for 30 s at most; ignored unless `state.may_copy`."""
        raise NotImplementedError

    def touch(self) -> None:
        """The person did something: the idle lock starts to count again."""
        raise NotImplementedError

    def lock(self) -> None:
        """Forget the code; EnterPin follows."""
        raise NotImplementedError

    def ask_reset(self) -> None:
        """ConfirmReset follows."""
        raise NotImplementedError
