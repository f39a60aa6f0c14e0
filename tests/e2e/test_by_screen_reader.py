"""From the first start to an accepted code with a screen reader alone: AT-SPI, in Korean.

The app, the verifier, the keychain and the accessibility bus are real processes. No key is
pressed, nothing is clicked, no place on the screen is named.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.graphical_session import GraphicalSession, missing_programs
from tests.support.leaping_app import VARIABLE
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.screen_reader import ScreenReader, State, Thing

PIN = "482915"
CODE = re.compile(r"인증번호((?: \d){6})")
LAST_CALL = "10초 남았어요."
NEWS = re.compile(r"\d\d:\d\d에 인증")
LEAP_SECONDS = 8
"""After more than 15 the app believes that the PC slept, and asks the verifier for the time."""
CONTROLS = frozenset(
    {"push button", "button menu", "toggle button", "check box", "radio button", "combo box"}
    | {"text", "password text", "document", "menu item", "list item", "page tab"}
)

pytestmark = pytest.mark.skipif(
    bool(missing_programs()) and "CI" not in os.environ,
    reason="needs the Debian packages at-spi2-core, dbus, gnome-keyring and xvfb",
)


@dataclass
class Journey:
    """What came of it."""

    verdicts: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    """What was heard from the first whole code on."""
    faults: list[str] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)


class Listener:
    """A person who hears the app and does what it offers."""

    def __init__(self, reader: ScreenReader, verifier: LiveVerifier, leap: Path) -> None:
        self._reader = reader
        self._verifier = verifier
        self._leap = leap
        self._leapt_ms = 0
        self.journey = Journey()
        self._person = verifier.new_person()

    def agree(self) -> None:
        self._arrive("필수 본인 인증 안내")
        self._reader.press("인증하기")
        self._arrive("개인정보 수집·이용 동의")
        self._reader.press("동의")
        self._arrive("동의서를 읽어 주세요.")
        self._reader.press("동의함")
        self._reader.wait_to_hear("끝까지 읽어 주세요.")
        self._reader.scroll_to_end("개인정보 수집·이용 동의")
        self._reader.press("동의함")

    def fill_in(self) -> None:
        self._arrive("이름과 휴대전화 번호")
        self._reader.write("이름", self._person.name)
        _, middle, end = self._person.phone.split("-")
        self._reader.write("휴대전화 번호 가운데 4자리", middle)
        self._reader.write("휴대전화 번호 끝 4자리", end)
        self._reader.press("다음")
        self._arrive("비밀번호 정하기")
        self._enter_pin("다음")
        self._arrive("한 번 더 입력해 주세요.")
        self._enter_pin("다음")

    def prove(self) -> None:
        self._arrive("문자로 받은 인증번호")
        code = self._verifier.identity_code(self._person)
        self._reader.write("문자로 받은 인증번호 6자리", code)
        self._reader.press("확인")

    def unlock(self) -> None:
        self._arrive("비밀번호 입력")
        self._enter_pin("확인")

    def use_the_code(self) -> None:
        code = self._hear_another_code("")
        self._look_around()
        for _ in range(2):
            self.journey.verdicts.append(self._verifier.check(self._person, code))

    def sit_through_a_code(self) -> None:
        """Through the whole life of a code, and into the next one."""
        before = self._last_code()
        self._leap_to(LEAP_SECONDS)
        self._leap_over(LEAP_SECONDS)
        first = self._hear_another_code(before)
        heard = list(self._reader.heard)
        since = max(at for at, words in enumerate(heard) if CODE.search(words))
        self._leap_to(11)
        self._reader.wait_to_hear(LAST_CALL, since)
        self._leap_over(LEAP_SECONDS)
        self._leap_over(LEAP_SECONDS)
        self._hear_another_code(first)
        self._reader.catch_up()
        self.journey.later = self._reader.heard[since:]

    def _enter_pin(self, then: str) -> None:
        self._reader.press_each(PIN)
        self._reader.press(then)

    def _arrive(self, title: str) -> None:
        self._reader.wait_to_read(title)
        self.journey.screens.append(title)
        self._look_around()

    def _look_around(self) -> None:
        things = self._reader.until(lambda: list(self._reader.things()), "anything")
        where = self.journey.screens[-1]
        self.journey.faults += [f"{where}: {fault}" for thing in things for fault in faults(thing)]

    def _last_code(self) -> str:
        found = [CODE.fullmatch(words) for words in self._reader.heard]
        return next((each[1].replace(" ", "") for each in reversed(found) if each), "")

    def _hear_another_code(self, than: str) -> str:
        def listen() -> str | None:
            code = self._last_code()
            return code if code != than else None

        return self._reader.until(listen, "another code to be said")

    def _seconds_left(self) -> int:
        words = self._reader.wait_to_read("초 남음").name
        return int(words.partition("초")[0])

    def _leap_to(self, seconds_left: int) -> None:
        """Let time seem to pass until so much of the code's is left, or a little more."""
        while (left := self._seconds_left()) > seconds_left + 1:
            self._leap_over(min(left - seconds_left - 1, LEAP_SECONDS))

    def _leap_over(self, seconds: int) -> None:
        """Let so much time seem to pass, and wait until the app has seen it."""
        before = self._seconds_left()
        self._leapt_ms += seconds * 1000
        self._leap.write_text(str(self._leapt_ms), "ascii")
        self._reader.until(
            lambda: (now := self._seconds_left()) <= before - seconds or now > before or None,
            "the countdown to go on",
        )


def faults(thing: Thing) -> list[str]:
    """What keeps a person from using this, or from knowing what it is."""
    is_control = thing.role in CONTROLS or State.FOCUSABLE in thing.states
    if not is_control:
        return []
    found = []
    if thing.role not in CONTROLS:
        found.append(f"{thing.name!r} takes the focus, but its role is {thing.role}")
    if not thing.name.strip():
        found.append(f"a {thing.role} has no name")
    if State.SENSITIVE in thing.states and State.FOCUSABLE not in thing.states:
        found.append(f"{thing.role} {thing.name!r} cannot have the focus")
    return found


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("listening")
    leap = folder / "leap"
    leap.write_text("0", "ascii")
    with (
        live_verifier(folder / "verifier") as verifier,
        GraphicalSession(folder / "home") as session,
        ScreenReader(session.bus_address) as reader,
    ):
        session.start_app(
            *("--verifier", verifier.origin, "--lang", "ko"),
            module="tests.support.leaping_app",
            **{VARIABLE: str(leap)},
        )
        listener = Listener(reader, verifier, leap)
        listener.agree()
        listener.fill_in()
        listener.prove()
        listener.unlock()
        listener.use_the_code()
        listener.sit_through_a_code()
        listener.journey.heard = list(reader.heard)
        yield listener.journey


def test_the_code_that_was_heard_is_accepted_exactly_once(journey: Journey) -> None:
    assert journey.verdicts == ["accepted", "code-used"]


def test_whatever_can_be_used_has_a_role_a_name_and_takes_the_focus(journey: Journey) -> None:
    assert journey.faults == []


def test_every_screen_says_its_title_once_when_it_comes(journey: Journey) -> None:
    said = [title for words in journey.heard for title in journey.screens if begins(words, title)]
    assert said == journey.screens


def begins(words: str, title: str) -> bool:
    """Whether a screen's words begin with its title."""
    return words.removeprefix(title)[:1] in {"", ".", " "} and words.startswith(title)


def test_a_code_is_said_once_and_once_more_that_ten_seconds_are_left(journey: Journey) -> None:
    said = [CODE.sub("a code", words) for words in journey.later if not NEWS.match(words)]
    assert said == ["a code", LAST_CALL, "a code"]


def test_what_came_of_a_code_is_said_once_when_the_next_one_comes(journey: Journey) -> None:
    (said,) = [words for words in journey.heard if NEWS.match(words)]
    assert "이미 쓴 번호예요." in said


def test_what_is_said_never_tells_the_pin(journey: Journey) -> None:
    assert not any(PIN in "".join(filter(str.isdigit, words)) for words in journey.heard)
