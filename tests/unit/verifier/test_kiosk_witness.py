"""A registration of kind `kiosk` is made and opened at its kiosk, and nowhere else."""

import secrets

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx import Response
from sqlalchemy import select

from motp_protocol.signature import KIOSK_LABEL, RequestParts, sign_request
from motp_verifier.store.tables import registration
from tests.unit.verifier.device_world import Device, World, beside_each_other, told
from tests.unit.verifier.kiosk_world import Kiosk, add_institution, change, enrolled


@pytest.fixture
def pc(world: World) -> Kiosk:
    return enrolled(world)


def test_a_trainee_enrols_and_unlocks_at_a_kiosk(world: World, pc: Kiosk) -> None:
    device = pc.device().enrol()
    assert device.unlock().status_code == 200
    assert device.change_pin("new", try_="b").status_code == 200
    query = select(registration.c.kind, registration.c.kiosk_id)
    assert world.database(lambda c: c.execute(query).all()) == [("kiosk", pc.id)]


def test_without_a_kiosk_s_word_nobody_enrols(world: World, pc: Kiosk) -> None:
    device = pc.device()
    device.kiosk_key = Ed25519PrivateKey.generate()
    assert told(device.begin()) == (422, "kiosk-required")
    info = {
        "public_key": device.public_key(), "kind": "kiosk", "platform": "x",
        "app_version": "0.1.0", "label": "x",
    }  # fmt: skip
    device.kiosk_key = None
    assert told(device.begin(device=info)) == (422, "kiosk-required")
    change(world, pc.id, "revoke")
    assert told(pc.device().begin()) == (422, "kiosk-required")


def test_a_registration_opens_at_no_other_kiosk_and_without_none(world: World, pc: Kiosk) -> None:
    device = pc.device().enrol()
    for key in (None, enrolled(world).key, Ed25519PrivateKey.generate()):
        device.kiosk_key = key
        for wrong in ("pin", "wrong"):
            assert told(device.unlock(pin=wrong, try_="x")) == (401, "bad-signature")
            assert told(device.change_pin("new", pin=wrong)) == (401, "bad-signature")
    device.kiosk_key = pc.key
    assert told(device.unlock(pin="wrong")) == (403, "pin-wrong")
    assert device.unlock(try_="b").status_code == 200


def test_a_locked_kiosk_serves_nobody_and_counts_nothing(world: World, pc: Kiosk) -> None:
    device = pc.device().enrol()
    change(world, pc.id, "lock")
    for pin in ("pin", "wrong"):
        for number in range(6):
            assert told(device.unlock(pin=pin, try_=f"{number}")) == (403, "kiosk-locked")
    assert told(pc.device().begin()) == (403, "kiosk-locked")
    change(world, pc.id, "unlock")
    assert device.unlock().status_code == 200


def test_a_kiosk_that_is_locked_meanwhile_ends_what_was_begun_there(
    world: World, pc: Kiosk
) -> None:
    device = pc.device()
    assert device.begin().status_code == 202
    change(world, pc.id, "lock")
    assert told(device.prove()) == (403, "kiosk-locked")
    change(world, pc.id, "unlock")
    assert device.prove().status_code == 200
    late = pc.device()
    world.add_trainee("김영희", "+821022223333")
    assert late.begin(name="김영희", phone="010-2222-3333").status_code == 202
    change(world, pc.id, "revoke")
    assert told(late.prove()) == (422, "kiosk-required")


def test_a_kiosk_serves_its_own_institution_s_trainees(world: World) -> None:
    add_institution(world, "other")
    elsewhere = enrolled(world, "other")
    device = elsewhere.device()
    assert device.begin().status_code == 202
    assert told(device.prove()) == (403, "roster-mismatch")


def test_a_trainee_has_one_personal_and_one_kiosk_registration(world: World, pc: Kiosk) -> None:
    personal = Device(world).enrol()
    first = pc.device().enrol()
    world.pass_seconds(60)
    second = enrolled(world).device()
    assert second.begin().status_code == 202
    keys = second.prove().json()
    assert keys["replaces"]["registration_id"] == first.registration_id
    assert second.confirm(first.registration_id).status_code == 201
    assert told(first.unlock()) == (410, "registration-revoked")
    assert personal.unlock().status_code == 200
    assert second.unlock().status_code == 200


def test_a_personal_device_is_served_whatever_a_kiosk_says_beside_it(
    world: World, pc: Kiosk
) -> None:
    device = Device(world).enrol()
    device.kiosk_key = pc.key
    assert device.unlock().status_code == 200
    change(world, pc.id, "lock")
    assert device.unlock(try_="b").status_code == 200


def test_a_kiosk_s_word_is_for_one_request(world: World, pc: Kiosk) -> None:
    """Its nonce is used up with it, and it covers what the device signed."""
    device = pc.device().enrol()
    device.kiosk_key = None
    sent = _unlock_body(device, "a")
    path = f"/v1/registrations/{device.registration_id}/unlock"
    word = _word(pc, RequestParts("POST", device.authority, path, "", sent), world.now // 1000)
    assert _present(device, path, sent, word).status_code == 200
    assert told(_present(device, path, sent, word)) == (401, "replayed-request")
    other = _unlock_body(device, "b")
    assert told(_present(device, path, other, word)) == (401, "bad-signature")
    parts = RequestParts("POST", device.authority, path, "", other)
    old = _word(pc, parts, world.now // 1000 - 301)
    assert told(_present(device, path, other, old)) == (401, "clock-skew")


def _word(pc: Kiosk, parts: RequestParts, created: int) -> dict[str, str]:
    nonce = secrets.token_bytes(16)
    return sign_request(pc.key, parts, created=created, nonce=nonce, label=KIOSK_LABEL)


def _unlock_body(device: Device, try_: str) -> bytes:
    return msgspec.json.encode(device.pin_entry("pin", try_))


def _present(device: Device, path: str, raw: bytes, word: dict[str, str]) -> Response:
    parts = RequestParts("POST", device.authority, path, "", raw)
    created = device.world.now // 1000
    own = sign_request(device.key, parts, created=created, nonce=secrets.token_bytes(16))
    headers = {"Content-Type": "application/json"} | beside_each_other(own, word)
    return device.world.client.post(path, content=raw, headers=headers)
