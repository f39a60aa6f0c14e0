import pytest

from motp_desktop.services.outcomes import (
    Busy,
    Ended,
    KeyStoreTrouble,
    NotRegistered,
    PinRight,
    Registered,
    ResetDone,
    ResetUnfinished,
    StorageTrouble,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, Slot, StorageFault
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import PIN, Desktop
from tests.support.memory_verifier import refusal


@pytest.fixture
def pc() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    desktop.unlock.unlock(PIN)
    return desktop


def is_bare(pc: Desktop) -> bool:
    return not pc.vaults.slots and not pc.key_store.secrets


def test_a_reset_revokes_the_registration_and_leaves_nothing_here(pc: Desktop) -> None:
    assert pc.reset.reset() == ResetDone(verifier_told=True)
    assert pc.verifier.active() is None
    assert is_bare(pc)
    assert pc.codes.now() is None
    assert pc.opening.look() == NotRegistered()


def test_a_reset_without_an_answer_goes_on_after_a_restart(pc: Desktop) -> None:
    pc.verifier.script.append("answer-lost")
    assert pc.reset.reset() == NoAnswer("timeout")
    pc.restart()
    assert pc.opening.look() == ResetUnfinished()
    assert pc.reset.reset() == ResetDone(verifier_told=True)
    assert is_bare(pc)


def test_a_reset_here_only_asks_nobody(pc: Desktop) -> None:
    calls = len(pc.verifier.calls)
    assert pc.reset.reset(here_only=True) == ResetDone(verifier_told=False)
    assert len(pc.verifier.calls) == calls
    assert is_bare(pc)


@pytest.mark.parametrize(
    "kind", [ProblemType.NOT_FOUND, ProblemType.REGISTRATION_REVOKED, ProblemType.DEVICE_CLONED]
)
def test_what_the_verifier_has_forgotten_or_revoked_is_done(pc: Desktop, kind: ProblemType) -> None:
    pc.verifier.script.append(refusal(kind))
    assert pc.reset.reset() == ResetDone(verifier_told=True)
    assert is_bare(pc)


def test_a_refusal_that_may_pass_keeps_the_registration(pc: Desktop) -> None:
    pc.verifier.script.append(refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=9))
    assert pc.reset.reset() == Busy(9)
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert pc.opening.look() == Registered("홍*동", "010-****-5678")


def test_an_unconfirmed_registration_is_told_to_the_verifier_too(pc: Desktop) -> None:
    pc.prove()
    pc.verifier.script.append("answer-lost")
    pc.enrolment.confirm(replace=True)
    assert pc.reset.reset() == ResetDone(verifier_told=True)
    assert pc.verifier.active() is None
    assert is_bare(pc)


def test_a_full_disk_or_a_locked_keychain_stops_a_reset_before_anything_is_lost(
    pc: Desktop,
) -> None:
    pc.vaults.write_fault = StorageFault.FULL
    assert pc.reset.reset() == StorageTrouble(StorageFault.FULL)
    assert pc.reset.reset(here_only=True) == StorageTrouble(StorageFault.FULL)
    pc.vaults.write_fault = None
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.reset.reset() == KeyStoreTrouble(KeyStoreFault.LOCKED)
    pc.key_store.fault = None
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_a_reset_here_only_needs_no_keychain(pc: Desktop) -> None:
    pc.key_store.fault = KeyStoreFault.NONE_FOUND
    assert pc.reset.reset(here_only=True) == ResetDone(verifier_told=False)
    assert not pc.vaults.slots


def test_a_damaged_vault_is_set_aside_and_its_secret_kept(pc: Desktop) -> None:
    pc.vaults.slots[Slot.ACTIVE] = b"damaged"
    assert pc.opening.look() == Ended("vault-damaged")
    assert pc.reset.reset() == ResetDone(verifier_told=False)
    assert pc.vaults.aside == [b"damaged"]
    assert pc.key_store.secrets
    assert pc.opening.look() == NotRegistered()


def test_starting_over_clears_an_ended_registration_so_that_another_can_be_made(
    pc: Desktop,
) -> None:
    registration = pc.verifier.active()
    assert registration is not None
    registration.state, registration.reason = "revoked", "cloned"
    assert pc.unlock.unlock(PIN) == Ended("cloned")
    old_secrets = dict(pc.key_store.secrets)
    assert pc.reset.start_over() == ResetDone(verifier_told=False)
    assert pc.opening.look() == NotRegistered()
    pc.enrol()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    assert pc.key_store.secrets != old_secrets


def test_starting_over_after_a_lost_key_sets_the_vault_aside(pc: Desktop) -> None:
    pc.key_store.secrets.clear()
    assert pc.opening.look() == Ended("key-lost")
    pc.reset.start_over()
    assert len(pc.vaults.aside) == 1
    pc.enrol()
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_resetting_twice_is_resetting_once(pc: Desktop) -> None:
    pc.reset.reset()
    assert pc.reset.reset() == ResetDone(verifier_told=True)


def test_a_withdrawal_tells_the_verifier_and_leaves_nothing_here(pc: Desktop) -> None:
    registration = pc.verifier.active()
    assert registration is not None
    assert pc.reset.withdraw() == ResetDone(verifier_told=True, withdrawn=True)
    assert registration.reason == "withdrawn"
    assert pc.verifier.withdrawn == {registration.id}
    assert is_bare(pc)
    assert pc.codes.now() is None


def test_a_withdrawal_without_an_answer_goes_on_as_one_after_a_restart(pc: Desktop) -> None:
    pc.verifier.script.append("request-lost")
    assert pc.reset.withdraw() == NoAnswer("offline")
    pc.restart()
    assert pc.opening.look() == ResetUnfinished(withdrawing=True)
    assert pc.reset.withdraw() == ResetDone(verifier_told=True, withdrawn=True)
    assert pc.verifier.withdrawn


def test_a_withdrawal_here_only_says_that_nobody_was_told(pc: Desktop) -> None:
    assert pc.reset.withdraw(here_only=True) == ResetDone(verifier_told=False, withdrawn=True)
    assert not pc.verifier.withdrawn
    assert is_bare(pc)


def test_the_consent_of_a_registration_that_has_ended_can_be_withdrawn(pc: Desktop) -> None:
    registration = pc.verifier.active()
    assert registration is not None
    registration.state, registration.reason = "revoked", "staff"
    assert pc.reset.withdraw() == ResetDone(verifier_told=True, withdrawn=True)
    assert pc.verifier.withdrawn == {registration.id}
    assert registration.reason == "staff"


def test_a_reset_that_was_cut_off_may_become_a_withdrawal(pc: Desktop) -> None:
    pc.verifier.script.append("request-lost")
    pc.reset.reset()
    assert pc.opening.look() == ResetUnfinished()
    assert pc.reset.withdraw() == ResetDone(verifier_told=True, withdrawn=True)
