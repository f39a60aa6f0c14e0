import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.messages import TraineeRef, VerificationRequest
from motp_verifier.sealing import SealBroken
from motp_verifier.services.verification import (
    Accepted,
    BadName,
    BadPhone,
    Malformed,
    Rejected,
    VerificationOutcome,
)
from motp_verifier.store import tables
from tests.unit.verifier.site_world import MONTH, START, World

SCHOOL, OTHER = "school", "other"


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution(SCHOOL)
    world.add_institution(OTHER)
    world.add_to_roster(SCHOOL, "홍길동,010-1234-5678,hong", "김철수,010-2345-6789,kim")
    world.add_to_roster(OTHER, "홍길동,010-1234-5678,gildong")
    yield world
    world.close()


def said(outcome: VerificationOutcome) -> str | tuple[str, int | None]:
    match outcome:
        case Accepted():
            return "accepted"
        case Rejected():
            return outcome.reason, outcome.attempts_left
        case _:
            raise AssertionError(outcome)


@pytest.mark.parametrize(
    "profile", [OtpProfile(), OtpProfile(period=60), OtpProfile(algorithm="SHA256")]
)
@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_this_step_or_of_one_beside_it_is_accepted_once(
    world: World, steps: int, profile: OtpProfile
) -> None:
    device = world.register(SCHOOL, "hong", profile=profile)
    code = world.right_code(device, steps)
    answer = world.check(SCHOOL, "hong", code)
    assert isinstance(answer, Accepted)
    kept = world.rows(tables.verification)[0]["id"]
    assert (answer.verification_id, answer.at, answer.attempts_left) == (kept, START, 5)
    assert said(world.check(SCHOOL, "hong", code)) == ("code-used", 5)
    assert said(world.check(OTHER, "gildong", code)) == ("code-used", 5)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_two_steps_away_is_wrong(world: World, steps: int) -> None:
    device = world.register(SCHOOL, "hong")
    assert said(world.check(SCHOOL, "hong", world.right_code(device, steps))) == ("code-wrong", 4)


def test_after_a_code_the_ones_before_it_are_used_up_too(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    assert said(world.check(SCHOOL, "hong", world.right_code(device, 1))) == "accepted"
    assert said(world.check(SCHOOL, "hong", world.right_code(device, 0))) == ("code-used", 5)
    assert said(world.check(SCHOOL, "hong", world.right_code(device, -1))) == ("code-used", 5)


def test_an_older_code_that_was_not_typed_still_leaves_the_newer_ones(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    for steps in (-1, 0, 1):
        assert said(world.check(SCHOOL, "hong", world.right_code(device, steps))) == "accepted"


def test_a_wrong_code_does_not_use_up_the_right_one(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    world.check(SCHOOL, "hong", world.wrong_code(device))
    assert said(world.check(SCHOOL, "hong", world.right_code(device))) == "accepted"


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "12345a", "１２３４５６", " 12345", "-12345"]
)
def test_what_cannot_be_a_code_is_wrong_and_counted(world: World, code: str) -> None:
    world.register(SCHOOL, "hong")
    assert said(world.check(SCHOOL, "hong", code)) == ("code-wrong", 4)


def test_the_right_code_with_anything_around_it_is_wrong(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    assert said(world.check(SCHOOL, "hong", world.right_code(device) + "\n")) == ("code-wrong", 4)


def test_five_wrong_codes_in_a_row_lock_and_then_no_answer_depends_on_the_code(
    world: World,
) -> None:
    device = world.register(SCHOOL, "hong")
    answers = [said(world.check(SCHOOL, "hong", world.wrong_code(device))) for _ in range(5)]
    assert answers == [("code-wrong", left) for left in (4, 3, 2, 1, 0)]
    assert said(world.check(SCHOOL, "hong", world.right_code(device))) == ("locked", 0)
    assert said(world.check(SCHOOL, "hong", world.wrong_code(device))) == ("locked", 0)
    assert len(world.rows(tables.code_failure)) == 5


def test_a_lock_at_one_institution_leaves_the_others_open(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    for _ in range(5):
        world.check(SCHOOL, "hong", world.wrong_code(device))
    assert said(world.check(OTHER, "gildong", world.right_code(device))) == "accepted"


def test_a_used_code_is_no_failure_and_does_not_end_the_run(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    code = world.right_code(device)
    world.check(SCHOOL, "hong", code)
    for _ in range(4):
        world.check(SCHOOL, "hong", world.wrong_code(device))
    assert said(world.check(SCHOOL, "hong", code)) == ("code-used", 1)
    assert said(world.check(SCHOOL, "hong", world.wrong_code(device))) == ("code-wrong", 0)


def test_an_accepted_code_ends_the_run_but_not_the_count_of_30_days(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    answers = []
    for _ in range(4):
        world.now += 30_000
        for _ in range(4):
            answers.append(said(world.check(SCHOOL, "hong", world.wrong_code(device))))
        answers.append(said(world.check(SCHOOL, "hong", world.right_code(device))))
    assert answers == [*(("code-wrong", left) for left in (4, 3, 2, 1)), "accepted"] * 4
    # 16 of 20 are gone: four more, here and elsewhere, and codes are locked everywhere.
    last = [said(world.check(OTHER, "gildong", world.wrong_code(device))) for _ in range(2)]
    last += [said(world.check(SCHOOL, "hong", world.wrong_code(device))) for _ in range(2)]
    assert last == [("code-wrong", 3), ("code-wrong", 2), ("code-wrong", 1), ("code-wrong", 0)]
    world.now += 30_000
    for institution, trainee in ((SCHOOL, "hong"), (OTHER, "gildong")):
        assert said(world.check(institution, trainee, world.right_code(device))) == ("locked", 0)


def test_failures_are_forgotten_after_30_days_but_a_lock_stays(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    for _ in range(3):
        for _ in range(4):
            world.check(SCHOOL, "hong", world.wrong_code(device))
        world.now += 30_000
        world.check(SCHOOL, "hong", world.right_code(device))
    world.now = START + MONTH
    answers = [said(world.check(OTHER, "gildong", world.wrong_code(device))) for _ in range(5)]
    assert answers[-1] == ("code-wrong", 0)
    world.now += 2 * MONTH
    assert said(world.check(OTHER, "gildong", world.right_code(device))) == ("locked", 0)
    assert said(world.check(SCHOOL, "hong", world.wrong_code(device))) == ("code-wrong", 4)


def test_two_trainees_do_not_share_their_counts(world: World) -> None:
    hong = world.register(SCHOOL, "hong")
    kim = world.register(SCHOOL, "kim")
    for _ in range(5):
        world.check(SCHOOL, "hong", world.wrong_code(hong, kim))
    assert said(world.check(SCHOOL, "kim", world.right_code(kim))) == "accepted"


@pytest.mark.parametrize("lock", [{"pin_failures": 5}, {"code_locked_at": START}])
def test_a_locked_registration_answers_locked_whatever_the_code(
    world: World, lock: dict[str, int]
) -> None:
    device = world.register(SCHOOL, "hong")
    world.change(device, **lock)
    for code in (world.right_code(device), world.wrong_code(device), ""):
        assert said(world.check(SCHOOL, "hong", code)) == ("locked", 0)
    assert world.rows(tables.code_failure) == []


@pytest.mark.parametrize(
    ("states", "reason"),
    [
        ([], "not-registered"),
        (["pending"], "not-registered"),
        (["revoked"], "revoked"),
        (["revoked", "suspended"], "suspended"),
    ],
)
def test_without_an_active_registration_the_state_is_the_reason_and_nothing_counts(
    world: World, states: list[str], reason: str
) -> None:
    devices = [world.register(SCHOOL, "hong", state=state) for state in states]
    codes = [world.right_code(device) for device in devices] or ["123456"]
    for code in codes:
        assert said(world.check(SCHOOL, "hong", code)) == (reason, None)
    assert world.rows(tables.code_failure) == []


def test_a_revoked_registrations_code_is_wrong_beside_an_active_one(world: World) -> None:
    old = world.register(SCHOOL, "hong", state="revoked")
    world.register(SCHOOL, "hong")
    assert said(world.check(SCHOOL, "hong", world.right_code(old))) == ("code-wrong", 4)


def test_a_code_may_come_from_the_personal_or_the_kiosk_registration(world: World) -> None:
    personal = world.register(SCHOOL, "hong")
    kiosk = world.register(SCHOOL, "hong", kind="kiosk")
    for device in (personal, kiosk):
        assert said(world.check(SCHOOL, "hong", world.right_code(device))) == "accepted"
        assert said(world.check(SCHOOL, "hong", world.right_code(device))) == ("code-used", 5)
    wrong = world.wrong_code(personal, kiosk)
    answers = [said(world.check(SCHOOL, "hong", wrong)) for _ in range(6)]
    assert answers == [*(("code-wrong", left) for left in (4, 3, 2, 1, 0)), ("locked", 0)]


def test_beside_a_locked_registration_only_the_others_code_is_judged(world: World) -> None:
    personal = world.register(SCHOOL, "hong")
    kiosk = world.register(SCHOOL, "hong", kind="kiosk")
    world.change(personal, pin_failures=5)
    assert said(world.check(SCHOOL, "hong", world.right_code(personal))) == ("code-wrong", 4)
    assert said(world.check(SCHOOL, "hong", world.right_code(kiosk))) == "accepted"
    assert {row["registration_id"] for row in world.rows(tables.code_failure)} == {kiosk.id}


def test_a_trainee_is_found_by_name_and_number_however_they_are_written(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    trainee = TraineeRef(name=" 홍길동 ", phone="+82 10-1234-5678")
    outcome = world.run(world.checking(SCHOOL, trainee, world.right_code(device)))
    assert said(outcome) == "accepted"


@pytest.mark.parametrize(
    ("institution", "trainee"),
    [
        (OTHER, TraineeRef(id="kim")),
        (OTHER, TraineeRef(id="hong")),
        (OTHER, TraineeRef(name="김철수", phone="01023456789")),
        (SCHOOL, TraineeRef(name="홍길동", phone="01023456789")),
        (SCHOOL, TraineeRef(name="아무개", phone="01099999999")),
    ],
)
def test_whoever_is_not_in_this_institutions_roster_is_not_registered(
    world: World, institution: str, trainee: TraineeRef
) -> None:
    kim = world.register(SCHOOL, "kim")
    outcome = world.run(world.checking(institution, trainee, world.right_code(kim)))
    assert said(outcome) == ("not-registered", None)


@pytest.mark.parametrize(
    ("trainee", "client_ip", "course", "kind"),
    [
        (TraineeRef(), None, "C", Malformed),
        (TraineeRef(name="홍길동"), None, "C", Malformed),
        (TraineeRef(name="123", phone="01012345678"), None, "C", BadName),
        (TraineeRef(name="홍길동", phone="02-123-4567"), None, "C", BadPhone),
        (TraineeRef(id="hong"), "somewhere", "C", Malformed),
        (TraineeRef(id="hong"), None, "C\0", Malformed),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_not_counted(
    world: World, trainee: TraineeRef, client_ip: str | None, course: str, kind: type
) -> None:
    world.register(SCHOOL, "hong")
    request = VerificationRequest(
        trainee=trainee,
        course=course,
        class_="1",
        occasion="entry",
        code="000000",
        client_ip=client_ip,
    )
    assert isinstance(world.run(world.verification.verify(SCHOOL, request)), kind)
    assert world.rows(tables.verification) == []


def test_every_check_is_kept_with_its_circumstances(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    request = VerificationRequest(
        trainee=TraineeRef(id="hong"),
        course="C-7",
        class_="2",
        session=12,
        occasion="progress",
        code=world.right_code(device),
        client_ip="2001:DB8::1",
    )
    outcome = world.run(world.verification.verify(SCHOOL, request))
    assert isinstance(outcome, Accepted)
    world.check(SCHOOL, "nobody", "123456")
    first, second = world.rows(tables.verification)
    assert first == {
        "id": outcome.verification_id,
        "at": START,
        "institution_id": SCHOOL,
        "trainee_id": first["trainee_id"],
        "registration_id": device.id,
        "course": "C-7",
        "class": "2",
        "session": 12,
        "occasion": "progress",
        "method": "code",
        "client_ip": "2001:db8::1",
        "result": "accepted",
        "reason": None,
        "step": step_at(START, device.profile),
    }
    assert (second["trainee_id"], second["result"], second["reason"], second["step"]) == (
        None,
        "rejected",
        "not-registered",
        None,
    )


def test_equal_codes_at_once_are_accepted_once(world: World) -> None:
    device = world.register(SCHOOL, "hong")

    async def all_at_once() -> list[str | tuple[str, int | None]]:
        code = world.right_code(device)
        checks = [world.checking(SCHOOL, TraineeRef(id="hong"), code) for _ in range(20)]
        return [said(outcome) for outcome in await asyncio.gather(*checks)]

    answers = world.run(all_at_once())
    assert sorted(map(str, answers)) == sorted(map(str, ["accepted", *[("code-used", 5)] * 19]))


def test_wrong_codes_at_once_are_counted_exactly(world: World) -> None:
    device = world.register(SCHOOL, "hong")

    async def all_at_once() -> list[str | tuple[str, int | None]]:
        code = world.wrong_code(device)
        checks = [world.checking(SCHOOL, TraineeRef(id="hong"), code) for _ in range(50)]
        return [said(outcome) for outcome in await asyncio.gather(*checks)]

    answers = world.run(all_at_once())
    expected = [*(("code-wrong", left) for left in range(5)), *[("locked", 0)] * 45]
    assert sorted(map(str, answers)) == sorted(map(str, expected))
    assert len(world.rows(tables.code_failure)) == 5


def test_no_code_name_or_number_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    device = world.register(SCHOOL, "hong")
    code = code_for_step(device.seed, step_at(START, device.profile), device.profile)
    trainee = TraineeRef(name="홍길동", phone="010-1234-5678")
    with caplog.at_level(logging.DEBUG):
        world.run(world.checking(SCHOOL, trainee, code))
    assert code not in caplog.text
    assert "홍길동" not in caplog.text
    assert "1234" not in caplog.text


def test_a_registration_whose_seal_is_broken_fails_alone(world: World) -> None:
    broken, sound = world.register(SCHOOL, "hong"), world.register(SCHOOL, "kim")
    world.change(broken, seed_sealed=b"k1:" + bytes(60))

    async def both() -> tuple[object, object]:
        return await asyncio.gather(
            world.checking(SCHOOL, TraineeRef(id="hong"), "123456"),
            world.checking(SCHOOL, TraineeRef(id="kim"), world.right_code(sound)),
            return_exceptions=True,
        )

    first, second = world.run(both())
    assert isinstance(first, SealBroken)
    assert isinstance(second, Accepted)
    assert [row["result"] for row in world.rows(tables.verification)] == ["accepted"]


def test_one_trainee_under_two_names_in_one_batch_is_judged_in_order(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    code = world.right_code(device)
    person = TraineeRef(name="홍길동", phone="010-1234-5678")

    async def all_three() -> list[str | tuple[str, int | None]]:
        checks = [
            world.checking(SCHOOL, TraineeRef(id="hong"), code),
            world.checking(SCHOOL, person, code),
            world.checking(OTHER, TraineeRef(id="gildong"), code),
        ]
        return [said(outcome) for outcome in await asyncio.gather(*checks)]

    assert world.run(all_three()) == ["accepted", ("code-used", 5), ("code-used", 5)]
