"""Unlock, PIN change, sync and reset over HTTP."""

import asyncio
from typing import Any

from sqlalchemy import insert, select, update

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.housekeeping import tidy
from motp_verifier.store.tables import (
    code_run,
    consent,
    enrolment,
    registration,
    request_nonce,
    share,
)
from tests.unit.verifier.device_world import Device, World, told


def test_a_right_pin_gets_the_share_and_the_next_one(world: World) -> None:
    device = Device(world)
    device.begin()
    first = device.prove().json()["share"]
    device.confirm()
    opened = device.unlock().json()
    assert opened["share"] == first
    assert opened["next_share"]["id"] == 2
    assert opened["next_share"]["value"] != first["value"]
    assert opened["status"]["state"] == "active"
    assert device.unlock(try_="b").json()["share"] == opened["next_share"]


def test_a_lost_answer_is_given_again(world: World) -> None:
    device = Device(world).enrol()
    first = device.unlock(share_id=1).json()
    again = device.unlock(share_id=1).json()
    assert {**first, "status": None} == {**again, "status": None}


def test_a_dropped_share_marks_the_device_as_cloned(world: World) -> None:
    device = Device(world).enrol()
    device.unlock(try_="a")
    assert told(device.unlock(share_id=1, try_="b", pin="thief")) == (409, "device-cloned")
    assert "registration-cloned" in world.events()
    gone = device.unlock(try_="c")
    assert told(gone) == (410, "registration-revoked")
    assert gone.json()["reason"] == "cloned"
    assert world.database(lambda c: c.execute(select(share)).all()) == []


def test_a_share_never_issued_raises_no_alarm(world: World) -> None:
    device = Device(world).enrol()
    assert told(device.unlock(share_id=7)) == (409, "share-unknown")
    assert device.unlock().status_code == 200
    assert "registration-cloned" not in world.events()


def test_five_wrong_pins_lock_and_the_right_one_then_is_not_told(world: World) -> None:
    device = Device(world).enrol()
    for number in (4, 3, 2, 1):
        refused = device.unlock(pin="x", try_=f"t{number}")
        assert told(refused) == (403, "pin-wrong")
        assert refused.json()["attempts_left"] == number
    locked = device.unlock(pin="x", try_="t0")
    assert told(locked) == (423, "registration-locked")
    right = device.unlock(try_="t")
    assert told(right) == (423, "registration-locked")
    assert right.content == locked.content
    status = device.sync().json()
    assert status["locks"] == ["pin"]
    assert status["pin_attempts_left"] == 0
    assert world.events().count("pin-locked") == 1


def test_a_new_enrolment_leaves_the_pin_lock_behind(world: World) -> None:
    old = Device(world).enrol()
    for number in range(5):
        old.unlock(pin="x", try_=f"t{number}")
    new = Device(world).enrol(replaces=old.registration_id)
    assert new.unlock().status_code == 200


def test_a_changed_pin_opens_and_the_old_one_no_longer_does(world: World) -> None:
    device = Device(world).enrol()
    assert device.change_pin("new").status_code == 200
    assert told(device.unlock(pin="pin", try_="b")) == (403, "pin-wrong")
    assert device.unlock(pin="new", try_="c").status_code == 200


def test_a_lost_answer_to_a_pin_change_leaves_the_old_pin_good(world: World) -> None:
    device = Device(world).enrol()
    lost = device.change_pin("new", share_id=1).json()
    kept = device.unlock(share_id=1).json()
    assert lost["next_share"]["id"] == 2
    assert kept["next_share"]["id"] == 3
    assert device.unlock(share_id=3, try_="b").status_code == 200


def test_a_wrong_pin_changes_no_pin(world: World) -> None:
    device = Device(world).enrol()
    assert told(device.change_pin("new", pin="x")) == (403, "pin-wrong")
    assert device.unlock(try_="b").status_code == 200


def test_a_request_signed_before_one_already_answered_is_only_refused(world: World) -> None:
    device = Device(world).enrol()
    world.pass_seconds(10)
    device.unlock(try_="a")
    refused = device.unlock(share_id=1, try_="b", created=world.now // 1000 - 5)
    assert told(refused) == (401, "clock-skew")
    assert refused.json()["time"] == "2026-11-24T06:00:10.000Z"
    assert device.unlock(try_="c").status_code == 200


def test_a_clock_ahead_gives_no_time_in_which_a_copy_goes_unseen(world: World) -> None:
    device = Device(world, offset=200).enrol()
    device.unlock(try_="a")
    device.offset = 0
    assert told(device.unlock(share_id=1, try_="b")) == (409, "device-cloned")


def test_a_suspended_registration_opens_nothing_but_tells_its_status(world: World) -> None:
    device = Device(world).enrol()
    world.database(lambda c: c.execute(update(registration).values(state="suspended")))
    assert told(device.unlock()) == (403, "registration-suspended")
    assert told(device.unlock(pin="x")) == (403, "registration-suspended")
    status = device.sync().json()
    assert (status["state"], status["pin_attempts_left"]) == ("suspended", 5)


def test_the_status_tells_code_locks_and_the_tries_left(world: World) -> None:
    device = Device(world).enrol()
    values = {"registration_id": device.registration_id, "institution_id": "inst"}
    world.database(lambda c: c.execute(insert(code_run).values(run=3, **values)))
    assert device.sync().json()["code_attempts_left"] == 2
    world.database(lambda c: c.execute(update(code_run).values(run=5, locked_at=1)))
    status = device.sync().json()
    assert (status["locks"], status["code_attempts_left"]) == (["code"], 0)


def test_the_device_s_clock_and_version_are_noted(world: World) -> None:
    device = Device(world).enrol()
    device.offset = -90
    assert device.sync().json()["skew_seconds"] == -90.0
    row = world.database(lambda c: c.execute(select(registration)).one())
    assert (row.skew_ms, row.app_version, row.last_contact_at) == (-90_000, "0.1.1", world.now)


def test_a_clock_that_is_no_time_is_malformed(world: World) -> None:
    device = Device(world).enrol()
    body = {"clock": "2026-02-30T00:00:00.000Z", "app_version": "1", "platform": "x"}
    assert told(device.use("sync", body)) == (400, "malformed-request")


def test_a_reset_erases_what_opens_the_vault_and_may_be_repeated(world: World) -> None:
    device = Device(world).enrol()
    assert device.reset().status_code == 204
    assert device.reset().status_code == 204
    row = world.database(lambda c: c.execute(select(registration)).one())
    assert (row.state, row.reason, row.seed_sealed) == ("revoked", "reset", None)
    assert world.database(lambda c: c.execute(select(share)).all()) == []
    assert told(device.unlock()) == (410, "registration-revoked")
    assert told(device.sync()) == (410, "registration-revoked")
    assert world.events().count("registration-reset") == 1


def test_a_reset_can_withdraw_the_consent(world: World) -> None:
    device = Device(world).enrol()
    assert device.reset(withdraw=True).status_code == 204
    assert device.confirm().json()["reason"] == "withdrawn"
    withdrawn = world.database(lambda c: c.execute(select(consent.c.withdrawn_at)).scalar())
    assert withdrawn == world.now


def test_a_person_may_enrol_again_after_a_reset(world: World) -> None:
    Device(world).enrol().reset()
    assert Device(world).enrol().sync().json()["state"] == "active"


def test_another_device_s_registration_is_not_found(world: World) -> None:
    world.add_trainee("김철수", "+821087654321")
    mine = Device(world).enrol()
    other = Device(world)
    other.begin(name="김철수", phone="010-8765-4321")
    other.prove()
    other.confirm()
    unknown = Device(world, key=other.key, registration_id="reg_unknown")
    stolen = Device(world, key=other.key, registration_id=mine.registration_id)
    for name in ("unlock", "sync", "reset"):
        answers = [getattr(each, name)() for each in (unknown, stolen)]
        assert told(answers[0]) == (404, "not-found")
        assert answers[0].content == answers[1].content
    assert mine.sync().json()["state"] == "active"


def test_an_enrolment_of_another_key_is_not_found(world: World) -> None:
    mine, other = Device(world), Device(world)
    mine.begin()
    code = world.phones.code()
    other.begin(phone="010-8765-4321")
    other.enrolment_id = mine.enrolment_id
    assert told(other.prove(code)) == (404, "not-found")
    assert told(other.step("identity/resend")) == (404, "not-found")
    body = {"confirmation": b64url_encode(bytes(32)), "replace": None}
    assert told(other.step("confirm", body)) == (404, "not-found")


def test_old_enrolments_and_nonces_are_forgotten(world: World) -> None:
    kept = Device(world).enrol()
    left = Device(world)
    left.begin()
    left.prove()
    world.pass_seconds(3601)

    def tidied() -> dict[str, Any]:
        asyncio.run(tidy(world.runtime.store, lambda: world.now))
        return {
            each.name: world.database(lambda c, t=each: c.execute(select(t)).all())
            for each in (enrolment, registration, request_nonce, share)
        }

    rows = tidied()
    assert rows["request_nonce"] == []
    assert [row.state for row in rows["registration"]] == ["active"]
    assert {row.registration_id for row in rows["share"]} == {kept.registration_id}
    assert all(row.phone_sealed is None for row in rows["enrolment"])
    assert all(row.answer_sealed is None for row in rows["enrolment"])
    world.pass_seconds(86400)
    assert [row.confirmed_at is not None for row in tidied()["enrolment"]] == [True]
    assert kept.confirm().status_code == 201
