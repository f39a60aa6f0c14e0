"""The window as a whole: which screen, which language, and whether the verifier answers."""

from collections.abc import Callable

from motp_desktop.ui.viewmodels.aside_states import BEHIND
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import AppState
from motp_protocol.fields import Language


class AppViewModel(ViewModel[AppState]):
    """Shows where the person is; `state.screen` decides which view is up."""

    def __init__(
        self, journey: Journey, look: Callable[[], None], keep: Callable[[Language], None]
    ) -> None:
        """`look` starts to look at what is on this PC; `keep` remembers a language."""
        super().__init__(journey.state)
        self._journey = journey
        self._look = look
        self._keep = keep
        journey.state_changed.connect(self._follow)

    def start(self) -> None:
        """Look at what is on this PC; the first screen follows. Call once, with the window up."""
        self._look()

    def set_language(self, lang: Language) -> None:
        """Speak this language from now on, also after a restart; ignored where it is locked."""
        if lang != self.state.language and not self.state.language_locked:
            self._journey.speak(lang)
            self._keep(lang)

    def leave_aside(self) -> None:
        """Back from an aside, to the one behind it or to the journey."""
        if self.state.aside is not None:
            self._journey.show_aside(BEHIND.get(self.state.aside))

    def _follow(self) -> None:
        self._show(self._journey.state)
