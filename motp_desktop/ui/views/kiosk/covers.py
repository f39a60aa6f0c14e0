"""Something quiet over every screen but the kiosk's own.

On Wayland no program says where its windows stand: cage, which shows one alone, would put a cover
over the kiosk. There they are left out.
"""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class Covers(QObject):
    """One cover a screen, also over those that are plugged in later."""

    def __init__(self, app: QGuiApplication, platform: str | None = None) -> None:
        """`platform` is Qt's name of what shows the windows; its own where none is given."""
        super().__init__()
        self._can_place = not (platform or app.platformName()).startswith("wayland")
        self._covers: dict[QScreen, QWidget] = {}
        self._is_open = False
        app.screenAdded.connect(self._fit)
        app.screenRemoved.connect(self._fit)
        app.primaryScreenChanged.connect(self._fit)

    @property
    def windows(self) -> list[QWidget]:
        """The covers there are."""
        return list(self._covers.values())

    def open(self) -> None:
        """Cover the other screens from now on."""
        self._is_open = self._can_place
        self._fit()

    def close(self) -> None:
        """Show them again."""
        self._is_open = False
        self._fit()

    def _fit(self, _screen: QScreen | None = None) -> None:
        own = QGuiApplication.primaryScreen()
        wanted = [each for each in QGuiApplication.screens() if self._is_open and each is not own]
        for screen in [each for each in self._covers if each not in wanted]:
            self._covers.pop(screen).deleteLater()
        for screen in wanted:
            if screen not in self._covers:
                self._covers[screen] = _Cover(screen)


class _Cover(QWidget):
    """Shows nothing and takes nothing."""

    def __init__(self, screen: QScreen) -> None:
        super().__init__()
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
