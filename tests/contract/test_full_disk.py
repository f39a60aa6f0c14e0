"""The app on a full disk: told in both languages, nothing lost, and on once there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.outcomes import (
    Enrolled,
    EnrolmentForm,
    NotRegistered,
    PinChanged,
    Proven,
    Registered,
    ResetDone,
    StorageTrouble,
    Synced,
    Unconfirmed,
)
from motp_desktop.services.ports import KeyStoreError, StorageError, StorageFault
from motp_desktop.services.settings import Choices
from tests.support.full_disk import Disk, PretendedDisk, small_disk
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.pc import PIN, Pc
from tests.support.sentences import Sentences

pytestmark = pytest.mark.xdist_group("client-and-verifier")

FULL = StorageTrouble(StorageFault.FULL)
NEW_PIN = "739158"


@pytest.fixture(params=["a real one", "a pretended one"])
def disk(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Disk]:
    if request.param == "a pretended one":
        yield PretendedDisk(tmp_path, monkeypatch)
        return
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def person(verifier: LiveVerifier) -> Person:
    return verifier.new_person()


@pytest.fixture
def pc(verifier: LiveVerifier, disk: Disk) -> Pc:
    return Pc(verifier.origin, disk.folder / "pc")


def fill_at(pc: Pc, disk: Disk, step: str) -> None:
    """Let the disk fill when a use case reaches this step."""

    def listen(reached: str) -> None:
        if reached == step:
            disk.fill()

    pc.on_step = listen


def test_a_full_disk_has_a_sentence(qapp: QApplication, tmp_path: Path) -> None:
    Sentences(qapp, tmp_path).check(FULL)


def test_no_text_message_is_spent_where_nothing_could_be_kept(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    form = EnrolmentForm(person.name, person.phone, PIN)
    consent = pc.consent()
    assert pc.services.opening.look() == NotRegistered()
    disk.fill()
    assert pc.services.enrolment.start(form, consent, "ko") == FULL
    assert verifier.messages_to(person) == []
    disk.empty()
    pc.enrol(verifier, person)


def test_an_enrolment_whose_vault_finds_no_room_goes_on_with_the_same_code(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.send_code(person)
    code = verifier.identity_code(person)
    fill_at(pc, disk, "enrol.5")
    assert pc.services.enrolment.prove(code) == FULL
    assert pc.services.enrolment.prove(code) == FULL
    assert pc.services.opening.look() == NotRegistered()
    pc.on_step = lambda _: None
    disk.empty()
    assert pc.services.enrolment.prove(code) == Proven(None)
    assert isinstance(pc.services.enrolment.confirm(replace=False), Enrolled)
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"


def test_a_confirmation_on_a_full_disk_is_done_or_can_be_repeated(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.prove(verifier, person)
    disk.fill()
    outcome = pc.services.enrolment.confirm(replace=False)
    pc.restart()
    disk.empty()
    if outcome == FULL and pc.services.opening.look() == Unconfirmed(None):
        assert isinstance(pc.services.enrolment.confirm(replace=False), Enrolled)
    assert isinstance(pc.services.opening.look(), Registered)
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"


def test_an_unlock_that_finds_no_room_sends_nothing_and_works_later(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.enrol(verifier, person)
    disk.fill()
    assert pc.services.unlock.unlock(PIN) == FULL
    assert pc.services.unlock.unlock("999797") == FULL
    disk.empty()
    synced = pc.services.sync.sync()
    assert isinstance(synced, Synced)
    assert synced.status.pin_attempts_left == 5
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"


def test_an_unlock_shows_codes_though_the_disk_filled_meanwhile(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.enrol(verifier, person)
    fill_at(pc, disk, "unlock.3")
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"
    pc.restart()
    pc.unlock()  # once more by the same try, which is on the disk since before it was full
    pc.on_step = lambda _: None
    disk.empty()
    pc.restart()
    pc.unlock()
    pc.unlock()


def test_a_pin_change_that_finds_no_room_leaves_the_old_pin_in_force(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.enrol(verifier, person)
    disk.fill()
    assert pc.services.unlock.change_pin(PIN, NEW_PIN) == FULL
    disk.empty()
    fill_at(pc, disk, "pin.3")
    assert pc.services.unlock.change_pin(PIN, NEW_PIN) == FULL
    pc.on_step = lambda _: None
    disk.empty()
    pc.restart()
    pc.unlock()
    assert isinstance(pc.services.unlock.change_pin(PIN, NEW_PIN), PinChanged)
    pc.unlock(NEW_PIN)
    assert verifier.check(person, pc.code()) == "accepted"


def test_a_reset_on_a_full_disk_waits_for_room(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.enrol(verifier, person)
    pc.unlock()
    code = pc.code()
    disk.fill()
    assert pc.services.reset.reset() == FULL
    assert isinstance(pc.services.opening.look(), Registered)
    assert verifier.check(person, code) == "accepted", "the verifier was not told"
    disk.empty()
    assert pc.services.reset.reset() == ResetDone(verifier_told=True)
    assert pc.services.opening.look() == NotRegistered()


def test_a_sync_on_a_full_disk_tells_the_status_all_the_same(
    verifier: LiveVerifier, pc: Pc, disk: Disk, person: Person
) -> None:
    pc.enrol(verifier, person)
    pc.clock.offset_ms = 240_000
    pc.restart()
    disk.fill()
    assert isinstance(pc.services.sync.sync(), Synced)
    disk.empty()
    pc.unlock()


def test_preferences_on_a_full_disk_stay_as_they_were(disk: Disk) -> None:
    preferences = Preferences(DataFolder(disk.folder / "preferences"))
    preferences.save(Choices(language="en"))
    disk.fill()
    with pytest.raises(StorageError):
        preferences.save(Choices(language="ko"))
    assert preferences.load().choices == Choices(language="en")
    disk.empty()
    preferences.save(Choices(language="ko"))
    assert preferences.load().choices == Choices(language="ko")


def test_a_key_file_on_a_full_disk_keeps_what_it_held(pc: Pc, disk: Disk) -> None:
    pc.services.opening.use_key_file()
    pc.services.key_store.save("one", b"1" * 32)
    disk.fill()
    with pytest.raises(KeyStoreError):
        pc.services.key_store.save("two", b"2" * 32)
    assert pc.services.key_store.load("one") == b"1" * 32
    disk.empty()
    pc.services.key_store.save("two", b"2" * 32)
    assert pc.services.key_store.load("two") == b"2" * 32
