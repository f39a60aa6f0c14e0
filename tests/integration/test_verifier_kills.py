"""`kill -9` of the verifier at every step of every write, under the app's real services.

The app gets no answer; the verifier is started again at the same address; the app does again
what it did, and goes on. `test_verifier_crashes.py` walks the wire by itself; here the vault,
the try and the pending registration on the app's disk must fit what the database kept.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import update

from motp_desktop.services.outcomes import (
    CodeSent,
    Ended,
    Enrolled,
    EnrolmentForm,
    IdentityCodeWrong,
    NameDetails,
    NameMismatch,
    NameProven,
    Proven,
    ResetDone,
    ResetUnfinished,
    Synced,
    WrongPin,
)
from motp_desktop.services.ports import NoAnswer
from motp_verifier.store import tables
from motp_verifier.store.location import SqliteFile
from motp_verifier.store.opening import maintaining
from tests.support.desktop_fakes import NEW_PIN
from tests.support.killing_verifier import MOMENTS, Killable, killable_verifier
from tests.support.live_verifier import Person
from tests.support.pc import PIN, Pc

NewPc = Callable[[], Pc]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killable]:
    with killable_verifier(tmp_path_factory.mktemp("verifier") / "data") as running:
        yield running


@pytest.fixture
def person(verifier: Killable) -> Person:
    return verifier.new_person()


@pytest.fixture
def new_pc(verifier: Killable, tmp_path: Path) -> NewPc:
    folders = (tmp_path / f"pc{number}" for number in range(9))
    return lambda: Pc(verifier.origin, next(folders))


@pytest.fixture
def pc(new_pc: NewPc, verifier: Killable, person: Person) -> Pc:
    """A PC with a registration in good order."""
    one = new_pc()
    one.enrol(verifier, person)
    return one


def assert_works(pc: Pc, verifier: Killable, person: Person, pin: str = PIN) -> None:
    """The PIN opens, before and after a restart of the app, and the code is accepted."""
    pc.unlock(pin)
    assert verifier.check(person, pc.code()) == "accepted"
    pc.restart()
    pc.unlock(pin)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_an_enrolment_begins_costs_one_message(
    moment: str, verifier: Killable, person: Person, new_pc: NewPc
) -> None:
    pc = new_pc()
    form, consent = EnrolmentForm(person.name, person.phone, PIN), pc.consent()
    with verifier.dying_at(f"enrolment-start:{moment}"):
        assert isinstance(pc.services.enrolment.start(form, consent, "ko"), NoAnswer)
    pc.enrol(verifier, person)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_after_a_message_did_not_leave_costs_one_message(
    moment: str, verifier: Killable, person: Person, new_pc: NewPc
) -> None:
    pc = new_pc()
    form, consent = EnrolmentForm(person.name, person.phone, PIN), pc.consent()
    outbox, aside = verifier.data_dir / "outbox.jsonl", verifier.data_dir / "outbox.aside"
    outbox.touch()
    outbox.rename(aside)
    outbox.mkdir()
    with verifier.dying_at(f"enrolment-unsent:{moment}"):
        assert isinstance(pc.services.enrolment.start(form, consent, "ko"), NoAnswer)
        outbox.rmdir()
        aside.rename(outbox)
    pc.enrol(verifier, person)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_a_code_is_sent_again_leaves_another_to_be_asked_for(
    moment: str, verifier: Killable, person: Person, new_pc: NewPc
) -> None:
    pc = new_pc()
    pc.send_code(person)
    verifier.age_enrolments(31)
    with verifier.dying_at(f"enrolment-resend:{moment}"):
        assert isinstance(pc.services.enrolment.resend(), NoAnswer)
    verifier.age_enrolments(31)
    assert isinstance(pc.services.enrolment.resend(), CodeSent)
    assert pc.services.enrolment.prove(verifier.identity_code(person)) == Proven(None)
    assert isinstance(pc.services.enrolment.confirm(replace=False), Enrolled)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_the_number_is_proven_lets_the_same_code_be_sent_again(
    moment: str, verifier: Killable, person: Person, new_pc: NewPc
) -> None:
    pc = new_pc()
    pc.send_code(person)
    code = verifier.identity_code(person)
    with verifier.dying_at(f"enrolment-identity:{moment}"):
        assert isinstance(pc.services.enrolment.prove(code), NoAnswer)
    assert pc.services.enrolment.prove(code) == Proven(None)
    assert isinstance(pc.services.enrolment.confirm(replace=False), Enrolled)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_the_number_is_proven_lets_a_restarted_app_enrol_anew(
    moment: str, verifier: Killable, person: Person, new_pc: NewPc
) -> None:
    pc = new_pc()
    pc.send_code(person)
    with verifier.dying_at(f"enrolment-identity:{moment}"):
        outcome = pc.services.enrolment.prove(verifier.identity_code(person))
        assert isinstance(outcome, NoAnswer)
    pc.restart()
    pc.enrol(verifier, person)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("is_app_restarted", [False, True])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_an_enrolment_is_confirmed_lets_it_be_confirmed_again(
    moment: str, is_app_restarted: bool, verifier: Killable, person: Person, new_pc: NewPc
) -> None:
    pc = new_pc()
    pc.prove(verifier, person)
    with verifier.dying_at(f"enrolment-confirm:{moment}"):
        assert isinstance(pc.services.enrolment.confirm(replace=False), NoAnswer)
    if is_app_restarted:
        pc.restart()
    assert isinstance(pc.services.enrolment.confirm(replace=False), Enrolled)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_a_registration_is_replaced_ends_the_old_one_exactly_with_the_new(
    moment: str, verifier: Killable, person: Person, pc: Pc, new_pc: NewPc
) -> None:
    new = new_pc()
    new.prove(verifier, person)
    with verifier.dying_at(f"enrolment-confirm:{moment}"):
        assert isinstance(new.services.enrolment.confirm(replace=True), NoAnswer)
    if moment == "answer":
        assert pc.services.unlock.unlock(PIN) == Ended("replaced")
    else:
        assert_works(pc, verifier, person)
    assert isinstance(new.services.enrolment.confirm(replace=True), Enrolled)
    assert pc.services.unlock.unlock(PIN) == Ended("replaced")
    assert_works(new, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("operation", ["notices-claim", "notices-done", "tidy"])
def test_a_kill_while_a_notice_is_sent_does_not_lose_it(
    operation: str, moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    pc.prove(verifier, person)
    with verifier.dying_at(f"{operation}:{moment}"):
        # The notice leaves in the background: the answer may come first, or never.
        confirmed = pc.services.enrolment.confirm(replace=True)
        assert isinstance(confirmed, Enrolled | NoAnswer)
    if isinstance(confirmed, NoAnswer):
        assert isinstance(pc.services.enrolment.confirm(replace=True), Enrolled)
    make_all_notices_due(verifier)
    verifier.process.kill()
    verifier.process.restart()
    verifier.wait_for_message(person, number=3)  # after the codes of two enrolments
    assert_works(pc, verifier, person)


def make_all_notices_due(verifier: Killable) -> None:
    """As if the minute were over after which a notice is tried again."""
    with maintaining(SqliteFile(verifier.database)) as connection:
        connection.execute(update(tables.outgoing_message).values(next_attempt_at=0))


@pytest.mark.parametrize("is_app_restarted", [False, True])
@pytest.mark.parametrize("moment", MOMENTS)
def test_kills_while_unlocking_let_the_pin_be_entered_again(
    moment: str, is_app_restarted: bool, verifier: Killable, person: Person, pc: Pc
) -> None:
    for _ in range(2):
        with verifier.dying_at(f"unlock:{moment}"):
            assert isinstance(pc.services.unlock.unlock(PIN), NoAnswer)
        if is_app_restarted:
            pc.restart()
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_after_a_wrong_pin_counts_it_once_at_most(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    with verifier.dying_at(f"unlock:{moment}"):
        assert isinstance(pc.services.unlock.unlock("918273"), NoAnswer)
    assert pc.services.unlock.unlock("918273") == WrongPin(attempts_left=4)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_the_pin_is_changed_leaves_the_old_one_in_force(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    with verifier.dying_at(f"pin:{moment}"):
        assert isinstance(pc.services.unlock.change_pin(PIN, NEW_PIN), NoAnswer)
    pc.restart()
    assert pc.services.unlock.unlock(NEW_PIN) == WrongPin(attempts_left=4)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_during_a_sync_changes_nothing(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    with verifier.dying_at(f"sync:{moment}"):
        assert isinstance(pc.services.sync.sync(), NoAnswer)
    assert isinstance(pc.services.sync.sync(), Synced)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_during_a_reset_lets_it_be_finished(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    with verifier.dying_at(f"reset:{moment}"):
        assert isinstance(pc.services.reset.reset(), NoAnswer)
    pc.restart()
    assert pc.services.opening.look() == ResetUnfinished()
    assert pc.services.reset.reset() == ResetDone(verifier_told=True)
    pc.enrol(verifier, person)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_code_whose_acceptance_was_cut_off_is_accepted_at_most_once(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    pc.unlock()
    code = pc.code()
    with verifier.dying_at(f"verification:{moment}"), pytest.raises(requests.ConnectionError):
        verifier.check(person, code)
    said = [verifier.check(person, code) for _ in range(3)]
    first = "code-used" if moment == "answer" else "accepted"
    assert said == [first, "code-used", "code-used"]


def test_a_code_that_was_accepted_is_not_accepted_after_a_kill(
    verifier: Killable, person: Person, pc: Pc
) -> None:
    pc.unlock()
    code = pc.code()
    assert verifier.check(person, code) == "accepted"
    verifier.process.kill()
    verifier.process.restart()
    assert verifier.check(person, code) == "code-used"


MINE = NameDetails("SKT", "900301", "1")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("operation", ["name-proof-start", "name-proof-sent"])
def test_a_kill_while_a_name_code_is_sent_costs_one_message(
    operation: str, moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    proof = pc.services.name_proof
    with verifier.dying_at(f"{operation}:{moment}"):
        assert isinstance(proof.ask(MINE), NoAnswer)
    assert isinstance(proof.ask(MINE), CodeSent)
    verifier.age_name_proofs(31)
    assert isinstance(proof.resend(), CodeSent)
    assert isinstance(proof.confirm(verifier.identity_code(person)), NameProven)
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("operation", ["name-proof-try", "name-proof-done"])
def test_a_kill_while_a_name_is_verified_lets_the_same_code_be_sent_again(
    operation: str, moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    proof = pc.services.name_proof
    proof.ask(MINE)
    code = verifier.identity_code(person)
    with verifier.dying_at(f"{operation}:{moment}"):
        assert isinstance(proof.confirm(code), NoAnswer)
    proven = proof.confirm(code)
    assert isinstance(proven, NameProven)
    assert proven.status.name_proof == "done"
    assert_works(pc, verifier, person)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_after_a_wrong_name_code_counts_it_twice_at_most(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    proof = pc.services.name_proof
    proof.ask(MINE)
    code = verifier.identity_code(person)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    with verifier.dying_at(f"name-proof-wrong:{moment}"):
        assert isinstance(proof.confirm(wrong), NoAnswer)
    # Before it was kept which code was wrong, the same one again is one more.
    assert proof.confirm(wrong) == IdentityCodeWrong(4 if moment == "answer" else 3)
    assert isinstance(proof.confirm(code), NameProven)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_while_a_mismatch_is_told_lets_it_be_asked_again(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    proof = pc.services.name_proof
    refused = NameDetails("SKT", "000101", "3")
    with verifier.dying_at(f"name-proof-end:{moment}"):
        assert isinstance(proof.ask(refused), NoAnswer)
    verifier.age_name_proofs(31)
    assert proof.ask(refused) == NameMismatch()
    assert isinstance(proof.ask(MINE), CodeSent)
    assert isinstance(proof.confirm(verifier.identity_code(person)), NameProven)
