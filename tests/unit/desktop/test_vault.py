import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.vault import (
    MAGIC,
    MAX_SIZE,
    Damaged,
    VaultContents,
    open_seed,
    open_vault,
    seal_seed,
    seal_vault,
)
from motp_protocol.code import OtpProfile
from motp_protocol.keys import device_key
from motp_protocol.problems import Replaces
from tests.support.desktop_fakes import CHEAP_ARGON2

SECRET = bytes(range(32))
NONCE = bytes(12)
CONTENTS = VaultContents(
    registration_id="registration-1",
    enrolment_id="enrolment-1",
    verifier_origin="https://verifier.example",
    signing_key=b"k" * 32,
    clock_offset_ms=-1234,
    argon2=CHEAP_ARGON2,
    pin_salt=b"s" * 16,
    pin_min=4,
    pin_max=8,
    share_id=7,
    try_=b"t" * 16,
    otp=OtpProfile(),
    name_masked="홍*동",
    phone_masked="010-****-5678",
    sealed_seed=b"sealed",
    confirmation=b"c" * 32,
    replaces=Replaces(registration_id="r", label="집 PC", since="2026-01-02T03:04:05.678Z"),
    resetting=True,
)
STORED = seal_vault(CONTENTS, SECRET, NONCE)


def test_a_vault_gives_back_what_was_sealed() -> None:
    assert open_vault(STORED, SECRET) == CONTENTS


def test_a_vault_shows_nothing_in_its_representation() -> None:
    assert repr(CONTENTS) == "<VaultContents>"


def test_another_device_secret_does_not_open_a_vault() -> None:
    assert open_vault(STORED, bytes(32)) == Damaged()


@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_every_altered_byte_is_damage(bit: int) -> None:
    for position in range(len(STORED)):
        altered = bytearray(STORED)
        altered[position] ^= bit
        assert open_vault(bytes(altered), SECRET) == Damaged()


def test_every_truncation_is_damage() -> None:
    assert all(open_vault(STORED[:length], SECRET) == Damaged() for length in range(len(STORED)))


@given(st.binary(max_size=400))
def test_no_garbage_opens_or_raises(garbage: bytes) -> None:
    assert open_vault(garbage, SECRET) == Damaged()
    assert open_vault(MAGIC + garbage, SECRET) == Damaged()
    assert open_vault(STORED + garbage[:1] + b"x", SECRET) == Damaged()


@given(st.binary(max_size=200))
def test_garbage_under_the_right_seal_is_damage_too(garbage: bytes) -> None:
    assert open_vault(_sealed_anyhow(garbage), SECRET) == Damaged()


@pytest.mark.parametrize(
    "members",
    [{"signing_key": b"short"}, {"share_id": 0}, {"pin_salt": 3}, {"registration_id": "../etc"}],
)
def test_members_of_the_wrong_kind_are_damage(members: dict[str, object]) -> None:
    wrong = msgspec.to_builtins(CONTENTS, builtin_types=(bytes,)) | members
    assert open_vault(_sealed_anyhow(msgspec.msgpack.encode(wrong)), SECRET) == Damaged()


def test_a_file_beyond_the_size_of_any_vault_is_damage() -> None:
    assert open_vault(STORED.ljust(MAX_SIZE + 1, b"\0"), SECRET) == Damaged()


def _sealed_anyhow(plain: bytes) -> bytes:
    return MAGIC + NONCE + AESGCM(device_key(SECRET)).encrypt(NONCE, plain, MAGIC)


@given(seed=st.binary(min_size=20, max_size=64), position=st.integers(0, 10_000))
def test_a_seed_opens_only_whole_and_with_all_that_sealed_it(seed: bytes, position: int) -> None:
    wrap, share = b"w" * 32, b"h" * 32
    sealed = seal_seed(seed, wrap=wrap, share=share, registration_id="r1", nonce=NONCE)
    altered = bytearray(sealed)
    altered[position % len(sealed)] ^= 1
    assert open_seed(sealed, wrap=wrap, share=share, registration_id="r1") == seed
    assert open_seed(sealed, wrap=share, share=wrap, registration_id="r1") is None
    assert open_seed(sealed, wrap=wrap, share=share, registration_id="r2") is None
    assert open_seed(bytes(altered), wrap=wrap, share=share, registration_id="r1") is None
    assert open_seed(sealed[:5], wrap=wrap, share=share, registration_id="r1") is None
