"""Twelve complaints as people really make them: the page names the cause of each."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.services.audit.verifying import AuditVerification
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.store.tables import consent
from tests.unit.verifier.device_world import NAME, PHONE, Device, World, running, told
from tests.unit.verifier.helpdesk_world import WHY, Scene

REFUND = "R-1"
DAY = 24 * 3600


class RefundCourses:
    """One course wants numbers that are in the trainee's own name."""

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        return course == REFUND

    def name_ever_required(self, institution_id: str) -> bool:
        return True


@pytest.fixture
def scene(tmp_path: Path, database_url: str) -> Iterator[Scene]:
    with running(tmp_path, database_url=database_url, names=RefundCourses()) as world:
        world.add_trainee()
        yield Scene(world)


def gravest(scene: Scene) -> dict[str, Any]:
    return scene.findings()[0]


def found(scene: Scene, cause: str) -> dict[str, Any]:
    (finding,) = [each for each in scene.findings() if each["cause"] == cause]
    return finding


def wrong_clock(scene: Scene) -> None:
    """ "The code is always wrong": the PC is four minutes slow."""
    scene.device.offset = -240
    assert scene.device.sync().status_code == 200
    assert (gravest(scene)["cause"], gravest(scene)["seconds"]) == ("clock-wrong", -240)


def pin_locked(scene: Scene) -> None:
    """ "It does not let me in": five wrong PINs."""
    scene.lock_pin()
    finding = gravest(scene)
    assert (finding["cause"], finding["count"]) == ("pin-locked", 5)
    assert finding["at"] is not None
    assert scene.act("lift-pin-lock").status_code == 200
    assert scene.device.unlock(try_="right").status_code == 200


def codes_locked(scene: Scene) -> None:
    """ "The site says locked": five wrong codes, two of them of some minutes before."""
    old = scene.code()
    scene.world.pass_seconds(240)
    for code in (old, old, scene.wrong(), scene.wrong(), scene.wrong()):
        assert scene.check(code)["reason"] == "code-wrong"
        scene.world.pass_seconds(1)
    finding = gravest(scene)
    assert (finding["cause"], finding["count"], finding["old"]) == ("code-locked", 5, 2)
    assert (finding["institution"], finding["source"]) == ("한빛훈련원", "203.0.113.9")
    assert scene.act("lift-code-lock").status_code == 200
    assert scene.check(scene.code())["result"] == "accepted"


def replayed(scene: Scene) -> None:
    """ "It was right a moment ago": the same code once more."""
    code = scene.code()
    assert scene.check(code)["result"] == "accepted"
    scene.world.pass_seconds(1)
    assert scene.check(code)["reason"] == "code-used"
    finding = gravest(scene)
    assert (finding["cause"], finding["institution"]) == ("code-used", "한빛훈련원")


def revoked(scene: Scene) -> None:
    """ "I gave my PC away": it is revoked for them."""
    assert scene.act("revoke").status_code == 200
    finding = gravest(scene)
    assert finding["cause"] == "revoked"
    assert finding["registration_id"] == scene.device.registration_id


def cloned(scene: Scene) -> None:
    """ "The app wants me to register again": the vault was copied."""
    copy = scene.device.share_id
    assert scene.device.unlock(try_="a").status_code == 200
    assert scene.device.unlock(try_="b").status_code == 200
    answer = scene.device.unlock(try_="c", share_id=copy)
    assert told(answer) == (409, "device-cloned")
    assert gravest(scene)["cause"] == "cloned"


def roster_mismatch(scene: Scene) -> None:
    """ "It says that I am on no list": the name was misspelt."""
    scene.world.pass_seconds(60)
    other = Device(scene.world)
    assert other.begin(name="홍길둥", phone=PHONE).status_code == 202
    assert told(other.prove()) == (403, "roster-mismatch")
    assert gravest(scene)["cause"] == "roster-mismatch"


def never_registered(scene: Scene) -> None:
    """ "Which code?": listed, and nothing more."""
    scene.world.add_trainee("김새로", "+821099998888")
    (line,) = scene.helper.told("GET", "trainees", params={"q": "김새로"})["trainees"]
    page = scene.helper.told("GET", f"trainees/{line['trainee_id']}")
    assert page["findings"][0]["cause"] == "never-registered"


def consent_outdated(scene: Scene) -> None:
    """ "It asks me to agree again": the document changed."""
    scene.world.database(lambda c: c.execute(update(consent).values(version="2001-01")) and None)
    assert gravest(scene)["cause"] == "consent-outdated"
    assert scene.device.renew_consent().status_code == 200
    assert gravest(scene)["cause"] == "all-well"


def offline(scene: Scene) -> None:
    """ "The app says that it has no connection": not heard of for three days."""
    scene.world.pass_seconds(3 * DAY)
    scene.helper.first = ""
    assert scene.helper.sign_in().status_code == 201
    finding = gravest(scene)
    assert (finding["cause"], finding["seconds"]) == ("offline", 3 * DAY)


def moved(scene: Scene) -> None:
    """ "My old PC does not work any more": another took its place."""
    old = scene.device.registration_id
    scene.world.pass_seconds(60)
    scene.device = Device(scene.world).enrol(replaces=old)
    finding = found(scene, "replaced")
    assert finding["registration_id"] == old
    assert scene.findings() == [finding]


def not_in_own_name(scene: Scene) -> None:
    """ "This course alone refuses me": the telephone is somebody else's."""
    answer = scene.site.ask(
        "POST",
        "/v1/verifications",
        json={
            "trainee": {"name": NAME, "phone": PHONE},
            "course": REFUND,
            "class": "1",
            "occasion": "entry",
            "code": scene.code(),
        },
    )
    assert answer.json()["reason"] == "name-not-verified"
    finding = gravest(scene)
    assert (finding["cause"], finding["institution"]) == ("name-not-verified", "한빛훈련원")


CASES: list[Callable[[Scene], None]] = [
    wrong_clock, pin_locked, codes_locked, replayed, revoked, cloned, roster_mismatch,
    never_registered, consent_outdated, offline, moved, not_in_own_name,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_page_names_the_cause(scene: Scene, case: Callable[[Scene], None]) -> None:
    assert gravest(scene)["cause"] == "all-well"
    case(scene)


def test_every_action_is_in_the_sealed_chain_with_its_reason(scene: Scene) -> None:
    pin_locked(scene)
    codes_locked(scene)
    for action in ("suspend", "resume"):
        assert scene.act(action, f"{WHY}: {action}").status_code == 200
    assert scene.bypass().status_code == 201
    path = f"trainees/{scene.trainee_id}/person"
    scene.helper.told("POST", path, {"reason": "이름 확인"})
    revoked(scene)
    rows = [
        row
        for kind in (
            "staff-pin-lock-lifted", "staff-code-lock-lifted", "staff-suspended", "staff-resumed",
            "staff-bypass-issued", "staff-person-shown", "staff-revoked",
        )
        for row in scene.audited(kind)
    ]  # fmt: skip
    assert len(rows) == 7
    assert all(row.reason and row.actor == "staff:kim" and row.subject for row in rows)
    runtime = scene.world.runtime

    async def verify() -> None:
        keys = SigningKeys(runtime.store, runtime.keys, runtime.now)
        await keys.refresh()
        await Sealer(
            runtime.store, runtime.keys, keys, scene.world.config.origin(), runtime.now
        ).seal()
        report = await AuditVerification(runtime.store, runtime.keys).run(
            await keys.public_keys(), iter(())
        )
        assert (report.findings, report.unsealed) == ((), 0)

    asyncio.run(verify())
    assert scene.world.events().count("staff-revoked") == 1


def test_somebody_who_is_well_is_told_so(world: World) -> None:
    assert [each["cause"] for each in Scene(world).findings()] == ["all-well"]
