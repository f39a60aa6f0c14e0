import pytest

from motp_desktop.services.outcomes import (
    Ended,
    KeyStoreTrouble,
    NotRegistered,
    Registered,
    ResetUnfinished,
    StorageTrouble,
    Unconfirmed,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, Slot, StorageFault
from tests.support.desktop_fakes import Desktop

REGISTERED = Registered("홍*동", "010-****-5678")


def test_on_a_fresh_pc_nothing_is_registered_and_no_keychain_is_touched() -> None:
    pc = Desktop()
    pc.key_store.fault = KeyStoreFault.NONE_FOUND
    assert pc.opening.look() == NotRegistered()


@pytest.mark.parametrize("fault", list(KeyStoreFault))
def test_a_registration_behind_a_failing_key_store_is_not_given_up(fault: KeyStoreFault) -> None:
    pc = Desktop()
    pc.enrol()
    pc.key_store.fault = fault
    assert pc.opening.look() == KeyStoreTrouble(fault)
    pc.key_store.fault = None
    assert pc.opening.look() == REGISTERED


def test_a_disk_that_cannot_be_read_is_told() -> None:
    pc = Desktop()
    pc.vaults.read_fault = StorageFault.DENIED
    assert pc.opening.look() == StorageTrouble(StorageFault.DENIED)


def test_an_unconfirmed_enrolment_comes_before_an_older_registration() -> None:
    pc = Desktop()
    pc.enrol()
    proven = pc.prove()
    assert pc.opening.look() == Unconfirmed(proven.replaces)


def test_a_damaged_pending_vault_does_not_hide_a_good_registration() -> None:
    pc = Desktop()
    pc.enrol()
    pc.vaults.slots[Slot.PENDING] = b"damaged"
    assert pc.opening.look() == REGISTERED
    assert pc.vaults.aside == [b"damaged"]


def test_a_damaged_pending_vault_on_a_full_disk_does_not_hide_one_either() -> None:
    pc = Desktop()
    pc.enrol()
    pc.vaults.slots[Slot.PENDING] = b"damaged"
    pc.vaults.write_fault = StorageFault.FULL
    assert pc.opening.look() == REGISTERED


def test_a_damaged_pending_vault_alone_is_told() -> None:
    pc = Desktop()
    pc.prove()
    pc.vaults.slots[Slot.PENDING] = b"damaged"
    assert pc.opening.look() == Ended("vault-damaged")


def test_a_damaged_active_vault_is_told() -> None:
    pc = Desktop()
    pc.enrol()
    pc.vaults.slots[Slot.ACTIVE] = b""
    assert pc.opening.look() == Ended("vault-damaged")


def test_a_reset_of_an_unconfirmed_enrolment_goes_on() -> None:
    pc = Desktop()
    pc.prove()
    pc.verifier.script.append(NoAnswer("offline"))
    pc.reset.reset()
    assert pc.opening.look() == ResetUnfinished()


def test_a_registration_with_another_verifier_is_left_alone() -> None:
    pc = Desktop()
    pc.enrol()
    pc.origin = "https://elsewhere.example"
    pc.restart()
    assert pc.opening.look() == UnexpectedRefusal("other-verifier")


def test_choosing_the_key_file_is_the_way_on_without_a_keychain() -> None:
    pc = Desktop()
    pc.key_store.fault = KeyStoreFault.NONE_FOUND
    assert pc.opening.use_key_file() == NotRegistered()
    assert pc.key_store.key_file_chosen
    pc.enrol()


def test_a_key_file_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pc = Desktop()
    pc.key_store.fault = KeyStoreFault.FAILED
    monkeypatch.setattr(pc.key_store, "choose_key_file", lambda: pc.key_store.save("x", b""))
    assert pc.opening.use_key_file() == KeyStoreTrouble(KeyStoreFault.FAILED)
