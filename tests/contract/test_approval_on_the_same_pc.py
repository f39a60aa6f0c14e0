"""The app's real services answer for a pop-up of a real verifier process, over loopback."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from motp_desktop.services.approval_outcomes import (
    ApprovalDeclined,
    ApprovalOver,
    ApprovalQuestion,
    Approved,
    NotUnlocked,
    OtherBrowser,
    WrongNumber,
)
from motp_desktop.services.outcomes import ApprovalAsked
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.pc import Pc

SITE = "https://lms.example.kr"


@pytest.fixture(scope="module")
def popups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    """A verifier whose institution may open pop-ups from its site."""
    folder = tmp_path_factory.mktemp("popups") / "data"
    (folder / "policies").mkdir(parents=True)
    (folder / "policies" / "hanbit.toml").write_text(f'[popup]\norigins = ["{SITE}"]\n', "utf-8")
    settings = folder / "verifier.toml"
    settings.write_text(f"policy_dir = '{folder / 'policies'}'\n", "utf-8")
    with live_verifier(folder, "--config", str(settings)) as verifier:
        yield verifier


class Browser:
    """Keeps its cookies, and no connection."""

    def __init__(self) -> None:
        self._cookies = httpx.Cookies()

    def open(self, url: str) -> str:
        """Have an address opened from outside."""
        return self._load("GET", url, {"Sec-Fetch-Site": "none"})

    def press(self, url: str, origin: str) -> str:
        """Send a form of a page."""
        return self._load("POST", url, {"Sec-Fetch-Site": "same-origin", "Origin": origin})

    def _load(self, method: str, url: str, headers: dict[str, str]) -> str:
        with httpx.Client(cookies=self._cookies, trust_env=False, follow_redirects=True) as client:
            page = client.request(method, url, headers=headers)
            self._cookies = client.cookies
        return page.text


class PopUp:
    """A pop-up in a browser of its own."""

    def __init__(self, verifier: LiveVerifier, person: Person) -> None:
        self._verifier = verifier
        self._site = {"Authorization": f"Bearer {verifier.api_key}"}
        created = httpx.post(
            f"{verifier.origin}/v1/popups",
            headers=self._site,
            json={
                "trainee": {"name": person.name, "phone": person.phone},
                "course": "산업안전",
                "class": "1기",
                "session": 3,
                "occasion": "lesson",
                "return_origin": SITE,
            },
            trust_env=False,
        )
        assert created.status_code == 201, created.text
        self.id = str(created.json()["popup_id"])
        self._url = f"{verifier.origin}/popup/{self.id}"
        self.browser = Browser()
        self.browser.open(self._url)

    def ask_the_app(self) -> tuple[str, str]:
        """Press the button: the link that it opens, and the number that the page shows."""
        page = self.browser.press(f"{self._url}/approval", self._verifier.origin)
        link, number = re.search(r'href="(motp://[^"]*)"', page), re.search(r">([0-9]{2})<", page)
        assert link is not None, page
        assert number is not None, page
        return unescape(link[1]), number[1]

    def state(self) -> dict[str, object]:
        """What the site's server is told."""
        url = f"{self._verifier.origin}/v1/popups/{self.id}"
        told: dict[str, object] = httpx.get(url, headers=self._site, trust_env=False).json()
        return told


@pytest.fixture
def person(popups: LiveVerifier) -> Person:
    return popups.new_person()


@pytest.fixture
def pc(popups: LiveVerifier, person: Person, tmp_path: Path) -> Pc:
    """Registered and unlocked."""
    pc = Pc(popups.origin, tmp_path / "pc")
    pc.enrol(popups, person)
    pc.unlock()
    return pc


def link_of(pc: Pc, text: str) -> ApprovalAsked:
    link = pc.services.links.read(text)
    assert isinstance(link, ApprovalAsked)
    return link


def asked(pc: Pc, text: str) -> ApprovalQuestion:
    question = pc.services.approvals.ask(link_of(pc, text))
    assert isinstance(question, ApprovalQuestion), question
    return question


def test_the_browser_with_the_pop_up_finishes_what_was_approved(
    popups: LiveVerifier, pc: Pc, person: Person
) -> None:
    popup = PopUp(popups, person)
    link, number = popup.ask_the_app()
    question = asked(pc, link)
    assert question.request.institution == "한빛훈련원"
    assert number in question.request.numbers
    approved = pc.services.approvals.answer(question, "approve", number)
    assert isinstance(approved, Approved)
    assert pc.services.approvals.answer(question, "approve", number) == approved
    assert popup.state()["state"] == "open"
    popup.browser.open(approved.completion_url)
    state = popup.state()
    assert state["state"] == "accepted"
    assert isinstance(result := state["result"], dict)
    assert result["method"] == "same-pc"


def test_another_browser_finishes_nothing(popups: LiveVerifier, pc: Pc, person: Person) -> None:
    popup = PopUp(popups, person)
    link, number = popup.ask_the_app()
    question = asked(pc, link)
    approved = pc.services.approvals.answer(question, "approve", number)
    assert isinstance(approved, Approved)
    Browser().open(approved.completion_url)
    assert pc.services.approvals.answer(question, "approve", number) == OtherBrowser()
    popup.browser.open(approved.completion_url)
    assert popup.state()["state"] == "open"


def test_a_wrong_number_and_a_refusal_end_the_ticket(
    popups: LiveVerifier, pc: Pc, person: Person
) -> None:
    popup = PopUp(popups, person)
    link, number = popup.ask_the_app()
    question = asked(pc, link)
    wrong = next(each for each in question.request.numbers if each != number)
    assert pc.services.approvals.answer(question, "approve", wrong) == WrongNumber()
    assert pc.services.approvals.answer(question, "approve", number) == ApprovalOver()
    again, number = popup.ask_the_app()
    question = asked(pc, again)
    assert pc.services.approvals.answer(question, "refuse", "") == ApprovalDeclined()
    assert pc.services.approvals.answer(question, "approve", number) == ApprovalOver()
    assert popup.state()["state"] == "open"


def test_another_trainees_ticket_is_not_told_of(
    popups: LiveVerifier, pc: Pc, tmp_path: Path
) -> None:
    stranger = popups.new_person()
    other = Pc(popups.origin, tmp_path / "other")
    other.enrol(popups, stranger)
    link, _ = PopUp(popups, stranger).ask_the_app()
    assert pc.services.approvals.ask(link_of(pc, link)) == ApprovalOver()


def test_a_locked_app_asks_nothing(popups: LiveVerifier, pc: Pc, person: Person) -> None:
    link, _ = PopUp(popups, person).ask_the_app()
    pc.services.codes.forget()
    assert pc.services.approvals.ask(link_of(pc, link)) == NotUnlocked()
