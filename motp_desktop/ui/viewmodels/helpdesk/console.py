"""What stands around the console's pages, and who is told when something happened."""

from collections.abc import Callable
from dataclasses import replace

from motp_desktop.services.helpdesk.following import LiveState
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.helpdesk.audit import AuditViewModel
from motp_desktop.ui.viewmodels.helpdesk.board import BoardViewModel
from motp_desktop.ui.viewmodels.helpdesk.kiosks import KiosksViewModel
from motp_desktop.ui.viewmodels.helpdesk.person import PersonViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import ConsoleState, Place
from motp_protocol.fields import Language
from motp_protocol.helpdesk import StaffNotice


class ConsoleViewModel(ViewModel[ConsoleState]):
    """Which page is shown; events of the verifier's come in here."""

    def __init__(
        self,
        session: SessionViewModel,
        person: PersonViewModel,
        board: BoardViewModel,
        audit: AuditViewModel,
        kiosks: KiosksViewModel,
        *,
        language: Language = "ko",
        language_locked: bool = False,
        speak: Callable[[Language], None] = lambda _: None,
    ) -> None:
        """`speak` puts a language into force."""
        super().__init__(ConsoleState(language=language, language_locked=language_locked))
        self._session = session
        self._person = person
        self._board = board
        self._audit = audit
        self._kiosks = kiosks
        self._speak = speak
        session.closed.connect(self._closed)

    def go(self, place: Place) -> None:
        """Show this page; ignored where the role has none."""
        if place is self.state.place or not self.may_go(place):
            return
        self._board.leave()
        self._kiosks.leave()
        self._show(replace(self.state, place=place))
        if place is Place.BOARD:
            self._board.open()
        elif place is Place.AUDIT:
            self._audit.open()
        elif place is Place.KIOSKS:
            self._kiosks.open()

    def may_go(self, place: Place) -> bool:
        """Whether the role of whoever is signed in has this page."""
        return place is not Place.AUDIT or self._audit.may_audit

    def open_person(self, trainee_id: str) -> None:
        """Show this person, wherever they were come upon."""
        self.go(Place.PEOPLE)
        self._person.open(trainee_id)

    def refresh(self) -> None:
        """Ask again for what is looked at."""
        match self.state.place:
            case Place.PEOPLE | Place.CHECK:
                self._person.look()
            case Place.BOARD:
                self._board.look()
            case Place.AUDIT:
                self._audit.search()
            case Place.KIOSKS:
                self._kiosks.look()

    def set_language(self, language: Language) -> None:
        """Speak this language from now on."""
        if language != self.state.language and not self.state.language_locked:
            self._show(replace(self.state, language=language))
            self._speak(language)

    def heard(self, notice: StaffNotice) -> None:
        """The verifier says that something happened."""
        if notice.kind == "session":
            self._session.check()
        self._person.noticed(notice)
        self._board.noticed(notice)

    def live(self, state: LiveState) -> None:
        """How it stands with the verifier's events."""
        if state == "over":
            self._session.end("over")
            return
        was_lost = self.state.live == "lost"
        self._show(replace(self.state, live=state))
        if state == "live" and was_lost:
            # What happened meanwhile was told to nobody.
            self.refresh()

    def _closed(self) -> None:
        self._show(replace(self.state, place=Place.PEOPLE, live="unknown"))
