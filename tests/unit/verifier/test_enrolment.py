"""Enrolment over HTTP: what a device may do, in which order, how often."""

import time
from typing import Any

import pytest
from sqlalchemy import select, update

from motp_protocol.code import OtpProfile, code_for_step
from motp_protocol.encoding import b64url_encode
from motp_verifier.services.seeds import open_seed
from motp_verifier.services.texts import identity_code, replaced
from motp_verifier.store.tables import (
    consent,
    enrolment,
    outgoing_message,
    registration,
    share,
)
from tests.unit.verifier.device_world import E164, NAME, Device, World, pin_auth, told


def test_a_person_enrols_and_both_sides_make_equal_codes(world: World) -> None:
    device = Device(world).enrol()
    assert device.secrets is not None
    row = world.database(lambda c: c.execute(select(registration)).one())
    seed = open_seed(world.runtime.keys, row.seed_sealed, row.id)
    assert seed == device.secrets.seed
    assert len(code_for_step(seed, 1, OtpProfile())) == 6
    assert row.state == "active"


def test_the_first_answer_says_where_the_code_went(world: World) -> None:
    answer = Device(world).begin().json()
    assert answer["identity"] == {
        "method": "sms",
        "sent_to": "010-****-5678",
        "expires_at": "2026-11-24T06:03:00.000Z",
        "attempts_left": 5,
        "resend_after": 30,
    }
    assert answer["expires_at"] == "2026-11-24T06:10:00.000Z"
    assert world.phones.messages[-1].to == E164
    assert "등록" in world.phones.messages[-1].text


def test_nobody_learns_from_the_first_step_who_is_on_a_roster(world: World) -> None:
    listed = Device(world).begin().json()
    unlisted = Device(world).begin(name="아무개", phone="010-9999-5678").json()
    assert {**listed, "enrolment_id": ""} == {**unlisted, "enrolment_id": ""}


def test_the_message_is_in_the_language_of_the_request(world: World) -> None:
    Device(world).begin(lang="en")
    assert "registration code" in world.phones.messages[-1].text


@pytest.mark.parametrize("text", [identity_code("ko", "123456", 3), replaced("ko")])
def test_a_korean_message_fits_into_one_short_message(text: str) -> None:
    assert len(text.encode("cp949")) <= 90


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"consent": None}, (422, "consent-required")),
        ({"name": " "}, (422, "invalid-name")),
        ({"name": "123"}, (422, "invalid-name")),
        ({"phone": "02-123-4567"}, (422, "invalid-phone")),
        ({"phone": ""}, (422, "invalid-phone")),
        ({"lang": "fr"}, (400, "malformed-request")),
        ({"name": 5}, (400, "malformed-request")),
    ],
)
def test_bad_values_are_refused_by_name(
    world: World, changes: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert told(Device(world).begin(**changes)) == expected
    assert world.phones.messages == []


def test_a_consent_must_be_given_and_to_the_text_in_force(world: World) -> None:
    changes: list[tuple[dict[str, Any], str]] = [
        ({"agreed": False}, "consent-required"),
        ({"version": "2020-01"}, "consent-outdated"),
        ({"sha256": "0" * 64}, "consent-outdated"),
        ({"lang": "en"}, "consent-outdated"),
    ]
    for change, slug in changes:
        assert told(Device(world).begin(consent=world.consent() | change)) == (422, slug)
    impossible = world.consent(agreed_at="2026-13-01T00:00:00.000Z")
    assert told(Device(world).begin(consent=impossible)) == (400, "malformed-request")


def test_a_kiosk_cannot_enrol_yet(world: World) -> None:
    device = Device(world)
    info = {
        "public_key": device.public_key(),
        "kind": "kiosk",
        "platform": "x",
        "app_version": "1",
        "label": "x",
    }
    assert told(device.begin(device=info)) == (422, "kiosk-required")


def test_a_first_step_whose_answer_was_lost_finds_its_enrolment(world: World) -> None:
    device = Device(world)
    consent_given = world.consent()
    first = device.begin(consent=consent_given).json()
    world.pass_seconds(10)
    again = device.begin(consent=consent_given).json()
    assert again["enrolment_id"] == first["enrolment_id"]
    assert again["identity"]["resend_after"] == 20
    assert len(world.phones.messages) == 1


def test_a_key_begins_only_one_enrolment(world: World) -> None:
    device = Device(world)
    device.begin()
    assert told(device.begin(phone="010-8765-4321")) == (409, "enrolment-conflict")
    other = Device(world).enrol()
    world.database(lambda c: c.execute(enrolment.delete()))
    assert told(other.begin()) == (409, "enrolment-conflict")


def test_a_message_that_does_not_leave_costs_nothing(world: World) -> None:
    device = Device(world)
    world.phones.broken = True
    for _ in range(7):
        response = device.begin()
        assert told(response) == (503, "unavailable")
        assert response.headers["retry-after"] == "5"
    world.phones.broken = False
    assert device.begin().status_code == 202
    assert device.prove().status_code == 200


def test_a_resend_too_soon_says_how_long_to_wait(world: World) -> None:
    device = Device(world)
    device.begin()
    world.pass_seconds(12)
    refused = device.step("identity/resend")
    assert told(refused) == (429, "too-many-requests")
    assert refused.json()["retry_after"] == 18
    assert refused.headers["retry-after"] == "18"
    world.pass_seconds(18)
    assert device.step("identity/resend").status_code == 202


def test_a_new_code_kills_the_old_and_keeps_the_count(world: World) -> None:
    device = Device(world)
    device.begin()
    old = world.phones.code()
    assert device.prove(_other(old)).json()["attempts_left"] == 4
    world.pass_seconds(30)
    assert device.step("identity/resend").json()["identity"]["attempts_left"] == 4
    if world.phones.code() != old:
        assert device.prove(old).json()["attempts_left"] == 3
    assert device.prove().status_code == 200


def test_five_messages_a_day_go_to_a_number_whoever_asks(world: World) -> None:
    for _ in range(5):
        assert Device(world).begin().status_code == 202
    refused = Device(world).begin(name="아무개")
    assert told(refused) == (429, "too-many-requests")
    # START is 15:00 in Seoul.
    assert refused.json()["retry_after"] == 9 * 3600
    assert Device(world).begin(phone="010-8765-4321").status_code == 202
    world.pass_seconds(9 * 3600)
    assert Device(world).begin().status_code == 202


def test_the_fifth_wrong_code_ends_the_enrolment(world: World) -> None:
    device = Device(world)
    device.begin()
    right = world.phones.code()
    for left in (4, 3, 2, 1):
        refused = device.prove(_other(right))
        assert told(refused) == (403, "identity-code-wrong")
        assert refused.json()["attempts_left"] == left
    assert told(device.prove(_other(right))) == (410, "enrolment-expired")
    assert told(device.prove(right)) == (410, "enrolment-expired")
    world.pass_seconds(30)
    assert told(device.step("identity/resend")) == (410, "enrolment-expired")


def test_the_very_same_wrong_values_count_once(world: World) -> None:
    device = Device(world)
    device.begin()
    wrong = _other(world.phones.code())
    key_share = b64url_encode(bytes(range(32)))
    for _ in range(3):
        assert device.prove(wrong, key_share=key_share).json()["attempts_left"] == 4


def test_an_old_code_is_told_from_a_wrong_one_and_costs_no_try(world: World) -> None:
    device = Device(world)
    device.begin()
    world.pass_seconds(180)
    refused = device.prove()
    assert told(refused) == (403, "identity-code-expired")
    assert refused.json()["attempts_left"] == 5
    assert device.step("identity/resend").status_code == 202
    assert device.prove().status_code == 200


def test_an_enrolment_lasts_ten_minutes(world: World) -> None:
    device = Device(world)
    device.begin()
    world.pass_seconds(600)
    assert told(device.prove()) == (410, "enrolment-expired")
    assert told(device.step("identity/resend")) == (410, "enrolment-expired")


def test_a_proven_number_without_a_roster_is_told_so(world: World) -> None:
    device = Device(world)
    device.begin(name="아무개")
    assert told(device.prove()) == (403, "roster-mismatch")


@pytest.mark.parametrize(
    "low_order", [bytes(32), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"]
)
def test_a_key_share_of_low_order_is_refused(world: World, low_order: bytes) -> None:
    device = Device(world)
    device.begin()
    refused = device.prove(key_share=b64url_encode(low_order))
    assert told(refused) == (400, "malformed-request")


def test_equal_values_again_give_the_equal_answer_until_expiry(world: World) -> None:
    device = Device(world)
    device.begin()
    body = {
        "code": world.phones.code(),
        "key_share": b64url_encode(bytes(range(32))),
        "pin_auth": pin_auth("pin"),
    }
    first = device.step("identity", body)
    assert first.status_code == 200
    world.pass_seconds(300)
    assert device.step("identity", body).content == first.content
    assert told(device.step("identity", body | {"pin_auth": pin_auth("x")})) == (
        409,
        "enrolment-conflict",
    )
    world.pass_seconds(300)
    assert told(device.step("identity", body)) == (410, "enrolment-expired")


def test_a_wrong_confirmation_is_refused(world: World) -> None:
    device = Device(world)
    device.begin()
    device.prove()
    body = {"confirmation": pin_auth("nothing"), "replace": None}
    assert told(device.step("confirm", body)) == (409, "enrolment-conflict")


def test_a_confirmation_before_the_code_is_refused(world: World) -> None:
    device = Device(world)
    device.begin()
    body = {"confirmation": pin_auth("nothing"), "replace": None}
    assert told(device.step("confirm", body)) == (409, "enrolment-conflict")


def test_the_confirmed_status_is_complete(world: World) -> None:
    device = Device(world)
    device.begin()
    device.prove()
    status = device.confirm().json()["status"]
    assert status == {
        "state": "active",
        "reason": None,
        "locks": [],
        "pin_attempts_left": 5,
        "code_attempts_left": 5,
        "time": "2026-11-24T06:00:00.000Z",
        "skew_seconds": 0.0,
        "policy": {
            "auto_lock_seconds": 120,
            "copy_code": True,
            "always_on_top": True,
            "hide_code": False,
        },
        "consent": {"version": "2026-12", "renew": False},
        "trainee": {"name_masked": "홍*동", "phone_masked": "010-****-5678"},
        "institutions": ["한빛훈련원"],
        "name_proof": "none",
        "newer_app": None,
    }


def test_a_confirmation_may_be_repeated_days_later(world: World) -> None:
    device = Device(world).enrol()
    world.pass_seconds(3 * 86400)
    assert device.confirm().status_code == 201
    assert world.events().count("registration-activated") == 1
    assert device.reset().status_code == 204
    refused = device.confirm()
    assert told(refused) == (410, "registration-revoked")
    assert refused.json()["reason"] == "reset"


def test_an_unconfirmed_enrolment_expires(world: World) -> None:
    device = Device(world)
    device.begin()
    device.prove()
    world.pass_seconds(600)
    assert told(device.confirm()) == (410, "enrolment-expired")


def test_another_device_must_be_named_to_be_replaced(world: World) -> None:
    old = Device(world).enrol()
    new = Device(world)
    new.begin()
    shown = new.prove().json()["replaces"]
    assert shown == {
        "registration_id": old.registration_id,
        "label": "연구실 PC",
        "since": "2026-11-24T06:00:00.000Z",
    }
    refused = new.confirm(None)
    assert told(refused) == (409, "already-registered")
    assert refused.json()["replaces"] == shown
    assert old.sync().status_code == 200
    assert new.confirm(old.registration_id).status_code == 201
    gone = old.sync()
    assert told(gone) == (410, "registration-revoked")
    assert gone.json()["reason"] == "replaced"
    assert new.confirm(old.registration_id).status_code == 201


def test_a_replacement_erases_the_old_seed_and_tells_the_owner(world: World) -> None:
    old = Device(world).enrol()
    Device(world).enrol(replaces=old.registration_id)

    def left(connection: Any) -> tuple[Any, int]:
        seed = select(registration.c.seed_sealed).where(registration.c.id == old.registration_id)
        shares = select(share.c.id).where(share.c.registration_id == old.registration_id)
        return connection.execute(seed).scalar(), len(connection.execute(shares).all())

    assert world.database(left) == (None, 0)
    _until(lambda: len(world.phones.messages) == 3)
    assert "해지" in world.phones.messages[-1].text
    _until(lambda: world.database(lambda c: c.execute(select(outgoing_message)).all()) == [])


def test_a_suspended_person_does_not_enrol_out_of_it(world: World) -> None:
    old = Device(world).enrol()
    new = Device(world)
    new.begin()
    new.prove()
    world.database(lambda c: c.execute(_suspend(old)))
    assert told(new.confirm(old.registration_id)) == (403, "registration-suspended")
    third = Device(world)
    third.begin()
    assert told(third.prove()) == (403, "registration-suspended")


def test_a_pending_registration_does_not_exist_for_its_routes(world: World) -> None:
    device = Device(world)
    device.begin()
    device.prove()
    assert told(device.sync()) == (404, "not-found")
    assert told(device.unlock()) == (404, "not-found")
    assert told(device.reset()) == (404, "not-found")


def test_the_consent_is_kept_with_its_text_s_hash(world: World) -> None:
    Device(world).enrol()
    row = world.database(lambda c: c.execute(select(consent)).one())
    assert (row.version, row.lang, row.withdrawn_at) == ("2026-12", "ko", None)
    assert row.sha256 == world.consent()["sha256"]


def test_nothing_readable_about_a_person_is_in_the_database_files(
    world: World, request: pytest.FixtureRequest
) -> None:
    device = Device(world).enrol()
    assert device.secrets is not None
    if world.config.database_url:
        content = request.getfixturevalue("cluster").content(world.config.database_url)
    else:
        files = world.config.data_folder().glob("motp.sqlite3*")
        content = b"".join(path.read_bytes() for path in files)
    assert b"reg_" in content
    for secret in (NAME.encode(), b"1234-5678", b"12345678", device.secrets.seed):
        assert secret not in content


def _other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def _suspend(device: Device) -> Any:
    return (
        update(registration)
        .where(registration.c.id == device.registration_id)
        .values(state="suspended")
    )


def _until(true: Any) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never happened")
