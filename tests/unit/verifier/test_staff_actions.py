"""Staff lift locks, suspend, revoke and give out codes, each with a reason and a row of audit."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.store.tables import audit_row, bypass_code, code_failure
from tests.unit.verifier.device_world import Device, World, told
from tests.unit.verifier.popup_world import Site
from tests.unit.verifier.staff_world import Helper, signed_in

WHY = "본인 확인 후 처리"


class Scene:
    """A trainee with a device, a site that checks codes, and somebody who helps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.helper = signed_in(world)
        self.device = Device(world).enrol()
        self.site = Site(world)
        (line,) = self.helper.told("GET", "trainees", params={"q": "5678"})["trainees"]
        self.trainee_id = line["trainee_id"]

    def act(self, action: str, reason: str = WHY, helper: Helper | None = None) -> Any:
        path = f"registrations/{self.device.registration_id}/actions"
        asker = self.helper if helper is None else helper
        return asker.ask("POST", path, {"action": action, "reason": reason})

    def bypass(self, occasion: str = "exam", institution: str = "inst") -> Any:
        body = {"institution_id": institution, "occasion": occasion, "reason": WHY}
        return self.helper.ask("POST", f"trainees/{self.trainee_id}/bypass", body)

    def check(self, code: str, occasion: str = "exam") -> dict[str, Any]:
        answer = self.site.ask(
            "POST",
            "/v1/verifications",
            json={
                "trainee": {"name": "홍길동", "phone": "010-1234-5678"},
                "course": "C-1",
                "class": "1",
                "session": 1,
                "occasion": occasion,
                "code": code,
                "client_ip": "203.0.113.9",
            },
        )
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def code(self, steps: int = 0) -> str:
        assert self.device.secrets is not None
        step = step_at(self.world.now, OtpProfile()) + steps
        return code_for_step(self.device.secrets.seed, step, OtpProfile())

    def wrong(self, *more: str) -> str:
        taken = {self.code(steps) for steps in range(-30, 3)} | set(more)
        return next(code for code in (f"{n:06d}" for n in range(99)) if code not in taken)

    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.helper.told("GET", f"trainees/{self.trainee_id}")[
            "findings"
        ]
        return found

    def lock_pin(self) -> None:
        for number in range(5):
            self.device.unlock(pin="wrong", try_=f"wrong {number} {self.world.now}")

    def lock_codes(self) -> None:
        for _ in range(5):
            assert self.check(self.wrong())["reason"] == "code-wrong"

    def audited(self, kind: str) -> list[Any]:
        query = select(audit_row).where(audit_row.c.kind == kind).order_by(audit_row.c.id)
        rows: list[Any] = self.world.database(lambda c: c.execute(query).all())
        return rows


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
