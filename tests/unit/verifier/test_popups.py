"""A site's pop-up: made, opened by one browser, answered by a typed code."""

import asyncio
import base64
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from motp_verifier.http.popups.requests import PageSecurity
from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.site_policy.reading import BadPolicy, read_policy
from motp_verifier.store import tables
from tests.unit.verifier.device_world import NAME, PHONE, running, told
from tests.unit.verifier.popup_world import (
    NOBODY,
    ORIGIN,
    SITE,
    Browser,
    Scene,
    completion,
    playing,
)


@pytest.fixture
def scene(tmp_path: Path, database_url: str) -> Iterator[Scene]:
    with playing(tmp_path, database_url) as played:
        yield played


def claims(receipt: str) -> dict[str, Any]:
    part = receipt.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def row(scene: Scene, popup_id: str) -> Any:
    query = select(tables.popup).where(tables.popup.c.id == popup_id)
    return scene.world.database(lambda c: c.execute(query).one())


def test_a_site_is_told_where_the_browser_goes_and_until_when(scene: Scene) -> None:
    made = scene.site.create()
    assert made.status_code == 201
    said = made.json()
    assert said["url"] == f"{ORIGIN}/popup/{said['popup_id']}"
    state = scene.site.state(said["popup_id"])
    assert state == {
        "popup_id": said["popup_id"],
        "state": "open",
        "expires_at": said["expires_at"],
        "result": None,
    }


def test_an_origin_that_the_policy_does_not_list_is_refused(scene: Scene) -> None:
    for origin in ("https://evil.example", SITE + "/", SITE.upper(), "null", "", "*"):
        assert told(scene.site.create(return_origin=origin)) == (422, "origin-not-allowed")


def test_a_pop_up_for_somebody_unknown_is_made_like_any_other(scene: Scene) -> None:
    known, unknown = scene.site.create(), scene.site.create(trainee=NOBODY)
    assert (known.status_code, set(known.json())) == (unknown.status_code, set(unknown.json()))
    assert scene.site.create(trainee={"id": "nobody"}).status_code == 201
    assert told(scene.site.create(trainee={"name": "\u0007", "phone": PHONE})) == (
        422,
        "invalid-name",
    )
    assert told(scene.site.create(trainee={"name": NAME, "phone": "1"})) == (422, "invalid-phone")
    assert told(scene.site.create(trainee={})) == (400, "malformed-request")


def test_the_same_request_under_an_idempotency_key_is_the_same_pop_up(scene: Scene) -> None:
    headers = {"Idempotency-Key": "k-1"}
    first, second = scene.site.create(headers=headers), scene.site.create(headers=headers)
    assert first.content == second.content
    other = scene.site.create(headers=headers, course="C-2")
    assert told(other) == (409, "idempotency-key-reused")


def test_another_institution_s_key_does_not_read_it(scene: Scene) -> None:
    popup_id = scene.site.popup()
    other = tables.institution.insert().values(id="else", name="다른 기관", created_at=1)
    scene.world.database(lambda c: c.execute(other))
    scene.world.database(
        lambda c: c.execute(
            update(tables.popup).where(tables.popup.c.id == popup_id).values(institution_id="else")
        )
    )
    assert told(scene.site.ask("GET", f"/v1/popups/{popup_id}")) == (404, "not-found")
    assert told(scene.site.ask("GET", "/v1/popups/pop_unknown")) == (404, "not-found")


def test_the_first_browser_has_it_and_a_second_is_told_plainly(scene: Scene) -> None:
    popup_id = scene.site.popup()
    first = scene.browser.go(f"/popup/{popup_id}")
    assert (first.status, first.title) == (200, "인증번호를 입력해 주세요")
    second = Browser(scene.world)
    for path in ("", "/phone"):
        refused = second.go(f"/popup/{popup_id}{path}")
        assert (refused.status, refused.title) == (403, "다른 브라우저에서 열린 인증이에요")
        assert "산업안전" not in refused.html
    # The first goes on.
    assert scene.browser.go(f"/popup/{popup_id}").status == 200


def test_the_cookie_is_for_this_pop_up_alone_and_no_script_reads_it(scene: Scene) -> None:
    popup_id = scene.site.popup()
    answer = scene.browser.raw("GET", f"/popup/{popup_id}", {})
    (line,) = answer.headers.get_list("set-cookie")
    assert f"Path=/popup/{popup_id}" in line
    assert "HttpOnly" in line
    assert "SameSite=lax" in line
    assert "Secure" not in line.replace("__Secure-", "")  # plain HTTP on this machine
    assert scene.browser.raw("GET", f"/popup/{popup_id}", {}).headers.get("set-cookie") is None


def test_over_https_the_cookie_is_secure(tmp_path: Path) -> None:
    with running(tmp_path, public_origin="https://otp.example.kr") as world:
        security = PageSecurity("https://otp.example.kr", world.config.addresses())
    cookie = security.cookie("pop_1", "value")
    assert security.cookie_name.startswith("__Secure-")
    assert (cookie.secure, cookie.httponly, cookie.samesite) == (True, True, "lax")


def test_what_is_no_page_for_a_person_binds_nothing(scene: Scene) -> None:
    popup_id = scene.site.popup()
    for headers in ({"Sec-Fetch-Dest": "iframe"}, {"Sec-Purpose": "prefetch;prerender"}):
        answer = Browser(scene.world).raw("GET", f"/popup/{popup_id}", headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    assert scene.browser.go(f"/popup/{popup_id}").status == 200


def test_a_guessed_id_finds_nothing(scene: Scene) -> None:
    page = scene.browser.go("/popup/pop_AAAAAAAAAAAAAAAAAAAAAA")
    assert (page.status, page.title) == (404, "인증을 찾을 수 없어요")
    assert scene.browser.type_code("pop_AAAAAAAAAAAAAAAAAAAAAA", "123456").status == 404


def test_the_page_may_neither_be_framed_nor_load_or_run_anything_else(scene: Scene) -> None:
    page = scene.browser.go(f"/popup/{scene.site.popup()}")
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "style=" not in page.html
    assert "<script>" not in page.html
    assert " on" not in page.html.split("<body")[1].split(">")[0]
    assert "http://" not in page.html
    assert "https://" not in page.html.replace(SITE, "")


def test_its_files_are_served_and_may_be_kept(scene: Scene) -> None:
    page = scene.browser.go(f"/popup/{scene.site.popup()}")
    found = re.findall(r'(?:href|src)="(/popup-assets/[^"]+)"', page.html)
    assert len(found) == 2
    for path in found:
        answer = scene.browser.raw("GET", path, {})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].split(";")[0] in {"text/css", "text/javascript"}


def test_the_page_says_who_asks_and_for_what(scene: Scene) -> None:
    page = scene.browser.go(f"/popup/{scene.site.popup(course='<b>안전</b>')}")
    for text in ("한빛훈련원", "<b>안전</b>", "1기", "3차시", "진도"):
        assert text in page.text
    assert "<b>" not in page.html


def test_it_speaks_korean_and_english(scene: Scene) -> None:
    popup_id = scene.opened()
    assert '<html lang="ko">' in scene.browser.go(f"/popup/{popup_id}").html
    scene.browser.language = "en-GB,en;q=0.9,ko;q=0.8"
    english = scene.browser.go(f"/popup/{popup_id}")
    assert '<html lang="en">' in english.html
    assert english.title == "Type your code"
    assert 'href="?lang=ko"' in english.html
    # What its link chose stays chosen from page to page.
    scene.browser.language = "ko"
    chosen = scene.browser.go(f"/popup/{popup_id}?lang=en")
    assert f'action="/popup/{popup_id}/code?lang=en"' in chosen.html
    after = scene.browser.post(f"/popup/{popup_id}/code?lang=en", {"code": scene.wrong_code()})
    assert after.notice.startswith("The code is wrong")
    scene.browser.language = "fr"
    assert '<html lang="ko">' in scene.browser.go(f"/popup/{popup_id}").html


def test_a_right_code_is_accepted_and_the_site_s_server_reads_the_receipt(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.type_code(popup_id, scene.code())
    assert page.title == "인증이 끝났어요"
    assert page.data("result") == "accepted"
    assert page.data("return-origin") == SITE
    assert page.data("popup-id") == popup_id
    state = scene.site.state(popup_id)
    assert state["state"] == "accepted"
    result = state["result"]
    assert (result["method"], result["transaction_id"]) == ("code", None)
    said = claims(result["receipt"])
    assert said["jti"] == result["verification_id"]
    assert (said["popup_id"], said["method"], said["aud"]) == (popup_id, "code", "inst")
    assert (said["course"], said["class"], said["session"]) == ("산업안전", "1기", 3)
    # It meets the requirement like any code, and stands in the trainee's history.
    needed = scene.site.ask(
        "GET",
        "/v1/requirements",
        params={"name": NAME, "phone": PHONE, "course": "산업안전", "class": "1기"}
        | {"occasion": "lesson"},
    ).json()
    assert needed["satisfied_by"] == result["verification_id"]
    history = scene.device.send(
        "GET", f"/v1/registrations/{scene.device.registration_id}/history"
    ).json()
    assert history["checks"][0]["verification_id"] == result["verification_id"]


def test_whom_the_site_named_goes_with_the_acceptance(scene: Scene) -> None:
    popup_id = scene.opened()
    assert row(scene, popup_id).name_sealed is not None
    scene.browser.type_code(popup_id, scene.code())
    after = row(scene, popup_id)
    assert (after.name_sealed, after.phone_sealed, after.person_index) == (None, None, None)


def test_blanks_and_hyphens_in_a_pasted_code_do_no_harm(scene: Scene) -> None:
    code = scene.code()
    page = scene.browser.type_code(scene.opened(), f" {code[:3]}-{code[3:]} ")
    assert page.title == "인증이 끝났어요"


def test_what_is_no_code_is_not_counted(scene: Scene) -> None:
    popup_id = scene.opened()
    for typed in ("", "12345", "1234567", "abcdef", "１２３４５６", "12345\0"):
        assert scene.browser.type_code(popup_id, typed).notice == "숫자 여섯 자리를 입력해 주세요."
    assert scene.browser.type_code(popup_id, scene.wrong_code()).notice.endswith(
        "4번 더 시도할 수 있어요."
    )


def notices(scene: Scene, popup_id: str, code: str, times: int) -> list[str]:
    return [scene.browser.type_code(popup_id, code).notice for _ in range(times)]


def test_an_unknown_person_looks_like_a_wrong_code_and_locks_alike(scene: Scene) -> None:
    scene.world.add_trainee("김영희", "+821023456789")  # listed, and never registered
    wrong = scene.wrong_code()
    known = notices(scene, scene.opened(), wrong, 6)
    unknown = notices(scene, scene.opened(trainee=NOBODY), wrong, 6)
    by_id = notices(scene, scene.opened(trainee={"id": "nobody"}), wrong, 6)
    listed = notices(
        scene, scene.opened(trainee={"name": "김영희", "phone": "010-2345-6789"}), wrong, 6
    )
    assert known == unknown == by_id == listed
    assert known[0].endswith("4번 더 시도할 수 있어요.")
    assert known[4] == known[5]
    assert "잠겼어요" in known[4]


def test_no_answer_tells_whether_a_locked_code_was_right(scene: Scene) -> None:
    popup_id = scene.opened()
    notices(scene, popup_id, scene.wrong_code(), 5)
    locked = scene.browser.type_code(popup_id, scene.wrong_code())
    right = scene.browser.type_code(popup_id, scene.code())
    assert locked.html == right.html
    assert scene.site.state(popup_id)["state"] == "open"


def test_a_suspended_and_a_revoked_device_look_like_nobody(scene: Scene) -> None:
    nobody = notices(scene, scene.opened(trainee=NOBODY), "000000", 1)
    suspend = update(tables.registration).values(state="suspended")
    scene.world.database(lambda c: c.execute(suspend))
    assert notices(scene, scene.opened(), scene.code(), 1) == nobody
    resume = update(tables.registration).values(state="active")
    scene.world.database(lambda c: c.execute(resume))
    code = scene.code()
    scene.device.reset()
    assert notices(scene, scene.opened(), code, 1)[0].endswith("3번 더 시도할 수 있어요.")


def test_codes_from_a_stranger_s_page_are_neither_looked_at_nor_counted(scene: Scene) -> None:
    popup_id = scene.opened()
    strangers: list[dict[str, str]] = [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8471"},
        {"Sec-Fetch-Site": "none"},
        {},
    ]
    for headers in strangers:
        for _ in range(2):
            page = scene.browser.post(
                f"/popup/{popup_id}/code", {"code": scene.code()}, headers=headers
            )
            assert (page.status, page.title) == (403, "이 페이지에서 보낸 요청이 아니에요")
    # Nor without the cookie, whatever a page says of itself.
    thief = Browser(scene.world)
    for _ in range(6):
        assert thief.type_code(popup_id, scene.wrong_code()).status == 403
    assert scene.browser.type_code(popup_id, scene.wrong_code()).notice.endswith(
        "4번 더 시도할 수 있어요."
    )


def test_a_pop_up_that_was_accepted_takes_no_second_code(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.type_code(popup_id, scene.code())
    first = scene.site.state(popup_id)
    scene.world.pass_seconds(60)
    fresh = scene.code()
    assert scene.browser.type_code(popup_id, fresh).title == "인증이 끝났어요"
    assert scene.site.state(popup_id) == first
    # The code was not spent.
    assert scene.browser.type_code(scene.opened(), fresh).title == "인증이 끝났어요"


def test_one_that_ran_out_says_so_and_takes_nothing(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.world.pass_seconds(15 * 60)
    page = scene.browser.type_code(popup_id, scene.code())
    assert (page.title, page.data("result")) == ("인증 시간이 지났어요", "expired")
    assert scene.site.state(popup_id)["state"] == "expired"
    # Whoever comes then learns nothing of it.
    assert Browser(scene.world).go(f"/popup/{popup_id}").status == 403
    late = scene.site.popup()
    scene.world.pass_seconds(15 * 60)
    assert scene.browser.go(f"/popup/{late}").status == 404


def test_housekeeping_forgets_the_person_at_once_and_the_pop_up_after_a_day(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.ask_app(popup_id)
    store = scene.world.runtime.store
    scene.world.pass_seconds(15 * 60 + 1)
    asyncio.run(tidy(store, lambda: scene.world.now))
    left = row(scene, popup_id)
    assert (left.name_sealed, left.phone_sealed, left.person_index) == (None, None, None)
    scene.world.pass_seconds(24 * 60 * 60)
    asyncio.run(tidy(store, lambda: scene.world.now))
    assert told(scene.site.ask("GET", f"/v1/popups/{popup_id}")) == (404, "not-found")


def test_the_audit_tells_of_the_pop_up_and_that_no_key_was_shown(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.type_code(popup_id, scene.code())
    query = select(tables.audit_row).where(tables.audit_row.c.kind == "verification")
    (noted,) = scene.world.database(lambda c: c.execute(query).all())
    assert noted.actor == "page:inst"
    assert f'"popup_id":"{popup_id}"' in noted.detail


def test_the_help_is_there_in_both_languages(scene: Scene) -> None:
    assert scene.browser.go("/popup-help").title == "mOTP 도움말"
    assert scene.browser.go("/popup-help?lang=en").title == "mOTP help"
    assert 'href="/popup-help"' in scene.browser.go(f"/popup/{scene.site.popup()}").html


def test_a_database_that_is_away_is_said_in_words(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.world.runtime.store.close()
    page = scene.browser.go(f"/popup/{popup_id}")
    assert (page.status, page.title) == (503, "지금은 처리할 수 없어요")


def test_a_policy_says_what_is_wrong_with_its_origins(tmp_path: Path) -> None:
    file = tmp_path / "inst.toml"
    for section, fault in (
        ('origins = ["http://lms.example.kr"]', "plain http"),
        ('origins = ["https://LMS.example.kr"]', "lower case"),
        ('origins = ["https://lms.example.kr/"]', "https://host"),
        ('origins = ["https://*.example.kr"]', "https://host"),
        ('origins = "https://lms.example.kr"', "list"),
        ('origin = ["https://lms.example.kr"]', "no such key"),
    ):
        file.write_text(f"[popup]\n{section}\n", "utf-8")
        read = read_policy(file)
        assert isinstance(read, BadPolicy)
        assert any("popup" in each and fault in each for each in read.faults), read.faults


def test_whichever_way_is_first_there_is_one_acceptance(scene: Scene) -> None:
    popup_id = scene.opened()
    path = completion(scene.device, scene.browser.ask_app(popup_id))
    scene.browser.post(f"/popup/{popup_id}/phone")
    by_phone, code = scene.world.phones.code(), scene.code()
    ways: list[Callable[[Browser], object]] = [
        lambda tab: tab.type_code(popup_id, code),
        lambda tab: tab.go(path),
        lambda tab: tab.post(f"/popup/{popup_id}/phone/confirm", {"code": by_phone}),
        lambda tab: tab.go(path),
        lambda tab: tab.type_code(popup_id, code),
    ]
    with ThreadPoolExecutor(len(ways)) as together:
        tabs = [Browser(scene.world, list(scene.browser.cookies)) for _ in ways]
        list(together.map(lambda way, tab: way(tab), ways, tabs))
    accepted = tables.verification.c.result == "accepted"
    query = select(tables.verification.c.id).where(accepted)
    (check,) = scene.world.database(lambda c: c.execute(query).scalars().all())
    assert scene.site.state(popup_id)["result"]["verification_id"] == check
