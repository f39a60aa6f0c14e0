"""What pages of others, and other people's browsers, try on a trainee's pop-up.

Here is what only a browser shows. The rest of what strangers may try is tested without one:

- an id is guessed, a ticket or a completion replayed, a ticket of another trainee approved:
  `tests/unit/verifier/test_popups.py` and `test_popup_approvals.py`
- forms from a page or a server that is not listed: `tests/unit/verifier/test_forms.py`
- a receipt that is altered or another institution's: `tests/unit/examples/test_receipts.py`
- a true receipt of somebody else, or a pop-up of another session, shown to the site:
  `tests/integration/test_training_site.py`
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from examples.training_site.accounts import Account
from motp_desktop.services.approval_outcomes import ApprovalQuestion, Approved
from motp_desktop.services.outcomes import ApprovalAsked
from tests.support.pc import Pc
from tests.support.site_visitor import Visitor, sign_in
from tests.support.training_stand import Stand

pytestmark = pytest.mark.xdist_group("chromium")

ENTRY = "safety/entry/0"
WRONG = "000000"


@contextmanager
def page_of_a_stranger(html: str) -> Iterator[str]:
    """The address of a page at an origin that no policy lists, and on no site of ours."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><meta charset=utf-8><body>{html}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://stranger.localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def enrolled(stand: Stand) -> tuple[Account, Pc]:
    """A trainee with an app."""
    return stand.enrolled()


@pytest.fixture
def pc(enrolled: tuple[Account, Pc]) -> Pc:
    """The trainee's app, unlocked."""
    enrolled[1].unlock()
    return enrolled[1]


@pytest.fixture
def visitor(stand: Stand, browser: BrowserContext, enrolled: tuple[Account, Pc]) -> Visitor:
    """The trainee, who is asked for a check at the entry of a course."""
    visitor = sign_in(stand, browser, enrolled[0])
    visitor.go(ENTRY)
    visitor.expect_asked(ENTRY)
    return visitor


def test_five_wrong_codes_from_a_stranger_s_page_lock_nobody(
    stand: Stand, visitor: Visitor, pc: Pc
) -> None:
    popup = visitor.open_popup()
    account = visitor.account
    attack = f"""
    <iframe name=sink></iframe>
    <form method=post target=sink action="{popup.url}/code"><input name=code value={WRONG}></form>
    <script>
      const person = {{ USER_NM: "{account.name}", USER_TEL: "{account.phone}", OTPNO: "{WRONG}",
        AGTID: "hanbit", COURSE_AGENT_PK: "safety", CLASS_AGENT_PK: "safety,2026-1",
        EVAL_CD: "00", CLASS_TME: "00" }};
      const sink = document.querySelector("iframe");
      const once = (send) => new Promise((done) => {{ sink.onload = done; send(); }});
      const posted = async () => {{
        const told = [];
        for (let n = 0; n < 5; n += 1) {{
          await once(() => document.forms[0].submit());
          await fetch("{stand.verifier.origin}/api/v2/otp_accredit", {{ method: "POST",
            body: new URLSearchParams(person) }}).catch((error) => told.push(error.name));
        }}
        document.title = told.join(" ");
      }};
      posted();
    </script>"""
    with page_of_a_stranger(attack) as address:
        stranger = visitor.page.context.new_page()
        stranger.goto(address)
        # No answer could be read, and none of them was counted.
        expect(stranger).to_have_title(" ".join(["TypeError"] * 5))
    popup.locator("input.digits").fill(WRONG)
    popup.locator("form:has(input.digits) button").click()
    expect(popup.locator("#notice")).to_contain_text("4번 더")
    popup.locator("input.digits").fill(pc.code())
    popup.locator("form:has(input.digits) button").click()
    visitor.expect_open(ENTRY, asked=True)


def test_the_pop_up_is_shown_in_nobody_s_frame(visitor: Visitor) -> None:
    popup = visitor.open_popup()
    with page_of_a_stranger(f'<iframe src="{popup.url}"></iframe>') as stranger:
        page = visitor.page.context.new_page()
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(stranger)
        assert page.frame_locator("iframe").locator("form").count() == 0
    expect(popup.locator("input.digits")).to_be_visible()


def test_a_stranger_s_page_is_told_nothing_and_opens_nothing(
    stand: Stand, visitor: Visitor, pc: Pc
) -> None:
    popup = visitor.open_popup()
    address = popup.url
    popup.close()
    opener = f"""
    <button id=popup onclick="window.open('{address}', 'p')">pop-up</button>
    <button id=site onclick="opened = window.open('{visitor.page.url}', 's')">site</button>
    <button id=lie onclick="opened.postMessage(
      {{ type: 'motp', popup_id: '{address.rpartition("/")[2]}', result: 'accepted' }}, '*')">
      lie</button>
    <script>const told = []; onmessage = (event) => told.push(event.data)</script>"""
    with page_of_a_stranger(opener) as stranger:
        page = visitor.page.context.new_page()
        page.goto(stranger)
        # It opens the trainee's pop-up in the trainee's browser, and the trainee completes it.
        with page.expect_popup() as opened:
            page.locator("#popup").click()
        popup = opened.value
        popup.locator("input.digits").fill(pc.code())
        popup.locator("form:has(input.digits) button").click()
        expect(popup.locator("#close")).to_be_visible()
        # Whatever the page said to its opener was said before this.
        popup.evaluate("opener.postMessage('the last', '*')")
        page.wait_for_function("told.length")
        assert page.evaluate("told") == ["the last"]
        # And it lies to the site's page, which listens to the verifier's origin alone.
        with page.expect_popup() as opened:
            page.locator("#site").click()
        site = opened.value
        sent: list[str] = []
        site.on("request", lambda request: sent.append(request.method))
        expect(site.locator("#popup-done")).to_be_visible()
        site.evaluate("() => { addEventListener('message', () => { window.heard = true }) }")
        page.locator("#lie").click()
        site.wait_for_function("window.heard")
        assert "POST" not in sent


def test_a_lying_message_makes_the_site_ask_its_own_server_and_no_more(
    visitor: Visitor,
) -> None:
    popup = visitor.open_popup()
    # As if the verifier's page itself had been changed in this browser.
    popup.evaluate(
        "origin => opener.postMessage({type: 'motp', popup_id: 'x', result: 'accepted'}, origin)",
        visitor.stand.site.origin,
    )
    expect(visitor.page.locator("#notice")).to_contain_text("아직 인증이 끝나지 않았어요")
    visitor.expect_asked(f"{ENTRY}/popup/done")


def test_a_link_that_an_accomplice_relays_opens_nothing(
    visitor: Visitor, pc: Pc, new_browser: Callable[..., BrowserContext]
) -> None:
    """The accomplice sits at the site with the trainee's login, the trainee at the own PC."""
    popup = visitor.open_popup()
    popup.get_by_role("button", name="mOTP 앱으로 인증").click()
    number = popup.locator(".number").inner_text()
    link = popup.locator("#open-app").get_attribute("href") or ""
    victims = new_browser().new_page()
    victims.goto(popup.url)
    expect(victims.locator("h1")).to_have_text("다른 브라우저에서 열린 인증이에요")
    victims.goto(approve(pc, link, number))
    expect(victims.locator("main")).to_contain_text("다른 사람의 부탁으로 승인했다면")
    expect(popup.locator("#notice")).to_contain_text("앱의 승인이 다른 브라우저에 도착했어요")
    finish(visitor.page)
    expect(visitor.page.locator("#notice")).to_contain_text("아직 인증이 끝나지 않았어요")


def approve(pc: Pc, link: str, number: str) -> str:
    """What the app opens in the trainee's browser, once the trainee was talked into it."""
    services = pc.services
    asked = services.links.read(link)
    assert isinstance(asked, ApprovalAsked), asked
    question = services.approvals.ask(asked)
    assert isinstance(question, ApprovalQuestion), question
    approved = services.approvals.answer(question, "approve", number)
    assert isinstance(approved, Approved), approved
    return approved.completion_url


def finish(page: Page) -> None:
    """Say at the site that it is done."""
    page.locator("#popup-done button").click()
