import pytest

from motp_desktop.services.outcomes import (
    Busy,
    Ended,
    KeyStoreTrouble,
    PinLocked,
    PinRight,
    StorageTrouble,
    Suspended,
    UnexpectedRefusal,
    UnlockOutcome,
    WrongPin,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, Refused, Slot, StorageFault
from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_protocol.messages import UnlockRequest
from motp_protocol.problems import ProblemType, problem
from tests.support.desktop_fakes import PIN, Desktop
from tests.support.memory_verifier import Mishap, refusal

WRONG_PIN = "115599"


def tries_sent(pc: Desktop) -> list[str]:
    return [each.try_ for each in pc.verifier.requests if isinstance(each, UnlockRequest)]


def unlock(pc: Desktop, pin: str, mishap: Mishap | None = None) -> UnlockOutcome:
    pc.verifier.script.append(mishap)
    return pc.unlock.unlock(pin)


@pytest.fixture
def pc() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    return desktop


def test_the_right_pin_opens_the_seed_that_was_agreed_on(pc: Desktop) -> None:
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    registration = pc.verifier.active()
    assert registration is not None
    assert pc.session.current is not None
    assert pc.session.current.seed == registration.seed


def test_each_unlock_moves_the_vault_on_to_the_next_share(pc: Desktop) -> None:
    for expected in (2, 3, 4):
        assert isinstance(pc.unlock.unlock(PIN), PinRight)
        assert pc.contents().share_id == expected
        assert pc.contents().try_ is None


def test_the_try_is_on_disk_before_the_verifier_hears_of_it(pc: Desktop) -> None:
    seen: list[bytes | None] = []

    def look_at_the_disk_then_answer(*given: object) -> object:
        seen.append(pc.contents().try_)
        return original(*given)  # type: ignore[arg-type]

    original = pc.verifier.unlock
    pc.verifier.unlock = look_at_the_disk_then_answer  # type: ignore[method-assign,assignment]
    pc.unlock.unlock(PIN)
    assert [b64url_encode(each or b"") for each in seen] == tries_sent(pc)
    assert len(b64url_decode(tries_sent(pc)[0])) == 16


def test_a_wrong_pin_opens_nothing_and_counts_down_to_the_lock(pc: Desktop) -> None:
    assert [pc.unlock.unlock(WRONG_PIN) for _ in range(5)] == [
        WrongPin(left) for left in (4, 3, 2, 1, 0)
    ]
    assert pc.unlock.unlock(PIN) == PinLocked()
    assert pc.codes.now() is None


@pytest.mark.parametrize("typed", ["", "비밀번호", "４８２９１７", "4829170000", "48\0"])
def test_what_is_no_pin_is_a_wrong_pin(pc: Desktop, typed: str) -> None:
    assert pc.unlock.unlock(typed) == WrongPin(4)


def test_every_pin_entry_has_a_try_of_its_own(pc: Desktop) -> None:
    for pin in (PIN, WRONG_PIN, WRONG_PIN, PIN, PIN):
        pc.unlock.unlock(pin)
    assert len(set(tries_sent(pc))) == 5


@pytest.mark.parametrize("mishap", ["answer-lost", "request-lost", NoAnswer("failing")])
def test_an_entry_without_an_answer_is_repeated_with_its_try(pc: Desktop, mishap: Mishap) -> None:
    assert isinstance(unlock(pc, PIN, mishap), NoAnswer)
    pc.restart()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert len(set(tries_sent(pc))) == 1
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_a_lost_answer_and_then_a_slip_of_the_finger_are_not_a_copy(pc: Desktop) -> None:
    unlock(pc, PIN, "answer-lost")
    assert isinstance(unlock(pc, WRONG_PIN), WrongPin)
    assert isinstance(unlock(pc, WRONG_PIN, "answer-lost"), NoAnswer)
    assert isinstance(unlock(pc, PIN), PinRight)
    assert len(set(tries_sent(pc))) == 1
    assert isinstance(unlock(pc, PIN), PinRight)


def test_many_lost_answers_in_a_row_are_not_a_copy(pc: Desktop) -> None:
    for _ in range(10):
        unlock(pc, PIN, "answer-lost")
        pc.restart()
    assert isinstance(unlock(pc, PIN), PinRight)


def test_a_copied_disk_and_keychain_is_noticed_at_its_next_use(pc: Desktop) -> None:
    copy = pc.copy()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert copy.unlock.unlock(WRONG_PIN) == Ended("cloned")
    assert pc.unlock.unlock(PIN) == Ended("cloned")


def test_a_copy_made_while_an_answer_was_open_is_noticed_once_both_have_moved_on(
    pc: Desktop,
) -> None:
    unlock(pc, PIN, "answer-lost")
    copy = pc.copy()
    outcomes = [device.unlock.unlock(PIN) for device in (pc, copy, pc, copy)]
    assert Ended("cloned") in outcomes


def test_a_full_disk_after_the_answer_still_shows_codes_and_keeps_the_try(pc: Desktop) -> None:
    def fill_the_disk_then_answer(*given: object) -> object:
        pc.vaults.write_fault = StorageFault.FULL
        return original(*given)  # type: ignore[arg-type]

    original = pc.verifier.unlock
    pc.verifier.unlock = fill_the_disk_then_answer  # type: ignore[method-assign,assignment]
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert pc.codes.now() is not None
    pc.restart()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    pc.vaults.write_fault = None
    pc.verifier.unlock = original  # type: ignore[method-assign]
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert len(set(tries_sent(pc))) == 1
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_a_full_disk_before_the_request_sends_nothing(pc: Desktop) -> None:
    pc.vaults.write_fault = StorageFault.FULL
    assert pc.unlock.unlock(PIN) == StorageTrouble(StorageFault.FULL)
    assert tries_sent(pc) == []


def test_a_share_that_does_not_fit_changes_nothing(pc: Desktop) -> None:
    pc.verifier.hands_out_wrong_shares = True
    assert pc.unlock.unlock(PIN) == UnexpectedRefusal("bad-share")
    pc.verifier.hands_out_wrong_shares = False
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


@pytest.mark.parametrize(
    ("refused", "outcome"),
    [
        (refusal(ProblemType.REGISTRATION_LOCKED), PinLocked()),
        (refusal(ProblemType.REGISTRATION_SUSPENDED), Suspended()),
        (Refused(problem(ProblemType.REGISTRATION_REVOKED, reason="staff")), Ended("staff")),
        (refusal(ProblemType.REGISTRATION_REVOKED), Ended("unknown")),
        (refusal(ProblemType.DEVICE_CLONED), Ended("cloned")),
        (refusal(ProblemType.SHARE_UNKNOWN), Ended("share-unknown")),
        (refusal(ProblemType.NOT_FOUND), Ended("unknown")),
        (refusal(ProblemType.TOO_MANY_REQUESTS), Busy(30)),
        (refusal(ProblemType.PIN_WRONG), UnexpectedRefusal("pin-wrong")),
        (refusal(ProblemType.BAD_SIGNATURE), UnexpectedRefusal("bad-signature")),
        (NoAnswer("tls"), NoAnswer("tls")),
    ],
)
def test_each_answer_has_its_outcome(pc: Desktop, refused: Mishap, outcome: object) -> None:
    assert unlock(pc, PIN, refused) == outcome
    assert pc.codes.now() is None


def test_a_lost_device_secret_is_told_apart_from_a_damaged_vault(pc: Desktop) -> None:
    secrets, sealed = dict(pc.key_store.secrets), pc.vaults.slots[Slot.ACTIVE]
    pc.key_store.secrets.clear()
    assert pc.unlock.unlock(PIN) == Ended("key-lost")
    pc.key_store.secrets = secrets
    pc.vaults.slots[Slot.ACTIVE] = sealed[:-1] + bytes([sealed[-1] ^ 1])
    assert pc.unlock.unlock(PIN) == Ended("vault-damaged")
    del pc.vaults.slots[Slot.ACTIVE]
    assert pc.unlock.unlock(PIN) == Ended("vault-damaged")


def test_a_key_store_or_disk_that_fails_is_trouble_that_may_pass(pc: Desktop) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.unlock.unlock(PIN) == KeyStoreTrouble(KeyStoreFault.LOCKED)
    pc.key_store.fault = None
    pc.vaults.read_fault = StorageFault.DENIED
    assert pc.unlock.unlock(PIN) == StorageTrouble(StorageFault.DENIED)
    pc.vaults.read_fault = None
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_the_pin_is_not_shown_to_another_verifier(pc: Desktop) -> None:
    pc.origin = "https://elsewhere.example"
    pc.restart()
    assert pc.unlock.unlock(PIN) == UnexpectedRefusal("other-verifier")
    assert tries_sent(pc) == []


def test_a_lock_during_an_unlock_wins(pc: Desktop) -> None:
    original = pc.verifier.unlock

    def lock_then_answer(*given: object) -> object:
        pc.codes.forget()
        return original(*given)  # type: ignore[arg-type]

    pc.verifier.unlock = lock_then_answer  # type: ignore[method-assign,assignment]
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert pc.codes.now() is None


def test_nothing_that_is_unlocked_shows_in_a_representation(pc: Desktop) -> None:
    pc.unlock.unlock(PIN)
    assert pc.session.current is not None
    assert repr(pc.session.current.seed) not in repr(pc.session.current)
    code = pc.codes.now()
    assert code is not None
    assert code.code not in repr(code)
