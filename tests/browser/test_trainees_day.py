"""A trainee's day: the real app, the real site, a real browser, and a real verifier."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.support.app_at_pc import AppAtPc, app_at_pc
from tests.support.site_visitor import Visitor, sign_in
from tests.support.training_stand import HONG, Stand

pytestmark = pytest.mark.xdist_group("chromium")


def test_a_day_of_training_by_code_app_and_phone(
    stand: Stand, browser: BrowserContext, tmp_path: Path
) -> None:
    verifier = stand.verifier
    with app_at_pc(tmp_path / "app", verifier.data_dir, verifier.origin) as app:
        app.register()
        visitor = sign_in(stand, browser, HONG)
        enter_by_code(visitor, app)
        first_lesson_by_app(visitor, app)
    second_lesson_unasked(visitor)
    exam_by_phone(visitor)
    assert visitor.records() == [
        "산업안전 기초 · 시험 · 휴대폰 본인인증",
        "산업안전 기초 · 1차시 · mOTP 앱 승인",
        "산업안전 기초 · 입과 · 인증번호",
    ]


def enter_by_code(visitor: Visitor, app: AppAtPc) -> None:
    # Whoever wants a lesson first is led to the entry.
    visitor.go("safety/lesson/1")
    visitor.expect_asked("safety/entry/0")
    visitor.type_code(app.code())
    visitor.expect_open("safety/entry/0", asked=True)


def first_lesson_by_app(visitor: Visitor, app: AppAtPc) -> None:
    visitor.go("safety/lesson/1")
    visitor.expect_asked("safety/lesson/1")
    popup = visitor.open_popup()
    popup.get_by_role("button", name="mOTP 앱으로 인증").click()
    link = popup.locator("#open-app").get_attribute("href") or ""
    assert app.open_link(link) == ["한빛훈련원", "safety", "lesson"]
    expect(popup.locator("[role=status]")).to_contain_text("앱이 열렸어요")
    address = app.approve(popup.locator(".number").inner_text())
    # The system's browser opens a tab of its own; the pop-up follows by itself.
    visitor.page.context.new_page().goto(address)
    expect(popup.locator(".sign.ok")).to_be_visible()
    # Chromium's own question about `motp:` lies over the page, and nobody here can answer it.
    popup.close()
    visitor.expect_open("safety/lesson/1", asked=True)


def second_lesson_unasked(visitor: Visitor) -> None:
    visitor.go("safety/lesson/2")
    visitor.expect_open("safety/lesson/2", asked=False)


def exam_by_phone(visitor: Visitor) -> None:
    visitor.go("safety/exam/3")
    visitor.expect_asked("safety/exam/3")
    visitor.prove_phone(visitor.open_popup())
    visitor.expect_open("safety/exam/3", asked=True)
    visitor.page.get_by_role("button", name="제출하고 나가기").click()
    visitor.go("safety/exam/3")
    visitor.expect_asked("safety/exam/3")
