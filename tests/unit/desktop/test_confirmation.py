from motp_desktop.services.outcomes import (
    Ended,
    Enrolled,
    EnrolmentExpired,
    MustReplace,
    NotRegistered,
    PinRight,
    Proven,
    Registered,
    StorageTrouble,
    Unconfirmed,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import NoAnswer, Slot, StorageFault
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import PIN, Desktop
from tests.support.memory_verifier import CODE, refusal


def test_a_confirmed_registration_is_the_active_one_and_its_pin_opens_it() -> None:
    pc = Desktop()
    assert pc.enrol().status.state == "active"
    assert pc.opening.look() == Registered("홍*동", "010-****-5678")
    assert isinstance(pc.unlock.unlock(PIN), PinRight)


def test_an_enrolment_cut_off_is_confirmed_after_a_restart() -> None:
    pc = Desktop()
    pc.prove()
    pc.restart()
    assert pc.opening.look() == Unconfirmed(None)
    assert isinstance(pc.enrolment.confirm(replace=False), Enrolled)


def test_a_lost_answer_is_asked_for_again() -> None:
    pc = Desktop()
    pc.prove()
    pc.verifier.script.append("answer-lost")
    assert pc.enrolment.confirm(replace=False) == NoAnswer("timeout")
    pc.restart()
    assert isinstance(pc.enrolment.confirm(replace=False), Enrolled)


def test_a_registration_elsewhere_is_replaced_only_when_that_was_agreed_to() -> None:
    old = Desktop()
    old.enrol()
    new = Desktop(verifier=old.verifier, clock=old.clock)
    proven = new.prove()
    assert isinstance(proven, Proven)
    assert proven.replaces is not None
    calls = len(new.verifier.calls)
    assert new.enrolment.confirm(replace=False) == MustReplace(proven.replaces)
    assert len(new.verifier.calls) == calls
    assert isinstance(new.enrolment.confirm(replace=True), Enrolled)
    assert old.unlock.unlock(PIN) == Ended("replaced")
    assert isinstance(new.unlock.unlock(PIN), PinRight)


def test_a_registration_made_meanwhile_is_asked_about_even_where_another_was_agreed_to() -> None:
    first = Desktop()
    first.enrol()
    second = Desktop(verifier=first.verifier, clock=first.clock)
    second.prove()
    third = Desktop(verifier=first.verifier, clock=first.clock)
    third.enrol()
    outcome = second.enrolment.confirm(replace=True)
    assert isinstance(outcome, MustReplace)
    assert outcome.replaces.registration_id == third.contents().registration_id
    second.restart()
    assert second.opening.look() == Unconfirmed(outcome.replaces)
    assert isinstance(second.enrolment.confirm(replace=True), Enrolled)


def test_the_old_registration_of_this_pc_works_until_the_new_one_is_confirmed() -> None:
    pc = Desktop()
    pc.enrol()
    old = pc.contents().registration_id
    pc.prove()
    assert pc.contents().registration_id == old
    assert isinstance(pc.unlock.unlock(PIN), PinRight)
    pc.enrolment.abandon()
    assert pc.opening.look() == Registered("홍*동", "010-****-5678")


def test_an_expired_enrolment_leaves_nothing_pending() -> None:
    pc = Desktop()
    pc.prove()
    pc.verifier.enrolments["enrolment-1"].is_expired = True
    assert pc.enrolment.confirm(replace=False) == EnrolmentExpired()
    assert pc.opening.look() == NotRegistered()


def test_a_registration_revoked_before_it_was_confirmed_here_has_ended() -> None:
    pc = Desktop()
    pc.prove()
    pc.verifier.script.append("answer-lost")
    pc.enrolment.confirm(replace=False)
    pc.verifier.registrations["registration-enrolment-1"].state = "revoked"
    pc.verifier.registrations["registration-enrolment-1"].reason = "staff"
    assert pc.enrolment.confirm(replace=False) == Ended("staff")


def test_a_full_disk_leaves_the_enrolment_to_be_confirmed_again() -> None:
    pc = Desktop()
    pc.prove()
    pc.vaults.write_fault = StorageFault.FULL
    assert pc.enrolment.confirm(replace=False) == StorageTrouble(StorageFault.FULL)
    pc.vaults.write_fault = None
    assert isinstance(pc.enrolment.confirm(replace=False), Enrolled)


def test_with_nothing_pending_there_is_nothing_to_confirm() -> None:
    pc = Desktop()
    assert pc.enrolment.confirm(replace=False) == EnrolmentExpired()
    pc.enrolment.abandon()


def test_a_refusal_without_the_other_registration_is_unexpected() -> None:
    pc = Desktop()
    pc.prove()
    pc.verifier.script.append(refusal(ProblemType.ALREADY_REGISTERED))
    assert pc.enrolment.confirm(replace=True) == UnexpectedRefusal("already-registered")


def test_an_enrolment_given_up_is_forgotten_even_where_the_disk_refuses() -> None:
    pc = Desktop()
    pc.prove()
    pc.vaults.write_fault = StorageFault.DENIED
    pc.enrolment.abandon()
    assert pc.enrolment.prove(CODE) == EnrolmentExpired()
    assert Slot.PENDING in pc.vaults.slots
