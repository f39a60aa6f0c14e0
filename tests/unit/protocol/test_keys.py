"""The key schedule's building blocks against published vectors and a second implementation.

The schedule as a whole is checked by `tests/contract`.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol import keys
from tests.contract import reference

# RFC 5869 Appendix A.1 to A.3 (SHA-256): ikm, salt, info, length, PRK, OKM.
RFC5869 = {
    "A.1": (
        "0b" * 22,
        bytes(range(0x0D)).hex(),
        bytes(range(0xF0, 0xFA)).hex(),
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    "A.2": (
        bytes(range(0x50)).hex(),
        bytes(range(0x60, 0xB0)).hex(),
        bytes(range(0xB0, 0x100)).hex(),
        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        (
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            "cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
    ),
    "A.3": (
        "0b" * 22,
        "",
        "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
}

# RFC 7748 §6.1: private and public keys of both sides, and what they share.
ALICE_PRIVATE = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
ALICE_PUBLIC = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
BOB_PRIVATE = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"
BOB_PUBLIC = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
SHARED = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"

# RFC 9106 §5.3.
RFC9106_TAG = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"

# Made with the reference implementation of Argon2 (argon2-cffi-bindings 26.2.0), which the
# project does not use. The salt is 00 01 02 ... 0f.
SALT = bytes(range(16))
STRETCHED = [
    (
        "271828",
        keys.Argon2Parameters(),
        "3e603e09a29b6e62f55c4f3220377545d5ea4329765779fd856931dac7610d0f",
    ),
    (
        "271828",
        keys.Argon2Parameters(passes=1, memory_kib=64, lanes=1),
        "c662b4a942a42d7ad65d8c240b8f2d62aa83a07cbee12ea10d451274b51b8736",
    ),
    (
        "0000",
        keys.Argon2Parameters(passes=2, memory_kib=256, lanes=2),
        "7472eb9dfc9d883f36969eb4b0a0ed15df424ef6e75947740349410d2b9761ac",
    ),
]

keys32 = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize("case", RFC5869)
def test_extraction_is_that_of_rfc_5869(case: str) -> None:
    ikm, salt, _, prk, _ = map(bytes.fromhex, RFC5869[case])
    assert keys.hkdf_extract(salt, ikm) == prk


@pytest.mark.parametrize("case", RFC5869)
def test_the_reference_expands_as_rfc_5869_does(case: str) -> None:
    _, _, info, prk, okm = map(bytes.fromhex, RFC5869[case])
    assert reference.hkdf_expand(prk, info, len(okm)) == okm


def test_expansion_without_info_is_that_of_rfc_5869() -> None:
    _, _, _, prk, okm = map(bytes.fromhex, RFC5869["A.3"])
    assert keys.hkdf_expand(prk, "", len(okm)) == okm


@given(keys32, st.text(max_size=40), st.integers(min_value=1, max_value=255 * 32))
def test_expansion_equals_the_reference_for_any_text(prk: bytes, info: str, length: int) -> None:
    expected = reference.hkdf_expand(prk, info.encode("utf-8"), length)
    assert keys.hkdf_expand(prk, info, length) == expected


def test_both_sides_agree_as_in_rfc_7748() -> None:
    alice = X25519PrivateKey.from_private_bytes(bytes.fromhex(ALICE_PRIVATE))
    bob = X25519PrivateKey.from_private_bytes(bytes.fromhex(BOB_PRIVATE))
    assert alice.public_key().public_bytes_raw().hex() == ALICE_PUBLIC
    assert keys.agree(alice, bytes.fromhex(BOB_PUBLIC)).hex() == SHARED
    assert keys.agree(bob, bytes.fromhex(ALICE_PUBLIC)).hex() == SHARED


# Points of small order (RFC 7748 §6.1, and the list at cr.yp.to/ecdh.html): with each of
# them, any private key gives zero.
@pytest.mark.parametrize(
    "share",
    [
        "00" * 32,
        "01" + "00" * 31,
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ],
)
def test_a_share_that_forces_zero_is_refused(share: str) -> None:
    private, _ = keys.new_agreement_key()
    with pytest.raises(ValueError):
        keys.agree(private, bytes.fromhex(share))


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_share_of_another_length_is_refused(size: int) -> None:
    private, _ = keys.new_agreement_key()
    with pytest.raises(ValueError):
        keys.agree(private, b"\x09" * size)


def test_agreement_keys_are_fresh() -> None:
    shares = {keys.new_agreement_key()[1] for _ in range(8)}
    assert len(shares) == 8


def test_the_primitive_is_the_argon2id_of_rfc_9106() -> None:
    kdf = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        secret=b"\x03" * 8,
        ad=b"\x04" * 12,
    )
    assert kdf.derive(b"\x01" * 32).hex() == RFC9106_TAG


@pytest.mark.parametrize(("pin", "cost", "expected"), STRETCHED)
def test_pins_are_stretched_as_the_reference_implementation_does(
    pin: str, cost: keys.Argon2Parameters, expected: str
) -> None:
    assert keys.stretch_pin(pin, SALT, cost).hex() == expected


AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from motp_protocol.keys import Argon2Parameters, stretch_pin
cost = Argon2Parameters(passes=2, memory_kib=4096, lanes=4)
with ThreadPoolExecutor(4) as pool:
    found = set(pool.map(lambda _: stretch_pin("271828", bytes(16), cost), range(16)))
print(len(found))
"""


def test_pins_can_be_stretched_in_several_threads_at_once() -> None:
    # In a process of its own, for what this guards against is a wait without end.
    run = subprocess.run(
        [sys.executable, "-c", AT_ONCE],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout == "1\n", run.stderr


def test_a_pin_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(ValueError):
        keys.stretch_pin("１２３４", SALT, keys.Argon2Parameters(1, 64, 1))


def _secrets(**changes: object) -> keys.EnrolmentSecrets:
    values: dict[str, object] = {
        "shared": b"\x01" * 32,
        "enrolment_id": "e-1",
        "device_public_key": b"\x02" * 32,
        "client_key_share": b"\x03" * 32,
        "server_key_share": b"\x04" * 32,
        "seed_size": 20,
    }
    return keys.enrolment_secrets(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"shared": b"\x09" * 32},
        {"enrolment_id": "e-2"},
        {"device_public_key": b"\x09" * 32},
        {"client_key_share": b"\x09" * 32},
        {"server_key_share": b"\x09" * 32},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_every_part_of_the_transcript_changes_seed_and_confirmation(
    changes: dict[str, object],
) -> None:
    assert _secrets(**changes).seed != _secrets().seed
    assert _secrets(**changes).confirm != _secrets().confirm


def test_an_all_zero_shared_value_gives_no_keys() -> None:
    with pytest.raises(ValueError, match="zeros"):
        _secrets(shared=bytes(32))


@pytest.mark.parametrize("part", ["device_public_key", "client_key_share", "server_key_share"])
def test_keys_of_another_length_give_no_transcript(part: str) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        _secrets(**{part: b"\x05" * 31})


def test_the_two_confirmations_differ() -> None:
    assert _secrets().confirmation("client") != _secrets().confirmation("server")


@given(keys32, keys32, keys32)
def test_the_half_that_is_sent_says_nothing_of_the_half_that_stays(
    stretched: bytes, device_secret: bytes, share: bytes
) -> None:
    pair = keys.pin_keys(stretched, device_secret)
    everything = {
        pair.pin_auth,
        pair.wrap,
        keys.vault_key(pair.wrap, share),
        keys.device_key(device_secret),
    }
    assert len(everything) == 4


@given(keys32, keys32)
def test_vault_keys_depend_on_both_halves(wrap: bytes, share: bytes) -> None:
    key = keys.vault_key(wrap, share)
    assert key == reference.hkdf(share, wrap, b"motp/v1 vault")
    assert key != keys.vault_key(wrap, bytes([share[0] ^ 1]) + share[1:])
    assert key != keys.vault_key(bytes([wrap[0] ^ 1]) + wrap[1:], share)


def test_no_representation_shows_a_key() -> None:
    secrets = _secrets()
    pair = keys.pin_keys(b"\x01" * 32, b"\x02" * 32)
    shown = f"{secrets!r} {secrets} {pair!r} {pair}"
    for value in (secrets.seed, secrets.confirm, pair.pin_auth, pair.wrap):
        assert repr(value) not in shown
        assert value.hex() not in shown
