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
from tests.support.leaping_app import VARIABLE, seen
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.screen_reader import ScreenReader, State, Thing

PIN = "482915"
CODE = re.compile(r"인증번호((?: \d){6})")
LAST_CALL = re.compile(r"\d+초 남았어요\.")
NEWS = re.compile(r"\d\d:\d\d에 인증.*")
LEAP_MS = 3_500
"""After more than 15 s between two ticks the app believes that the PC slept."""
MOST_LEAPS = 24
"""More would come to the idle lock."""
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
        self._reader.wait_to_hear(re.compile("끝까지 읽어 주세요."))
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
        for _ in range(MOST_LEAPS):
            if "code, last call, code" in ", ".join(times_told(self._reader.heard)):
                break
            self._leapt_ms += LEAP_MS
            new = self._leap.with_suffix(".new")
            new.write_text(str(self._leapt_ms), "ascii")
            new.replace(self._leap)  # never half a number
            self._reader.until(self._has_seen, "a window that knows how late it is")
            self._reader.catch_up()
        self._reader.wait_to_hear(NEWS)

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

    def _has_seen(self) -> bool | None:
        text = seen(self._leap).read_text("ascii")
        return text == str(self._leapt_ms) or None


def times_told(heard: list[str]) -> list[str]:
    """Of all that was heard, when it was a code and when it was that little time is left."""
    told = (
        "code" if CODE.fullmatch(w) else "last call" * bool(LAST_CALL.fullmatch(w)) for w in heard
    )
    return [each for each in told if each]


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


def test_each_code_is_said_once_and_once_that_ten_seconds_are_left(journey: Journey) -> None:
    codes = [words for words in journey.heard if CODE.fullmatch(words)]
    assert len(codes) == len(set(codes)) > 1
    told = ", ".join(times_told(journey.heard))
    assert "code, last call, code" in told
    assert "last call, last call" not in told


def test_what_came_of_a_code_is_said_once_when_the_next_one_comes(journey: Journey) -> None:
    (said,) = [words for words in journey.heard if NEWS.match(words)]
    assert "이미 쓴 번호예요." in said


def test_what_is_said_never_tells_the_pin(journey: Journey) -> None:
    assert not any(PIN in "".join(filter(str.isdigit, words)) for words in journey.heard)
