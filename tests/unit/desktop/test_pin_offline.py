"""With the whole disk and the keychain, but without the verifier, no PIN stands out."""

import pytest

from motp_desktop.services.device_secret import DeviceSecret
from motp_desktop.services.outcomes import EnrolmentForm, PinLocked, WrongPin
from motp_desktop.services.ports import Slot
from motp_desktop.services.vault import NONCE_SIZE, VaultContents, open_seed, open_vault
from motp_protocol.keys import pin_keys, stretch_pin
from tests.support.desktop_fakes import CHEAP_ARGON2, Desktop
from tests.support.memory_verifier import CODE

FOUR_DIGITS = "4829"


@pytest.fixture(scope="module")
def stolen() -> tuple[VaultContents, bytes]:
    """What a thief reads from disk and keychain after some use, with the device secret."""
    pc = Desktop()
    form = EnrolmentForm(name="홍길동", phone="010-1234-5678", pin=FOUR_DIGITS)
    pc.enrolment.start(form, pc.ready_consent(), "ko")
    pc.enrolment.prove(CODE)
    pc.enrolment.confirm(replace=False)
    pc.unlock.unlock(FOUR_DIGITS)
    pc.unlock.unlock("0000")
    secret = DeviceSecret(pc.key_store, pc.installation, lambda _: b"").load()
    assert secret is not None
    contents = open_vault(pc.vaults.slots[Slot.ACTIVE], secret)
    assert isinstance(contents, VaultContents)
    return contents, secret


def test_no_pin_opens_the_seed_without_the_share(stolen: tuple[VaultContents, bytes]) -> None:
    contents, secret = stolen
    registration = contents.registration_id
    for number in range(10_000):
        pin = f"{number:04}"
        keys = pin_keys(stretch_pin(pin, contents.pin_salt, CHEAP_ARGON2), secret)
        for share in (b"", bytes(32), keys.pin_auth, secret):
            seed = open_seed(
                contents.sealed_seed, wrap=keys.wrap, share=share, registration_id=registration
            )
            assert seed is None, pin


def test_nothing_that_the_pin_gives_lies_in_the_vault(
    stolen: tuple[VaultContents, bytes],
) -> None:
    contents, secret = stolen
    keys = pin_keys(stretch_pin(FOUR_DIGITS, contents.pin_salt, CHEAP_ARGON2), secret)
    for member in contents.__struct_fields__:
        assert getattr(contents, member) not in {keys.pin_auth, keys.wrap}


def test_the_sealed_seed_is_as_long_whatever_the_pin() -> None:
    lengths = set()
    for pin in ("4829", "48291739"):
        pc = Desktop()
        form = EnrolmentForm(name="홍길동", phone="010-1234-5678", pin=pin)
        pc.enrolment.start(form, pc.ready_consent(), "ko")
        pc.enrolment.prove(CODE)
        lengths.add(len(pc.contents(Slot.PENDING).sealed_seed))
    assert lengths == {NONCE_SIZE + 20 + 16}


def test_with_the_verifier_the_fifth_wrong_pin_locks_a_thief_out() -> None:
    pc = Desktop()
    pc.enrol()
    thief = pc.copy()
    guesses = ["1357", "2468", "9753", "8642", "7531"]
    assert [thief.unlock.unlock(guess) for guess in guesses][-1] == WrongPin(0)
    assert thief.unlock.unlock("482917") == PinLocked()
