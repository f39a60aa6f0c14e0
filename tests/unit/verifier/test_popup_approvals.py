"""Approval on the same PC: the page's number, the app's answer, the browser's return."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.popups.rules import COMPLETION_MS, TICKET_MS
from motp_verifier.store import tables
from tests.unit.verifier.device_world import Device, put_behind, told
from tests.unit.verifier.popup_world import (
    NOBODY,
    Browser,
    Scene,
    answer_body,
    answered,
    asked,
    completion,
    playing,
)
from tests.unit.verifier.test_popups import claims


@pytest.fixture
def scene(tmp_path: Path, database_url: str) -> Iterator[Scene]:
    with playing(tmp_path, database_url) as played:
        yield played


def events(scene: Scene, kind: str) -> list[Any]:
    query = select(tables.audit_row).where(tables.audit_row.c.kind == kind)
    return list(scene.world.database(lambda c: c.execute(query).all()))


def change_device(scene: Scene, **values: Any) -> None:
    statement = update(tables.registration).values(values)
    scene.world.database(lambda c: c.execute(statement))


def other_person(scene: Scene) -> Device:
    scene.world.add_trainee("김영희", "+821023456789")
    device = Device(scene.world)
    assert device.begin(name="김영희", phone="010-2345-6789").status_code == 202
    assert device.prove().status_code == 200
    assert device.confirm().status_code == 201
    return device


def test_the_app_is_shown_who_asks_and_three_numbers_of_which_one_is_the_page_s(
    scene: Scene,
) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    assert page.title == "앱에서 이 번호를 골라 주세요"
    said = asked(scene.device, page.ticket).json()
    assert said["popup_id"] == popup_id
    assert (said["institution"], said["course"], said["class"]) == ("한빛훈련원", "산업안전", "1기")
    assert (said["session"], said["occasion"]) == (3, "lesson")
    assert len(set(said["numbers"])) == 3
    assert page.number in said["numbers"]
    assert "앱이 열렸어요" in scene.browser.go(f"/popup/{popup_id}").text


def test_an_approval_that_the_right_browser_brings_back_is_accepted(scene: Scene) -> None:
    put_behind(scene.world, "203.0.113.7")
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    path = completion(scene.device, page)
    assert "앱에서 승인했어요" in scene.browser.go(f"/popup/{popup_id}").text
    # The app opens it from outside: a new tab of the same browser.
    assert scene.browser.go(path).title == "인증이 끝났어요"
    result = scene.site.state(popup_id)["result"]
    assert result["method"] == "same-pc"
    said = claims(result["receipt"])
    assert (said["method"], said["popup_id"], said["same_address"]) == ("same-pc", popup_id, True)
    (noted,) = events(scene, "verification")
    assert (noted.actor, noted.registration_id) == ("device", scene.device.registration_id)
    history = scene.device.send(
        "GET", f"/v1/registrations/{scene.device.registration_id}/history"
    ).json()
    assert history["checks"][0]["method"] == "same-pc"
    # The address works once; again it leads to the same end and to no second check.
    assert scene.browser.go(path).title == "인증이 끝났어요"
    assert len(events(scene, "verification")) == 1
    # The app is told that it is done.
    assert told(asked(scene.device, page.ticket)) == (409, "approval-answered")


def test_the_receipt_says_that_the_app_was_elsewhere(tmp_path: Path) -> None:
    with playing(tmp_path, trusted_proxies="203.0.113.7") as scene:
        put_behind(scene.world, "203.0.113.7")
        scene.device.headers["X-Forwarded-For"] = "198.51.100.9"
        popup_id = scene.opened()
        path = completion(scene.device, scene.browser.ask_app(popup_id))
        scene.browser.go(path)
        assert claims(scene.site.state(popup_id)["result"]["receipt"])["same_address"] is False


def test_in_another_browser_it_is_refused_and_page_and_app_are_told(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    path = completion(scene.device, page)
    other = Browser(scene.world).go(path)
    assert (other.status, other.title) == (403, "다른 브라우저에서 열린 인증이에요")
    assert "승인" in other.text
    # The ticket is over, for the right browser too.
    assert scene.browser.go(path).title == "인증번호를 입력해 주세요"
    assert "다른 브라우저에 도착" in scene.browser.go(f"/popup/{popup_id}").notice
    assert told(asked(scene.device, page.ticket)) == (409, "other-browser")
    (noted,) = events(scene, "approval-failed")
    assert noted.reason == "other-browser"
    assert scene.site.state(popup_id)["state"] == "open"
    # Another try may succeed.
    again = scene.browser.ask_app(popup_id)
    assert scene.browser.go(completion(scene.device, again)).title == "인증이 끝났어요"


def test_a_link_that_an_accomplice_opened_first_and_relays_is_of_no_use(scene: Scene) -> None:
    accomplice, victim = Browser(scene.world), scene.browser
    popup_id = scene.site.popup()
    assert accomplice.go(f"/popup/{popup_id}").status == 200
    page = accomplice.ask_app(popup_id)
    # The trainee opens the relayed `motp:` link and even chooses the number read to them.
    path = completion(scene.device, page)
    assert victim.go(path).status == 403
    assert victim.go(f"/popup/{popup_id}").status == 403
    assert accomplice.go(path).title == "인증번호를 입력해 주세요"
    assert scene.site.state(popup_id)["state"] == "open"


def test_a_guessed_completion_finds_nothing_and_ends_nothing(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    path = completion(scene.device, page)
    guessed = path.rpartition("/")[0] + "/" + "A" * 43
    assert scene.browser.go(guessed).status == 404
    assert Browser(scene.world).go(guessed).status == 404
    assert scene.browser.go(path).title == "인증이 끝났어요"


def test_a_wrong_number_ends_the_ticket(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    request = asked(scene.device, page.ticket)
    wrong = next(each for each in request.json()["numbers"] if each != page.number)
    assert told(answered(scene.device, page.ticket, request, wrong)) == (
        403,
        "approval-number-wrong",
    )
    # The right one comes too late, and the same answer gets the same refusal.
    assert told(answered(scene.device, page.ticket, request, page.number)) == (
        409,
        "approval-answered",
    )
    assert told(answered(scene.device, page.ticket, request, wrong)) == (
        403,
        "approval-number-wrong",
    )
    assert "번호와 달라요" in scene.browser.go(f"/popup/{popup_id}").notice


def test_a_refusal_ends_the_ticket_and_the_page_says_so(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    request = asked(scene.device, page.ticket)
    for _ in range(2):
        said = answered(scene.device, page.ticket, request, "", "refuse")
        assert (said.status_code, said.json()) == (200, {"completion_url": None})
    assert scene.browser.go(f"/popup/{popup_id}").notice == "앱에서 거절했어요."
    assert told(asked(scene.device, page.ticket)) == (409, "approval-answered")


def test_the_same_answer_again_is_answered_equally(scene: Scene) -> None:
    page = scene.browser.ask_app(scene.opened())
    request = asked(scene.device, page.ticket)
    assert asked(scene.device, page.ticket).content == request.content
    first = answered(scene.device, page.ticket, request, page.number)
    second = answered(scene.device, page.ticket, request, page.number)
    assert first.content == second.content
    assert told(answered(scene.device, page.ticket, request, "", "refuse")) == (
        409,
        "approval-answered",
    )
    scene.browser.go(first.json()["completion_url"].removeprefix("http://127.0.0.1:8470"))
    # Even after the browser came: the answer may have been lost until then.
    assert answered(scene.device, page.ticket, request, page.number).content == first.content


def test_a_proof_of_anything_else_changes_nothing(scene: Scene) -> None:
    page = scene.browser.ask_app(scene.opened())
    path = f"/v1/approvals/{page.ticket}"
    request = asked(scene.device, page.ticket)
    right = answer_body(scene.device, page.ticket, request, page.number)
    other = next(each for each in request.json()["numbers"] if each != page.number)
    for wrong in (
        right | {"proof": b64url_encode(bytes(32))},
        right | {"number": other},
        answer_body(scene.device, "tkt_other", request, page.number),
    ):
        if wrong["number"] == other:
            # Signed for one number, sent with another.
            assert told(scene.device.send("POST", path, wrong)) == (403, "approval-proof-wrong")
        else:
            assert told(scene.device.send("POST", path, wrong))[1] == "approval-proof-wrong"
    assert told(scene.device.send("POST", path, right | {"number": ""})) == (
        400,
        "malformed-request",
    )
    assert scene.device.send("POST", path, right).status_code == 200


def test_nobody_answers_before_it_was_asked(scene: Scene) -> None:
    page = scene.browser.ask_app(scene.opened())
    second = scene.browser.ask_app(scene.opened())
    request = asked(scene.device, page.ticket)
    body = answer_body(scene.device, second.ticket, request, second.number)
    assert told(scene.device.send("POST", f"/v1/approvals/{second.ticket}", body)) == (
        404,
        "not-found",
    )


def test_a_ticket_of_another_trainee_s_is_not_found(scene: Scene) -> None:
    stranger = other_person(scene)
    page = scene.browser.ask_app(scene.opened())
    assert told(asked(stranger, page.ticket)) == (404, "not-found")
    request = asked(scene.device, page.ticket)
    assert told(answered(stranger, page.ticket, request, page.number)) == (404, "not-found")
    # Just as one that never was, and one of a person whom nobody knows.
    assert told(asked(stranger, "tkt_AAAAAAAAAAAAAAAAAAAAAA")) == (404, "not-found")
    nobody = scene.browser.ask_app(scene.opened(trainee=NOBODY))
    assert nobody.title == page.title
    assert told(asked(scene.device, nobody.ticket)) == (404, "not-found")


def test_a_new_ticket_voids_the_one_before(scene: Scene) -> None:
    popup_id = scene.opened()
    old = scene.browser.ask_app(popup_id)
    request = asked(scene.device, old.ticket)
    new = scene.browser.ask_app(popup_id)
    assert new.ticket != old.ticket
    assert told(asked(scene.device, old.ticket)) == (404, "not-found")
    assert told(answered(scene.device, old.ticket, request, old.number)) == (404, "not-found")
    assert scene.browser.go(completion(scene.device, new)).title == "인증이 끝났어요"


def test_a_replayed_request_is_refused(scene: Scene) -> None:
    page = scene.browser.ask_app(scene.opened())
    path = f"/v1/approvals/{page.ticket}"
    nonce = bytes(16)
    assert scene.device.send("GET", path, nonce=nonce).status_code == 200
    assert told(scene.device.send("GET", path, nonce=nonce)) == (401, "replayed-request")


def test_a_ticket_that_ran_out_is_over_for_app_and_page(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    request = asked(scene.device, page.ticket)
    scene.world.pass_seconds(TICKET_MS / 1000)
    assert told(asked(scene.device, page.ticket)) == (410, "approval-expired")
    assert told(answered(scene.device, page.ticket, request, page.number)) == (
        410,
        "approval-expired",
    )
    assert "제때" in scene.browser.go(f"/popup/{popup_id}").notice


def test_an_approval_that_is_brought_back_too_late_is_not_taken(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    path = completion(scene.device, page)
    scene.world.pass_seconds(COMPLETION_MS / 1000)
    assert "제때" in scene.browser.go(path).notice
    assert scene.site.state(popup_id)["state"] == "open"
    assert told(asked(scene.device, page.ticket)) == (410, "approval-expired")


def test_giving_up_voids_the_ticket(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    path = completion(scene.device, page)
    back = scene.browser.post(f"/popup/{popup_id}/approval/end")
    assert (back.title, back.notice) == ("인증번호를 입력해 주세요", "")
    assert scene.browser.go(path).status == 404


def test_a_typed_code_that_is_faster_wins_and_the_approval_comes_to_nothing(scene: Scene) -> None:
    popup_id = scene.opened()
    page = scene.browser.ask_app(popup_id)
    path = completion(scene.device, page)
    scene.browser.type_code(popup_id, scene.code())
    assert scene.browser.go(path).title == "인증이 끝났어요"
    assert scene.site.state(popup_id)["result"]["method"] == "code"
    assert len(events(scene, "verification")) == 1
    assert told(asked(scene.device, page.ticket)) == (410, "approval-expired")


def test_what_stops_a_device_stops_its_approvals_but_a_lock_of_codes_does_not(
    scene: Scene,
) -> None:
    page = scene.browser.ask_app(scene.opened())
    change_device(scene, pin_failures=5)
    assert told(asked(scene.device, page.ticket)) == (423, "registration-locked")
    change_device(scene, pin_failures=0, state="suspended")
    assert told(asked(scene.device, page.ticket)) == (403, "registration-suspended")
    change_device(scene, state="active", code_locked_at=1)
    assert scene.browser.go(completion(scene.device, page)).title == "인증이 끝났어요"
    scene.device.reset()
    gone = scene.browser.ask_app(scene.opened())
    assert told(asked(scene.device, gone.ticket)) == (404, "not-found")


@pytest.mark.parametrize(
    "stop", [{"pin_failures": 5}, {"state": "suspended"}, {"state": "revoked"}]
)
def test_a_device_that_is_stopped_after_it_approved_comes_to_nothing(
    scene: Scene, stop: dict[str, Any]
) -> None:
    popup_id = scene.opened()
    path = completion(scene.device, scene.browser.ask_app(popup_id))
    change_device(scene, **stop)
    assert "지금 승인할 수 없어요" in scene.browser.go(path).notice
    assert scene.site.state(popup_id)["state"] == "open"
    (noted,) = events(scene, "approval-failed")
    assert noted.reason == "device"


class Demanding:
    """Every course demands a number in the trainee's own name."""

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        return True

    def name_ever_required(self, institution_id: str) -> bool:
        return True


def test_a_course_that_demands_the_name_takes_no_approval_without_it(tmp_path: Path) -> None:
    with playing(tmp_path, names=Demanding()) as scene:
        popup_id = scene.opened()
        page = scene.browser.ask_app(popup_id)
        assert told(asked(scene.device, page.ticket)) == (403, "name-not-verified")
        scene.browser.post(f"/popup/{popup_id}/approval/end")
        # Of a typed code the page tells nobody more than that it was not taken.
        typed = scene.browser.type_code(popup_id, scene.code())
        assert typed.notice.endswith("4번 더 시도할 수 있어요.")
        assert "본인 명의" in typed.text
        change_device(scene, name_verified_at=1)
        page = scene.browser.ask_app(popup_id)
        assert scene.browser.go(completion(scene.device, page)).title == "인증이 끝났어요"
