"""A kiosk's window over the real use cases, with a verifier in memory and work done by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.fonts import set_text_scale
from motp_desktop.ui.kiosk_application import KioskApp, build_kiosk_app
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.views.kiosk.scale import kiosk_scale
from tests.support.kiosk_fakes import PHONE, KioskPc
from tests.support.ui_fakes import FakeSpeaker, ManualExecutor

REST = PHONE.replace("-", "")[3:]


class KioskAtWork:
    """Keys go to the native window, as from a keyboard."""

    def __init__(self, app: QApplication, pc: KioskPc, size: tuple[int, int]) -> None:
        self.app, self.pc = app, pc
        self.left = 0
        self.executor = ManualExecutor()
        self.speaker = FakeSpeaker()
        set_text_scale(app, kiosk_scale(size[1]))
        self.kiosk: KioskApp = build_kiosk_app(
            app, pc.services, self._leave, executor=self.executor, speaker=self.speaker
        )
        set_text_scale(app, kiosk_scale(size[1]))
        self.window = self.kiosk.window
        self.window.resize(*size)
        self.kiosk.open(full_screen=False)
        self.window.resize(*size)
        self.work()

    def work(self) -> None:
        """Let the worker and the window finish what they have to do."""
        for _ in range(4):
            self.executor.run()
            self.app.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), Qt.Key(ord(letter.upper())))

    def press(self, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifier)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)
        self.work()

    def arrive(self) -> None:
        """Type the number."""
        self.type(REST)
        self.enter()

    @property
    def outer(self) -> str:
        """The kiosk's screen."""
        return type(self.kiosk.desk.state.screen).__name__

    @property
    def inner(self) -> str:
        """The visit's screen, or nothing."""
        visit = self.kiosk.desk.visit
        return "" if visit is None else type(visit.journey.screen).__name__

    def pass_seconds(self, seconds: int) -> None:
        """Time passes without a touch."""
        self.pc.clock.pass_time(seconds * 1000)
        self.kiosk.desk._idleness.tick()
        self.work()

    def _leave(self) -> None:
        self.left += 1


@contextmanager
def kiosk_at_work(
    app: QApplication, folder: Path, size: tuple[int, int] = (1280, 800), *, enrolled: bool = True
) -> Iterator[KioskAtWork]:
    """A kiosk that is up, and gone without a trace afterwards."""
    pc = KioskPc(folder)
    if enrolled:
        pc.enrol()
    at_work = KioskAtWork(app, pc, size)
    try:
        yield at_work
    finally:
        at_work.kiosk.close()
        at_work.executor.run()
        at_work.window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        set_text_scale(app, 1.0)
        install_language(app, "ko")
