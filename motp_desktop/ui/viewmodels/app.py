"""The window as a whole: which screen, which language, and whether the verifier answers."""

from PySide6.QtCore import QObject, Signal

from motp_desktop.ui.viewmodels.states import AppState
from motp_protocol.fields import Language


class AppViewModel(QObject):
    """Shows where the person is; `state.screen` decides which view is up."""

    state_changed = Signal()

    @property
    def state(self) -> AppState:
        """What the window shows now."""
        raise NotImplementedError

    def start(self) -> None:
        """Look at what is on this PC; the first screen follows. Call once, with the window up."""
        raise NotImplementedError

    def set_language(self, lang: Language) -> None:
        """Speak this language from now on, also after a restart."""
        raise NotImplementedError
