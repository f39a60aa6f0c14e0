"""From the first start to an accepted code with keys alone, while everything behind is slow.

The verifier is a real process, the network is real but slow, and the keychain is one in memory,
slow as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from motp_desktop.bootstrap import build_services
from motp_desktop.config import Settings
from motp_desktop.ui import navigation
from motp_desktop.ui.application import DesktopApp, build_desktop
from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.tasks import TaskRunner, ThreadExecutor
from motp_desktop.ui.viewmodels.states import PinStage
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.code_display import CodeDisplay
from motp_protocol.keys import Argon2Parameters, stretch_pin
from tests.support.keyboard import Keyboard, until
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.turning import TURNS, EventLoop, SlowExchange, SlowKeyStore

KEYS = Qt.Key
PIN = "482915"


@dataclass
class Journey:
    """What came of it."""

    verdicts: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    """Where the focus could not be seen."""


class Typist:
    """Somebody at the keyboard, who looks at where the focus is before each key."""

    def __init__(self, desktop: DesktopApp, verifier: LiveVerifier) -> None:
        self._desktop = desktop
        self._keyboard = Keyboard(desktop.window)
        self._models = desktop.view_models
        self._verifier = verifier
        self._person = verifier.new_person()
        self.journey = Journey()

    def agree(self) -> None:
        self._arrive(navigation.Notice)
        self._keyboard.press(KEYS.Key_Return)
        self._arrive(navigation.ConsentSummary)
        until(lambda: isinstance(QApplication.focusWidget(), QPushButton))
        until(lambda: self._models.enrolment.state.document is not None)
        self._keyboard.press(KEYS.Key_Return)
        self._arrive(navigation.ConsentForm)
        self._keyboard.press(KEYS.Key_End, KEYS.Key_Return)

    def fill_in(self) -> None:
        self._arrive(navigation.PersonalDetails)
        self._keyboard.hangul(self._person.name)
        self._keyboard.press(KEYS.Key_Tab, KEYS.Key_Tab)
        self._keyboard.text(self._person.phone.replace("-", "").removeprefix("010"))
        self._keyboard.press(KEYS.Key_Return)
        self._arrive(navigation.ChoosePin)
        self._keyboard.text(PIN)
        self._keyboard.press(KEYS.Key_Return)
        until(lambda: self._models.enrolment.state.pin.stage is PinStage.REPEAT)
        self._keyboard.text(PIN)
        self._keyboard.press(KEYS.Key_Return)

    def prove(self) -> None:
        self._arrive(navigation.IdentityCode)
        self._keyboard.text(self._verifier.identity_code(self._person))
        self._keyboard.press(KEYS.Key_Return)

    def unlock(self) -> None:
        self._arrive(navigation.EnterPin)
        self._keyboard.text(PIN)
        self._keyboard.press(KEYS.Key_Return)

    def use_the_code(self) -> None:
        self._arrive(navigation.ShowCode)
        (display,) = self._desktop.window.findChildren(CodeDisplay)
        for _ in range(2):
            self.journey.verdicts.append(self._verifier.check(self._person, display.code))
        self._keyboard.press(KEYS.Key_Tab, KEYS.Key_Tab, KEYS.Key_Backtab, KEYS.Key_Escape)
        self._arrive(navigation.EnterPin)

    def _arrive(self, kind: type[navigation.Screen]) -> None:
        screen = self._models.app
        self._keyboard.arrive(kind.__name__, lambda: isinstance(screen.state.screen, kind))
        self.journey.unseen = self._keyboard.unseen


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("typing") / "verifier") as process:
        yield process


@pytest.fixture(scope="module")
def loop(qapp: QApplication) -> EventLoop:
    return EventLoop()


@pytest.fixture(scope="module")
def journey(
    qapp: QApplication,
    loop: EventLoop,
    verifier: LiveVerifier,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Journey]:
    choose_font(qapp)
    folder = tmp_path_factory.mktemp("pc") / "app"
    services = build_services(
        Settings(verifier.origin, folder),
        key_store=SlowKeyStore(loop),
        exchange=SlowExchange(loop),
    )
    desktop = build_desktop(qapp, services, MainWindow)
    desktop.open()
    desktop.window.activateWindow()
    typist = Typist(desktop, verifier)
    typist.agree()
    typist.fill_in()
    typist.prove()
    typist.unlock()
    typist.use_the_code()
    yield typist.journey
    desktop.close()


def test_keys_alone_lead_to_a_code_that_is_accepted_exactly_once(journey: Journey) -> None:
    assert journey.verdicts == ["accepted", "code-used"]


def test_before_every_key_one_sees_where_the_focus_is(journey: Journey) -> None:
    assert journey.unseen == []


def test_the_window_stays_alive_while_keychain_and_network_are_slow(
    journey: Journey, loop: EventLoop
) -> None:
    assert loop.stuck == []
    assert {call.partition(" ")[0] for call in loop.held} >= {"load", "save", "GET", "POST"}


def test_the_window_stays_alive_while_a_pin_is_stretched(loop: EventLoop) -> None:
    runner = TaskRunner(ThreadExecutor(), lambda bug: None)
    done: list[bytes] = []
    before = loop.turns
    costly = Argon2Parameters(passes=15)
    runner.submit(lambda: stretch_pin(PIN, bytes(16), costly), done.append)
    until(lambda: bool(done))
    runner.close()
    assert loop.turns - before > TURNS
