"""What a check comes to, and how a site is told."""

from dataclasses import dataclass, field
from typing import assert_never

from motp_protocol.encoding import format_time
from motp_protocol.fields import RejectionReason
from motp_protocol.messages import VerificationResult
from motp_verifier.services.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Accepted:
    """The code was right. Times are in milliseconds since 1970.

    `satisfied_until` is None where every time needs a check.
    """

    verification_id: str
    at: int
    attempts_left: int
    satisfied_until: int | None
    signed: Receipt = field(repr=False)

    @property
    def receipt(self) -> str:
        """The receipt as a compact JWS; signed now if nobody has read it yet."""
        return self.signed.text


@dataclass(frozen=True, slots=True)
class Rejected:
    """The code is not taken. `attempts_left` is None where there is nothing to try."""

    verification_id: str
    at: int
    reason: RejectionReason
    attempts_left: int | None


def answer_message(outcome: Accepted | Rejected) -> VerificationResult:
    """The answer over the wire."""
    match outcome:
        case Accepted():
            until = outcome.satisfied_until
            return VerificationResult(
                verification_id=outcome.verification_id,
                result="accepted",
                reason=None,
                attempts_left=outcome.attempts_left,
                verified_at=format_time(outcome.at),
                satisfied_until=None if until is None else format_time(until),
                receipt=outcome.receipt,
            )
        case Rejected():
            return VerificationResult(
                verification_id=outcome.verification_id,
                result="rejected",
                reason=outcome.reason,
                attempts_left=outcome.attempts_left,
                verified_at=format_time(outcome.at),
                satisfied_until=None,
                receipt=None,
            )
        case never:
            assert_never(never)
