"""The proof of an approval against a second way to compute it, and what it is bound to."""

import base64
import hashlib
from typing import get_args

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.approvals import ApprovalAnswer, ApprovalRequest, Decision, approval_proof

IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
ASKED = b'{"popup_id":"p1"}'


def proof(key: bytes = bytes(32), asked: bytes = ASKED, **changed: str) -> str:
    said = {"ticket": "t1", "popup_id": "p1", "number": "42"} | changed
    return approval_proof(key, decision="approve", asked=asked, **said)


@given(st.binary(min_size=32, max_size=32), IDS, IDS, st.sampled_from(get_args(Decision)))
def test_the_proof_is_the_hmac_of_its_parts(
    key: bytes, ticket: str, popup_id: str, decision: Decision
) -> None:
    mac = HMAC(key, hashes.SHA256())
    for part in (ticket, popup_id, decision, "07"):
        mac.update(part.encode() + b"\0")
    mac.update(hashlib.sha256(ASKED).digest())
    expected = base64.urlsafe_b64encode(mac.finalize()).decode().rstrip("=")
    given_proof = approval_proof(
        key, ticket=ticket, popup_id=popup_id, decision=decision, number="07", asked=ASKED
    )
    assert given_proof == expected


@pytest.mark.parametrize(
    "other",
    [
        proof(key=b"\1" * 32),
        proof(asked=b"{}"),
        proof(ticket="t2"),
        proof(popup_id="p2"),
        proof(number="43"),
        approval_proof(
            bytes(32), ticket="t1", popup_id="p1", decision="refuse", number="42", asked=ASKED
        ),
    ],
)
def test_the_proof_changes_with_each_of_its_parts(other: str) -> None:
    assert other != proof()


@pytest.mark.parametrize("numbers", [[], ["01", "02"], ["01", "02", "03", "04"], ["1", "2", "3"]])
def test_a_request_has_exactly_three_numbers_of_two_digits(numbers: list[str]) -> None:
    asked = {
        "popup_id": "p1",
        "institution": "한빛훈련원",
        "course": "c",
        "class": "1",
        "session": 3,
        "occasion": "lesson",
        "numbers": ["01", "02", "03"],
        "expires_at": "2026-11-26T00:00:00.000Z",
    }
    assert msgspec.convert(asked, ApprovalRequest).numbers == ["01", "02", "03"]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(asked | {"numbers": numbers}, ApprovalRequest)


@pytest.mark.parametrize("number", ["1", "123", "4a", " 42"])
def test_an_answer_with_another_kind_of_number_is_refused(number: str) -> None:
    answer = {"decision": "approve", "number": number, "proof": proof()}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(answer, ApprovalAnswer)
