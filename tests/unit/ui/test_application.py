"""The app put together over scripted services, with a bare window."""

import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFocusEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from motp_desktop.bootstrap import Services
from motp_desktop.services import outcomes as o
from motp_desktop.services.adapters.links import Links
from motp_desktop.services.session_start import SessionStart
from motp_desktop.ui import navigation as n
from motp_desktop.ui.activity import ActivityWatcher
from motp_desktop.ui.application import DesktopApp, build_desktop
from motp_desktop.ui.qt_browser import QtBrowser
from motp_desktop.ui.qt_clipboard import QtClipboard
from motp_desktop.ui.quitting import SignalListener
from motp_desktop.ui.viewmodels.approval_states import LinkNotice
from motp_protocol.fields import Language
from tests.support.memory_ports import MemoryAutostart, MemoryLinkHandler
from tests.support.ui_fakes import (
    ORIGIN,
    FakeApprovals,
    FakeBrowser,
    FakeConsentRenewal,
    FakeDiagnostics,
    FakeDoctor,
    FakeNameProof,
    FakeServices,
    FakeSettingsDesk,
    FakeStatusDesk,
    ManualClock,
    ManualExecutor,
    MemoryKeyStore,
)


class Bench:
    """An app, and what stands behind it."""

    def __init__(self, app: QApplication, qtbot: QtBot, *, language_locked: bool = False) -> None:
        self.clock = ManualClock()
        self.fakes = FakeServices(self.clock)
        self.executor = ManualExecutor()
        self.kept: list[Language] = []
        self.browser = FakeBrowser()
        services = Services(
            opening=self.fakes,
            enrolment=self.fakes,
            unlock=self.fakes,
            codes=self.fakes,
            sync=self.fakes,
            records=self.fakes,
            name_proof=FakeNameProof(self.fakes),
            consent_renewal=FakeConsentRenewal(self.fakes),
            reset=self.fakes,
            links=Links(ORIGIN),
            approvals=FakeApprovals(self.clock),
            session_start=SessionStart(MemoryAutostart(), MemoryLinkHandler()),
            status_desk=FakeStatusDesk(),
            doctor=FakeDoctor(),
            diagnostics=FakeDiagnostics(),
            settings_desk=FakeSettingsDesk(),
            key_store=MemoryKeyStore(),
            clock=self.clock,
        )
        self.desktop: DesktopApp = build_desktop(
            app,
            services,
            lambda _: QWidget(),
            keep_language=self.kept.append,
            language_locked=language_locked,
            executor=self.executor,
            browser=self.browser,
        )
        qtbot.addWidget(self.desktop.window)

    def where(self) -> n.Screen:
        """The screen that is shown."""
        return self.desktop.view_models.app.state.screen


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Bench:
    return Bench(qapp, qtbot)


def test_the_window_shows_before_anything_is_looked_at(bench: Bench) -> None:
    bench.desktop.open()
    assert bench.desktop.window.isVisible()
    assert bench.fakes.look_script.calls == []
    bench.executor.run()
    assert bench.where() == n.Notice()


def test_a_language_is_spoken_at_once_and_kept(bench: Bench) -> None:
    bench.desktop.view_models.app.set_language("en")
    assert QLocale().language() is QLocale.Language.English
    bench.executor.run()
    assert bench.kept == ["en"]
    bench.desktop.view_models.app.set_language("ko")
    assert QLocale().language() is QLocale.Language.Korean


def test_a_locked_language_stays(qapp: QApplication, qtbot: QtBot) -> None:
    bench = Bench(qapp, qtbot, language_locked=True)
    bench.desktop.view_models.app.set_language("en")
    bench.executor.run()
    assert bench.desktop.view_models.app.state.language == "ko"
    assert bench.kept == []


def test_closing_forgets_the_code_and_clears_the_clipboard(bench: Bench) -> None:
    bench.fakes.look_script.then(o.Registered("홍*동", "010-****-5678"))
    bench.desktop.open()
    bench.executor.run()
    for digit in "482917":
        bench.desktop.view_models.unlock.digit(digit)
    bench.desktop.view_models.unlock.submit()
    bench.executor.run()
    bench.desktop.view_models.code.copy()
    assert QApplication.clipboard().text()
    bench.desktop.close()
    assert QApplication.clipboard().text() == ""
    assert bench.fakes.now() is None
    assert bench.executor.is_closed


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_window_comes_to_the_front(bench: Bench) -> None:
    bench.desktop.open()
    bench.desktop.window.showMinimized()
    bench.desktop.bring_to_front()
    assert not bench.desktop.window.isMinimized()
    assert bench.desktop.window.isVisible()


def test_a_code_is_marked_as_a_secret_on_the_clipboard(qapp: QApplication, qtbot: QtBot) -> None:
    clipboard = QtClipboard(QApplication.clipboard())
    clipboard.put("123456")
    data = QApplication.clipboard().mimeData()
    assert data.text() == "123456"
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    QApplication.clipboard().setText("other")
    clipboard.clear_if_ours()
    assert QApplication.clipboard().text() == "other"


class _Handler(QObject):
    """Stands in for the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def test_a_page_is_opened_in_the_systems_browser_as_it_is_written(qapp: QApplication) -> None:
    handler, url = _Handler(), f"{ORIGIN}/popup/complete/a_b-c?x=%2F%20y"
    QDesktopServices.setUrlHandler("https", handler, "take")  # type: ignore[arg-type]
    try:
        assert QtBrowser().open(url)
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert handler.opened == [url]


def test_input_is_noticed_and_other_events_are_not(qapp: QApplication, qtbot: QtBot) -> None:
    noticed: list[str] = []
    window = QWindow()
    ActivityWatcher(window, lambda: noticed.append("input"))
    QCoreApplication.sendEvent(window, QFocusEvent(QEvent.Type.FocusIn))
    assert noticed == []
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        window.position().toPointF(),
        window.position().toPointF(),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(window, moved)
    assert noticed == ["input"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_the_app(qtbot: QtBot, number: signal.Signals) -> None:
    ended: list[bool] = []
    listener = SignalListener(lambda: ended.append(True))
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: ended == [True], timeout=5_000)
    finally:
        listener.close()


def test_imports_that_take_long_wait_for_the_worker() -> None:
    program = (
        "import sys, motp_desktop.ui.application\n"
        "sys.exit(sorted({'keyring', 'requests', 'argon2', 'qrcode'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_whoever_leaves_finds_the_app_locked_and_no_digit_typed(bench: Bench) -> None:
    bench.fakes.look_script.then(o.Registered("홍*동", "010-****-5678"))
    bench.desktop.open()
    bench.executor.run()
    unlock = bench.desktop.view_models.unlock
    unlock.digit("4")
    bench.desktop.leave()
    assert unlock.state.entered == 0
    for digit in "482917":
        unlock.digit(digit)
    unlock.submit()
    bench.executor.run()
    assert isinstance(bench.where(), n.ShowCode)
    bench.desktop.leave()
    assert isinstance(bench.where(), n.EnterPin)
    assert bench.fakes.now() is None


@pytest.mark.qt_log_ignore("does not support raise")
def test_an_app_in_the_background_shows_itself_when_another_start_calls(bench: Bench) -> None:
    bench.desktop.open(hidden=True)
    assert not bench.desktop.window.isVisible()
    bench.desktop.call(f"motp://approve?popup=p&ticket=t&verifier={ORIGIN}")
    assert bench.desktop.window.isVisible()
    bench.executor.run()
    assert bench.desktop.view_models.links.state.notice is LinkNotice.UNREGISTERED
