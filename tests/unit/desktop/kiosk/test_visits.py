"""Trainees come and go at one PC, and leave nothing behind but what opens to their number."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motp_desktop.services.confirmation import CONFIRM_STEPS
from motp_desktop.services.enrolment import ENROLMENT_STEPS
from motp_desktop.services.kiosk.outcomes import HasProfile, NoProfile, NoSuchNumber
from motp_desktop.services.outcomes import (
    ConsentReady,
    Ended,
    Enrolled,
    EnrolmentForm,
    InvalidForm,
    KeyStoreTrouble,
    NotRegistered,
    PinRight,
    Proven,
    Registered,
    StorageTrouble,
    Unconfirmed,
    UnexpectedRefusal,
    WrongPin,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, Refused, StorageFault
from motp_desktop.services.unlock import UNLOCK_STEPS
from motp_protocol.messages import EnrolmentRequest
from motp_protocol.person import normalise_phone
from motp_protocol.problems import ProblemType, problem
from tests.support.desktop_fakes import PIN, Crash
from tests.support.kiosk_fakes import EXIT_PIN, NAME, PHONE, KioskPc
from tests.support.memory_verifier import CODE, refusal
from tests.support.secret_hunt import SecretHunt

OTHER = "010-8765-4321"
DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def pc(tmp_path: Path) -> KioskPc:
    pc = KioskPc(tmp_path / "kiosk")
    pc.enrol()
    return pc


def registered(pc: KioskPc) -> KioskPc:
    """A kiosk with one trainee, who has gone."""
    pc.meet()
    pc.register()
    pc.visits.end()
    return pc


def test_a_trainee_registers_once_and_is_known_by_the_number_in_any_spelling(pc: KioskPc) -> None:
    registered(pc)
    for spelled in (PHONE, "01012345678", "+82 10 1234 5678"):
        assert pc.visits.arrive(spelled) == HasProfile()
    assert pc.visit.opening.look() == Registered("홍*동", "010-****-5678")
    assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)
    assert pc.visit.codes.now() is not None


def test_the_registration_is_of_the_kiosks_kind_and_carries_its_label(pc: KioskPc) -> None:
    registered(pc)
    (request,) = (each for each in pc.verifier.requests if isinstance(each, EnrolmentRequest))
    assert (request.device.kind, request.device.label) == ("kiosk", "1층 로비")


@pytest.mark.parametrize("phone", [OTHER, "", "010"])
def test_nobody_registers_another_number_than_the_one_that_they_came_with(
    pc: KioskPc, phone: str
) -> None:
    pc.meet()
    consent = pc.visit.enrolment.load_consent("ko")
    assert isinstance(consent, ConsentReady)
    form = EnrolmentForm(NAME, phone, PIN)
    assert pc.visit.enrolment.start(form, consent, "ko") == InvalidForm(phone=True)
    assert pc.profiles() == []


@pytest.mark.parametrize("phone", ["", "010", "02-123-4567", "010-1234-567a", "<script>"])
def test_what_is_no_number_begins_no_visit(pc: KioskPc, phone: str) -> None:
    assert pc.visits.arrive(phone) == NoSuchNumber()
    assert pc.visits.current is None


def test_a_number_that_is_only_asked_about_leaves_nothing_on_disk(pc: KioskPc) -> None:
    before = sorted(pc.folder.rglob("*"))
    pc.meet()
    assert pc.visit.opening.look() == NotRegistered()
    pc.visits.end()
    assert sorted(pc.folder.rglob("*")) == before


def test_the_end_of_a_visit_closes_the_codes(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    visit = pc.visit
    visit.unlock.unlock(PIN)
    pc.visits.end()
    assert pc.visits.current is None
    assert visit.codes.now() is None


def test_an_unlock_that_is_answered_after_the_end_opens_nothing(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    visit = pc.visit

    def end_meanwhile(step: str) -> None:
        if step == "unlock.2":
            pc.visits.end()

    pc.on_step = end_meanwhile
    assert isinstance(visit.unlock.unlock(PIN), PinRight)
    assert "unlock.5" in pc.steps
    assert visit.codes.now() is None


def test_a_new_arrival_ends_the_visit_before(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    first = pc.visit
    first.unlock.unlock(PIN)
    pc.meet(OTHER)
    assert first.codes.now() is None
    assert pc.visit is not first


def test_an_enrolment_that_was_given_up_is_deleted_at_the_end(pc: KioskPc) -> None:
    pc.meet()
    pc.send_code()
    assert len(pc.profiles()) == 1
    pc.visits.end()
    assert pc.profiles() == []
    assert pc.visits.arrive(PHONE) == NoProfile()


def test_an_enrolment_that_waits_for_its_confirmation_is_gone_on_with(pc: KioskPc) -> None:
    pc.meet()
    pc.send_code()
    assert isinstance(pc.visit.enrolment.prove(CODE), Proven)
    pc.visits.end()
    pc.restart()
    assert pc.visits.arrive(PHONE) == HasProfile()
    assert pc.visit.opening.look() == Unconfirmed(None)
    assert isinstance(pc.visit.enrolment.confirm(replace=True), Enrolled)
    assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)


def test_an_abandoned_confirmation_leaves_nothing(pc: KioskPc) -> None:
    pc.meet()
    pc.send_code()
    pc.visit.enrolment.prove(CODE)
    pc.visit.enrolment.abandon()
    pc.visits.end()
    assert pc.profiles() == []


def test_another_trainee_cannot_open_it(pc: KioskPc) -> None:
    registered(pc)
    assert pc.visits.arrive(OTHER) == NoProfile()
    assert pc.visit.unlock.unlock(PIN) == Ended("vault-damaged")


@pytest.mark.parametrize(
    "kind", [ProblemType.DEVICE_CLONED, ProblemType.SHARE_UNKNOWN, ProblemType.REGISTRATION_REVOKED]
)
def test_a_registration_that_is_over_is_cleared_away_and_made_anew(
    pc: KioskPc, kind: ProblemType
) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    pc.verifier.script.append(Refused(problem(kind, reason="replaced")))
    assert isinstance(pc.visit.unlock.unlock(PIN), Ended)
    assert pc.visit.opening.look() == NotRegistered()
    pc.register()
    pc.visits.end()
    assert pc.visits.arrive(PHONE) == HasProfile()


def test_a_registration_that_is_over_leaves_no_profile(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    pc.verifier.script.append(refusal(ProblemType.DEVICE_CLONED))
    pc.visit.unlock.unlock(PIN)
    pc.visits.end()
    assert pc.profiles() == []


def test_a_verifier_that_knows_nothing_for_a_while_costs_nobody_a_registration(
    pc: KioskPc,
) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    pc.verifier.script.append(refusal(ProblemType.NOT_FOUND))
    assert pc.visit.unlock.unlock(PIN) == Ended("unknown")
    pc.visits.end()
    assert pc.visits.arrive(PHONE) == HasProfile()
    assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)


def test_a_wrong_pin_and_a_lost_network_leave_the_profile(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    assert isinstance(pc.visit.unlock.unlock("999990"), WrongPin)
    pc.verifier.script.append("answer-lost")
    assert isinstance(pc.visit.unlock.unlock(PIN), NoAnswer)
    pc.visits.end()
    pc.restart()
    pc.visits.arrive(PHONE)
    assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)


def test_a_damaged_profile_is_made_anew(pc: KioskPc) -> None:
    registered(pc)
    (name,) = pc.profiles()
    for file in ("active.vault", "profile"):
        path = pc.folder / "profiles" / name / file
        if path.exists():
            path.write_bytes(b"x" * 100)
        assert pc.visits.arrive(PHONE) == NoProfile()
        pc.register()
        pc.visits.end()
        assert pc.visits.arrive(PHONE) == HasProfile()
        pc.visits.end()


def test_a_damaged_profile_is_gone_if_nobody_makes_it_anew(pc: KioskPc) -> None:
    registered(pc)
    (name,) = pc.profiles()
    (pc.folder / "profiles" / name / "active.vault").write_bytes(b"x" * 100)
    assert pc.visits.arrive(PHONE) == NoProfile()
    pc.visits.end()
    assert pc.profiles() == []


def test_one_folder_does_not_open_under_the_name_of_another(pc: KioskPc) -> None:
    """Whoever can write there cannot hand one trainee the vault of another."""
    registered(pc)
    (name,) = pc.profiles()
    pc.meet(OTHER)
    pc.send_code(OTHER)
    (other,) = (each for each in pc.profiles() if each != name)
    profiles = pc.folder / "profiles"
    for file in (profiles / name).iterdir():
        (profiles / other / file.name).write_bytes(file.read_bytes())
    pc.restart()
    assert pc.visits.arrive(OTHER) == NoProfile()


def test_no_trainee_moves_the_kiosk_to_a_key_file(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    assert pc.visit.opening.use_key_file() == KeyStoreTrouble(KeyStoreFault.FAILED)
    assert not (pc.folder / "keys.json").exists()


# What the kiosk is, decides whom it takes


def test_a_pc_that_is_no_kiosk_takes_nobody(tmp_path: Path) -> None:
    pc = KioskPc(tmp_path / "kiosk")
    assert pc.visits.arrive(PHONE) == UnexpectedRefusal("kiosk-not-enrolled")
    pc.visits.sweep()
    assert pc.profiles() == []


def test_a_locked_kiosk_takes_nobody(pc: KioskPc) -> None:
    registered(pc)
    pc.api.change(state="locked")
    pc.kiosk.refresh()
    assert pc.visits.arrive(PHONE) == UnexpectedRefusal("kiosk-locked")
    assert pc.visits.current is None


def test_a_revoked_kiosk_takes_nobody(pc: KioskPc) -> None:
    pc.api.is_revoked = True
    pc.kiosk.refresh()
    assert pc.visits.arrive(PHONE) == UnexpectedRefusal("kiosk-not-enrolled")


def test_a_keychain_that_fails_is_told(pc: KioskPc) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.visits.arrive(PHONE) == KeyStoreTrouble(KeyStoreFault.LOCKED)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_disk_that_fails_is_told(pc: KioskPc) -> None:
    registered(pc)
    (pc.folder / "profiles").chmod(0)
    try:
        assert pc.visits.arrive(PHONE) == StorageTrouble(StorageFault.DENIED)
    finally:
        (pc.folder / "profiles").chmod(0o700)


def test_a_new_identity_keeps_nothing_of_the_one_before(pc: KioskPc) -> None:
    registered(pc)
    pc.api.codes.add("0000000000")
    pc.api.change(sub="kiosk-2", version=1)
    pc.kiosk.enrol("00000-00000", EXIT_PIN)
    assert pc.profiles() == []
    assert pc.visits.arrive(PHONE) == NoProfile()


# Crashes


@pytest.mark.parametrize("step", [*ENROLMENT_STEPS, *CONFIRM_STEPS])
def test_a_crash_while_registering_leaves_a_start_or_a_registration(pc: KioskPc, step: str) -> None:
    pc.meet()
    pc.crash_at = step
    with pytest.raises(Crash):
        pc.register()
    pc.restart()
    pc.visits.sweep()
    arrived = pc.visits.arrive(PHONE)
    assert (arrived == HasProfile()) == (len(pc.profiles()) == 1)
    match pc.visit.opening.look():
        case NotRegistered():
            pc.register()
        case Unconfirmed():
            assert isinstance(pc.visit.enrolment.confirm(replace=True), Enrolled)
    assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)


@pytest.mark.parametrize("step", UNLOCK_STEPS)
def test_a_crash_while_unlocking_costs_nobody_a_registration(pc: KioskPc, step: str) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    pc.crash_at = step
    with pytest.raises(Crash):
        pc.visit.unlock.unlock(PIN)
    pc.restart()
    assert pc.visits.arrive(PHONE) == HasProfile()
    assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)


def test_a_crash_while_deleting_is_finished_by_the_sweep(pc: KioskPc) -> None:
    registered(pc)
    profiles = pc.folder / "profiles"
    (name,) = pc.profiles()
    (profiles / name).rename(profiles / ".gone-0123456789abcdef")
    pc.restart()
    assert pc.visits.arrive(PHONE) == NoProfile()
    pc.visits.sweep()
    assert pc.profiles() == []


# Sweeping


def test_what_was_not_used_for_the_days_of_the_configuration_is_swept(pc: KioskPc) -> None:
    registered(pc)
    pc.verifier.script.clear()
    for days, left in ((90, 1), (1, 0)):
        pc.clock.pass_time(days * DAY_MS)
        hear_the_time(pc)
        pc.visits.sweep()
        assert len(pc.profiles()) == left


def test_use_keeps_a_profile(pc: KioskPc) -> None:
    registered(pc)
    for _ in range(3):
        pc.clock.pass_time(80 * DAY_MS)
        pc.visits.arrive(PHONE)
        assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)
        pc.visits.end()
        pc.visits.sweep()
    assert len(pc.profiles()) == 1


def test_asking_for_a_number_is_no_use_of_it(pc: KioskPc) -> None:
    registered(pc)
    pc.clock.pass_time(91 * DAY_MS)
    pc.visits.arrive(PHONE)
    pc.visits.end()
    hear_the_time(pc)
    pc.visits.sweep()
    assert pc.profiles() == []


def test_a_clock_that_nobody_confirmed_makes_nothing_old(pc: KioskPc) -> None:
    registered(pc)
    pc.clock.jump(1000 * DAY_MS)
    pc.restart()
    pc.visits.sweep()
    assert len(pc.profiles()) == 1


def test_the_sweep_leaves_whoever_is_there(pc: KioskPc) -> None:
    pc.meet()
    pc.send_code()
    pc.visits.sweep()
    assert len(pc.profiles()) == 1
    assert isinstance(pc.visit.enrolment.prove(CODE), Proven)


def test_the_sweep_deletes_the_remains_of_a_crash(pc: KioskPc) -> None:
    pc.meet()
    pc.send_code()
    pc.restart()
    pc.visits.sweep()
    assert pc.profiles() == []


def test_what_is_no_profile_is_left_alone(pc: KioskPc) -> None:
    registered(pc)
    (pc.folder / "profiles" / "lost+found").mkdir()
    pc.visits.sweep()
    assert "lost+found" in pc.profiles()


def test_users_of_today_are_counted_once_and_in_seoul(pc: KioskPc) -> None:
    registered(pc)
    for _ in range(3):
        pc.visits.arrive(PHONE)
        pc.visit.unlock.unlock(PIN)
    pc.visits.end()
    pc.kiosk.refresh()
    assert pc.api.reports[-1].users_today == 1
    # 15:00 UTC is the next day's midnight in Seoul.
    until_midnight = -(pc.verifier_clock.now_ms() + 9 * 3600 * 1000) % DAY_MS
    pc.clock.pass_time(until_midnight - 1)
    pc.kiosk.refresh()
    assert pc.api.reports[-1].users_today == 1
    pc.clock.pass_time(1)
    pc.kiosk.refresh()
    assert pc.api.reports[-1].users_today == 0


# What lies on the disk


def test_nothing_of_the_trainee_lies_on_the_disk_in_plain(pc: KioskPc) -> None:
    registered(pc)
    pc.visits.arrive(PHONE)
    pc.visit.unlock.unlock(PIN)
    now = pc.visit.codes.now()
    assert now is not None
    pc.meet(OTHER)
    pc.send_code(OTHER)
    hunt = SecretHunt()
    hunt.add_text("name", NAME)
    hunt.add_phone("number", PHONE)
    hunt.add_phone("other number", OTHER)
    hunt.add_text("masked number", "010-****-5678")
    hunt.add_text("PIN", PIN)
    hunt.add_text("code", now.code)
    hunt.add_text("label", "1층 로비")
    (registration,) = pc.verifier.registrations.values()
    hunt.add_bytes("seed", registration.seed)
    hunt.add_text("registration", registration.id)
    for secret in pc.key_store.secrets.values():
        hunt.add_bytes("device secret", secret)
    places = {str(p): p.read_bytes() for p in pc.folder.rglob("*") if p.is_file()}
    places |= {f"name of {p}": str(p).encode() for p in pc.folder.rglob("*")}
    assert len(places) >= 8
    assert hunt.found_in(places) == []


def test_only_this_user_can_read_it(pc: KioskPc) -> None:
    registered(pc)
    for path in (pc.folder, *pc.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_name_of_a_folder_needs_the_kiosks_secret_and_id(pc: KioskPc, tmp_path: Path) -> None:
    registered(pc)
    other = KioskPc(tmp_path / "other")
    other.enrol()
    other.meet()
    other.register()
    assert pc.profiles() != other.profiles()


@settings(max_examples=30)
@given(st.sets(st.integers(0, 10**8 - 1), min_size=2, max_size=20))
def test_every_number_has_a_folder_of_its_own(numbers: set[int]) -> None:
    from motp_desktop.services.adapters.profile_folders import ProfileFolders
    from motp_desktop.services.kiosk.identity import Identity, OpenKiosk
    from motp_desktop.services.kiosk.profiles import Profiles
    from motp_desktop.services.verifier_clock import VerifierClock
    from tests.support.desktop_fakes import CHEAP_ARGON2
    from tests.support.kiosk_fakes import MemoryKioskApi
    from tests.support.memory_ports import TickingClock

    clock = TickingClock()
    identity = Identity(
        kiosk_id="kiosk-1",
        verifier_origin="x",
        signing_key=bytes(32),
        exit_salt=bytes(16),
        exit_check=bytes(32),
        argon2=CHEAP_ARGON2,
        keys={},
        claims=MemoryKioskApi(clock).claims,
    )
    profiles = Profiles(
        folders=ProfileFolders(Path("/nonexistent")),
        verifier_clock=VerifierClock(clock),
        entropy=os.urandom,
    )
    kiosk = OpenKiosk(identity, bytes(32))
    phones = [normalise_phone(f"010{number:08d}") for number in numbers]
    assert len({profiles.of(kiosk, each).name for each in phones}) == len(phones)


def hear_the_time(pc: KioskPc) -> None:
    """Any answer of the verifier's tells the time."""
    assert pc.verifier.service()
