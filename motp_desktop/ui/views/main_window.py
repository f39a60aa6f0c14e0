"""The window: a header, and the view of the screen that the app is on."""

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from motp_desktop.ui import icons
from motp_desktop.ui.navigation import Screen
from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_desktop.ui.viewmodels.bundle import ViewModels
from motp_desktop.ui.viewmodels.states import AppState
from motp_desktop.ui.views.asides import view_of_aside
from motp_desktop.ui.views.header import Header
from motp_desktop.ui.views.link_banner import LinkBanner, WaitingBanner
from motp_desktop.ui.views.lock_warning import LockWarning
from motp_desktop.ui.views.menu import menu_entries
from motp_desktop.ui.views.trainee.screens import shows_the_same, view_of
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.focus_ring import FocusRing
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate


class MainWindow(QMainWindow):
    """One view at a time; views are built anew, for all that lasts is in the view models."""

    def __init__(self, view_models: ViewModels) -> None:
        super().__init__()
        self._rebuilding = QTimer(self, singleShot=True, interval=0)
        self._rebuilding.timeout.connect(self._rebuild)
        self._models = view_models
        self._screen: Screen | None = None
        self._aside: Aside | None = None
        self._header: Header | None = None
        self._banners: list[QWidget] = []
        self.page: Page | None = None
        self.setMinimumSize(360, 560)
        self.resize(440, 720)
        self.setWindowIcon(icons.app_icon())
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setCentralWidget(holder)
        self._ring = FocusRing(self)
        view_models.app.state_changed.connect(self.refresh)
        view_models.code.state_changed.connect(self._stay_on_top)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Tall like a phone."""
        return QSize(440, 720)

    def refresh(self) -> None:
        """The header's state, and another view where the screen is another one."""
        state = self._models.app.state
        if self._header is None:
            self.setWindowTitle(translate("Header", "원격훈련 mOTP"))
            self._header = Header(
                self._models.app.set_language,
                state.language,
                menu_entries(self._models),
                language_locked=state.language_locked,
            )
            self._column.insertWidget(0, self._header)
            # Made after the header is in its place: Tab goes in the order of their making.
            self._banners = [
                LockWarning(self._models.code, self),
                LinkBanner(self._models.links, self),
                WaitingBanner(self._models.links, self),
            ]
            for place, banner in enumerate(self._banners, 1):
                self._column.insertWidget(place, banner)
        self._header.set_connection(state.connection)
        is_other = self._screen is None or not shows_the_same(self._screen, state.screen)
        if state.aside is not self._aside or (is_other and state.aside is None):
            self._show(state)
        self._screen, self._aside = state.screen, state.aside

    def changeEvent(self, event: QEvent) -> None:
        """Another language, or larger text: build everything anew, in the same place."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.ApplicationFontChange}:
            # Several of these come at once; one rebuilding answers them all.
            self._rebuilding.start()
        super().changeEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab was pressed."""
        self._ring.keyboard_used()
        return super().focusNextPrevChild(forwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing else wanted, or that the page let through."""
        self._ring.keyboard_used()
        super().keyPressEvent(event)

    def _stay_on_top(self) -> None:
        """Above other windows, or no longer: on the native window, so that it need not reopen."""
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowStaysOnTopHint, self._models.code.state.on_top)

    def _rebuild(self) -> None:
        for above in (self._header, *self._banners):
            if above is not None:
                self._discard(above)
        self._header = None
        self._screen = None
        self._aside = None
        self.refresh()

    def _show(self, state: AppState) -> None:
        old = self.page
        if state.aside is not None:
            self.page = view_of_aside(state.aside, self._models)
        else:
            self.page = view_of(state.screen, self._models)
        if old is not None:
            self._discard(old)
        self._column.addWidget(self.page, 1)
        # The layout would show it later, and what is hidden cannot take the focus.
        self.page.setVisible(True)
        first = self.page.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.page, self.page.spoken)

    def _discard(self, widget: QWidget) -> None:
        # Hidden at once and deleted later: the call may come from one of its own buttons.
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
