"""A new consent where the document changed, over HTTP."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from motp_verifier.resource_files import resource_folder
from motp_verifier.store.tables import consent, registration
from tests.unit.verifier.device_world import Device, World, running, told

OLDER, NEWER = "2026-11", "2027-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Consent documents: the released ones, and a newer one."""
    folder = tmp_path / "consents"
    shutil.copytree(resource_folder("consents"), folder)
    for lang in ("ko", "en"):
        path = folder / f"{OLDER}.{lang}.json"
        newer = json.loads(path.read_text("utf-8")) | {"version": NEWER}
        (folder / f"{NEWER}.{lang}.json").write_text(json.dumps(newer), "utf-8")
    return folder


@pytest.fixture
def device(tmp_path: Path, folder: Path) -> Iterator[Device]:
    """Enrolled under the older document, at a verifier that has put the newer one in force."""
    with running(tmp_path, consent_dir=str(folder), consent_version=OLDER) as world:
        world.add_trainee()
        old = Device(world).enrol()
        assert old.sync().json()["consent"] == {"version": OLDER, "renew": False}
    with running(tmp_path, consent_dir=str(folder), consent_version=NEWER) as world:
        old.world = world
        yield old


def versions(world: World) -> list[str]:
    query = select(consent.c.version).order_by(consent.c.recorded_at)
    return list(world.database(lambda c: c.execute(query).scalars().all()))


def test_a_changed_document_asks_for_a_new_consent_and_stops_nothing(device: Device) -> None:
    assert device.sync().json()["consent"]["renew"]
    assert device.unlock().json()["status"]["consent"]["renew"]


def test_a_new_consent_is_kept_beside_the_old_one(device: Device) -> None:
    before = versions(device.world)
    renewed = device.renew_consent()
    assert renewed.status_code == 200
    assert renewed.json()["consent"] == {"version": NEWER, "renew": False}
    assert versions(device.world) == [*before, NEWER]
    assert device.world.events()[-1] == "consent-given"


def test_the_same_consent_again_is_kept_once(device: Device) -> None:
    device.renew_consent()
    assert device.renew_consent(lang="ko").status_code == 200
    assert versions(device.world).count(NEWER) == 1
    assert device.world.events().count("consent-given") == 2, "the enrolment's, and this one"


def test_a_consent_to_another_text_is_refused(device: Device) -> None:
    for changes in ({"version": "2026-11"}, {"sha256": "0" * 64}):
        assert told(device.renew_consent(**changes)) == (422, "consent-outdated")
    assert device.sync().json()["consent"]["renew"]


def test_a_consent_that_says_no_is_no_consent(device: Device) -> None:
    assert told(device.renew_consent(agreed=False)) == (422, "consent-required")
    assert NEWER not in versions(device.world)


def test_a_time_that_is_none_is_malformed(device: Device) -> None:
    refused = device.renew_consent(agreed_at="2026-13-01T00:00:00.000Z")
    assert told(refused) == (400, "malformed-request")


def test_a_suspension_is_not_in_its_way_and_an_end_is(device: Device) -> None:
    device.world.database(lambda c: c.execute(update(registration).values(state="suspended")))
    assert device.renew_consent().json()["state"] == "suspended"
    device.reset()
    assert told(device.renew_consent()) == (410, "registration-revoked")


def test_another_s_registration_cannot_be_consented_for(device: Device) -> None:
    stranger = Device(device.world, registration_id=device.registration_id)
    assert told(stranger.renew_consent()) == (401, "bad-signature")


def test_a_withdrawal_takes_back_every_consent_of_the_registration(device: Device) -> None:
    device.renew_consent()
    assert device.reset(withdraw=True).status_code == 204
    query = select(consent.c.withdrawn_at)
    withdrawn = device.world.database(lambda c: c.execute(query).scalars().all())
    assert withdrawn == [device.world.now] * 2


def test_turning_the_identity_agency_on_asks_everybody_once(tmp_path: Path) -> None:
    with running(tmp_path) as world:
        world.add_trainee()
        device = Device(world).enrol()
        assert device.sync().json()["consent"] == {"version": "2026-12", "renew": False}
    with running(tmp_path, identity="outbox") as world:
        device.world = world
        assert device.sync().json()["consent"] == {"version": "2026-12", "renew": True}
        assert device.use("consent", world.consent()).status_code == 200
        named = {"version": "2026-12-identity", "renew": False}
        assert device.sync().json()["consent"] == named
    with running(tmp_path) as world:
        device.world = world
        assert device.sync().json()["consent"] == {"version": "2026-12", "renew": False}
