"""A trainee at the sample training site, in a browser."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from examples.training_site.accounts import Account
from tests.support.training_stand import Stand


@dataclass(slots=True)
class Visitor:
    """What a trainee does and sees. `page` is the site's own."""

    stand: Stand
    account: Account
    page: Page

    def go(self, step: str) -> None:
        """Want to take a step, such as `safety/lesson/1`."""
        self.page.goto(f"{self.stand.site.origin}/steps/{step}")

    def type_code(self, code: str) -> None:
        """Into the field on the page, and confirm."""
        self.page.locator("input.digits").fill(code)
        self.page.locator("form:has(input.digits) button").click()

    def open_popup(self) -> Page:
        """Press the button that opens the verifier's page in a window of its own."""
        with self.page.expect_popup() as opened:
            self.page.locator("#open-popup button").click()
        popup = opened.value
        popup.wait_for_url(f"{self.stand.verifier.origin}/popup/**")
        return popup

    def prove_phone(self, popup: Page) -> None:
        """On the pop-up: have a code sent by text message, and type it."""
        popup.locator("a[href*='/phone']").click()
        popup.locator("form button.button").click()
        expect(popup.locator("input.digits")).to_be_visible()
        popup.locator("input.digits").fill(self.stand.text_message(self.account))
        popup.locator("form:has(input.digits) button").click()
        self.close_popup(popup)

    def close_popup(self, popup: Page) -> None:
        """On the pop-up: see that it was accepted, and press the button that closes it."""
        expect(popup.locator(".sign.ok")).to_be_visible()
        with popup.expect_event("close"):
            popup.locator("#close").click()

    def expect_open(self, step: str, *, asked: bool) -> None:
        """That the step is taken, after a check for it or without one."""
        self.page.wait_for_url(f"{self.stand.site.origin}/steps/{step}")
        said = "인증을 마치고 들어왔어요" if asked else "이미 되어 있어 바로 들어왔어요"
        expect(self.page.locator("[role=status]")).to_contain_text(said)

    def expect_asked(self, step: str) -> None:
        """That the site wants a check for this step first."""
        self.page.wait_for_url(f"{self.stand.site.origin}/checks/{step}")

    def records(self) -> list[str]:
        """What the site keeps of this trainee, the newest first."""
        self.page.goto(self.stand.site.origin)
        return self.page.locator("#records li").all_inner_texts()


def sign_in(stand: Stand, browser: BrowserContext, account: Account) -> Visitor:
    """A trainee who has just signed in at the site."""
    page = browser.new_page()
    page.goto(stand.site.origin)
    page.get_by_role("button", name=account.name, exact=True).click()
    expect(page.locator("footer")).to_contain_text(account.name)
    return Visitor(stand, account, page)
