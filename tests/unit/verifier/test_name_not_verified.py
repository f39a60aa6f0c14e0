"""A course that demands a number in the trainee's own name refuses codes of any other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_verifier.services.verification import Accepted, Rejected
from motp_verifier.store import tables
from tests.unit.verifier.site_world import Device, World

SCHOOL, OTHER = "school", "other"
COURSE = "C-1"


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution(SCHOOL)
    world.add_institution(OTHER)
    world.add_to_roster(SCHOOL, "홍길동,010-1234-5678,hong")
    world.add_to_roster(OTHER, "홍길동,010-1234-5678,gildong")
    world.named.add((SCHOOL, COURSE))
    yield world
    world.close()


def said(world: World, code: str, school: str = SCHOOL) -> str:
    outcome = world.check(school, "hong" if school == SCHOOL else "gildong", code)
    return outcome.reason if isinstance(outcome, Rejected) else "accepted"


def test_the_answer_does_not_depend_on_the_code_and_counts_and_uses_up_nothing(
    world: World,
) -> None:
    device = world.register(SCHOOL, "hong")
    right, wrong = world.right_code(device), world.wrong_code(device)
    for code in [right, *[wrong] * 6, "no code"]:
        outcome = world.check(SCHOOL, "hong", code)
        assert isinstance(outcome, Rejected)
        assert (outcome.reason, outcome.attempts_left) == ("name-not-verified", None)
    assert world.rows(tables.code_failure) == []
    assert world.rows(tables.code_run) == []
    # Elsewhere, and here once the name is verified, the same code is still good.
    world.change(device, name_verified_at=world.now)
    outcome = world.check(SCHOOL, "hong", right)
    assert isinstance(outcome, Accepted)
    assert outcome.attempts_left == 5


def test_each_refusal_is_kept_with_its_reason(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    said(world, world.right_code(device))
    (row,) = world.rows(tables.verification)
    assert (row["result"], row["reason"]) == ("rejected", "name-not-verified")
    assert row["registration_id"] == device.id
    assert row["step"] is None


def test_an_institution_that_does_not_demand_it_takes_the_code(world: World) -> None:
    device = world.register(SCHOOL, "hong")
    code = world.right_code(device)
    assert said(world, code) == "name-not-verified"
    assert said(world, code, OTHER) == "accepted"


def test_another_course_of_the_institution_takes_the_code(world: World) -> None:
    world.named = {(SCHOOL, "another")}
    device = world.register(SCHOOL, "hong")
    assert said(world, world.right_code(device)) == "accepted"


@pytest.mark.parametrize(
    "locked",
    [{"pin_failures": 5}, {"code_locked_at": 1}],
    ids=["by wrong PINs", "by wrong codes"],
)
def test_a_lock_goes_first_whatever_the_name_and_the_code(
    world: World, locked: dict[str, int]
) -> None:
    device = world.register(SCHOOL, "hong")
    world.change(device, **locked)
    right = world.right_code(device)
    assert said(world, right) == said(world, world.wrong_code(device)) == "locked"
    world.change(device, name_verified_at=world.now)
    assert said(world, right) == said(world, world.wrong_code(device)) == "locked"


@pytest.mark.parametrize(("state", "reason"), [("suspended",) * 2, ("revoked",) * 2])
def test_what_is_not_active_is_told_first(world: World, state: str, reason: str) -> None:
    device = world.register(SCHOOL, "hong", state=state)
    assert said(world, world.right_code(device)) == reason


def test_of_two_devices_only_the_one_in_the_trainee_s_name_is_asked(world: World) -> None:
    mine = world.register(SCHOOL, "hong")
    kiosk = world.register(SCHOOL, "hong", kind="kiosk")
    world.change(mine, name_verified_at=world.now)
    only_kiosk = _code_of_one_alone(world, kiosk, mine)
    # The other device's code is no code of the one that counts.
    assert said(world, only_kiosk) == "code-wrong"
    (failure,) = world.rows(tables.code_failure)
    assert failure["registration_id"] == mine.id
    assert said(world, world.right_code(mine)) == "accepted"


def _code_of_one_alone(world: World, device: Device, other: Device) -> str:
    others = {world.right_code(other, steps) for steps in (-1, 0, 1)}
    mine = [world.right_code(device, steps) for steps in (0, -1, 1)]
    return next(code for code in mine if code not in others)
