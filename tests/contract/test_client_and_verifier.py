"""The app's real services against a real verifier process, over loopback."""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy.exc import NoResultFound

from motp_desktop.services.outcomes import (
    Busy,
    CodeSent,
    ConsentOutdated,
    ConsentReady,
    ConsentRenewed,
    Ended,
    Enrolled,
    EnrolmentExpired,
    EnrolmentForm,
    IdentityCodeExpired,
    IdentityCodeWrong,
    MustReplace,
    NameDetails,
    NameMismatch,
    NameProven,
    NotRegistered,
    OwnRecords,
    PinChanged,
    PinLocked,
    PinRight,
    Proven,
    Registered,
    ResetDone,
    RosterMismatch,
    Synced,
    WrongPin,
)
from motp_verifier.store import tables
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.pc import PIN, Pc

pytestmark = pytest.mark.xdist_group("client-and-verifier")

NEW_PIN = "739158"
FOUR_MINUTES = 4 * 60_000
TWO_HOURS = 2 * 60 * 60_000
ONE_YEAR = 365 * 24 * 60 * 60_000


@pytest.fixture
def pc(verifier: LiveVerifier, tmp_path: Path) -> Pc:
    """A PC without a registration."""
    return Pc(verifier.origin, tmp_path / "pc")


@pytest.fixture
def person(verifier: LiveVerifier) -> Person:
    """Somebody on the roster."""
    return verifier.new_person()


def other_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_an_enrolment_ends_in_a_code_that_is_accepted_once(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    assert pc.services.opening.look() == NotRegistered()
    enrolled = pc.enrol(verifier, person)
    assert enrolled.status.state == "active"
    assert enrolled.status.institutions == ["한빛훈련원"]
    assert isinstance(pc.services.opening.look(), Registered)
    assert pc.services.codes.now() is None
    pc.unlock()
    code = pc.code()
    assert verifier.check(person, code) == "accepted"
    assert verifier.check(person, code) == "code-used"


def test_the_app_reads_what_came_of_its_codes_and_what_is_needed_today(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    before = pc.services.records.read()
    assert isinstance(before, OwnRecords)
    assert before.checks == ()
    pc.unlock()
    code = pc.code()
    verifier.check(person, code)
    verifier.check(person, code)
    records = pc.services.records.read()
    assert isinstance(records, OwnRecords)
    assert [(check.result, check.reason) for check in records.checks] == [
        ("rejected", "code-used"),
        ("accepted", None),
    ]
    assert {check.institution for check in records.checks} == {"한빛훈련원"}
    assert any(need.satisfied_by for need in records.needs)
    pc.services.reset.reset()
    assert pc.services.records.read() == Ended("vault-damaged")


def test_what_was_enrolled_unlocks_after_any_number_of_restarts(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    for _ in range(3):
        pc.restart()
        assert isinstance(pc.services.opening.look(), Registered)
        pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"


def test_a_wrong_identity_code_counts_and_the_fifth_ends_the_enrolment(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.send_code(person)
    right = verifier.identity_code(person)
    wrong = right
    told = []
    for _ in range(5):
        wrong = other_code(wrong)
        told.append(pc.services.enrolment.prove(wrong))
    assert told == [*(IdentityCodeWrong(left) for left in (4, 3, 2, 1)), EnrolmentExpired()]
    assert pc.services.enrolment.prove(right) == EnrolmentExpired()
    assert pc.services.enrolment.resend() == EnrolmentExpired()


def test_the_same_wrong_code_again_costs_one_try(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.send_code(person)
    wrong = other_code(verifier.identity_code(person))
    assert [pc.services.enrolment.prove(wrong) for _ in range(3)] == [IdentityCodeWrong(4)] * 3


def test_another_code_may_be_asked_for_after_half_a_minute_and_kills_the_first(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.send_code(person)
    first = verifier.identity_code(person)
    early = pc.services.enrolment.resend()
    assert isinstance(early, Busy)
    assert 0 < early.retry_after <= 30
    assert len(verifier.messages_to(person)) == 1
    verifier.age_enrolments(31)
    pc.services.enrolment.prove(other_code(first))
    again = pc.services.enrolment.resend()
    assert isinstance(again, CodeSent)
    assert again.attempts_left == 4
    second = verifier.identity_code(person)
    if first != second:  # once in a million runs they are equal
        assert pc.services.enrolment.prove(first) == IdentityCodeWrong(3)
    assert pc.services.enrolment.prove(second) == Proven(None)


def test_a_code_that_is_too_old_is_told_apart_from_a_wrong_one(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.send_code(person)
    code = verifier.identity_code(person)
    verifier.age_enrolments(3 * 60)
    assert pc.services.enrolment.prove(code) == IdentityCodeExpired()
    again = pc.services.enrolment.resend()
    assert isinstance(again, CodeSent)
    assert again.attempts_left == 5
    assert pc.services.enrolment.prove(verifier.identity_code(person)) == Proven(None)


def test_an_enrolment_that_is_too_old_is_over(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.send_code(person)
    verifier.age_enrolments(10 * 60)
    code = verifier.identity_code(person)
    assert pc.services.enrolment.prove(code) == EnrolmentExpired()
    assert pc.services.opening.look() == NotRegistered()


def test_a_sixth_message_on_one_day_is_refused_until_midnight(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    for _ in range(5):
        pc.send_code(person)
    form = EnrolmentForm(person.name, person.phone, PIN)
    refused = pc.services.enrolment.start(form, pc.consent(), "ko")
    assert isinstance(refused, Busy)
    assert 0 < refused.retry_after <= 24 * 60 * 60
    assert len(verifier.messages_to(person)) == 5


def test_who_is_on_no_roster_learns_it_only_once_the_number_is_proven(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    stranger = Person("남궁미상", person.phone)
    pc.send_code(stranger)
    code = verifier.identity_code(stranger)
    assert pc.services.enrolment.prove(other_code(code)) == IdentityCodeWrong(4)
    assert pc.services.enrolment.prove(code) == RosterMismatch()
    assert pc.services.opening.look() == NotRegistered()
    pc.enrol(verifier, person)


def test_a_consent_to_an_older_document_must_be_given_anew(pc: Pc, person: Person) -> None:
    ready = pc.consent()
    old = msgspec.structs.replace(ready.document, version="2020-01")
    form = EnrolmentForm(person.name, person.phone, PIN)
    outdated = type(ready)(ready.service, old)
    assert pc.services.enrolment.start(form, outdated, "ko") == ConsentOutdated()
    assert isinstance(pc.services.enrolment.start(form, pc.consent(), "ko"), CodeSent)


def test_five_wrong_pins_lock_and_the_sixth_is_refused_though_it_is_right(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    pc.unlock()
    code = pc.code()
    pc.services.codes.forget()
    told = [pc.services.unlock.unlock(f"9{n}9{n}97") for n in range(5)]
    assert told == [*(WrongPin(left) for left in (4, 3, 2, 1)), PinLocked()]
    assert pc.services.unlock.unlock(PIN) == PinLocked()
    pc.restart()
    assert pc.services.unlock.unlock(PIN) == PinLocked()
    assert pc.services.codes.now() is None
    assert verifier.check(person, code) == "locked"
    synced = pc.services.sync.sync()
    assert isinstance(synced, Synced)
    assert synced.status.locks == ["pin"]


def test_a_right_pin_ends_the_run_of_wrong_ones(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    for _ in range(2):
        for left in (4, 3, 2, 1):
            assert pc.services.unlock.unlock(f"9{left}9{left}97") == WrongPin(left)
        pc.unlock()


def test_a_new_device_takes_the_place_of_the_old_one_and_the_owner_is_told(
    verifier: LiveVerifier, pc: Pc, person: Person, tmp_path: Path
) -> None:
    pc.enrol(verifier, person)
    pc.unlock()
    other = Pc(verifier.origin, tmp_path / "other")
    replaces = other.prove(verifier, person).replaces
    assert replaces is not None
    assert replaces.registration_id == pc.vault().registration_id
    assert other.services.enrolment.confirm(replace=False) == MustReplace(replaces)
    assert verifier.check(person, pc.code()) == "accepted", "the old one works until then"
    assert isinstance(other.services.enrolment.confirm(replace=True), Enrolled)
    assert pc.services.unlock.unlock(PIN) == Ended("replaced")
    assert pc.services.sync.sync() == Ended("replaced")
    other.unlock()
    assert "이전 기기가 해지되었습니다" in verifier.wait_for_message(person, number=3)


def test_a_changed_pin_opens_and_the_old_one_does_not(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    assert pc.services.unlock.change_pin("999797", NEW_PIN) == WrongPin(4)
    assert isinstance(pc.services.unlock.change_pin(PIN, NEW_PIN), PinChanged)
    pc.restart()
    assert pc.services.unlock.unlock(PIN) == WrongPin(4)
    pc.unlock(NEW_PIN)
    assert verifier.check(person, pc.code()) == "accepted"


def test_after_a_reset_no_code_counts_and_a_new_enrolment_works(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    pc.unlock()
    code = pc.code()
    assert pc.services.reset.reset() == ResetDone(verifier_told=True)
    assert verifier.check(person, code) == "revoked"
    assert pc.services.codes.now() is None
    assert pc.services.opening.look() == NotRegistered()
    assert pc.key_store.secrets == {}
    pc.enrol(verifier, person)
    pc.unlock()


@pytest.mark.parametrize(
    "offset",
    [FOUR_MINUTES, -FOUR_MINUTES, TWO_HOURS, -TWO_HOURS, ONE_YEAR, -ONE_YEAR],
)
def test_a_wrong_system_clock_heals_itself_and_is_told(
    verifier: LiveVerifier, person: Person, tmp_path: Path, offset: int
) -> None:
    pc = Pc(verifier.origin, tmp_path / "pc", offset_ms=offset)
    pc.enrol(verifier, person)
    pc.restart()
    status = pc.unlock().status
    assert abs(pc.services.codes.skew_ms() - offset) < 1000
    assert abs(status.skew_seconds - offset // 1000) <= 1
    assert verifier.check(person, pc.code()) == "accepted"


@pytest.mark.parametrize("offset", [-FOUR_MINUTES, TWO_HOURS, ONE_YEAR, -ONE_YEAR])
def test_a_clock_that_is_set_wrong_after_the_enrolment_heals_at_the_next_contact(
    verifier: LiveVerifier, pc: Pc, person: Person, offset: int
) -> None:
    pc.enrol(verifier, person)
    pc.clock.offset_ms = offset
    pc.restart()
    assert isinstance(pc.services.unlock.unlock(PIN), PinRight)
    assert abs(pc.services.codes.skew_ms() - offset) < 1000
    assert verifier.check(person, pc.code()) == "accepted"
    pc.clock.offset_ms = 0
    pc.restart()
    assert isinstance(pc.services.unlock.unlock(PIN), PinRight)


def test_the_number_is_proven_to_be_in_the_trainee_s_name(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    proof = pc.services.name_proof
    assert proof.ask(NameDetails("KT", "000101", "3")) == NameMismatch()
    sent = proof.ask(NameDetails("KT", "900301", "1"))
    assert isinstance(sent, CodeSent)
    assert (sent.sent_to[-4:], sent.attempts_left) == (person.phone[-4:], 5)
    code = verifier.identity_code(person)
    assert proof.confirm(other_code(code)) == IdentityCodeWrong(4)
    assert proof.resend() == Busy(30)
    pc.restart()
    proven = pc.services.name_proof.confirm(code)
    assert isinstance(proven, NameProven)
    assert proven.status.name_proof == "done"
    assert isinstance(pc.services.name_proof.ask(NameDetails("KT", "900301", "1")), NameProven)
    assert pc.unlock().status.name_proof == "done"


def test_a_consent_to_a_changed_document_is_kept_and_asked_for_no_more(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    verifier.agreed_long_ago(pc.vault().registration_id)
    synced = pc.services.sync.sync()
    assert isinstance(synced, Synced)
    assert synced.status.consent.renew
    assert pc.unlock().status.consent.renew, "codes are shown all the same"
    ready = pc.services.consent_renewal.load("ko")
    assert isinstance(ready, ConsentReady)
    for _ in range(2):
        renewed = pc.services.consent_renewal.renew(ready)
        assert isinstance(renewed, ConsentRenewed)
        assert not renewed.status.consent.renew


def test_a_withdrawal_ends_the_registration_and_the_next_purge_erases_the_person(
    verifier: LiveVerifier, pc: Pc, person: Person
) -> None:
    pc.enrol(verifier, person)
    pc.unlock()
    code = pc.code()
    registration_id = pc.vault().registration_id
    trainee_id = verifier.row(tables.registration, registration_id)["trainee_id"]
    assert pc.services.reset.withdraw() == ResetDone(verifier_told=True, withdrawn=True)
    assert pc.services.opening.look() == NotRegistered()
    assert verifier.check(person, code) == "revoked"
    assert verifier.row(tables.registration, registration_id)["seed_sealed"] is None
    verifier.purge()
    for table, row_id in ((tables.registration, registration_id), (tables.trainee, trainee_id)):
        with pytest.raises(NoResultFound):
            verifier.row(table, row_id)
