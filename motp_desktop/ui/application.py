"""The window and everything behind it, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from motp_desktop.bootstrap import Services
from motp_desktop.bugs import log_bug
from motp_desktop.services.settings import Choices
from motp_desktop.ui.activity import ActivityWatcher
from motp_desktop.ui.browser import Browser
from motp_desktop.ui.fonts import set_text_scale, text_scale
from motp_desktop.ui.navigation import Starting
from motp_desktop.ui.qt_browser import QtBrowser
from motp_desktop.ui.qt_clipboard import QtClipboard
from motp_desktop.ui.qt_speaker import QtSpeaker
from motp_desktop.ui.tasks import Executor, TaskRunner, ThreadExecutor
from motp_desktop.ui.theme import Appearance, apply_theme
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.viewmodels.app import AppViewModel
from motp_desktop.ui.viewmodels.approval import ApprovalViewModel
from motp_desktop.ui.viewmodels.bundle import ViewModels
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.consent_renewal import ConsentRenewalViewModel
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.guide import GuideViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.links import LinkViewModel
from motp_desktop.ui.viewmodels.name_proof import NameProofViewModel
from motp_desktop.ui.viewmodels.pin_change import PinChangeViewModel
from motp_desktop.ui.viewmodels.records import RecordsViewModel
from motp_desktop.ui.viewmodels.reset import ResetViewModel
from motp_desktop.ui.viewmodels.session_start import SessionStartViewModel
from motp_desktop.ui.viewmodels.settings import SettingsViewModel
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.viewmodels.states import AppState
from motp_desktop.ui.viewmodels.status import StatusViewModel
from motp_desktop.ui.viewmodels.unlock import UnlockViewModel
from motp_protocol.fields import Language

_LEAST_STEP = 0.001

__all__ = ["DesktopApp", "ViewModels", "build_desktop"]


@dataclass(frozen=True, slots=True, weakref_slot=True)  # Qt refers to slots weakly
class DesktopApp:
    """A running app: for `run`, for the demo and for tests to drive in-process."""

    window: QWidget
    view_models: ViewModels
    services: Services
    runner: TaskRunner

    def open(self, *, hidden: bool = False) -> None:
        """Show the window, or keep it ready, and look at what is on this PC."""
        if hidden:
            self.window.winId()  # makes it without showing it
        else:
            self.window.show()
        handle = self.window.windowHandle()
        if handle is not None:
            ActivityWatcher(handle, self.view_models.code.touch)
        self.view_models.app.start()
        self.view_models.session_start.look()

    def call(self, link: str = "") -> None:
        """Another start wants this window, perhaps for a link."""
        self.bring_to_front()
        if link:
            self.view_models.links.receive(link)

    def register_links(self) -> None:
        """Have the system open `motp://` links with this app."""
        register = self.services.session_start.register_links
        self.runner.submit(register, lambda _: None, always=True)

    def leave(self) -> None:
        """Nobody sits here any more: forget the codes, and a PIN that is half typed."""
        self.view_models.code.lock()
        self.view_models.unlock.clear()

    def bring_to_front(self) -> None:
        """Show the window over others, wherever it was."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """Forget the codes, clear the clipboard, end the work; waits about a second at most."""
        self.view_models.code.lock()
        self.runner.close()
        self.services.codes.forget()
        self.window.close()


def build_desktop(
    app: QApplication,
    services: Services,
    make_window: Callable[[ViewModels], QWidget],
    *,
    language: Language = "ko",
    language_locked: bool = False,
    keep_language: Callable[[Language], None] = lambda _: None,
    executor: Executor | None = None,
    browser: Browser | None = None,
    values: Choices | None = None,
    reopen: Callable[[], None] = lambda: None,
) -> DesktopApp:
    """Put an app together; `open` it afterwards.

    `values` are the settings in force; `reopen` closes this app and opens another in its place.
    `keep_language` remembers the language that the person chooses; it may touch the disk.
    `language_locked`: there is nothing to choose.
    `executor` stands in for the worker thread in tests, `browser` for the system's browser.
    """
    runner = TaskRunner(executor or ThreadExecutor(), log_bug)
    journey = Journey(AppState(Starting(), language=language, language_locked=language_locked))

    def speak() -> None:
        if journey.language != spoken[-1]:
            spoken[:] = [journey.language]
            install_language(app, journey.language)

    def keep(lang: Language) -> None:
        runner.submit(partial(keep_language, lang), lambda _: None, always=True)

    def wear(chosen: Choices) -> None:
        apply_theme(app, Appearance(chosen.theme or "system"))
        scale = (chosen.text_percent or 100) / 100
        if abs(scale - text_scale()) > _LEAST_STEP:
            set_text_scale(app, scale)
        view_models.code.limit_idle(chosen.auto_lock_seconds)

    # Before the view models listen, so that what they lead to is said in the new language.
    spoken = [language]
    install_language(app, language)
    journey.state_changed.connect(speak)
    start = StartViewModel(journey, runner, services.opening, services.reset)
    # Before the others: a request that waited for the PIN is asked about first.
    approval = ApprovalViewModel(
        journey, runner, services.approvals, clock=services.clock, browser=browser or QtBrowser()
    )
    links = LinkViewModel(services.links, journey, approval, services.clock)
    view_models = ViewModels(
        app=AppViewModel(journey, start.retry, keep),
        start=start,
        enrolment=EnrolmentViewModel(journey, runner, services.enrolment, services.clock),
        unlock=UnlockViewModel(journey, runner, services.unlock, services.sync),
        code=CodeViewModel(
            journey,
            runner,
            services.codes,
            services.sync,
            clock=services.clock,
            clipboard=QtClipboard(app.clipboard()),
            speaker=QtSpeaker(app),
        ),
        name_proof=NameProofViewModel(journey, runner, services.name_proof, services.clock),
        pin_change=PinChangeViewModel(journey, runner, services.unlock),
        renewal=ConsentRenewalViewModel(journey, runner, services.consent_renewal),
        guide=GuideViewModel(journey),
        records=RecordsViewModel(journey, runner, services.records),
        reset=ResetViewModel(journey, runner, services.reset),
        status=StatusViewModel(
            journey, runner, services.status_desk, services.sync, services.diagnostics
        ),
        settings=SettingsViewModel(
            journey, runner, services.settings_desk, wear=wear, reopen=reopen
        ),
        links=links,
        approval=approval,
        session_start=SessionStartViewModel(runner, services.session_start),
    )
    view_models.code.renewed.connect(view_models.records.code_changed)
    wear(values or Choices())
    return DesktopApp(make_window(view_models), view_models, services, runner)
