import msgspec
import pytest

from motp_desktop.services.outcomes import (
    Busy,
    CodeSent,
    ConsentOutdated,
    ConsentReady,
    EnrolmentExpired,
    EnrolmentForm,
    IdentityCodeExpired,
    IdentityCodeWrong,
    InvalidForm,
    KeyStoreTrouble,
    Proven,
    RosterMismatch,
    StorageTrouble,
    Suspended,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, Slot, StorageFault
from motp_protocol.messages import EnrolmentRequest, IdentityProof
from motp_protocol.pin import PinFault
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import FORM, PIN, Desktop
from tests.support.memory_verifier import CODE, refusal


def test_the_consent_is_the_one_that_the_verifier_names() -> None:
    loaded = Desktop().enrolment.load_consent("ko")
    assert isinstance(loaded, ConsentReady)
    assert loaded.document.lang == "ko"


def test_a_consent_that_is_not_what_its_hash_names_is_no_answer() -> None:
    pc = Desktop()
    document = pc.verifier.document
    pc.verifier.document = lambda lang: msgspec.structs.replace(  # type: ignore[method-assign]
        document(lang), text="다른 글"
    )
    assert pc.enrolment.load_consent("ko") == NoAnswer("bad-answer")


def test_a_consent_other_than_the_one_announced_is_no_answer() -> None:
    pc = Desktop()
    document = pc.verifier.document
    pc.verifier.document = lambda lang: document("en")  # type: ignore[method-assign]
    assert pc.enrolment.load_consent("ko") == NoAnswer("bad-answer")


def test_all_that_is_wrong_with_the_form_is_told_at_once_and_nothing_is_sent() -> None:
    pc = Desktop()
    consent = pc.ready_consent()
    form = EnrolmentForm(name=" 1 ", phone="02-123-4567", pin="0000")
    outcome = pc.enrolment.start(form, consent, "ko")
    assert outcome == InvalidForm(name=True, phone=True, pin=PinFault.TOO_COMMON)
    assert "start_enrolment" not in pc.verifier.calls


def test_a_pin_out_of_the_own_number_is_refused() -> None:
    pc = Desktop()
    form = EnrolmentForm(name="홍길동", phone="010-1234-5693", pin="5693")
    outcome = pc.enrolment.start(form, pc.ready_consent(), "ko")
    assert outcome == InvalidForm(pin=PinFault.FROM_PHONE)


@pytest.mark.parametrize("fault", list(KeyStoreFault))
def test_a_key_store_that_fails_is_told_before_a_text_message_is_spent(
    fault: KeyStoreFault,
) -> None:
    pc = Desktop()
    consent = pc.ready_consent()
    pc.key_store.fault = fault
    assert pc.enrolment.start(FORM, consent, "ko") == KeyStoreTrouble(fault)
    assert "start_enrolment" not in pc.verifier.calls


def test_the_code_that_is_sent_is_timed_by_the_clock_that_never_jumps() -> None:
    pc = Desktop()
    sent = pc.send_code()
    now = pc.clock.elapsed_ms()
    assert sent == CodeSent("010-****-5678", now + 180_000, now + 30_000, 5)


def test_the_request_names_the_person_and_the_consent_but_not_the_pin() -> None:
    pc = Desktop()
    pc.send_code()
    request = pc.verifier.requests[-1]
    assert isinstance(request, EnrolmentRequest)
    assert (request.name, request.phone) == ("홍길동", "+821012345678")
    assert request.consent is not None
    assert request.consent.agreed
    assert PIN.encode() not in msgspec.json.encode(request)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ProblemType.CONSENT_OUTDATED, ConsentOutdated()),
        (ProblemType.INVALID_NAME, InvalidForm(name=True)),
        (ProblemType.INVALID_PHONE, InvalidForm(phone=True)),
        (ProblemType.KIOSK_REQUIRED, UnexpectedRefusal("kiosk-required")),
    ],
)
def test_each_refusal_of_a_start_has_its_outcome(kind: ProblemType, outcome: object) -> None:
    pc = Desktop()
    consent = pc.ready_consent()
    pc.verifier.script.append(refusal(kind))
    assert pc.enrolment.start(FORM, consent, "ko") == outcome


def test_asking_too_often_says_how_long_to_wait() -> None:
    pc = Desktop()
    consent = pc.ready_consent()
    pc.verifier.script.append(refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=120))
    assert pc.enrolment.start(FORM, consent, "ko") == Busy(120)


def test_a_wrong_code_tells_how_many_tries_are_left_and_the_right_one_still_counts() -> None:
    pc = Desktop()
    pc.send_code()
    assert pc.enrolment.prove("000000") == IdentityCodeWrong(4)
    assert pc.enrolment.prove(CODE) == Proven(None)


def test_a_code_that_is_too_old_costs_no_try_and_another_can_be_asked_for() -> None:
    pc = Desktop()
    pc.send_code()
    pc.verifier.script.append(refusal(ProblemType.IDENTITY_CODE_EXPIRED, attempts_left=5))
    assert pc.enrolment.prove(CODE) == IdentityCodeExpired()
    assert isinstance(pc.enrolment.resend(), CodeSent)
    assert pc.enrolment.prove(CODE) == Proven(None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "１２３４５６", "12345a", "123456\n"])
def test_what_is_no_code_is_not_sent_and_costs_no_try(typed: str) -> None:
    pc = Desktop()
    pc.send_code()
    assert pc.enrolment.prove(typed) == IdentityCodeWrong(5)
    assert "prove_identity" not in pc.verifier.calls


def test_a_code_whose_answer_was_lost_is_proven_by_an_equal_request() -> None:
    pc = Desktop()
    pc.send_code()
    pc.enrolment.prove("000000")
    pc.verifier.script.append("answer-lost")
    assert pc.enrolment.prove(CODE) == NoAnswer("timeout")
    assert pc.enrolment.prove(CODE) == Proven(None)
    wrong, first, second = pc.verifier.requests[-3:]
    assert isinstance(wrong, IdentityProof)
    assert isinstance(first, IdentityProof)
    assert first == second
    assert wrong.key_share == first.key_share


def test_the_pending_vault_is_on_disk_before_the_number_counts_as_proven() -> None:
    pc = Desktop()
    pc.prove()
    contents = pc.contents(Slot.PENDING)
    assert contents.name_masked == "홍*동"
    assert contents.phone_masked == "010-****-5678"
    assert contents.confirmation is not None
    assert contents.try_ is None
    assert Slot.ACTIVE not in pc.vaults.slots


def test_a_full_disk_loses_nothing_and_the_same_code_goes_on() -> None:
    pc = Desktop()
    pc.send_code()
    pc.vaults.write_fault = StorageFault.FULL
    assert pc.enrolment.prove(CODE) == StorageTrouble(StorageFault.FULL)
    pc.vaults.write_fault = None
    assert pc.enrolment.prove(CODE) == Proven(None)


def test_a_verifier_that_does_not_have_the_same_keys_is_not_believed() -> None:
    pc = Desktop()
    pc.verifier.tampers_with_confirmation = True
    pc.send_code()
    assert pc.enrolment.prove(CODE) == UnexpectedRefusal("bad-confirmation")
    assert pc.vaults.slots == {}


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ProblemType.ENROLMENT_EXPIRED, EnrolmentExpired()),
        (ProblemType.NOT_FOUND, EnrolmentExpired()),
        (ProblemType.ROSTER_MISMATCH, RosterMismatch()),
        (ProblemType.ENROLMENT_CONFLICT, UnexpectedRefusal("enrolment-conflict")),
    ],
)
def test_each_refusal_of_a_proof_has_its_outcome(kind: ProblemType, outcome: object) -> None:
    pc = Desktop()
    pc.send_code()
    pc.verifier.script.append(refusal(kind))
    assert pc.enrolment.prove(CODE) == outcome


def test_another_code_can_be_asked_for_until_the_enrolment_expires() -> None:
    pc = Desktop()
    pc.send_code()
    assert isinstance(pc.enrolment.resend(), CodeSent)
    pc.verifier.script.append(refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=12))
    assert pc.enrolment.resend() == Busy(12)
    pc.verifier.enrolments["enrolment-1"].is_expired = True
    assert pc.enrolment.resend() == EnrolmentExpired()


def test_without_a_start_there_is_nothing_to_prove_or_to_resend() -> None:
    pc = Desktop()
    assert pc.enrolment.prove(CODE) == EnrolmentExpired()
    assert pc.enrolment.resend() == EnrolmentExpired()


def test_two_enrolments_share_no_key() -> None:
    first, second = Desktop(), Desktop()
    first.prove()
    second.prove()
    one, other = first.contents(Slot.PENDING), second.contents(Slot.PENDING)
    assert one.signing_key != other.signing_key
    assert one.pin_salt != other.pin_salt


def test_a_suspended_trainee_is_told_so_once_the_number_is_proven() -> None:
    pc = Desktop()
    pc.send_code()
    pc.verifier.script.append(refusal(ProblemType.REGISTRATION_SUSPENDED))
    assert pc.enrolment.prove(CODE) == Suspended()
