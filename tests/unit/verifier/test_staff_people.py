"""Staff find people by what these tell on the telephone, and see them masked."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import select

from motp_protocol.status_token import short_code
from motp_verifier.services.search_filling import SearchFilling
from motp_verifier.store.tables import audit_row, registration, trainee
from tests.unit.verifier.device_world import NAME, PHONE, Device, World, told
from tests.unit.verifier.staff_world import Helper, signed_in


@pytest.fixture
def helper(world: World) -> Helper:
    return signed_in(world)


def search(helper: Helper, q: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = helper.told("GET", "trainees", params={"q": q, **more})
    return found


@pytest.mark.parametrize("q", [PHONE, "+82 10 1234 5678", "01012345678", "5678", NAME, f" {NAME} "])
def test_a_person_is_found_by_number_ending_and_name(world: World, helper: Helper, q: str) -> None:
    device = Device(world).enrol()
    found = search(helper, q)
    assert (found["count"], found["next"]) == (1, None)
    (line,) = found["trainees"]
    assert line["name_masked"] == "홍*동"
    assert line["phone_masked"] == "010-****-5678"
    assert line["institutions"] == ["한빛훈련원"]
    assert (line["state"], line["locks"]) == ("active", [])
    assert device.sync().status_code == 200
    assert search(helper, q)["trainees"][0]["last_contact_at"] is not None


@pytest.mark.parametrize("q", ["5679", "010-1234-5679", "홍길", "없는사람", "1", "@", "reg_nobody"])
def test_nobody_else_is_found(helper: Helper, q: str) -> None:
    assert search(helper, q) == {"trainees": [], "count": 0, "next": None}


def test_a_person_is_found_by_short_code_and_registration(world: World, helper: Helper) -> None:
    device = Device(world).enrol()
    code = short_code(device.registration_id)
    for q in (code, code.replace("-", "").lower(), device.registration_id):
        assert search(helper, q)["count"] == 1, q


def test_somebody_who_never_registered_has_no_state(helper: Helper) -> None:
    (line,) = search(helper, NAME)["trainees"]
    assert (line["state"], line["locks"], line["last_contact_at"]) == (None, [], None)


def test_pages_follow_each_other_in_their_order(world: World, helper: Helper) -> None:
    for number in range(7):
        world.add_trainee("같은이름", f"+8210555500{number:02d}")
    pages = []
    cursor: str | None = None
    while True:
        more = {} if cursor is None else {"cursor": cursor}
        page = search(helper, "같은이름", limit=3, sort="created", **more)
        assert page["count"] == 7
        pages.append([each["trainee_id"] for each in page["trainees"]])
        cursor = page["next"]
        if cursor is None:
            break
    assert [len(each) for each in pages] == [3, 3, 1]
    assert len({each for page in pages for each in page}) == 7
    answer = helper.ask("GET", "trainees", params={"q": "같은이름", "cursor": "x"})
    assert told(answer) == (400, "malformed-request")


def test_the_latest_contact_comes_first(world: World, helper: Helper) -> None:
    for number in range(3):
        world.add_trainee("같은이름", f"+8210555500{number:02d}")
    (middle,) = search(helper, "010-5555-0001")["trainees"]
    device = Device(world)
    assert device.begin(name="같은이름", phone="010-5555-0001").status_code == 202
    assert device.prove().status_code == 200
    assert device.confirm().status_code == 201
    assert search(helper, "같은이름")["trainees"][0]["trainee_id"] == middle["trainee_id"]


def test_a_refused_number_is_found_for_a_day(world: World, helper: Helper) -> None:
    device = Device(world)
    assert device.begin(name="홍길순", phone="010-7777-8888").status_code == 202
    assert told(device.prove()) == (403, "roster-mismatch")
    (line,) = search(helper, "010 7777 8888")["trainees"]
    assert (line["name_masked"], line["phone_masked"]) == ("홍*순", "010-****-8888")
    page = helper.told("GET", f"trainees/{line['trainee_id']}")
    assert page["findings"][0]["cause"] == "roster-mismatch"
    assert page["registrations"] == []
    world.pass_seconds(24 * 3600 + 1)
    world_helper = signed_in(world, "lee")
    assert search(world_helper, "010 7777 8888")["count"] == 0
    assert told(world_helper.ask("GET", f"trainees/{line['trainee_id']}")) == (404, "not-found")


def test_each_reading_is_audited_without_what_was_typed(world: World, helper: Helper) -> None:
    search(helper, NAME)
    (line,) = search(helper, PHONE)["trainees"]
    helper.told("GET", f"trainees/{line['trainee_id']}")
    helper.told("POST", f"trainees/{line['trainee_id']}/person", {"reason": "이름이 맞는지 확인"})
    rows = world.database(
        lambda c: c.execute(
            select(audit_row).where(audit_row.c.kind.like("staff-%")).order_by(audit_row.c.id)
        ).all()
    )
    noted = [row for row in rows if row.kind not in {"staff-added", "staff-set-up"}]
    assert [row.kind for row in noted] == [
        "staff-searched", "staff-searched", "staff-trainee-read", "staff-person-shown",
    ]  # fmt: skip
    assert {row.actor for row in noted} == {"staff:kim"}
    assert len({row.subject for row in noted}) == 1
    assert noted[-1].reason == "이름이 맞는지 확인"
    assert json.loads(noted[1].detail)["by"] == "number"
    kept = "".join(row.detail for row in noted)
    assert NAME not in kept
    assert "5678" not in kept


def test_name_and_number_are_shown_in_full_for_a_reason_alone(world: World, helper: Helper) -> None:
    (line,) = search(helper, NAME)["trainees"]
    path = f"trainees/{line['trainee_id']}/person"
    shown = helper.told("POST", path, {"reason": "통화로 본인 확인"})
    assert shown == {"name": NAME, "phone": "+821012345678"}
    assert told(helper.ask("POST", path, {"reason": ""})) == (400, "malformed-request")
    numbered = helper.ask("POST", path, {"reason": "010-1234-5678 확인"})
    assert told(numbered) == (422, "invalid-reason")
    auditor = signed_in(world, "park", "auditor")
    assert told(auditor.ask("POST", path, {"reason": "감사"})) == (403, "role-not-allowed")
    assert auditor.told("GET", f"trainees/{line['trainee_id']}")["name_masked"] == "홍*동"


def test_without_a_session_nothing_is_shown(world: World) -> None:
    nobody = Helper(world, "", "")
    for method, path in [("GET", "trainees?q=5678"), ("GET", "trainees/tra_1")]:
        assert told(nobody.ask(method, path)) == (401, "bad-session")


def test_one_of_the_staff_may_not_read_without_end(world: World, helper: Helper) -> None:
    answers = [helper.ask("GET", "trainees", params={"q": "0000"}) for _ in range(601)]
    assert [each.status_code for each in answers] == [200] * 600 + [429]


def test_the_page_shows_what_is_known(world: World, helper: Helper) -> None:
    device = Device(world).enrol()
    assert device.sync().status_code == 200
    (line,) = search(helper, PHONE)["trainees"]
    page = helper.told("GET", f"trainees/{line['trainee_id']}")
    assert [each["cause"] for each in page["findings"]] == ["all-well"]
    (shown,) = page["registrations"]
    assert shown["registration_id"] == device.registration_id
    assert shown["short_code"] == short_code(device.registration_id)
    assert (shown["state"], shown["locks"], shown["pin_attempts_left"]) == ("active", [], 5)
    assert page["consent"]["current"]
    assert [each["name"] for each in page["institutions"]] == ["한빛훈련원"]
    assert "registration-activated" in [each["kind"] for each in page["events"]]
    assert len(page["days"]) == 30


def test_people_of_older_databases_become_findable(world: World, helper: Helper) -> None:
    device = Device(world).enrol()

    def forget(connection: Any) -> None:
        connection.execute(trainee.update().values(name_index=None, ending_index=None))
        connection.execute(registration.update().values(short_code=None))

    world.database(forget)
    assert search(helper, NAME)["count"] == 0
    runtime = world.runtime

    async def fill() -> None:
        await SearchFilling(runtime.store, runtime.keys, runtime.now).run()

    asyncio.run(fill())
    for q in (NAME, "5678", short_code(device.registration_id)):
        assert search(helper, q)["count"] == 1, q
