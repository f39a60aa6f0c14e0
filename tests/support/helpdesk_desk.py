"""Real view models of the console over a verifier in memory: no threads, no time."""

from collections.abc import Callable, Sequence
from typing import Self

from PySide6.QtWidgets import QApplication

from motp_desktop.bugs import log_bug
from motp_desktop.helpdesk_services import helpdesk_over
from motp_desktop.services.adapters.whole_file import FileKeeper
from motp_desktop.services.helpdesk.ports import Notices
from motp_desktop.services.ports import Answer, NoAnswer
from motp_desktop.services.verifier_clock import VerifierClock
from motp_desktop.ui.console import ConsoleApp, build_console, build_models
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.viewmodels.helpdesk.states import Place
from motp_protocol import helpdesk as m
from motp_protocol.encoding import parse_time
from motp_protocol.fields import Language
from tests.support.helpdesk_people import EVERYBODY, NOW, Somebody
from tests.support.memory_helpdesk import PASSWORD, TOTP, MemoryHelpdesk, MemoryReader
from tests.support.ui_fakes import ManualClock, ManualExecutor


class NoNotices(Notices):
    """Says that it listens, and then nothing: a thread that waits for it ends when stopped."""

    def listen(
        self,
        opened: Callable[[], None],
        heard: Callable[[m.StaffNotice], None],
        stopped: Callable[[], bool],
    ) -> Answer[None]:
        return NoAnswer("offline")


class ModelsDesk:
    """Press, then `run()` what the press asked for. Has no window."""

    def __init__(
        self,
        app: QApplication,
        role: m.StaffRole = "helpdesk",
        people: Sequence[Somebody] = EVERYBODY,
        language: Language = "ko",
    ) -> None:
        self.api = MemoryHelpdesk(role, people)
        self.reader = MemoryReader()
        self.clock = ManualClock()
        self.clock._now = parse_time(NOW)
        self.executor = ManualExecutor()
        self.services = helpdesk_over(
            self.api,
            NoNotices(),
            self.reader,
            files=FileKeeper(),
            clock=self.clock,
            verifier_clock=VerifierClock(self.clock),
        )
        self.models = self._build(app, language)

    def _build(self, app: QApplication, language: Language) -> ConsoleModels:
        runner = TaskRunner(self.executor, log_bug)
        return build_models(app, self.services, (runner, runner), language=language)

    def run(self) -> None:
        """All that was asked for."""
        self.executor.run()

    def press(self, command: Callable[..., object], *arguments: object) -> None:
        """Give a command and run all that it leads to."""
        command(*arguments)
        self.executor.run()

    def sign_in(self) -> Self:
        """As kim."""
        self.press(self.models.session.sign_in, "kim", PASSWORD, TOTP)
        return self

    def search(self, text: str) -> Self:
        """Type, and let the time pass that somebody types on."""
        self.models.search.type_text(text)
        self.press(self.models.search.search)
        return self

    def open(self, trainee_id: str) -> Self:
        """Show this person."""
        self.press(self.models.person.open, trainee_id)
        return self

    def go(self, place: Place) -> Self:
        """Show this page."""
        self.press(self.models.console.go, place)
        return self

    def pass_time(self, milliseconds: int) -> None:
        """On all clocks."""
        self.clock.advance(milliseconds)
        self.api.now_ms += milliseconds


class ConsoleDesk(ModelsDesk):
    """With the window."""

    def _build(self, app: QApplication, language: Language) -> ConsoleModels:
        self.console: ConsoleApp = build_console(
            app, self.services, language=language, executor=self.executor, slow=self.executor
        )
        self.window = self.console.window
        # The thread that listens is for tests of its own.
        self.console.models.session.opened.disconnect(self.console.live.start)
        return self.console.models
