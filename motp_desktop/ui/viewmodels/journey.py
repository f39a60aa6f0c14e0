"""Where the person is: the one place in which the screen changes."""

from dataclasses import replace

from PySide6.QtCore import Signal

from motp_desktop.ui.events import Event
from motp_desktop.ui.navigation import Screen, Starting, transition
from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.connection import connection_after
from motp_desktop.ui.viewmodels.states import AppState
from motp_protocol.fields import Language


class Journey(ViewModel[AppState]):
    """The view models report to it what happened, and hear from it where that led."""

    moved = Signal()
    """Another screen is shown than before; after `state_changed`."""

    @property
    def screen(self) -> Screen:
        """The screen that is shown."""
        return self.state.screen

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        return self.state.language

    def report(self, event: Event) -> None:
        """Something happened: it may lead to another screen, or tell of the connection."""
        before = self.screen
        screen = transition(before, event)
        connection = connection_after(event, self.state.connection)
        self._show(replace(self.state, screen=screen, connection=connection))
        if screen != before:
            self.moved.emit()

    def end(self) -> None:
        """Whoever it was has left: what any screen counts or waits for stops."""
        self._show(replace(self.state, screen=Starting(), aside=None))
        self.moved.emit()

    def show_aside(self, aside: Aside | None) -> None:
        """Lay this over the screen, or nothing: the journey goes on behind it."""
        self._show(replace(self.state, aside=aside))

    def speak(self, lang: Language) -> None:
        """Speak this language from now on."""
        self._show(replace(self.state, language=lang))
