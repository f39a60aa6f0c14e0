"""Staff lift locks, suspend, revoke and give out codes, each with a reason and a row of audit."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from motp_verifier.store.tables import bypass_code, code_failure
from tests.unit.verifier.device_world import World, told
from tests.unit.verifier.helpdesk_world import WHY, Scene
from tests.unit.verifier.staff_world import signed_in


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_a_pin_lock_is_lifted_once(scene: Scene) -> None:
    assert told(scene.act("lift-pin-lock")) == (409, "action-not-possible")
    scene.lock_pin()
    assert told(scene.device.unlock(try_="right")) == (423, "registration-locked")
    (finding,) = [each for each in scene.findings() if each["cause"] == "pin-locked"]
    assert finding["count"] == 5
    lifted = scene.act("lift-pin-lock")
    assert lifted.status_code == 200, lifted.text
    assert (lifted.json()["locks"], lifted.json()["pin_lock_lifted"]) == ([], True)
    assert scene.device.unlock(try_="right").status_code == 200
    scene.lock_pin()
    assert told(scene.act("lift-pin-lock")) == (409, "lock-lifted-before")
    (row,) = scene.audited("staff-pin-lock-lifted")
    assert (row.actor, row.reason) == ("staff:kim", WHY)
    assert row.registration_id == scene.device.registration_id


def test_a_pin_lock_is_lifted_once_however_many_ask(scene: Scene) -> None:
    scene.lock_pin()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: scene.act("lift-pin-lock").status_code, range(4)))
    assert sorted(answers) == [200, 409, 409, 409]
    assert len(scene.audited("staff-pin-lock-lifted")) == 1


def test_a_code_lock_is_lifted(scene: Scene) -> None:
    scene.lock_codes()
    assert scene.check(scene.code())["reason"] == "locked"
    (finding,) = [each for each in scene.findings() if each["cause"] == "code-locked"]
    assert (finding["count"], finding["old"], finding["source"]) == (5, 0, "203.0.113.9")
    assert scene.act("lift-code-lock").json()["locks"] == []
    assert scene.check(scene.code())["result"] == "accepted"
    assert told(scene.act("lift-code-lock")) == (409, "action-not-possible")
    (row,) = scene.audited("staff-code-lock-lifted")
    assert json.loads(row.detail) == {"locks": 1}


def test_a_suspended_registration_is_resumed_and_a_revoked_one_is_not(scene: Scene) -> None:
    assert told(scene.act("resume")) == (409, "action-not-possible")
    assert scene.act("suspend").json()["state"] == "suspended"
    assert told(scene.act("suspend")) == (409, "action-not-possible")
    assert scene.device.sync().json()["state"] == "suspended"
    assert scene.check(scene.code())["reason"] == "suspended"
    assert scene.findings()[0]["cause"] == "suspended"
    assert scene.act("resume").json()["state"] == "active"
    assert scene.check(scene.code())["result"] == "accepted"
    ended = scene.act("revoke").json()
    assert (ended["state"], ended["reason"]) == ("revoked", "staff")
    for action in ("resume", "suspend", "revoke", "lift-code-lock", "lift-pin-lock"):
        assert told(scene.act(action)) == (410, "registration-revoked")
    assert scene.device.sync().status_code == 410
    assert scene.findings()[0]["cause"] == "revoked"


def test_who_may_not_act_does_not(scene: Scene) -> None:
    auditor = signed_in(scene.world, "park", "auditor")
    for action in ("suspend", "revoke"):
        assert told(scene.act(action, helper=auditor)) == (403, "role-not-allowed")
    assert told(scene.act("suspend", reason="010-1234-5678")) == (422, "invalid-reason")
    assert told(scene.act("suspend", reason=" ")) == (400, "malformed-request")
    path = "registrations/reg_nobody/actions"
    nobody = scene.helper.ask("POST", path, {"action": "suspend", "reason": WHY})
    assert told(nobody) == (404, "not-found")


def test_a_bypass_code_is_accepted_once_for_its_occasion(scene: Scene) -> None:
    given = scene.bypass()
    assert given.status_code == 201, given.text
    code = given.json()["code"]
    assert scene.check(code, "lesson")["reason"] == "code-wrong"
    scene.world.pass_seconds(1)
    accepted = scene.check(code)
    assert accepted["result"] == "accepted"
    assert accepted["receipt"] is not None
    scene.world.pass_seconds(1)
    assert scene.check(code)["reason"] == "code-wrong"
    scene.world.pass_seconds(1)
    # An ordinary code is taken as before, and used up by nothing.
    assert scene.check(scene.code())["result"] == "accepted"
    page = scene.helper.told("GET", f"trainees/{scene.trainee_id}")
    assert [each["method"] for each in page["checks"]] == ["code", "code", "bypass", "code"]
    (row,) = scene.audited("staff-bypass-issued")
    assert (row.reason, json.loads(row.detail)) == (WHY, {"occasion": "exam"})


def test_a_newer_bypass_code_takes_the_place_of_the_older_one(scene: Scene) -> None:
    old, new = scene.bypass().json()["code"], scene.bypass().json()["code"]
    if old != new:
        assert scene.check(old)["reason"] == "code-wrong"
    assert scene.check(new)["result"] == "accepted"


def test_a_bypass_code_runs_out(scene: Scene) -> None:
    code = scene.bypass().json()["code"]
    scene.world.pass_seconds(601)
    assert scene.check(code)["reason"] == "code-wrong"


def test_the_same_bypass_code_at_once_is_accepted_once(scene: Scene) -> None:
    code = scene.bypass().json()["code"]
    with ThreadPoolExecutor(4) as pool:
        answers = [each["result"] for each in pool.map(lambda _: scene.check(code), range(4))]
    assert sorted(answers) == ["accepted", "rejected", "rejected", "rejected"]


def test_a_wrong_bypass_code_counts_as_a_wrong_code(scene: Scene) -> None:
    code = scene.bypass().json()["code"]
    for left in (4, 3, 2, 1, 0):
        assert scene.check(scene.wrong(code))["attempts_left"] == left
    assert scene.check(code)["reason"] == "locked"
    assert told(scene.bypass()) == (423, "registration-locked")


def test_no_bypass_code_is_given_where_it_would_not_be_looked_at(scene: Scene) -> None:
    assert told(scene.bypass(institution="other")) == (404, "not-found")
    scene.lock_pin()
    assert told(scene.bypass()) == (423, "registration-locked")
    assert scene.act("lift-pin-lock").status_code == 200
    code = scene.bypass().json()["code"]
    assert scene.act("suspend").status_code == 200
    assert told(scene.bypass()) == (403, "registration-suspended")
    assert scene.check(code)["reason"] == "suspended"
    assert scene.act("revoke").status_code == 200
    assert told(scene.bypass()) == (410, "registration-revoked")
    assert scene.world.database(lambda c: c.execute(select(bypass_code)).all()) == []


def test_a_code_of_some_minutes_ago_is_told_from_a_wrong_one(scene: Scene) -> None:
    old = scene.code()
    scene.world.pass_seconds(300)
    assert scene.check(old)["reason"] == "code-wrong"
    assert scene.check(scene.wrong())["reason"] == "code-wrong"
    kept = select(code_failure.c.old).order_by(code_failure.c.id)
    assert scene.world.database(lambda c: c.execute(kept).scalars().all()) == [1, 0]
    (finding,) = scene.findings()
    assert (finding["cause"], finding["count"], finding["old"]) == ("code-old", 2, 1)
