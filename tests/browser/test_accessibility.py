"""axe-core finds nothing on the pop-up's pages and on the sample site's, in whatever state."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.site_visitor import sign_in
from tests.support.training_stand import Stand

pytestmark = pytest.mark.xdist_group("chromium")

WRONG = "000000"
AXE = Axe()
SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    # What else there is in the dark is what there was in the light.
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_axe_finds_nothing(
    stand: Stand, new_browser: Callable[..., BrowserContext], lang: str
) -> None:
    page = new_browser().new_page()
    account = stand.newcomer()
    address = stand.popup(account)
    found: dict[str, list[str]] = {}

    page.goto(f"{address}?lang={lang}")
    found["code"] = violations(page)
    send(page, WRONG)
    found["wrong code"] = violations(page)
    elsewhere = new_browser().new_page()
    elsewhere.goto(f"{address}?lang={lang}")
    found["other browser"] = violations(elsewhere)

    page.goto(f"{address}/phone?lang={lang}")
    found["phone"] = violations(page)
    page.locator("form button.button").click()
    expect(page.locator("input.digits")).to_be_visible()
    found["code by phone"] = violations(page)
    send(page, WRONG)
    found["wrong code by phone"] = violations(page)
    page.locator("input.digits").fill(stand.text_message(account))
    page.locator("form:has(input.digits) button").click()
    expect(page.locator(".sign.ok")).to_be_visible()
    found["done"] = violations(page)

    page.goto(f"{stand.verifier.origin}/popup-help?lang={lang}")
    found["help"] = violations(page)
    # The last: Chromium's own question about `motp:` then lies over the page.
    page.goto(f"{stand.popup(account)}?lang={lang}")
    page.locator("form[action*='/approval'] button").click()
    expect(page.locator(".number")).to_be_visible()
    found["app"] = violations(page)
    assert [f"{state}: {what}" for state, each in found.items() for what in each] == []


def send(page: Page, code: str) -> None:
    """A code that is wrong; the page says so."""
    page.locator("input.digits").fill(code)
    page.locator("form:has(input.digits) button").click()
    expect(page.locator("#notice")).to_be_visible()


def violations(page: Page) -> list[str]:
    """What axe-core finds in the light and in the dark, each with where."""
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        for each in AXE.run(page, options=rules).response["violations"]:
            where = [str(node["target"]) for node in each["nodes"]]
            found.append(f"{scheme}: {each['id']}: {' '.join(where)}")
    return found


def test_axe_finds_nothing_on_the_sample_site_either(stand: Stand, browser: BrowserContext) -> None:
    account, pc = stand.enrolled()
    pc.unlock()
    page = browser.new_page()
    page.goto(stand.site.origin)
    found = violations(page)
    visitor = sign_in(stand, browser, account)
    found += violations(visitor.page)
    visitor.go("safety/entry/0")
    visitor.type_code(WRONG)
    expect(visitor.page.locator("#notice")).to_contain_text("맞지 않아요")
    found += violations(visitor.page)
    visitor.type_code(pc.code())
    visitor.expect_open("safety/entry/0", asked=True)
    found += violations(visitor.page)
    visitor.page.goto(f"{stand.site.origin}/checks/safety/lesson/1/form?lang=en")
    found += violations(visitor.page)
    assert found == []
