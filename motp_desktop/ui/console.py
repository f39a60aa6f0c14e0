"""The console's window and everything behind it, put together."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motp_desktop.bugs import log_bug
from motp_desktop.helpdesk_services import HelpdeskServices
from motp_desktop.ui.activity import ActivityWatcher
from motp_desktop.ui.live import LiveEvents
from motp_desktop.ui.tasks import Executor, TaskRunner, ThreadExecutor
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.viewmodels.helpdesk.actions import ActionsViewModel
from motp_desktop.ui.viewmodels.helpdesk.audit import AuditViewModel
from motp_desktop.ui.viewmodels.helpdesk.board import BoardViewModel
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.viewmodels.helpdesk.console import ConsoleViewModel
from motp_desktop.ui.viewmodels.helpdesk.desk import Desk
from motp_desktop.ui.viewmodels.helpdesk.kiosks import KiosksViewModel
from motp_desktop.ui.viewmodels.helpdesk.person import PersonViewModel
from motp_desktop.ui.viewmodels.helpdesk.search import SearchViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel
from motp_desktop.ui.viewmodels.helpdesk.status_check import StatusCheckViewModel
from motp_desktop.ui.views.helpdesk.audit_paper import PdfPaper
from motp_desktop.ui.views.helpdesk.console_window import ConsoleWindow
from motp_protocol.encoding import format_time
from motp_protocol.fields import Language

SIGN_OUT_SECONDS = 2.0
"""So long is waited for the verifier to hear that a session is over."""


@dataclass(frozen=True, slots=True, weakref_slot=True)  # Qt refers to slots weakly
class ConsoleApp:
    """A running console: for `run_helpdesk` and for tests to drive in-process."""

    window: ConsoleWindow
    models: ConsoleModels
    runners: tuple[TaskRunner, TaskRunner]
    live: LiveEvents

    def open(self) -> None:
        """Show the window."""
        self.window.show()
        handle = self.window.windowHandle()
        if handle is not None:
            ActivityWatcher(handle, self.models.session.touch)

    def bring_to_front(self, _link: str = "") -> None:
        """Another start wants this window."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Sign out, and end the work; waits a few seconds at most."""
        self.models.session.sign_out()
        self.live.stop()
        _wait_for(self.runners[0], SIGN_OUT_SECONDS)
        for runner in self.runners:
            runner.close()
        self.window.close()


def build_console(
    app: QApplication,
    services: HelpdeskServices,
    *,
    language: Language = "ko",
    language_locked: bool = False,
    keep_language: Callable[[Language], None] = lambda _: None,
    executor: Executor | None = None,
    slow: Executor | None = None,
) -> ConsoleApp:
    """Put a console together; `open` it afterwards.

    `language_locked`: there is nothing to choose.
    `executor` and `slow` stand in for the worker threads in tests.
    """
    runners = (
        TaskRunner(executor or ThreadExecutor(), log_bug),
        TaskRunner(slow or ThreadExecutor(), log_bug),
    )
    models = build_models(
        app,
        services,
        runners,
        language=language,
        language_locked=language_locked,
        keep_language=keep_language,
    )
    live = LiveEvents(services.notices, models.console.heard, models.console.live)
    models.session.opened.connect(live.start)
    models.session.closed.connect(live.stop)
    now = partial(_verifier_time, services.verifier_clock.now_ms)
    return ConsoleApp(ConsoleWindow(models, now), models, runners, live)


def build_models(
    app: QApplication,
    services: HelpdeskServices,
    runners: tuple[TaskRunner, TaskRunner],
    *,
    language: Language = "ko",
    language_locked: bool = False,
    keep_language: Callable[[Language], None] = lambda _: None,
) -> ConsoleModels:
    """What a console shows, without a window; the second runner is for what takes long."""
    runner, slow_runner = runners
    verifier_now = services.verifier_clock.now_ms

    def speak(lang: Language) -> None:
        install_language(app, lang)
        keep_language(lang)

    install_language(app, language)
    session = SessionViewModel(runner, services.entrance, services.clock, verifier_now)
    desk = Desk(runner, slow_runner, session)

    person = PersonViewModel(desk, services.people)
    board = BoardViewModel(desk, services.looking_back)
    audit = AuditViewModel(
        desk, services.looking_back, PdfPaper(partial(_verifier_time, verifier_now))
    )
    kiosks = KiosksViewModel(desk, services.kiosks)
    console = ConsoleViewModel(
        session,
        person,
        board,
        audit,
        kiosks,
        language=language,
        language_locked=language_locked,
        speak=speak,
    )
    return ConsoleModels(
        console=console,
        session=session,
        search=SearchViewModel(desk, services.people),
        person=person,
        actions=ActionsViewModel(desk, services.people, person, verifier_now),
        check=StatusCheckViewModel(desk, services.check),
        board=board,
        audit=audit,
        kiosks=kiosks,
    )


def _verifier_time(verifier_now: Callable[[], int]) -> str:
    return format_time(verifier_now())


def _wait_for(runner: TaskRunner, seconds: float) -> None:
    """Until all that the runner was given so far has been done."""
    is_done = threading.Event()
    runner.submit(is_done.set, lambda _: None, always=True)
    is_done.wait(seconds)
