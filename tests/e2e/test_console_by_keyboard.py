"""A complaint answered at the console's real window with keys alone, at a real verifier."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.console import ConsoleApp, build_console
from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.viewmodels.helpdesk.states import Stage
from motp_desktop.ui.views.helpdesk.findings_card import FindingCard
from motp_desktop.ui.views.helpdesk.setup import SetupView
from motp_desktop.ui.widgets.text import TextLabel
from tests.support.keyboard import Keyboard, until
from tests.support.live_console import LiveConsole, totp
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.pc import Pc

KEYS = Qt.Key
PASSWORD = "eleven wasps and one spoon"
WHY = "본인과 통화해 확인함"


@dataclass
class Call:
    """What somebody of the staff saw and did while a trainee was on the telephone."""

    told: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


class Helper:
    """Somebody of the staff, on their first day."""

    def __init__(self, console: ConsoleApp, account: LiveConsole) -> None:
        self._console = console
        self._models = console.models
        self._account = account
        self.keyboard = Keyboard(console.window)

    def sign_in(self) -> None:
        keyboard = self.keyboard
        keyboard.arrive("sign-in", lambda: QApplication.focusWidget() is not None)
        keyboard.text(self._account.name)
        keyboard.press(KEYS.Key_Tab)
        keyboard.text(self._account.first_password)
        keyboard.press(KEYS.Key_Return)
        keyboard.arrive("setup", lambda: self._models.session.state.stage is Stage.SETUP)
        setup = self._models.session.state.setup
        assert setup is not None
        assert isinstance(self._console.window.page, SetupView)
        keyboard.text(totp(setup.secret))
        for _ in range(2):
            keyboard.press(KEYS.Key_Tab)
            keyboard.text(PASSWORD)
        keyboard.press(KEYS.Key_Return)
        keyboard.arrive("search", lambda: self._models.session.state.stage is Stage.OPEN)

    def find(self, person: Person) -> str:
        """Type the number as it is said on the telephone; the diagnosis of who was found."""
        self.keyboard.text(person.phone)
        search = self._models.search
        until(lambda: search.state.asked == person.phone and bool(search.state.rows))
        self.keyboard.press(KEYS.Key_Return)
        self.keyboard.arrive("person", lambda: self._models.person.state.page is not None)
        return self.told()

    def told(self) -> str:
        """The largest text of the page."""
        first = self._console.window.findChildren(FindingCard)[0]
        return first.findChildren(TextLabel)[0].text()

    def lift_code_lock(self) -> None:
        self.keyboard.tab_to("인증번호 잠금 풀기")
        self.keyboard.press(KEYS.Key_Space)
        until(lambda: self._models.actions.state.asking is not None)
        self.keyboard.hangul(WHY)
        self.keyboard.press(KEYS.Key_Return)
        self.keyboard.arrive("done", lambda: self._models.actions.state.done is not None)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("helping") / "verifier") as process:
        yield process


@pytest.fixture(scope="module")
def call(
    qapp: QApplication, verifier: LiveVerifier, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Call]:
    choose_font(qapp)
    person = verifier.new_person()
    pc = Pc(verifier.origin, tmp_path_factory.mktemp("pc"))
    pc.enrol(verifier, person)
    pc.unlock()
    wrong = f"{(int(pc.code()) + 1) % 1_000_000:06d}"
    made = Call(verdicts=[verifier.check(person, wrong) for _ in range(5)])
    made.verdicts.append(verifier.check(person, pc.code()))
    account = LiveConsole(verifier, tmp_path_factory.mktemp("kim"), "kim", "helpdesk")
    console = build_console(qapp, account.services)
    console.open()
    console.window.activateWindow()
    helper = Helper(console, account)
    helper.sign_in()
    made.told.append(helper.find(person))
    helper.lift_code_lock()
    until(lambda: helper.told() != made.told[0])
    made.told.append(helper.told())
    made.verdicts.append(verifier.check(person, pc.code()))
    made.unseen = helper.keyboard.unseen
    yield made
    console.close()


def test_keys_alone_lead_from_the_first_sign_in_to_the_cause_and_its_mending(call: Call) -> None:
    locked, well = call.told
    assert locked.startswith("인증번호가 5번 틀려 ")
    assert well == "문제가 보이지 않습니다."


def test_the_trainee_s_code_is_accepted_once_the_lock_is_lifted(call: Call) -> None:
    assert call.verdicts == [*["code-wrong"] * 5, "locked", "accepted"]


def test_before_every_key_one_sees_where_the_focus_is(call: Call) -> None:
    assert call.unseen == []
