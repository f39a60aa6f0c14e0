"""Approval on the same PC: what is asked, what is answered, and the proof of it."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.approval_outcomes import (
    ApprovalDeclined,
    ApprovalExpired,
    ApprovalOver,
    ApprovalQuestion,
    Approved,
    NameNotProven,
    NotUnlocked,
    OtherBrowser,
    WrongNumber,
)
from motp_desktop.services.outcomes import (
    ApprovalAsked,
    Busy,
    Ended,
    KeyStoreTrouble,
    PinLocked,
    Suspended,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, Ok
from motp_protocol import wire
from motp_protocol.approvals import ApprovalAnswer, ApprovalAnswered, approval_proof
from motp_protocol.keys import approve_key
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import PIN, Desktop
from tests.support.memory_approvals import NUMBERS, RIGHT
from tests.support.memory_verifier import ORIGIN, Mishap, refusal


@pytest.fixture
def pc() -> Desktop:
    return unlocked()


def unlocked() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    desktop.unlock.unlock(PIN)
    return desktop


def asked(pc: Desktop, link: ApprovalAsked | None = None) -> ApprovalQuestion:
    question = pc.approvals.ask(link or pc.open_link())
    assert isinstance(question, ApprovalQuestion)
    return question


def test_the_right_number_leads_to_the_address_that_finishes_it(pc: Desktop) -> None:
    question = asked(pc)
    assert (question.request.institution, question.request.course) == ("한빛훈련원", "산업안전")
    assert question.request.numbers == NUMBERS
    assert question.expires_at - pc.clock.elapsed_ms() == 120_000
    approved = pc.approvals.answer(question, "approve", RIGHT)
    assert isinstance(approved, Approved)
    assert approved.completion_url.startswith(f"{ORIGIN}/")


def test_no_is_told_and_ends_the_request(pc: Desktop) -> None:
    question = asked(pc)
    assert pc.approvals.answer(question, "refuse", "") == ApprovalDeclined()
    assert pc.approvals.answer(question, "approve", RIGHT) == ApprovalOver()


def test_a_wrong_number_ends_the_request(pc: Desktop) -> None:
    question = asked(pc)
    assert pc.approvals.answer(question, "approve", "17") == WrongNumber()
    assert pc.approvals.answer(question, "approve", RIGHT) == ApprovalOver()
    assert pc.approvals.ask(ApprovalAsked("popup_1", question.ticket)) == ApprovalOver()


def test_a_ticket_that_is_unknown_or_too_old_is_over(pc: Desktop) -> None:
    assert pc.approvals.ask(ApprovalAsked("popup_1", "never-issued")) == ApprovalOver()
    question = asked(pc)
    pc.clock.pass_time(120_000)
    assert pc.approvals.ask(ApprovalAsked("popup_1", question.ticket)) == ApprovalOver()
    assert pc.approvals.answer(question, "approve", RIGHT) == ApprovalExpired()


def test_a_ticket_of_another_pop_up_than_the_links_is_not_shown(pc: Desktop) -> None:
    link = pc.open_link()
    assert pc.approvals.ask(ApprovalAsked("popup_2", link.ticket)) == ApprovalOver()


def test_nothing_is_asked_or_answered_while_locked(pc: Desktop) -> None:
    question = asked(pc)
    pc.codes.forget()
    assert pc.approvals.ask(pc.open_link()) == NotUnlocked()
    assert pc.approvals.answer(question, "approve", RIGHT) == NotUnlocked()
    assert pc.verifier.calls.count("approval") == 1
    assert "answer_approval" not in pc.verifier.calls
    pc.unlock.unlock(PIN)
    assert isinstance(pc.approvals.answer(question, "approve", RIGHT), Approved)


@pytest.mark.parametrize("lost", ["answer-lost", "request-lost"])
def test_what_was_lost_on_the_way_is_said_once_more(pc: Desktop, lost: Mishap) -> None:
    question = asked(pc)
    pc.verifier.script.append(lost)
    assert isinstance(pc.approvals.answer(question, "approve", RIGHT), Approved)
    first, second = pc.verifier.requests[-2:]
    assert first == second


def test_it_is_said_twice_at_most_and_may_be_tried_again_later(pc: Desktop) -> None:
    question = asked(pc)
    pc.verifier.script.extend(["answer-lost", "answer-lost"])
    assert pc.approvals.answer(question, "approve", RIGHT) == NoAnswer("timeout")
    assert pc.verifier.calls.count("answer_approval") == 2
    assert isinstance(pc.approvals.answer(question, "approve", RIGHT), Approved)


def test_what_a_failing_verifier_answers_is_not_repeated(pc: Desktop) -> None:
    question = asked(pc)
    pc.verifier.script.append(NoAnswer("failing"))
    assert pc.approvals.answer(question, "refuse", "") == NoAnswer("failing")
    assert pc.verifier.calls.count("answer_approval") == 1


@pytest.mark.parametrize(
    ("mishap", "outcome"),
    [
        (refusal(ProblemType.NOT_FOUND), ApprovalOver()),
        (refusal(ProblemType.APPROVAL_ANSWERED), ApprovalOver()),
        (refusal(ProblemType.APPROVAL_EXPIRED), ApprovalExpired()),
        (refusal(ProblemType.APPROVAL_NUMBER_WRONG), WrongNumber()),
        (
            refusal(ProblemType.APPROVAL_PROOF_WRONG),
            UnexpectedRefusal("approval-proof-wrong"),
        ),
        (refusal(ProblemType.OTHER_BROWSER), OtherBrowser()),
        (refusal(ProblemType.NAME_NOT_VERIFIED), NameNotProven()),
        (refusal(ProblemType.REGISTRATION_LOCKED), PinLocked()),
        (refusal(ProblemType.REGISTRATION_SUSPENDED), Suspended()),
        (refusal(ProblemType.REGISTRATION_REVOKED), Ended("unknown")),
        (refusal(ProblemType.DEVICE_CLONED), Ended("cloned")),
        (refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=9), Busy(9)),
        (NoAnswer("bad-answer"), NoAnswer("bad-answer")),
    ],
)
def test_each_refusal_has_its_outcome_at_both_steps(
    pc: Desktop, mishap: Mishap, outcome: object
) -> None:
    pc.verifier.script.append(mishap)
    assert pc.approvals.ask(pc.open_link()) == outcome
    question = asked(pc)
    pc.verifier.script.append(mishap)
    assert pc.approvals.answer(question, "approve", RIGHT) == outcome


def test_without_its_key_store_or_its_vault_nothing_is_asked(pc: Desktop) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.approvals.ask(pc.open_link()) == KeyStoreTrouble(KeyStoreFault.LOCKED)
    pc.vaults.slots.clear()
    pc.key_store.fault = None
    assert pc.approvals.ask(pc.open_link()) == Ended("vault-damaged")
    assert "approval" not in pc.verifier.calls


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/complete",
        f"{ORIGIN}.elsewhere.example/complete",
        f"{ORIGIN}@elsewhere.example/",
        f"{ORIGIN}0/complete",
        ORIGIN,
        ORIGIN.replace("http:", "https:") + "/complete",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/complete",
        "",
        f"{ORIGIN}/com plete",
        f"{ORIGIN}/\ncomplete",
        f"{ORIGIN}/\\elsewhere",
        f"{ORIGIN}/{'a' * 2048}",
    ],
)
def test_an_address_that_is_not_under_the_verifiers_origin_is_not_opened(
    pc: Desktop, url: str
) -> None:
    question = asked(pc)
    pc.verifier.approvals.tickets[question.ticket].came = Ok(ApprovalAnswered(completion_url=url))
    pc.verifier.approvals.tickets[question.ticket].answer = answer_to(pc, question, RIGHT)
    assert pc.approvals.answer(question, "approve", RIGHT) == NoAnswer("bad-answer")


def test_a_yes_without_an_address_is_no_answer(pc: Desktop) -> None:
    question = asked(pc)
    ticket = pc.verifier.approvals.tickets[question.ticket]
    ticket.came = Ok(ApprovalAnswered(completion_url=None))
    ticket.answer = answer_to(pc, question, RIGHT)
    assert pc.approvals.answer(question, "approve", RIGHT) == NoAnswer("bad-answer")


def test_a_refusal_opens_nothing_whatever_the_verifier_says(pc: Desktop) -> None:
    question = asked(pc)
    ticket = pc.verifier.approvals.tickets[question.ticket]
    ticket.came = Ok(ApprovalAnswered(completion_url=f"{ORIGIN}/complete"))
    ticket.answer = answer_to(pc, question, "")
    assert pc.approvals.answer(question, "refuse", "") == NoAnswer("bad-answer")


def answer_to(pc: Desktop, question: ApprovalQuestion, number: str) -> ApprovalAnswer:
    """As it must be said, put together apart from the use case."""
    active = pc.verifier.active()
    assert active is not None
    decision = "approve" if number else "refuse"
    proof = approval_proof(
        approve_key(active.seed),
        ticket=question.ticket,
        popup_id=question.request.popup_id,
        decision=decision,  # type: ignore[arg-type]
        number=number,
        asked=question.asked,
    )
    return ApprovalAnswer(decision=decision, number=number, proof=proof)  # type: ignore[arg-type]


PC = unlocked()


@given(
    indent=st.integers(0, 4),
    order=st.randoms(use_true_random=False),
    more=st.dictionaries(st.from_regex(r"x-[a-z]{1,8}", fullmatch=True), st.text(), max_size=3),
    ascii_only=st.booleans(),
)
def test_the_proof_is_over_the_bytes_as_they_came(
    indent: int, order: object, more: dict[str, str], ascii_only: bool
) -> None:
    """Whatever blanks, order of members, escapes and members of a newer version there are."""
    plain = json.loads(wire.encode(asked(PC).request))
    members = list({**plain, **more}.items())
    order.shuffle(members)  # type: ignore[attr-defined]
    text = json.dumps(dict(members), indent=indent or None, ensure_ascii=ascii_only)
    body = text.encode("utf-8", "surrogatepass")
    question = asked(PC, PC.open_link(body=body))
    assert question.asked == body
    assert isinstance(PC.approvals.answer(question, "approve", RIGHT), Approved)


def test_tickets_and_addresses_are_in_no_text_and_in_no_log(
    pc: Desktop, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        question = asked(pc)
        approved = pc.approvals.answer(question, "approve", RIGHT)
    assert isinstance(approved, Approved)
    told = repr(question) + repr(approved) + caplog.text
    assert question.ticket not in told
    assert approved.completion_url not in told
