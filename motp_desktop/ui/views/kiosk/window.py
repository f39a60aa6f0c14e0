"""The kiosk's window: nothing else is on the screen, and nothing closes it but the exit PIN."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from motp_desktop.ui import kiosk_navigation as outer
from motp_desktop.ui import navigation as inner
from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.viewmodels.kiosk.leaving import ExitViewModel
from motp_desktop.ui.viewmodels.kiosk.visit import VisitModels
from motp_desktop.ui.views.kiosk.idle_warning import IdleWarning
from motp_desktop.ui.views.kiosk.keyboard import Keyboard, send_key
from motp_desktop.ui.views.kiosk.lockdown import LockDown
from motp_desktop.ui.views.kiosk.scale import code_font_pixels
from motp_desktop.ui.views.kiosk.screens import Keys, Ways, keys_of, page_of
from motp_desktop.ui.views.kiosk.top_bar import TopBar
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.focus_ring import FocusRing
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.pin_pad import PinPad

translate = QCoreApplication.translate

_PAD_HEIGHT = 248
_WIDE = 1.3
_random = secrets.SystemRandom()


class KioskWindow(QWidget):
    """One page at a time, built anew for each; the keys on the screen beneath it."""

    def __init__(self, desk: KioskViewModel, leaving: ExitViewModel) -> None:
        super().__init__()
        self.setWindowTitle(translate("Header", "원격훈련 mOTP"))
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        self._desk = desk
        self._leaving = leaving
        self._may_close = self._beside = False
        self._screen: outer.KioskScreen | None = None
        self._inner: inner.Screen | None = None
        self._visit: VisitModels | None = None
        self._lock_down: LockDown | None = None
        self._around: list[QWidget] = []
        self.page: Page | None = None
        self._ways = Ways(desk, leaving, self._code_font_pixels)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        # The screen says how large the window is, never what is on it.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(0)
        self._column.addLayout(self._body, 1)
        self._ring = FocusRing(self)
        self._rebuilding = QTimer(self, singleShot=True, interval=0)
        self._rebuilding.timeout.connect(self._rebuild)
        desk.state_changed.connect(self.refresh)
        self.refresh()

    def let_close(self) -> None:
        """The exit PIN was right, or the system ends it."""
        self._may_close = True
        if self._lock_down is not None:
            self._lock_down.release()
        self.close()

    def refresh(self) -> None:
        """Another page where the screen, or that of the visit, is another one."""
        self._listen(self._desk.visit)
        if not self._around:
            self._build_around()
        screen = self._desk.state.screen
        within = None if self._visit is None else self._visit.journey.screen
        if self._is_same(screen, within):
            self._screen, self._inner = screen, within
            return
        self._screen, self._inner = screen, within
        self._show_page(screen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not by Alt+F4, and not by a window manager."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the native window is watched."""
        super().showEvent(event)
        if self._lock_down is None:
            handle = self.windowHandle()
            self._lock_down = LockDown(handle, self._desk.touch, self._leaving.ask)

    def changeEvent(self, event: QEvent) -> None:
        """Another language: build everything anew, in the same place. Never small, never away."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.ApplicationFontChange}:
            self._rebuilding.start()
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self.showFullScreen()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A pad beside its page or beneath it."""
        self._place_keys()
        super().resizeEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab was pressed."""
        self._ring.keyboard_used()
        return super().focusNextPrevChild(forwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing else wanted."""
        self._ring.keyboard_used()
        super().keyPressEvent(event)

    def _is_same(self, screen: outer.KioskScreen, within: inner.Screen | None) -> bool:
        if self.page is None or self._screen is None:
            return False
        if isinstance(screen, outer.Visiting) and isinstance(self._screen, outer.Visiting):
            both_codes = isinstance(within, inner.ShowCode) and isinstance(
                self._inner, inner.ShowCode
            )
            return both_codes or within == self._inner
        return screen == self._screen

    def _listen(self, visit: VisitModels | None) -> None:
        if visit is self._visit:
            return
        if self._visit is not None:
            self._visit.journey.moved.disconnect(self.refresh)
        self._visit = visit
        self._inner = None
        if visit is not None:
            visit.journey.moved.connect(self.refresh)

    def _build_around(self) -> None:
        bar = TopBar(self._desk, self._leaving)
        bar.voice_wanted.connect(self._say_page)
        warning = IdleWarning(self._desk)
        self._around = [bar, warning]
        for place, widget in enumerate(self._around):
            self._column.insertWidget(place, widget)

    def _rebuild(self) -> None:
        for widget in self._around:
            self._discard(widget)
        self._around = []
        self._screen = None
        self.refresh()

    def _show_page(self, screen: outer.KioskScreen) -> None:
        old = self.page
        self.page = page_of(screen, self._ways)
        if old is not None:
            self._discard(old)
        self._body.addWidget(self.page, 1)
        self._show_keys(keys_of(screen, self._desk))
        claims = outer.claims_of(screen)
        if claims is not None and claims.scramble_pad:
            self._scramble(self.page)
        self.page.setVisible(True)
        first = self.page.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.page, self.page.spoken)
        self._say_page()

    def _say_page(self) -> None:
        if self.page is not None:
            self._desk.say(self.page.spoken)

    def _scramble(self, page: Page) -> None:
        """The pads of PINs; a number is no secret."""
        if isinstance(self._screen, outer.Welcome):
            return
        for pad in page.findChildren(PinPad):
            pad.arrange("".join(_random.sample("1234567890", 10)))

    def _show_keys(self, keys: Keys) -> None:
        for old in self.findChildren(_KeysHolder):
            self._discard(old)
        self._beside = keys is Keys.DIGITS
        self._place_keys()
        make: dict[Keys, Callable[[], QWidget]] = {Keys.LETTERS: Keyboard, Keys.DIGITS: _digits}
        if keys in make:
            self._body.addWidget(_KeysHolder(make[keys]()), 1 if self._beside else 0)

    def _place_keys(self) -> None:
        """A pad stands beside its page where the screen is wide, else beneath it."""
        is_wide = self.width() > _WIDE * self.height()
        direction = QBoxLayout.Direction
        self._body.setDirection(
            direction.LeftToRight if self._beside and is_wide else direction.TopToBottom
        )

    def _code_font_pixels(self) -> int:
        claims = outer.claims_of(self._desk.state.screen)
        screen = self.screen()
        told = claims.screen_height_mm if claims is not None else 0
        height_mm = told or screen.physicalSize().height()
        return code_font_pixels(screen.geometry().height(), height_mm)

    def _discard(self, widget: QWidget) -> None:
        # Hidden at once and deleted later: the call may come from one of its own buttons.
        self._column.removeWidget(widget)
        self._body.removeWidget(widget)
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()


class _KeysHolder(QWidget):
    """Keys in the middle beneath a page."""

    def __init__(self, keys: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(keys, 1000)
        row.addStretch(1)


def _digits() -> QWidget:
    pad = PinPad()
    pad.digit.connect(lambda digit: send_key(0, digit))
    pad.backspace.connect(lambda: send_key(Qt.Key.Key_Backspace))
    pad.setFixedHeight(scaled(_PAD_HEIGHT))
    holder = QWidget()
    holder.setMaximumWidth(scaled(Size.COLUMN))
    column = QVBoxLayout(holder)
    column.setContentsMargins(Space.L, 0, Space.L, Space.L)
    column.addStretch(1)
    column.addWidget(pad)
    return holder
