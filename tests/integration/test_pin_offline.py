"""A thief has the whole data folder and the keychain of an app that was really enrolled.

Without the verifier no PIN stands out among ten thousand; with it, five are all there are.
"""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from demo.stack import VerifierProcess
from motp_desktop.services.vault import NONCE_SIZE, VaultContents, open_seed, open_vault
from motp_protocol.encoding import b64url_decode
from motp_protocol.keys import PinKeys, pin_keys, stretch_pin, vault_key
from motp_protocol.messages import Unlocked
from motp_protocol.problems import TYPE_PREFIX
from motp_verifier.store import tables
from tests.support.desktop_fakes import CHEAP_ARGON2
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.pc import Pc
from tests.support.raw_client import client_of

pytestmark = pytest.mark.xdist_group("pin-offline")

PIN = "4829"
ALL_PINS = [f"{number:04}" for number in range(10_000)]


@dataclass(frozen=True, slots=True)
class Loot:
    """What a thief reads, and what each PIN becomes with it."""

    files: dict[str, bytes]
    device_secret: bytes
    contents: VaultContents
    keys: dict[str, PinKeys]

    def opens(self, pin: str, share: bytes) -> bool:
        """Whether the seed opens by this PIN and this share."""
        seed = open_seed(
            self.contents.sealed_seed,
            wrap=self.keys[pin].wrap,
            share=share,
            registration_id=self.contents.registration_id,
        )
        return seed is not None


@pytest.fixture(scope="module")
def verifiers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveVerifier, str]]:
    """A verifier, and the address of a second process over the same database."""
    folder = tmp_path_factory.mktemp("pin-offline") / "data"
    with live_verifier(folder) as one, VerifierProcess(folder) as other:
        yield one, other.origin


@pytest.fixture(scope="module")
def pc(verifiers: tuple[LiveVerifier, str], tmp_path_factory: pytest.TempPathFactory) -> Pc:
    """The owner's PC, after some use: unlocks, a wrong PIN, a restart."""
    verifier, _ = verifiers
    pc = Pc(verifier.origin, tmp_path_factory.mktemp("owner"))
    pc.enrol(verifier, verifier.new_person(), PIN)
    pc.unlock(PIN)
    pc.services.unlock.unlock("7351")
    pc.restart()
    pc.unlock(PIN)
    return pc


@pytest.fixture(scope="module")
def loot(pc: Pc) -> Loot:
    """What lies on disk and in the keychain, and every PIN put through the key schedule."""
    files = {path.name: path.read_bytes() for path in pc.folder.rglob("*") if path.is_file()}
    contents, secret = pc.vault(), pc.device_secret()
    keys = {
        pin: pin_keys(stretch_pin(pin, contents.pin_salt, CHEAP_ARGON2), secret) for pin in ALL_PINS
    }
    return Loot(files, secret, contents, keys)


@pytest.fixture(scope="module")
def other_share(
    verifiers: tuple[LiveVerifier, str], tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    """A real share, of another registration under the same PIN."""
    verifier, _ = verifiers
    other = Pc(verifier.origin, tmp_path_factory.mktemp("other"))
    other.enrol(verifier, verifier.new_person(), PIN)
    return _share_of(other)


def _share_of(pc: Pc) -> bytes:
    """The share that a verifier hands out for the right PIN."""
    salt, secret = pc.vault().pin_salt, pc.device_secret()
    pin_auth = pin_keys(stretch_pin(PIN, salt, CHEAP_ARGON2), secret).pin_auth
    answer = client_of(pc).unlock(pin_auth)
    assert answer.status_code == 200, answer.text
    return b64url_decode(msgspec.json.decode(answer.content, type=Unlocked).share.value)


def test_the_thief_has_all_that_the_app_keeps(loot: Loot) -> None:
    assert loot.files.keys() == {"active.vault", "installation-id", "last-contact.json"}


def test_the_vault_opens_alike_whatever_the_pin(loot: Loot) -> None:
    opened = open_vault(loot.files["active.vault"], loot.device_secret)
    assert opened == loot.contents, "the outer seal asks for no PIN, so that it tells of none"


def test_nothing_that_a_pin_becomes_lies_on_the_disk(loot: Loot) -> None:
    plain = msgspec.msgpack.encode(loot.contents)
    everything = b"".join((plain, loot.device_secret, *loot.files.values()))
    for pin, keys in loot.keys.items():
        for value in (keys.pin_auth, keys.wrap):
            # Eight bytes would be enough to tell one PIN from all the others.
            assert value[:8] not in everything, pin
            assert value[-8:] not in everything, pin


def test_no_pin_opens_the_seed_without_its_share(loot: Loot, other_share: bytes) -> None:
    for pin in ALL_PINS:
        for share in (bytes(32), other_share, loot.device_secret, loot.keys[pin].pin_auth):
            assert not loot.opens(pin, share), pin


def test_what_a_pin_unseals_without_its_tag_looks_like_noise(
    loot: Loot, other_share: bytes
) -> None:
    """AES-GCM without its tag is a stream: what comes out must tell nothing of the PIN."""
    nonce = loot.contents.sealed_seed[:NONCE_SIZE] + (2).to_bytes(4)
    text = loot.contents.sealed_seed[NONCE_SIZE:-16]
    candidates = {}
    for pin, keys in loot.keys.items():
        stream = Cipher(algorithms.AES(vault_key(keys.wrap, other_share)), modes.CTR(nonce))
        candidates[pin] = stream.decryptor().update(text)
    assert len(set(candidates.values())) == len(ALL_PINS)
    bits = len(ALL_PINS) * len(text) * 8
    ones = sum(int.from_bytes(value).bit_count() for value in candidates.values())
    assert abs(ones - bits / 2) < 6 * (bits / 4) ** 0.5, "six standard deviations"
    weight = int.from_bytes(candidates[PIN]).bit_count()
    alike = [
        pin for pin, value in candidates.items() if int.from_bytes(value).bit_count() == weight
    ]
    assert len(alike) > 1


def test_vaults_have_one_length_whatever_the_pin(
    verifiers: tuple[LiveVerifier, str], pc: Pc, tmp_path: Path
) -> None:
    verifier, _ = verifiers
    lengths = {len(pc.vault().sealed_seed)}
    for pin in ("4830", "48301739"):
        other = Pc(verifier.origin, tmp_path / pin)
        other.enrol(verifier, verifier.new_person(), pin)
        other.unlock(pin)
        lengths.add(len(other.vault().sealed_seed))
    assert lengths == {NONCE_SIZE + 20 + 16}


def test_with_the_share_that_only_the_verifier_has_the_right_pin_alone_opens(
    verifiers: tuple[LiveVerifier, str], pc: Pc, loot: Loot
) -> None:
    """That the search above would have found the PIN, had there been anything to find."""
    copy = Pc(pc.origin, pc.folder)
    copy.key_store = pc.key_store
    share = _share_of(copy)
    assert [pin for pin in ALL_PINS if loot.opens(pin, share)] == [PIN]


def test_the_verifier_locks_at_the_fifth_wrong_pin_of_twenty_at_once(
    verifiers: tuple[LiveVerifier, str], tmp_path: Path
) -> None:
    verifier, other = verifiers
    owner = Pc(verifier.origin, tmp_path / "owner")
    owner.enrol(verifier, verifier.new_person(), PIN)
    owner.unlock(PIN)
    thief = Pc(verifier.origin, copytree(owner.folder, tmp_path / "thief"))
    thief.key_store = owner.key_store
    salt, secret = thief.vault().pin_salt, thief.device_secret()
    guesses = [f"{number:04}" for number in range(5000, 5020)]
    proofs = [pin_keys(stretch_pin(pin, salt, CHEAP_ARGON2), secret).pin_auth for pin in guesses]
    clients = [client_of(thief, origin) for origin in (verifier.origin, other)]
    created = int(time.time())
    with ThreadPoolExecutor(len(proofs)) as pool:
        answers = list(
            pool.map(
                lambda each: clients[each[0] % 2].unlock(each[1], created=created),
                enumerate(proofs),
            )
        )
    told = Counter(
        (each.json()["type"].removeprefix(TYPE_PREFIX), each.json().get("attempts_left"))
        for each in answers
    )
    wrong = {("pin-wrong", left): 1 for left in (4, 3, 2, 1)}
    assert told == Counter({("registration-locked", None): 16} | wrong)
    row = verifier.row(tables.registration, clients[0].registration_id)
    assert row["pin_failures"] == 5
    right = pin_keys(stretch_pin(PIN, salt, CHEAP_ARGON2), secret).pin_auth
    assert [client.unlock(right).status_code for client in clients] == [423, 423]
