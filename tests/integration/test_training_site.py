"""The sample training site over HTTP, on a real verifier: what it does not believe."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.site import SiteProcess
from demo.stack import INSTITUTION
from examples.training_site.accounts import Account
from tests.support.training_stand import Stand, free_port, training_stand

pytestmark = pytest.mark.xdist_group("training-site")

ENTRY, LESSON = "safety/entry/0", "safety/lesson/1"


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with training_stand(tmp_path_factory.mktemp("stand")) as running:
        yield running


@dataclass
class Browser:
    """Somebody signed in at the site, without any script."""

    stand: Stand
    account: Account
    http: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.post("/sign-in", account=self.account.id)

    def get(self, path: str) -> requests.Response:
        return self.http.get(f"{self.origin}{path}", timeout=10)

    def post(self, path: str, *, token: str | None = None, **form: str) -> requests.Response:
        """Send a form with the token of this browser's pages, or with another."""
        found = re.search(r'name="token" value="([^"]+)"', self.get("/").text)
        assert found is not None
        given = found[1] if token is None else token
        return self.http.post(
            f"{self.origin}{path}", data={"token": given} | form, timeout=10, allow_redirects=False
        )

    def shows(self, receipt: str, step: str = ENTRY) -> bool:
        """Whether the site takes a receipt from this browser."""
        return bool(self.post(f"/checks/{step}/form", receipt=receipt).json()["accepted"])

    @property
    def origin(self) -> str:
        return self.stand.site.origin.replace("localhost", "127.0.0.1")


def receipt(stand: Stand, account: Account, code: str, **changes: Any) -> str:
    """A true receipt for somebody's entry, or for something else."""
    asked = {
        "trainee": {"id": account.id},
        "course": "safety",
        "class": "2026-1",
        "session": 0,
        "occasion": "entry",
        "code": code,
    }
    answer = requests.post(
        f"{stand.verifier.origin}/v1/verifications",
        json=asked | changes,
        headers={"Authorization": f"Bearer {stand.verifier.api_key}"},
        timeout=10,
    )
    return str(answer.json()["receipt"])


def enrolled(stand: Stand) -> tuple[Account, str]:
    """Somebody, and the code of this moment."""
    account, pc = stand.enrolled()
    pc.unlock()
    return account, pc.code()


def test_a_receipt_opens_its_step_once(stand: Stand) -> None:
    account, code = enrolled(stand)
    text = receipt(stand, account, code)
    browser = Browser(stand, account)
    assert browser.shows(text)
    assert "✓" in browser.get(f"/steps/{ENTRY}").text
    assert not Browser(stand, account).shows(text)


def test_a_true_receipt_of_somebody_else_or_for_something_else_opens_nothing(
    stand: Stand,
) -> None:
    other, code = enrolled(stand)
    theirs = receipt(stand, other, code)
    assert not Browser(stand, stand.newcomer()).shows(theirs)
    assert not Browser(stand, other).shows(theirs, LESSON)
    account, code = enrolled(stand)
    elsewhere = receipt(stand, account, code, course="excel")
    assert not Browser(stand, account).shows(elsewhere)


def test_an_altered_receipt_opens_nothing(stand: Stand) -> None:
    account, code = enrolled(stand)
    head, claims, signature = receipt(stand, account, code).split(".")
    browser = Browser(stand, account)
    assert not browser.shows(f"{head}.{claims}.{signature[::-1]}")
    assert browser.shows(f"{head}.{claims}.{signature}")


def test_only_the_pop_up_of_this_session_is_asked_for(stand: Stand) -> None:
    account = stand.newcomer()
    first, second = Browser(stand, account), Browser(stand, account)
    opened = first.post(f"/checks/{ENTRY}/popup")
    assert opened.headers["Location"].startswith(f"{stand.verifier.origin}/popup/")
    popup_id = opened.headers["Location"].rpartition("/")[2]
    told = second.post(f"/checks/{ENTRY}/popup/done", popup_id=popup_id, result="accepted")
    assert "아직 인증이 끝나지 않았어요" in told.text
    assert second.get(f"/steps/{ENTRY}").url.endswith(f"/checks/{ENTRY}")


def test_a_form_that_no_page_of_this_browser_sent_is_refused(stand: Stand) -> None:
    account, _ = enrolled(stand)
    browser = Browser(stand, account)
    stranger = Browser(stand, stand.newcomer())
    found = re.search(r'name="token" value="([^"]+)"', stranger.get("/").text)
    assert found is not None
    for token in ("", "x", found[1]):
        assert browser.post(f"/checks/{ENTRY}/code", token=token, code="000000").status_code == 403
    assert "4번 더" in browser.post(f"/checks/{ENTRY}/code", code="000000").text


def test_whoever_signs_in_gets_a_cookie_that_nobody_knew(stand: Stand) -> None:
    browser = Browser(stand, stand.newcomer())
    before = dict(browser.http.cookies)
    browser.post("/sign-in", account=browser.account.id)
    assert dict(browser.http.cookies) != before
    old = requests.get(f"{browser.origin}/", cookies=before, timeout=10)
    assert "누구로 학습할까요" in old.text


def test_where_the_verifier_cannot_be_asked_nothing_opens(stand: Stand, tmp_path: Path) -> None:
    account = stand.newcomer()
    accounts = tmp_path / "accounts.csv"
    accounts.write_text(
        f"아이디,이름,전화번호\n{account.id},{account.name},{account.phone}", "utf-8"
    )
    with SiteProcess(tmp_path / "site", accounts, "motp_key", free_port()) as alone:
        alone.start(f"http://127.0.0.1:{free_port()}")
        browser = Browser(Stand(stand.verifier, alone, tmp_path), account)
        for asked in (
            browser.get(f"/steps/{ENTRY}"),
            browser.post(f"/checks/{ENTRY}/code", code="000000"),
            browser.post(f"/checks/{ENTRY}/popup"),
        ):
            assert asked.status_code == 503
            assert "인증 서버에 확인할 수 없어요" in asked.text


def test_the_site_is_known_to_the_verifier_as_its_institution(stand: Stand) -> None:
    account, code = enrolled(stand)
    browser = Browser(stand, account)
    assert browser.get(f"/steps/{LESSON}").url.endswith(f"/checks/{ENTRY}")
    opened = browser.post(f"/checks/{ENTRY}/code", code=f"{code[:3]} {code[3:]}")
    assert opened.headers["Location"] == f"/steps/{ENTRY}"
    assert "인증번호" in browser.get("/").text
    assert INSTITUTION in browser.get(f"/checks/{LESSON}/form").text
