"""The icon beside the clock: how much time is left, and locking, with the window out of sight."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui import icons
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.viewmodels.bundle import ViewModels

translate = QCoreApplication.translate

STEPS = 12
"""How finely the ring empties. Each step sends a picture: once a second is too often."""

_SIZE = 64


class Tray(QObject):
    """Shown while the app runs, wherever the desktop has a place for it."""

    def __init__(
        self, models: ViewModels, show_window: Callable[[], object], quit_app: Callable[[], object]
    ) -> None:
        super().__init__()
        self._code = models.code
        self._shown: tuple[int, bool] | None = None
        self.menu = QMenu()
        self.left = QAction("", self.menu, enabled=False)
        self.open = QAction("", self.menu)
        self.lock = QAction("", self.menu)
        self.quit = QAction("", self.menu)
        for action, do in (
            (self.open, show_window),
            (self.lock, models.code.lock),
            (self.quit, quit_app),
        ):
            action.triggered.connect(lambda _checked=False, do=do: do())
        self.menu.addActions([self.left, self.open, self.lock])
        self.menu.addSeparator()
        self.menu.addAction(self.quit)
        self.menu.aboutToShow.connect(self._say)
        self.icon = QSystemTrayIcon(icons.app_icon(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(lambda reason: _clicked(reason, show_window))
        models.code.ticked.connect(self.refresh)
        models.app.state_changed.connect(self.refresh)
        self.refresh()

    def show(self) -> None:
        """From now on; a desktop whose place for it comes later shows it then."""
        self.icon.show()

    def discard(self) -> None:
        """Not any more; nothing of it is left."""
        self.icon.hide()
        self.menu.deleteLater()
        self.deleteLater()

    def refresh(self) -> None:
        """The ring and the words, where they have changed by a step."""
        now = self._code.code()
        shown = (-1 if now is None else _steps(now), bool(self._code.state.ending))
        if shown != self._shown:
            self._shown = shown
            self.icon.setIcon(icons.app_icon() if now is None else _ring(*shown))
            self._say()

    def _say(self) -> None:
        now = self._code.code()
        words = _left(now)
        self.left.setText(words)
        self.open.setText(translate("Tray", "창 열기"))
        self.lock.setText(translate("Tray", "잠그기"))
        self.lock.setEnabled(now is not None)
        self.quit.setText(translate("Tray", "끝내기"))
        name = translate("Header", "원격훈련 mOTP")
        self.icon.setToolTip(f"{name} · {words}")


def has_tray() -> bool:
    """Whether this desktop has a place for it now."""
    return QSystemTrayIcon.isSystemTrayAvailable()


def _left(now: CodeNow | None) -> str:
    if now is None:
        return translate("Tray", "잠겨 있어요")
    seconds = -(-now.milliseconds_left // 1000)
    return translate("Tray", "인증번호 {n}초 남음").format(n=seconds)


def _steps(now: CodeNow) -> int:
    """How much of the ring is left, in steps, rounded up."""
    return -(-now.milliseconds_left * STEPS // (now.period_seconds * 1000))


def _clicked(reason: QSystemTrayIcon.ActivationReason, show_window: Callable[[], object]) -> None:
    if reason in {
        QSystemTrayIcon.ActivationReason.Trigger,
        QSystemTrayIcon.ActivationReason.DoubleClick,
    }:
        show_window()


def _ring(steps: int, ending: bool) -> QIcon:
    """A ring that stands for the time left, around the app's own mark."""
    drawn = QPixmap(_SIZE, _SIZE)
    drawn.fill(Qt.GlobalColor.transparent)
    tokens = current_tokens()
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = _SIZE * 5 // 8
    corner = (_SIZE - inner) // 2
    painter.drawPixmap(corner, corner, icons.app_icon().pixmap(inner, inner))
    box = QRectF(4, 4, _SIZE - 8, _SIZE - 8)
    for colour, share in ((tokens.line, 1.0), (_colour(ending=ending), steps / STEPS)):
        painter.setPen(QPen(QColor(colour), 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        # Qt counts sixteenths of a degree, against the clock.
        painter.drawArc(box, 90 * 16, -round(360 * 16 * share))
    painter.end()
    return QIcon(drawn)


def _colour(*, ending: bool) -> str:
    tokens = current_tokens()
    return tokens.warn if ending else tokens.accent
