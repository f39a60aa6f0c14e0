"""The console's window: a header, and the page that somebody is on."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from motp_desktop.ui import icons
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.viewmodels.helpdesk.states import Place, Stage
from motp_desktop.ui.views.helpdesk.audit_page import AuditPage
from motp_desktop.ui.views.helpdesk.board_page import BoardPage
from motp_desktop.ui.views.helpdesk.check_page import CheckPage
from motp_desktop.ui.views.helpdesk.console_header import ConsoleHeader, place_names
from motp_desktop.ui.views.helpdesk.idle_warning import IdleWarning
from motp_desktop.ui.views.helpdesk.kiosks_page import KiosksPage
from motp_desktop.ui.views.helpdesk.people_page import PeoplePage
from motp_desktop.ui.views.helpdesk.setup import SetupView
from motp_desktop.ui.views.helpdesk.sign_in import SignInView
from motp_desktop.ui.widgets.announcing import announce
from motp_desktop.ui.widgets.focus_ring import FocusRing
from motp_desktop.ui.widgets.page import Page

translate = QCoreApplication.translate

Pages = SignInView | SetupView | PeoplePage | CheckPage | BoardPage | AuditPage | KiosksPage


class ConsoleWindow(QMainWindow):
    """One page at a time; pages are built anew, for all that lasts is in the view models."""

    def __init__(self, models: ConsoleModels, now: Callable[[], str]) -> None:
        """`now` is the verifier's time, RFC 3339."""
        super().__init__()
        self._models = models
        self._now = now
        self._shown: tuple[Stage, Place] | None = None
        self._header: ConsoleHeader | None = None
        self._warning: IdleWarning | None = None
        self.page: Pages | None = None
        self._rebuilding = QTimer(self, singleShot=True, interval=0)
        self._rebuilding.timeout.connect(self._rebuild)
        self.setMinimumSize(1024, 600)
        self.setWindowIcon(icons.app_icon())
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setCentralWidget(holder)
        self._ring = FocusRing(self)
        for keys, do in (
            ("Ctrl+F", self.seek),
            ("F5", models.console.refresh),
            *((f"Ctrl+{n}", _going(models, place)) for n, place in enumerate(Place, 1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(_while_open(models, do))
        models.session.state_changed.connect(self.refresh)
        models.console.state_changed.connect(self.refresh)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Room for a list and a person."""
        return QSize(1440, 900)

    def seek(self) -> None:
        """Ctrl+F: search, wherever one is."""
        self._models.console.go(Place.PEOPLE)
        if isinstance(self.page, PeoplePage):
            self.page.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.page.field.selectAll()

    def refresh(self) -> None:
        """The header's state, and another page where one is elsewhere."""
        self.setWindowTitle(translate("ConsoleHeader", "mOTP 헬프데스크"))
        if self._header is None:
            self._header = ConsoleHeader(self._models)
            self._column.insertWidget(0, self._header)
            self._warning = IdleWarning(self._models.session, self)
            self._column.insertWidget(1, self._warning)
        self._header.refresh()
        where = (self._models.session.state.stage, self._models.console.state.place)
        if where != self._shown:
            self._shown = where
            self._show(*where)

    def changeEvent(self, event: QEvent) -> None:
        """Another language, or larger text: build everything anew, in the same place."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.ApplicationFontChange}:
            # Several of these come at once; one rebuilding answers them all.
            self._rebuilding.start()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever closes the window signs out."""
        self._models.session.sign_out()
        super().closeEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab was pressed."""
        self._ring.keyboard_used()
        return super().focusNextPrevChild(forwards)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing else wanted, or that the page let through."""
        self._ring.keyboard_used()
        super().keyPressEvent(event)

    def _rebuild(self) -> None:
        for above in (self._header, self._warning):
            if above is not None:
                self._discard(above)
        self._header = self._warning = None
        self._shown = None
        self.refresh()

    def _show(self, stage: Stage, place: Place) -> None:
        old = self.page
        self.page = self._page_of(stage, place)
        if old is not None:
            self._discard(old)
        self._column.addWidget(self.page, 1)
        # The layout would show it later, and what is hidden cannot take the focus.
        self.page.setVisible(True)
        first = self.page.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.page, self._spoken(place))

    def _page_of(self, stage: Stage, place: Place) -> Pages:
        if stage is Stage.SIGN_IN:
            return SignInView(self._models.session)
        if stage is Stage.SETUP:
            return SetupView(self._models.session)
        match place:
            case Place.PEOPLE:
                return PeoplePage(self._models, self._now)
            case Place.CHECK:
                return CheckPage(self._models, self._now)
            case Place.BOARD:
                return BoardPage(self._models.board)
            case Place.AUDIT:
                return AuditPage(self._models.audit, self._now)
            case Place.KIOSKS:
                return KiosksPage(self._models.kiosks, self._models.session)

    def _spoken(self, place: Place) -> str:
        return self.page.spoken if isinstance(self.page, Page) else place_names()[place]

    def _discard(self, widget: QWidget) -> None:
        # Hidden at once and deleted later: the call may come from one of its own buttons.
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def _going(models: ConsoleModels, place: Place) -> Callable[[], None]:
    return lambda: models.console.go(place)


def _while_open(models: ConsoleModels, do: Callable[[], None]) -> Callable[[], None]:
    """Before somebody signed in there is nothing to go to."""

    def do_if_open() -> None:
        if models.session.state.stage is Stage.OPEN:
            do()

    return do_if_open
