"""A vault damaged anywhere is told of, kept, and never deleted without a word."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.outcomes import (
    Ended,
    Enrolled,
    NotRegistered,
    Registered,
    ResetDone,
    Unconfirmed,
)
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.pc import PIN, Pc
from tests.support.sentences import Sentences

pytestmark = pytest.mark.xdist_group("client-and-verifier")

DAMAGED = Ended("vault-damaged")


@pytest.fixture
def person(verifier: LiveVerifier) -> Person:
    return verifier.new_person()


@pytest.fixture
def pc(verifier: LiveVerifier, tmp_path: Path, person: Person) -> Pc:
    """A PC with a registration."""
    pc = Pc(verifier.origin, tmp_path / "pc")
    pc.enrol(verifier, person)
    pc.unlock()
    return pc


def damages(whole: bytes) -> list[bytes]:
    """The vault with each of its bytes changed, and cut off after each."""
    flipped = [
        whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :]
        for place in range(len(whole))
    ]
    cut = [whole[:place] for place in range(len(whole))]
    return [*flipped, *cut, whole + b"\n", bytes(len(whole)), whole * 100]


def test_a_change_of_any_byte_is_told_and_the_whole_vault_still_opens_afterwards(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    path = pc.folder / "active.vault"
    whole = path.read_bytes()
    for damaged in damages(whole):
        path.write_bytes(damaged)
        assert pc.services.opening.look() == DAMAGED
        assert path.read_bytes() == damaged
    assert pc.services.unlock.unlock(PIN) == DAMAGED
    assert pc.services.unlock.change_pin(PIN, "739158") == DAMAGED
    assert pc.services.sync.sync() == DAMAGED
    path.write_bytes(whole)
    assert isinstance(pc.services.opening.look(), Registered)
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"


def test_a_damaged_vault_and_a_lost_key_have_sentences(qapp: QApplication, tmp_path: Path) -> None:
    for outcome in (DAMAGED, Ended("key-lost")):
        Sentences(qapp, tmp_path).check(outcome)


@pytest.mark.parametrize("way", ["start over", "reset", "reset here only"])
def test_a_damaged_vault_is_set_aside_with_its_secret_and_a_new_one_can_be_made(
    verifier: LiveVerifier, pc: Pc, person: Person, way: str
) -> None:
    secret = pc.device_secret()
    path = pc.folder / "active.vault"
    whole = path.read_bytes()
    for number, damaged in enumerate((b"", whole[:-1], whole[:20] + b"x" + whole[21:]), start=1):
        path.write_bytes(damaged)
        pc.restart()
        assert pc.services.opening.look() == DAMAGED
        match way:
            case "start over":
                outcome = pc.services.reset.start_over()
            case "reset":
                outcome = pc.services.reset.reset()
            case _:
                outcome = pc.services.reset.reset(here_only=True)
        assert outcome == ResetDone(verifier_told=False)
        aside = pc.folder / f"active.vault.damaged-{number}"
        assert aside.read_bytes() == damaged
        assert pc.device_secret() == secret, "the damaged vault could otherwise never be mended"
        assert pc.services.opening.look() == NotRegistered()
    pc.enrol(verifier, person)
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"
    path.write_bytes(whole)
    assert pc.services.opening.look() == Registered("훈**" + person.name[-1], _masked(person))


def _masked(person: Person) -> str:
    return f"010-****-{person.phone[-4:]}"


def test_a_damaged_pending_vault_leaves_the_registration_in_use_alone(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.prove(verifier, person)
    pending = pc.folder / "pending.vault"
    whole = pending.read_bytes()
    assert isinstance(pc.services.opening.look(), Unconfirmed)
    for number, damaged in enumerate(damages(whole)[:: len(whole) // 20], start=1):
        pending.write_bytes(damaged)
        assert isinstance(pc.services.opening.look(), Registered)
        aside = pc.folder / f"pending.vault.damaged-{number}"
        assert aside.read_bytes() == damaged
        assert not pending.exists()
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"
    pending.write_bytes(whole)
    assert isinstance(pc.services.enrolment.confirm(replace=True), Enrolled)
    pc.unlock()


def test_a_damaged_pending_vault_alone_is_told(
    verifier: LiveVerifier, tmp_path: Path, person: Person
) -> None:
    pc = Pc(verifier.origin, tmp_path / "new")
    pc.prove(verifier, person)
    pending = pc.folder / "pending.vault"
    pending.write_bytes(pending.read_bytes()[:-1])
    assert pc.services.opening.look() == DAMAGED
    assert pc.services.enrolment.confirm(replace=False) == DAMAGED
    assert pending.exists()
    assert pc.services.reset.start_over() == ResetDone(verifier_told=False)
    assert (pc.folder / "pending.vault.damaged-1").exists()
    pc.enrol(verifier, person)


def test_a_lost_keychain_is_told_and_the_vault_opens_again_once_it_is_back(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    secrets, pc.key_store.secrets = pc.key_store.secrets, {}
    assert pc.services.opening.look() == Ended("key-lost")
    assert pc.services.unlock.unlock(PIN) == Ended("key-lost")
    pc.key_store.secrets = secrets
    assert isinstance(pc.services.opening.look(), Registered)
    pc.unlock()
