"""The kiosk's window and everything behind it, put together."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from motp_desktop.bugs import log_bug
from motp_desktop.kiosk_services import KioskServices
from motp_desktop.services.kiosk.ports import ScreenSaver, Watchdog
from motp_desktop.ui.fonts import set_text_scale
from motp_desktop.ui.no_clipboard import NoClipboard
from motp_desktop.ui.qt_speaker import QtSpeaker
from motp_desktop.ui.speaker import Speaker
from motp_desktop.ui.tasks import Executor, TaskRunner, ThreadExecutor
from motp_desktop.ui.theme import Appearance, apply_theme
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.viewmodels.kiosk.leaving import ExitViewModel
from motp_desktop.ui.viewmodels.kiosk.visit import Equipment
from motp_desktop.ui.views.kiosk.covers import Covers
from motp_desktop.ui.views.kiosk.scale import kiosk_scale
from motp_desktop.ui.views.kiosk.window import KioskWindow
from motp_protocol.fields import Language


@dataclass(frozen=True, slots=True, weakref_slot=True)  # Qt refers to slots weakly
class KioskApp:
    """A running kiosk: for `run_kiosk`, and for tests to drive in-process."""

    window: KioskWindow
    covers: Covers
    desk: KioskViewModel
    leaving: ExitViewModel
    runner: TaskRunner

    def open(self, *, full_screen: bool = True) -> None:
        """Cover every screen, and look whether the kiosk may serve."""
        if full_screen:
            self.covers.open()
            self.window.showFullScreen()
        else:
            self.window.show()
        self.window.activateWindow()
        self.desk.start()

    def close(self) -> None:
        """Forget whoever is there, end the work; waits about a second at most."""
        self.desk.forget()
        self.runner.close()
        self.covers.close()
        self.window.let_close()


def build_kiosk_app(
    app: QApplication,
    services: KioskServices,
    leave: Callable[[], None],
    *,
    executor: Executor | None = None,
    speaker: Speaker | None = None,
) -> KioskApp:
    """Put a kiosk together; `open` it afterwards. `leave` is called at the right exit PIN.

    `executor` stands in for the worker thread in tests, `speaker` for this PC's voice.
    """
    runner = TaskRunner(executor or ThreadExecutor(), log_bug)
    equipment = Equipment(
        runner=runner,
        clock=services.clock,
        speaker=speaker or QtSpeaker(app),
        clipboard=NoClipboard(app.clipboard()),
    )
    desk = KioskViewModel(
        services.kiosk, services.visits, equipment, services.verifier_clock.now_ms
    )
    leaving = ExitViewModel(desk, runner, services.kiosk, leave)
    set_text_scale(app, kiosk_scale(app.primaryScreen().geometry().height()))
    _dress(app, desk)
    return KioskApp(KioskWindow(desk, leaving), Covers(app), desk, leaving, runner)


def _dress(app: QApplication, desk: KioskViewModel) -> None:
    """Language and contrast as the kiosk's state says, from now on."""
    spoken: list[Language] = []
    contrasts: list[bool] = []

    # A function of its own: Qt refers to methods weakly.
    def follow() -> None:
        state = desk.state
        if spoken != [state.language]:
            spoken[:] = [state.language]
            install_language(app, state.language)
        if contrasts != [state.high_contrast]:
            contrasts[:] = [state.high_contrast]
            apply_theme(app, Appearance.HIGH_CONTRAST if state.high_contrast else Appearance.SYSTEM)

    desk.state_changed.connect(follow)
    follow()


def beat(app: QApplication, watchdog: Watchdog, screen_saver: ScreenSaver) -> QTimer | None:
    """Tell whoever started the kiosk that it is up, and from the UI thread that it goes on."""

    # Functions of their own: Qt refers to methods weakly, and these objects are nobody else's.
    def stop() -> None:
        watchdog.stopping()
        screen_saver.release()

    def say_alive() -> None:
        watchdog.alive()

    watchdog.ready()
    screen_saver.hold()
    app.aboutToQuit.connect(stop)
    every = watchdog.every_seconds
    if every is None:
        return None
    timer = QTimer(app, interval=round(every * 1000))
    timer.timeout.connect(say_alive)
    timer.start()
    return timer
