"""The app dies at each numbered step; a restart always finds a way on."""

import pytest

from motp_desktop.services.confirmation import CONFIRM_STEPS
from motp_desktop.services.enrolment import ENROLMENT_STEPS
from motp_desktop.services.outcomes import (
    Enrolled,
    NotRegistered,
    Opened,
    PinRight,
    Registered,
    ResetDone,
    ResetUnfinished,
    Unconfirmed,
)
from motp_desktop.services.reset import RESET_STEPS
from motp_desktop.services.unlock import PIN_STEPS, UNLOCK_STEPS
from tests.support.desktop_fakes import NEW_PIN, PIN, Crash, Desktop


def finish_enrolment(pc: Desktop, found: Opened) -> None:
    """What a person does with what the app shows, until there is a registration."""
    match found:
        case NotRegistered():
            pc.enrol()
        case Unconfirmed():
            assert isinstance(pc.enrolment.confirm(replace=True), Enrolled)
        case Registered():
            pass
        case other:
            pytest.fail(f"no way on from {other}")


@pytest.mark.parametrize("is_enrolled_already", [False, True])
@pytest.mark.parametrize("step", ENROLMENT_STEPS + CONFIRM_STEPS)
def test_an_enrolment_that_dies_can_be_finished(step: str, is_enrolled_already: bool) -> None:
    pc = Desktop()
    if is_enrolled_already:
        pc.enrol()
    pc.crash_at = step
    with pytest.raises(Crash):
        pc.enrol()
    pc.restart()
    finish_enrolment(pc, pc.opening.look())
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("step", UNLOCK_STEPS)
def test_an_unlock_that_dies_is_not_a_copy(step: str, times: int) -> None:
    pc = Desktop()
    pc.enrol()
    for _ in range(times):
        pc.crash_at = step
        with pytest.raises(Crash):
            pc.unlock.unlock(PIN)
        pc.restart()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


@pytest.mark.parametrize("step", PIN_STEPS)
def test_a_pin_change_that_dies_leaves_exactly_one_pin_in_force(step: str) -> None:
    pc = Desktop()
    pc.enrol()
    pc.crash_at = step
    with pytest.raises(Crash):
        pc.unlock.change_pin(PIN, NEW_PIN)
    pc.restart()
    opens = [isinstance(pc.unlock.unlock(pin), PinRight) for pin in (NEW_PIN, PIN)]
    assert sorted(opens) == [False, True]
    assert opens[0] == (step == "pin.4")


@pytest.mark.parametrize("step", RESET_STEPS)
def test_a_reset_that_dies_goes_on(step: str) -> None:
    pc = Desktop()
    pc.enrol()
    pc.crash_at = step
    with pytest.raises(Crash):
        pc.reset.reset()
    pc.restart()
    found = pc.opening.look()
    assert isinstance(found, ResetUnfinished | NotRegistered)
    if isinstance(found, ResetUnfinished):
        assert pc.reset.reset() == ResetDone(verifier_told=True)
    assert pc.vaults.slots == {}
    assert pc.verifier.active() is None
    pc.enrol()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_the_steps_are_those_that_the_flows_report() -> None:
    pc = Desktop()
    pc.enrol()
    assert tuple(pc.steps) == ENROLMENT_STEPS + CONFIRM_STEPS
    for flow, steps in (
        (lambda: pc.unlock.unlock(PIN), UNLOCK_STEPS),
        (lambda: pc.unlock.change_pin(PIN, NEW_PIN), PIN_STEPS),
        (pc.reset.reset, RESET_STEPS),
    ):
        pc.steps = []
        flow()
        assert tuple(pc.steps) == steps
