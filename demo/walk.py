"""Walking through the app's real windows with the keyboard alone, a picture at each screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from motp_desktop.ui.application import DesktopApp
from motp_desktop.ui.navigation import KeyStoreProblem, Screen

PATIENCE_MS = 30_000
S = TypeVar("S", bound=Screen)


class WalkFailed(Exception):
    """A screen did not come; the message says which, and where the app was instead."""


class Walk:
    """One person at the keyboard."""

    def __init__(self, app: QApplication, desktop: DesktopApp, pictures: Path | None) -> None:
        self._app = app
        self._desktop = desktop
        self._pictures = pictures
        self._taken = 0
        self.took_key_file = False

    @property
    def screen(self) -> Screen:
        """Where the app is."""
        return self._desktop.view_models.app.state.screen

    def wait_for(self, kind: type[S]) -> S:
        """The screen of this kind, once it is shown.

        A PC without a keychain is asked about on the way: the key file is taken then.
        """
        self.until(lambda: isinstance(self.screen, (kind, KeyStoreProblem)), kind.__name__)
        if isinstance(self.screen, KeyStoreProblem) and not issubclass(kind, KeyStoreProblem):
            self.took_key_file = True
            self.picture("key-store")
            self._desktop.view_models.start.use_key_file()
            self.until(lambda: isinstance(self.screen, kind), kind.__name__)
        screen = self.screen
        if not isinstance(screen, kind):
            raise WalkFailed(f"expected {kind.__name__}, found {type(screen).__name__}")
        return screen

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Let the app run until something is so. Raises WalkFailed."""
        timer = QElapsedTimer()
        timer.start()
        while not is_so():
            if timer.elapsed() > PATIENCE_MS:
                raise WalkFailed(f"{what} did not come; the app is at {type(self.screen).__name__}")
            QTest.qWait(10)
        self._app.processEvents()

    def type_digits(self, digits: str) -> None:
        """Digits on the keyboard."""
        for digit in digits:
            QTest.keyClick(self._focused(), Qt.Key(ord(digit)))

    def type_hangul(self, text: str) -> None:
        """Text as an input method hands it over."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._focused(), event)

    def press(self, key: Qt.Key) -> None:
        """One key."""
        QTest.keyClick(self._focused(), key)

    def enter(self) -> None:
        """Do what the screen's first button does."""
        self.press(Qt.Key.Key_Return)

    def picture(self, name: str) -> None:
        """Keep what the window shows now."""
        if self._pictures is None:
            return
        QTest.qWait(50)
        self._taken += 1
        self._desktop.window.grab().save(str(self._pictures / f"{self._taken:02d}-{name}.png"))

    def _focused(self) -> QWidget:
        self._desktop.window.activateWindow()
        self._app.processEvents()
        focused = self._desktop.window.focusWidget()
        if focused is None:
            raise WalkFailed(f"nothing has the focus on {type(self.screen).__name__}")
        return focused
