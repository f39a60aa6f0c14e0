"""What is needed: asked by sites over HTTP, and by devices for their day."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import insert

from motp_protocol.encoding import format_time
from motp_verifier.store import tables
from tests.unit.verifier import device_world
from tests.unit.verifier.device_world import Device, told
from tests.unit.verifier.site_world import World
from tests.unit.verifier.test_verification_http import bearer, body

DAY = 86_400_000


@pytest.fixture
def school(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("school")
    world.add_to_roster("school", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


@pytest.fixture
def site(school: World) -> Iterator[TestClient[Litestar]]:
    with TestClient(school.site_app(), raise_server_exceptions=False) as client:
        yield client


def ask(site: TestClient[Litestar], school: World, **changes: Any) -> Any:
    query = {"trainee_id": "hong", "course": "C-1", "class": "1", "occasion": "lesson"}
    values = {key: value for key, value in (query | changes).items() if value is not None}
    return site.get("/v1/requirements", params=values, headers=bearer(school))


def test_a_lesson_is_needed_until_a_code_was_accepted_that_day(
    school: World, site: TestClient[Litestar]
) -> None:
    device = school.register("school", "hong")
    nothing = {"satisfied_by": None, "satisfied_until": None}
    first = ask(site, school)
    assert first.json() == {"required": True, "rule": "first-lesson"} | nothing
    checked = site.post(
        "/v1/verifications", json=body(school.right_code(device)), headers=bearer(school)
    ).json()
    assert ask(site, school).json() == {
        "required": False,
        "rule": "once-per-day",
        "satisfied_by": checked["verification_id"],
        "satisfied_until": checked["satisfied_until"],
    }
    assert ask(site, school, **{"class": "2"}).json()["rule"] == "first-lesson"
    assert ask(site, school, occasion="entry").json()["required"]
    assert (
        ask(site, school, occasion="exam").json()
        == {
            "required": True,
            "rule": "every-time",
        }
        | nothing
    )
    school.now += DAY
    assert ask(site, school).json() == {"required": True, "rule": "once-per-day"} | nothing


def test_a_rejected_code_meets_nothing(school: World, site: TestClient[Litestar]) -> None:
    device = school.register("school", "hong")
    wrong = body(school.wrong_code(device))
    assert site.post("/v1/verifications", json=wrong, headers=bearer(school)).status_code == 200
    assert ask(site, school).json()["required"]


def test_a_trainee_is_named_by_name_and_number_too(
    school: World, site: TestClient[Litestar]
) -> None:
    answer = ask(site, school, trainee_id=None, name=" 홍길동 ", phone="010 1234 5678")
    assert answer.json()["required"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"trainee_id": "nobody"}, (404, "not-found")),
        ({"trainee_id": None}, (400, "malformed-request")),
        ({"trainee_id": None, "name": "7", "phone": "01012345678"}, (422, "invalid-name")),
        ({"trainee_id": None, "name": "홍길동", "phone": "119"}, (422, "invalid-phone")),
        ({"occasion": "party"}, (400, "malformed-request")),
        ({"course": None}, (400, "malformed-request")),
        ({"class": None}, (400, "malformed-request")),
        ({"class": "a\0b"}, (400, "malformed-request")),
        ({"session": "1000"}, (400, "malformed-request")),
        ({"session": "x"}, (400, "malformed-request")),
        ({"trainee_id": "a b"}, (400, "malformed-request")),
    ],
    ids=str,
)
def test_a_question_of_another_form_is_refused(
    school: World, site: TestClient[Litestar], changes: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert told(ask(site, school, **changes)) == expected


def test_without_a_key_nothing_is_told(site: TestClient[Litestar]) -> None:
    assert told(site.get("/v1/requirements")) == (401, "bad-api-key")


def check(world: device_world.World, number: int, **values: Any) -> None:
    """A check as it is kept, of the only trainee."""

    def work(connection: Any) -> None:
        trainee_id = connection.execute(tables.trainee.select()).first().id
        row = {
            "id": f"ver_{number}",
            "at": world.now - number,
            "institution_id": "inst",
            "trainee_id": trainee_id,
            "course": "C-1",
            "class": "1",
            "session": number,
            "occasion": "lesson",
            "method": "code",
            "result": "accepted",
        }
        connection.execute(insert(tables.verification).values(row | values))

    world.database(work)


def read(device: Device, what: str, query: str = "", **options: Any) -> Any:
    path = f"/v1/registrations/{device.registration_id}/{what}"
    return device.send("GET", path, query=query, **options)


def test_a_device_reads_the_history_of_its_owner_the_newest_first(
    world: device_world.World,
) -> None:
    device = Device(world).enrol()
    for number in range(25):
        check(world, number)
    check(world, 25, at=world.now + 1, result="rejected", reason="code-wrong")
    answer = read(device, "history", "limit=2")
    assert answer.status_code == 200, answer.text
    checks = answer.json()["checks"]
    assert [each["verification_id"] for each in checks] == ["ver_25", "ver_0"]
    assert checks[0]["reason"] == "code-wrong"
    assert checks[1] == {
        "verification_id": "ver_0",
        "verified_at": format_time(world.now),
        "institution": "한빛훈련원",
        "course": "C-1",
        "class": "1",
        "session": 0,
        "occasion": "lesson",
        "method": "code",
        "result": "accepted",
        "reason": None,
    }
    assert len(read(device, "history").json()["checks"]) == 20


def test_a_device_reads_what_is_still_needed_today(world: device_world.World) -> None:
    device = Device(world).enrol()
    assert read(device, "requirements").json()["requirements"] == []
    check(world, 1, at=world.now - DAY)
    check(world, 2, at=world.now - DAY - 1, course="C-2")
    check(world, 3, course="C-2", occasion="entry")
    check(world, 4, at=world.now - 31 * DAY, course="C-3")
    found = read(device, "requirements").json()["requirements"]
    assert [
        (each["course"], each["occasion"], each["required"], each["rule"]) for each in found
    ] == [
        ("C-2", "entry", False, "once-per-class"),
        ("C-2", "lesson", True, "once-per-day"),
        ("C-1", "entry", True, "once-per-class"),
        ("C-1", "lesson", True, "once-per-day"),
    ]
    assert found[0]["satisfied_by"] == "ver_3"


@pytest.mark.parametrize("what", ["history", "requirements"])
def test_a_device_reads_only_its_own_and_each_signed_request_once(
    world: device_world.World, what: str
) -> None:
    device = Device(world).enrol()
    path = f"/v1/registrations/{device.registration_id}/{what}"
    assert told(Device(world).send("GET", path)) == (401, "bad-signature")
    assert told(world.client.get(path)) == (401, "bad-signature")
    assert told(device.send("GET", path.replace(device.registration_id, "reg_other"))) == (
        404,
        "not-found",
    )
    nonce = b"n" * 16
    assert read(device, what, nonce=nonce).status_code == 200
    assert told(read(device, what, nonce=nonce)) == (401, "replayed-request")
    device.reset()
    assert told(read(device, what)) == (410, "registration-revoked")


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1"])
def test_a_limit_out_of_range_is_malformed(world: device_world.World, limit: str) -> None:
    device = Device(world).enrol()
    assert told(read(device, "history", f"limit={limit}")) == (400, "malformed-request")


def test_the_published_keys_may_be_kept_for_a_while(world: device_world.World) -> None:
    answer = world.client.get("/.well-known/jwks.json")
    assert answer.headers["content-type"] == "application/jwk-set+json"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert len(answer.json()["keys"]) == 1
