"""A page written as the agency's clients are: it posts the form itself, and reads `data.code`."""

import time

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.released.make import right, wrong
from tests.support.site_visitor import Visitor, sign_in
from tests.support.training_stand import Stand

pytestmark = pytest.mark.xdist_group("chromium")

PERIOD_MS = 30_000
LISTEN = """
() => {
  sessionStorage.removeItem("said");
  const plain = $.ajax;
  $.ajax = (options) => {
    $.ajax = plain;
    plain({
      ...options,
      success(data) {
        sessionStorage.setItem("said", data.code);
        options.success(data);
      },
    });
  };
}
"""
FORGED_RESET = """
([person, invented]) => new Promise((resolve) => $.ajax({
  url: `${document.body.dataset.verifier}/api/v2/user_reset`,
  type: "POST",
  data: { ...person, M_RET: "T", M_RETCD: "0000", M_TRNID: invented, M_TRNDT: "" },
  success: (data) => resolve(data.code),
}))
"""


def test_entry_five_failures_a_lock_and_its_lifting(stand: Stand, browser: BrowserContext) -> None:
    account, pc = stand.enrolled()
    seed = stand.verifier.seed(pc.vault().registration_id)
    visitor = sign_in(stand, browser, account)

    take(visitor, "excel/entry/0")
    assert say(visitor, right(now(), seed)) == "200"
    visitor.expect_open("excel/entry/0", asked=True)

    take(visitor, "excel/lesson/1")
    said = [say(visitor, wrong(now(), seed)) for _ in range(5)]
    assert said == ["AP001"] * 4 + ["AP009"]
    expect(visitor.page.locator("#notice")).to_contain_text("5회 실패")
    assert say(visitor, next_code(seed)) == "AP009"
    assert forged_reset(visitor) == "AP010"
    assert say(visitor, next_code(seed)) == "AP009"

    with visitor.page.expect_response("**/api/v2/user_reset") as lifted:
        visitor.prove_phone(visitor.open_popup())
    assert lifted.value.json()["code"] == "200"
    expect(visitor.page.locator("#lift")).to_be_hidden()
    assert say(visitor, next_code(seed)) == "200"
    visitor.expect_open("excel/lesson/1", asked=True)
    assert visitor.records() == [
        "실무 엑셀 · 1차시 · 인증번호",
        "실무 엑셀 · 1차시 · 휴대폰 본인인증",
        "실무 엑셀 · 입과 · 인증번호",
    ]


def take(visitor: Visitor, step: str) -> None:
    """Want to take a step, and go over to the page of the agency's kind."""
    visitor.go(step)
    visitor.page.get_by_role("link", name="기존 방식").click()
    expect(visitor.page.locator("#accredit")).to_be_visible()


def say(visitor: Visitor, code: str) -> str:
    """Type a code; the code of the answer that the page got, which may lead to another page."""
    visitor.page.evaluate(LISTEN)
    visitor.type_code(code)
    said = visitor.page.wait_for_function("() => sessionStorage.getItem('said')")
    return str(said.json_value())


def forged_reset(visitor: Visitor) -> str:
    """What the agency's own verifier would believe: a page that says that all went well."""
    account = visitor.account
    person = {
        "USER_NM": account.name,
        "USER_TEL": account.phone,
        "AGTID": "hanbit",
        "USRID": account.id,
    }
    return str(visitor.page.evaluate(FORGED_RESET, [person, "txn_invented"]))


def now() -> int:
    return time.time_ns() // 1_000_000


def next_code(seed: bytes) -> str:
    """The code of the step after this one: the one of this step was used."""
    return right(now() + PERIOD_MS, seed)
