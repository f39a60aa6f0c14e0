"""The identity check by phone on a pop-up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from motp_verifier.prometheus import PrometheusMetrics
from motp_verifier.services.phone_transactions import use
from motp_verifier.store import erasure, tables
from tests.unit.verifier.device_world import E164, Device
from tests.unit.verifier.popup_world import NOBODY, Browser, Page, Scene, playing
from tests.unit.verifier.test_popup_approvals import Demanding, events
from tests.unit.verifier.test_popups import claims

CARRIER = {"operator": "SKT", "birth_and_sex": "900301-1"}


@pytest.fixture
def scene(tmp_path: Path, database_url: str) -> Iterator[Scene]:
    with playing(tmp_path, database_url) as played:
        yield played


def send(scene: Scene, popup_id: str, form: dict[str, str] | None = None) -> Page:
    return scene.browser.post(f"/popup/{popup_id}/phone", form or {})


def confirm(scene: Scene, popup_id: str, code: str) -> Page:
    return scene.browser.post(f"/popup/{popup_id}/phone/confirm", {"code": code})


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "000001"


def sent(scene: Scene) -> int:
    return len([each for each in scene.world.phones.messages if each.purpose == "fallback"])


def test_a_code_from_a_message_stands_in_for_the_app_s(scene: Scene) -> None:
    popup_id = scene.opened()
    start = scene.browser.go(f"/popup/{popup_id}/phone")
    assert "010-****-5678 번호로" in start.text
    assert "1234-5678" not in start.html
    assert "보냈어요" in send(scene, popup_id).text
    message = scene.world.phones.messages[-1]
    assert (message.to, message.purpose) == (E164, "fallback")
    assert "본인인증" in message.text
    assert confirm(scene, popup_id, scene.world.phones.code()).title == "인증이 끝났어요"
    result = scene.site.state(popup_id)["result"]
    assert (result["method"], claims(result["receipt"])["method"]) == ("phone", "phone")
    (noted,) = events(scene, "verification")
    assert (noted.actor, '"method":"phone"' in noted.detail) == ("page:inst", True)
    history = scene.device.send(
        "GET", f"/v1/registrations/{scene.device.registration_id}/history"
    ).json()
    assert history["checks"][0]["method"] == "phone"


def test_somebody_who_never_registered_may_use_it(scene: Scene) -> None:
    scene.world.add_trainee("김영희", "+821023456789")
    popup_id = scene.opened(trainee={"name": "김영희", "phone": "010-2345-6789"})
    send(scene, popup_id)
    assert confirm(scene, popup_id, scene.world.phones.code()).title == "인증이 끝났어요"


def test_for_the_site_s_own_id_the_roster_s_number_is_used_and_never_shown(scene: Scene) -> None:
    query = select(tables.roster_entry.c.pairwise_id)
    own_id = scene.world.database(lambda c: c.execute(query).scalar_one())
    popup_id = scene.opened(trainee={"id": own_id})
    page = send(scene, popup_id)
    assert "등록된 번호로 인증번호를 보냈어요" in page.text
    assert "5678" not in page.html
    assert scene.world.phones.messages[-1].to == E164
    assert confirm(scene, popup_id, scene.world.phones.code()).title == "인증이 끝났어요"
    # An id that nobody has gets the same page, and nothing leaves.
    before = sent(scene)
    unknown = scene.opened(trainee={"id": "nobody"})
    shown = send(scene, unknown)
    assert shown.html.replace(unknown, popup_id) == page.html
    assert sent(scene) == before
    assert "4번 더" in confirm(scene, unknown, "123456").notice


def test_of_somebody_unknown_only_who_holds_the_telephone_learns_it(scene: Scene) -> None:
    known, unknown = scene.opened(), scene.opened(trainee=NOBODY)
    first, second = send(scene, known), send(scene, unknown)
    assert first.html.replace(known, "").replace("5678", "") == second.html.replace(
        unknown, ""
    ).replace("5432", "")
    right = scene.world.phones.code()
    assert "4번 더" in confirm(scene, unknown, wrong(right)).notice
    told = confirm(scene, unknown, right)
    assert "명부와" in told.notice
    assert scene.site.state(unknown)["state"] == "open"
    (noted,) = events(scene, "fallback-failed")
    assert noted.reason == "roster-mismatch"


def test_it_lifts_a_lock_of_typed_codes(scene: Scene) -> None:
    popup_id = scene.opened()
    for _ in range(5):
        scene.browser.type_code(popup_id, scene.wrong_code())
    assert "잠겼어요" in scene.browser.type_code(popup_id, scene.code()).notice
    send(scene, popup_id)
    assert confirm(scene, popup_id, scene.world.phones.code()).title == "인증이 끝났어요"
    again = scene.opened()
    assert scene.browser.type_code(again, scene.code()).title == "인증이 끝났어요"
    (noted,) = events(scene, "code-lock-lifted")
    assert noted.reason == "phone-verified"
    metrics = scene.world.runtime.metrics
    assert isinstance(metrics, PrometheusMetrics)
    assert b'by="phone"' in metrics.render()


def test_the_site_gets_a_transaction_that_is_good_once(scene: Scene) -> None:
    popup_id = scene.opened()
    send(scene, popup_id)
    confirm(scene, popup_id, scene.world.phones.code())
    transaction_id = scene.site.state(popup_id)["result"]["transaction_id"]
    trainee_id = scene.world.database(lambda c: c.execute(select(tables.trainee.c.id)).scalar_one())

    def used(now: int) -> bool:
        done: bool = scene.world.database(
            lambda c: use(
                c,
                transaction_id,
                institution_id="inst",
                trainee_id=trainee_id,
                purpose="code-lock",
                now=now,
            )
        )
        return done

    assert not used(scene.world.now + 10 * 60_000)
    assert used(scene.world.now)
    assert not used(scene.world.now)


def test_five_wrong_codes_end_it_and_another_message_begins_anew(scene: Scene) -> None:
    popup_id = scene.opened()
    send(scene, popup_id)
    right = scene.world.phones.code()
    codes = [code for code in (f"{n:06d}" for n in range(6)) if code != right]
    left = [confirm(scene, popup_id, code).notice for code in codes[:4]]
    assert [text.split("번 더")[0][-1] for text in left] == ["4", "3", "2", "1"]
    # The very same wrong code again costs nothing.
    assert confirm(scene, popup_id, codes[3]).notice == left[3]
    assert "끝났어요" in confirm(scene, popup_id, codes[4]).notice
    assert "끝났어요" in confirm(scene, popup_id, right).notice
    scene.world.pass_seconds(30)
    send(scene, popup_id)
    assert confirm(scene, popup_id, scene.world.phones.code()).title == "인증이 끝났어요"


def test_a_new_code_kills_the_old_and_keeps_the_count_of_tries(scene: Scene) -> None:
    popup_id = scene.opened()
    send(scene, popup_id)
    old = scene.world.phones.code()
    confirm(scene, popup_id, wrong(old))
    assert "초 뒤에" in send(scene, popup_id).text  # too soon: nothing leaves
    assert sent(scene) == 1
    scene.world.pass_seconds(30)
    send(scene, popup_id)
    assert sent(scene) == 2
    new = scene.world.phones.code()
    if old != new:
        assert "3번 더" in confirm(scene, popup_id, old).notice
    assert confirm(scene, popup_id, new).title == "인증이 끝났어요"


def test_an_old_code_is_not_compared(scene: Scene) -> None:
    popup_id = scene.opened()
    send(scene, popup_id)
    scene.world.pass_seconds(3 * 60)
    assert "시간이 지났어요" in confirm(scene, popup_id, scene.world.phones.code()).notice


def test_a_message_that_did_not_leave_costs_nothing(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.world.phones.broken = True
    assert "보내지 못했어요" in send(scene, popup_id).notice
    query = select(tables.send_quota).where(tables.send_quota.c.scope.like("%fallback%"))
    rows = scene.world.database(lambda c: c.execute(query).all())
    assert {row.scope for row in rows} == {"number fallback", "address fallback", "total fallback"}
    assert {row.used for row in rows} == {0}
    scene.world.phones.broken = False
    send(scene, popup_id)
    assert confirm(scene, popup_id, scene.world.phones.code()).title == "인증이 끝났어요"


def test_a_number_gets_so_many_messages_a_day_and_enrolment_has_its_own(tmp_path: Path) -> None:
    with playing(tmp_path, messages_per_number=2) as scene:
        for times in range(3):
            popup_id = scene.opened()
            page = send(scene, popup_id)
            assert ("더 보낼 수 없어요" in page.notice) is (times == 2)
        # Enrolment's first message is used; its second is still to be had.
        assert Device(scene.world).begin().status_code == 202
        # An unknown person's number is counted alike.
        for times in range(3):
            page = send(scene, scene.opened(trainee=NOBODY))
            assert ("더 보낼 수 없어요" in page.notice) is (times == 2)


def test_it_is_for_the_pop_up_s_browser_and_its_own_page_alone(scene: Scene) -> None:
    popup_id = scene.opened()
    thief = Browser(scene.world)
    assert thief.post(f"/popup/{popup_id}/phone").status == 403
    stranger = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert scene.browser.post(f"/popup/{popup_id}/phone", headers=stranger).status == 403
    assert sent(scene) == 0
    send(scene, popup_id)
    code = scene.world.phones.code()
    assert thief.post(f"/popup/{popup_id}/phone/confirm", {"code": code}).status == 403
    assert confirm(scene, popup_id, code).title == "인증이 끝났어요"


def test_where_the_name_is_demanded_the_carrier_is_asked(tmp_path: Path, database_url: str) -> None:
    with playing(tmp_path, database_url, names=Demanding(), identity="outbox") as scene:
        popup_id = scene.opened()
        start = scene.browser.go(f"/popup/{popup_id}/phone")
        assert 'name="operator"' in start.html
        assert "바르게" in send(scene, popup_id).notice
        assert "바르게" in send(scene, popup_id, CARRIER | {"birth_and_sex": "900301-9"}).notice
        assert sent(scene) == 0
        send(scene, popup_id, CARRIER)
        code = scene.world.phones.code()
        assert "4번 더" in confirm(scene, popup_id, wrong(code)).notice
        assert confirm(scene, popup_id, code).title == "인증이 끝났어요"
        assert scene.site.state(popup_id)["result"]["method"] == "phone"
        dump = str(scene.world.database(lambda c: c.execute(select(tables.popup_phone)).all()))
        assert "900301" not in dump


def test_where_no_carrier_can_be_asked_it_says_so(tmp_path: Path) -> None:
    with playing(tmp_path, names=Demanding()) as scene:
        popup_id = scene.opened()
        assert "지금은 할 수 없어요" in scene.browser.go(f"/popup/{popup_id}/phone").text
        send(scene, popup_id, CARRIER)
        assert sent(scene) == 0


def test_a_pop_up_that_was_accepted_sends_nothing_more(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.type_code(popup_id, scene.code())
    assert send(scene, popup_id).title == "인증이 끝났어요"
    assert sent(scene) == 0


def test_who_was_erased_leaves_no_pop_up_behind(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.ask_app(popup_id)
    send(scene, popup_id)

    def erase(connection: Any) -> None:
        trainee_id = connection.execute(select(tables.trainee.c.id)).scalar_one()
        erasure.erase_person(connection, trainee_id)

    scene.world.database(erase)
    for table in (tables.popup, tables.popup_ticket, tables.popup_phone):
        assert scene.world.database(lambda c, t=table: c.execute(select(t)).all()) == []
