import pytest

from motp_desktop.services.outcomes import (
    Ended,
    PinChanged,
    PinRight,
    PinUnsuitable,
    StorageTrouble,
    UnexpectedRefusal,
    WrongPin,
)
from motp_desktop.services.ports import NoAnswer, StorageFault
from motp_protocol.messages import PinChangeRequest
from motp_protocol.pin import PinFault
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import NEW_PIN, PIN, Desktop
from tests.support.memory_verifier import refusal


@pytest.fixture
def pc() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    return desktop


def test_a_new_pin_opens_the_vault_and_the_old_one_no_more(pc: Desktop) -> None:
    assert isinstance(pc.unlock.change_pin(PIN, NEW_PIN), PinChanged)
    assert isinstance(pc.unlock.unlock(PIN), WrongPin)
    assert isinstance(pc.unlock.unlock(NEW_PIN), PinRight)
    assert pc.session.current is not None
    registration = pc.verifier.active()
    assert registration is not None
    assert pc.session.current.seed == registration.seed


def test_a_wrong_old_pin_changes_nothing(pc: Desktop) -> None:
    assert pc.unlock.change_pin("115599", NEW_PIN) == WrongPin(4)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


@pytest.mark.parametrize(
    ("new_pin", "fault"),
    [
        ("0000", PinFault.TOO_COMMON),
        ("12a4", PinFault.NOT_DIGITS),
        ("482", PinFault.TOO_SHORT),
        ("482917482", PinFault.TOO_LONG),
    ],
)
def test_an_unsuitable_new_pin_is_refused_before_anything_is_sent(
    pc: Desktop, new_pin: str, fault: PinFault
) -> None:
    assert pc.unlock.change_pin(PIN, new_pin) == PinUnsuitable(fault, 4, 8)
    assert "change_pin" not in pc.verifier.calls


def test_after_a_lost_answer_the_old_pin_still_opens_the_vault(pc: Desktop) -> None:
    pc.verifier.script.append("answer-lost")
    assert pc.unlock.change_pin(PIN, NEW_PIN) == NoAnswer("timeout")
    pc.restart()
    assert isinstance(pc.unlock.unlock(NEW_PIN), WrongPin)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert isinstance(pc.unlock.change_pin(PIN, NEW_PIN), PinChanged)
    assert isinstance(pc.unlock.unlock(NEW_PIN), PinRight)


def test_a_change_repeated_after_a_lost_answer_is_the_same_request(pc: Desktop) -> None:
    pc.verifier.script.append("answer-lost")
    pc.unlock.change_pin(PIN, NEW_PIN)
    assert isinstance(pc.unlock.change_pin(PIN, NEW_PIN), PinChanged)
    first, second = pc.verifier.requests[-2:]
    assert isinstance(first, PinChangeRequest)
    assert first == second
    assert isinstance(pc.unlock.unlock(NEW_PIN), PinRight)


def test_a_change_to_yet_another_pin_after_a_lost_answer_takes_the_last(pc: Desktop) -> None:
    pc.verifier.script.append("answer-lost")
    pc.unlock.change_pin(PIN, NEW_PIN)
    assert isinstance(pc.unlock.change_pin(PIN, "603175"), PinChanged)
    assert isinstance(pc.unlock.unlock("603175"), PinRight)


def test_a_full_disk_leaves_the_old_pin_in_force(pc: Desktop) -> None:
    original = pc.verifier.change_pin

    def fill_the_disk_then_answer(*given: object) -> object:
        pc.vaults.write_fault = StorageFault.FULL
        return original(*given)  # type: ignore[arg-type]

    pc.verifier.change_pin = fill_the_disk_then_answer  # type: ignore[method-assign,assignment]
    assert pc.unlock.change_pin(PIN, NEW_PIN) == StorageTrouble(StorageFault.FULL)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    pc.vaults.write_fault = None
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_a_change_at_a_verifier_that_hands_out_a_wrong_share_changes_nothing(
    pc: Desktop,
) -> None:
    pc.verifier.hands_out_wrong_shares = True
    assert pc.unlock.change_pin(PIN, NEW_PIN) == UnexpectedRefusal("bad-share")
    pc.verifier.hands_out_wrong_shares = False
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_a_change_can_find_the_registration_ended_or_the_disk_full(pc: Desktop) -> None:
    pc.verifier.script.append(refusal(ProblemType.DEVICE_CLONED))
    assert pc.unlock.change_pin(PIN, NEW_PIN) == Ended("cloned")
    other = Desktop()
    assert other.unlock.change_pin(PIN, NEW_PIN) == Ended("vault-damaged")
    other.enrol()
    other.vaults.write_fault = StorageFault.FULL
    assert other.unlock.change_pin(PIN, NEW_PIN) == StorageTrouble(StorageFault.FULL)
