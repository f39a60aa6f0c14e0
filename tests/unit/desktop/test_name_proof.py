"""Proving, by the carrier, that the number is in the trainee's own name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.name_form import check_details
from motp_desktop.services.outcomes import (
    Busy,
    CodeSent,
    Ended,
    IdentityCodeExpired,
    IdentityCodeWrong,
    InvalidNameDetails,
    KeyStoreTrouble,
    NameDetails,
    NameMismatch,
    NameProofExpired,
    NameProven,
    Suspended,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer
from motp_protocol.messages import NameProofRequest
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import Desktop
from tests.support.memory_verifier import CODE, refusal

MINE = NameDetails("SKT", "900301", "1")
TODAY = date(2026, 11, 25)


@pytest.fixture
def pc() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    return desktop


def test_the_name_is_proven_by_the_code_from_the_message(pc: Desktop) -> None:
    sent = pc.name_proof.ask(MINE)
    assert isinstance(sent, CodeSent)
    assert (sent.sent_to, sent.attempts_left) == ("010-****-5678", 5)
    assert sent.expires_at - pc.clock.elapsed_ms() == 180_000
    assert sent.resend_at - pc.clock.elapsed_ms() == 30_000
    assert isinstance(pc.name_proof.resend(), CodeSent)
    assert pc.name_proof.confirm("000000") == IdentityCodeWrong(4)
    proven = pc.name_proof.confirm(CODE)
    assert isinstance(proven, NameProven)
    assert proven.status.name_proof == "done"


def test_it_needs_no_pin_and_survives_a_restart(pc: Desktop) -> None:
    pc.name_proof.ask(MINE)
    pc.restart()
    assert isinstance(pc.name_proof.confirm(CODE), NameProven)


def test_a_lost_answer_to_the_code_is_told_at_the_next_try(pc: Desktop) -> None:
    pc.name_proof.ask(MINE)
    pc.verifier.script.append("answer-lost")
    assert pc.name_proof.confirm(CODE) == NoAnswer("timeout")
    assert isinstance(pc.name_proof.confirm(CODE), NameProven)


def test_asking_after_all_was_done_finds_it_done(pc: Desktop) -> None:
    pc.name_proof.ask(MINE)
    pc.name_proof.confirm(CODE)
    proven = pc.name_proof.ask(MINE)
    assert isinstance(proven, NameProven)
    assert proven.status.name_proof == "done"
    pc.verifier.script.extend((None, NoAnswer("offline")))
    assert pc.name_proof.ask(MINE) == NoAnswer("offline")


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (refusal(ProblemType.NAME_MISMATCH), NameMismatch()),
        (refusal(ProblemType.NAME_PROOF_EXPIRED), NameProofExpired()),
        (refusal(ProblemType.REGISTRATION_SUSPENDED), Suspended()),
        (refusal(ProblemType.REGISTRATION_REVOKED), Ended("unknown")),
        (refusal(ProblemType.NOT_FOUND), Ended("unknown")),
        (refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=86), Busy(86)),
        (
            refusal(ProblemType.NAME_PROOF_UNAVAILABLE),
            UnexpectedRefusal("name-proof-unavailable"),
        ),
        (NoAnswer("failing"), NoAnswer("failing")),
    ],
)
def test_each_refusal_has_its_outcome_at_each_step(
    pc: Desktop, problem: NoAnswer, outcome: object
) -> None:
    pc.verifier.script.extend([problem] * 3)
    assert pc.name_proof.ask(MINE) == outcome
    assert pc.name_proof.resend() == outcome
    assert pc.name_proof.confirm(CODE) == outcome


def test_an_old_code_is_told_from_a_wrong_one(pc: Desktop) -> None:
    pc.verifier.script.append(refusal(ProblemType.IDENTITY_CODE_EXPIRED, attempts_left=5))
    assert pc.name_proof.confirm(CODE) == IdentityCodeExpired()


def test_without_key_store_or_vault_it_says_so(pc: Desktop) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    trouble = KeyStoreTrouble(KeyStoreFault.LOCKED)
    assert pc.name_proof.ask(MINE) == trouble
    assert pc.name_proof.resend() == trouble
    assert pc.name_proof.confirm(CODE) == trouble
    assert Desktop().name_proof.ask(MINE) == Ended("vault-damaged")


def test_a_form_with_faults_is_not_sent(pc: Desktop) -> None:
    calls = len(pc.verifier.calls)
    outcome = pc.name_proof.ask(NameDetails(None, "9013", ""))
    assert outcome == InvalidNameDetails(carrier=True, birth=True, sex=True)
    assert len(pc.verifier.calls) == calls


@pytest.mark.parametrize(
    ("birth", "sex", "fault"),
    [
        ("900301", "1", None),
        ("000229", "3", None),  # 2000 had one
        ("000229", "1", "birth"),  # 1900 had none
        ("261125", "4", None),
        ("261126", "3", "birth"),  # tomorrow
        ("261126", "5", None),  # a hundred years ago
        ("901301", "1", "birth"),
        ("900230", "2", "birth"),
        ("90030", "1", "birth"),
        ("９00301", "1", "birth"),
        ("900301", "0", "sex"),
        ("900301", "9", "sex"),
        ("900301", "12", "sex"),
        ("900301", "１", "sex"),
        ("901301", "9", "both"),
    ],
)
def test_a_birth_date_is_a_day_that_was(birth: str, sex: str, fault: str | None) -> None:
    checked = check_details(NameDetails("KT", birth, sex), TODAY)
    if fault is None:
        assert checked == NameProofRequest(operator="KT", birth_and_sex=birth + sex)
    else:
        assert checked == InvalidNameDetails(
            birth=fault in {"birth", "both"}, sex=fault in {"sex", "both"}
        )


@given(st.text(max_size=8), st.text(max_size=2))
def test_whatever_is_typed_is_checked(birth: str, sex: str) -> None:
    checked = check_details(NameDetails("KT", birth, sex), TODAY)
    assert isinstance(checked, NameProofRequest | InvalidNameDetails)


@given(st.dates(date(1900, 1, 1), TODAY), st.booleans())
def test_everybody_s_birth_date_is_taken(born: date, is_foreign: bool) -> None:
    sex = 1 + 2 * (born.year >= 2000) + 4 * is_foreign
    checked = check_details(NameDetails("KT", f"{born:%y%m%d}", str(sex)), TODAY)
    assert isinstance(checked, NameProofRequest)


def test_what_was_typed_is_in_no_representation() -> None:
    assert "900301" not in repr(MINE)
    assert "900301" not in repr(check_details(MINE, TODAY))
