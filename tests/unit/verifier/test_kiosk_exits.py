"""The administrator's exit is counted by the verifier, exactly."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.unit.verifier.device_world import World, told
from tests.unit.verifier.kiosk_world import Kiosk, enrolled

LOCK_SECONDS = 15 * 60


@pytest.fixture
def pc(world: World) -> Kiosk:
    return enrolled(world)


def test_the_right_pin_opens_and_begins_the_count_anew(pc: Kiosk) -> None:
    for number in range(4):
        wrong = pc.leave("wrong", f"{number}")
        assert told(wrong) == (403, "pin-wrong")
        assert wrong.json()["attempts_left"] == 4 - number
    assert pc.leave(attempt="right").status_code == 204
    assert pc.leave("wrong", "later").json()["attempts_left"] == 4
    assert pc.world.events()[-1] == "kiosk-exited"


def test_the_same_attempt_is_counted_once(pc: Kiosk) -> None:
    for _ in range(7):
        assert pc.leave("wrong", "same").json()["attempts_left"] == 4


def test_another_pin_under_the_same_attempt_is_counted(pc: Kiosk) -> None:
    seen = [told(pc.leave(f"wrong {number}", "same")) for number in range(6)]
    assert seen == [(403, "pin-wrong")] * 4 + [(423, "registration-locked")] * 2
    assert told(pc.leave("exit", "same")) == (423, "registration-locked")


def test_five_wrong_pins_lock_for_a_quarter_of_an_hour_whatever_is_right(pc: Kiosk) -> None:
    for number in range(4):
        pc.leave("wrong", f"{number}")
    fifth = pc.leave("wrong", "fifth")
    assert told(fifth) == (423, "registration-locked")
    assert fifth.json()["retry_after"] == LOCK_SECONDS
    assert fifth.headers["retry-after"] == str(LOCK_SECONDS)
    pc.world.pass_seconds(LOCK_SECONDS - 1)
    right, wrong = pc.leave(attempt="right"), pc.leave("wrong", "sixth")
    assert told(right) == told(wrong) == (423, "registration-locked")
    assert right.json() == wrong.json()
    pc.world.pass_seconds(1)
    assert pc.leave(attempt="at last").status_code == 204
    assert pc.world.events().count("kiosk-exit-locked") == 1


def test_wrong_pins_at_once_are_counted_exactly(pc: Kiosk) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: told(pc.leave("wrong", f"{n}")), range(12)))
    assert answers.count((403, "pin-wrong")) == 4
    assert answers.count((423, "registration-locked")) == 8
