"""A PC becomes a kiosk by a one-time code, is told what holds for it, and is counted."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import select

from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.kiosks.managing import (
    BadLabel,
    BadSettings,
    KioskChanged,
    NoSuchInstitution,
    NoSuchKiosk,
    NotPossible,
)
from motp_verifier.store.tables import audit_row, kiosk
from tests.unit.verifier.device_world import Device, World, told
from tests.unit.verifier.kiosk_world import Kiosk, await_kiosk, change, enrolled, kiosks
from tests.unit.verifier.staff_world import signed_in

TEN_MINUTES = 10 * 60


def listed(world: World) -> Any:
    (only,) = asyncio.run(kiosks(world).all())
    return only


def test_a_code_makes_a_pc_a_kiosk_with_a_signed_configuration(world: World) -> None:
    awaited = await_kiosk(world)
    pc = Kiosk(world)
    answer = pc.enrol(awaited.code)
    assert answer.status_code == 201
    claims = pc.claims(answer.json()["config"])
    assert (pc.id, claims.sub) == (awaited.id, awaited.id)
    assert (claims.label, claims.institution_name) == ("1층 로비", "한빛훈련원")
    assert (claims.idle_seconds, claims.warn_seconds, claims.version) == (30, 20, 1)
    assert claims.state == "active"
    assert pc.claims() == claims
    assert world.events()[-2:] == ["kiosk-added", "kiosk-enrolled"]


def test_a_code_is_ten_letters_that_are_not_mistaken_for_others(world: World) -> None:
    codes = {await_kiosk(world).code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 10 and set(code).isdisjoint("ILOUilou") for code in codes)


def test_a_lost_answer_is_given_again_and_to_nobody_else(world: World) -> None:
    awaited = await_kiosk(world)
    pc = Kiosk(world)
    first = pc.enrol(awaited.code)
    again = pc.enrol(awaited.code)
    assert again.status_code == 201
    assert pc.claims(again.json()["config"]) == pc.claims(first.json()["config"])
    assert told(Kiosk(world).enrol(awaited.code)) == (403, "kiosk-code-wrong")
    assert told(pc.enrol(awaited.code, pin="another")) == (403, "kiosk-code-wrong")
    world.pass_seconds(TEN_MINUTES)
    assert told(pc.enrol(awaited.code)) == (403, "kiosk-code-wrong")
    assert world.events().count("kiosk-enrolled") == 1


def test_a_code_that_is_wrong_or_late_or_revoked_is_one_refusal(world: World) -> None:
    late, gone = await_kiosk(world), await_kiosk(world)
    change(world, gone.id, "revoke")
    assert told(Kiosk(world).enrol("0000000000")) == (403, "kiosk-code-wrong")
    assert told(Kiosk(world).enrol(gone.code)) == (403, "kiosk-code-wrong")
    world.pass_seconds(TEN_MINUTES)
    assert told(Kiosk(world).enrol(late.code)) == (403, "kiosk-code-wrong")
    for malformed in ("00000", "I000000000", "00000-0000"):
        assert told(Kiosk(world).enrol(malformed)) == (400, "malformed-request")


def test_a_key_serves_one_device(world: World) -> None:
    trainee = Device(world).enrol()
    assert told(Kiosk(world, trainee.key).enrol(await_kiosk(world).code)) == (
        409,
        "enrolment-conflict",
    )
    first = enrolled(world)
    assert told(Kiosk(world, first.key).enrol(await_kiosk(world).code)) == (
        409,
        "enrolment-conflict",
    )
    assert told(Device(world, first.key).begin()) == (409, "enrolment-conflict")


def test_the_key_of_a_kiosk_that_was_revoked_is_taken_for_nothing_else(world: World) -> None:
    gone = enrolled(world)
    change(world, gone.id, "revoke")
    conflict = (409, "enrolment-conflict")
    assert told(Kiosk(world, gone.key).enrol(await_kiosk(world).code)) == conflict
    assert told(Device(world, gone.key).begin()) == conflict


def test_only_the_kiosk_s_own_key_is_served_about_it(world: World) -> None:
    mine, other = enrolled(world), enrolled(world)
    stranger = Kiosk(world, id=mine.id)
    assert told(stranger.config()) == (401, "bad-signature")
    other.id = mine.id
    for ask in (other.config, other.report, other.leave):
        assert told(ask()) == (404, "not-found")
    trainee = Kiosk(world, Device(world).enrol().key, mine.id)
    assert told(trainee.config()) == (404, "not-found")


def test_a_report_is_what_staff_see(world: World) -> None:
    pc = enrolled(world)
    answer = pc.report().json()
    assert (answer["state"], answer["config_version"]) == ("active", 1)
    helper = signed_in(world)
    (seen,) = helper.told("GET", "kiosks")["kiosks"]
    assert seen["institution"] == "한빛훈련원"
    assert (seen["state"], seen["app_version"], seen["users_today"]) == ("active", "0.1.1", 7)
    assert seen["skew_seconds"] == 1.5
    assert told(pc.report(clock="yesterday")) == (400, "malformed-request")
    world.pass_seconds(24 * 60 * 60)
    assert listed(world).users_today == 0


def test_a_locked_kiosk_is_told_so_and_a_revoked_one_is_nobody(world: World) -> None:
    pc = enrolled(world)
    change(world, pc.id, "lock")
    assert (pc.claims().state, pc.claims().version) == ("locked", 2)
    assert pc.report().json()["state"] == "locked"
    change(world, pc.id, "unlock")
    assert (pc.claims().state, pc.claims().version) == ("active", 3)
    change(world, pc.id, "revoke")
    for ask in (pc.config, pc.report, pc.leave):
        assert told(ask()) == (401, "bad-signature")


def test_settings_are_told_with_a_version_that_only_grows(world: World) -> None:
    pc = enrolled(world)
    desk = kiosks(world)
    hours = {"days": ["mon", "fri"], "opens": "09:00", "closes": "18:00"}
    message = {"ko": "조용히 이용해 주세요.", "en": "Please be quiet."}
    wanted = {"idle_seconds": 60, "hours": hours, "message": message, "scramble_pad": True}
    done = asyncio.run(desk.configure(pc.id, dict(wanted)))
    assert isinstance(done, KioskChanged) and not done.again
    claims = pc.claims()
    assert (claims.version, claims.idle_seconds, claims.scramble_pad) == (2, 60, True)
    assert claims.hours is not None and claims.hours.days == ("mon", "fri")
    assert claims.message is not None and claims.message.en == "Please be quiet."
    again = asyncio.run(desk.configure(pc.id, dict(wanted)))
    assert isinstance(again, KioskChanged) and again.again
    asyncio.run(desk.configure(pc.id, {"hours": None}))
    assert (pc.claims().hours, pc.claims().version) == (None, 3)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"idle_seconds": 5}, ">= 30"),
        ({"warn_seconds": 10}, ">= 20"),
        ({"warn_seconds": 28}, "leave 5 seconds"),
        ({"languages": []}, "at least one language"),
        ({"languages": ["ko", "ko"]}, "at least one language"),
        ({"languages": ["fr"]}, "languages"),
        ({"hours": {"days": ["mon"], "opens": "18:00", "closes": "09:00"}}, "opens after"),
        ({"hours": {"days": [], "opens": "09:00", "closes": "18:00"}}, "opens after"),
        ({"message": {"ko": "a\nb", "en": "b"}}, "control characters"),
        ({"colour": "red"}, "no choice 'colour'"),
    ],
)
def test_settings_without_sense_are_refused_with_the_reason(
    world: World, changes: dict[str, object], why: str
) -> None:
    pc = enrolled(world)
    done = asyncio.run(kiosks(world).configure(pc.id, changes))
    assert isinstance(done, BadSettings) and why in done.why
    assert pc.claims().version == 1


def test_what_is_not_there_cannot_be_changed(world: World) -> None:
    desk = kiosks(world)
    assert asyncio.run(desk.add("nowhere", "로비")) == NoSuchInstitution()
    for label in ("", " ", "x" * 65, "a\tb\x07"):
        assert asyncio.run(desk.add("inst", label)) == BadLabel()
    assert asyncio.run(desk.configure("kio_none", {"idle_seconds": 60})) == NoSuchKiosk()
    assert asyncio.run(desk.change("kio_none", "lock")) == NoSuchKiosk()
    awaited = await_kiosk(world)
    assert asyncio.run(desk.change(awaited.id, "lock")) == NotPossible("awaited")
    change(world, awaited.id, "revoke")
    assert asyncio.run(desk.change(awaited.id, "unlock")) == NotPossible("revoked")
    assert asyncio.run(desk.configure(awaited.id, {"idle_seconds": 60})) == NotPossible("revoked")


def test_a_code_is_forgotten_and_what_nobody_enrolled_with_it(world: World) -> None:
    used, unused = await_kiosk(world), await_kiosk(world)
    pc = Kiosk(world)
    assert pc.enrol(used.code).status_code == 201
    store, now = world.runtime.store, world.runtime.now
    world.pass_seconds(TEN_MINUTES + 1)
    states = {each.id: each.state for each in asyncio.run(kiosks(world).all())}
    assert states == {used.id: "active", unused.id: "expired"}
    asyncio.run(tidy(store, now))
    hashes = world.database(lambda c: c.execute(select(kiosk.c.code_hash)).scalars().all())
    assert hashes == [None, None]
    world.pass_seconds(25 * 60 * 60)
    asyncio.run(tidy(store, now))
    assert [each.id for each in asyncio.run(kiosks(world).all())] == [used.id]


def test_staff_lock_and_unlock_with_a_reason_that_is_audited(world: World) -> None:
    pc = enrolled(world)
    helper, auditor = signed_in(world), signed_in(world, "park", "auditor")
    path = f"kiosks/{pc.id}/actions"
    ask = {"action": "lock", "reason": "화면이 깨졌어요"}
    assert told(auditor.ask("POST", path, ask)) == (403, "role-not-allowed")
    assert told(helper.ask("POST", path, ask | {"reason": "010-1234-5678"})) == (
        422,
        "invalid-reason",
    )
    assert helper.ask("POST", path, ask).json()["state"] == "locked"
    assert helper.ask("POST", path, ask).json()["state"] == "locked"
    assert pc.claims().state == "locked"
    assert helper.ask("POST", path, ask | {"action": "unlock"}).json()["state"] == "active"
    assert told(helper.ask("POST", "kiosks/kio_none/actions", ask)) == (404, "not-found")
    change(world, pc.id, "revoke")
    assert told(helper.ask("POST", path, ask)) == (409, "action-not-possible")
    query = select(audit_row).where(audit_row.c.kind == "kiosk-locked")
    (row,) = world.database(lambda c: c.execute(query).all())
    assert (row.actor, row.reason) == ("staff:kim", "화면이 깨졌어요")
    assert json.loads(row.detail) == {"kiosk_id": pc.id}
