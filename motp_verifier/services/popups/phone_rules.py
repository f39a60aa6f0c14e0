"""The numbers that bind a proof of a telephone on a pop-up. Pure."""

from motp_verifier.services.enrolment.rules import CODE_ATTEMPTS, CODE_MS, RESEND_SECONDS
from motp_verifier.store.popups import PhoneRow

PROOF_MS = 10 * 60_000

__all__ = ["CODE_ATTEMPTS", "CODE_MS", "PROOF_MS", "is_over", "seconds_to_resend", "tries_left"]


def is_over(row: PhoneRow, now: int) -> bool:
    """Whether no code can be given any more."""
    return now >= row.ends_at or row.code_attempts >= CODE_ATTEMPTS


def tries_left(row: PhoneRow) -> int:
    """How many more codes may be wrong."""
    return max(0, CODE_ATTEMPTS - row.code_attempts)


def seconds_to_resend(row: PhoneRow, now: int) -> int:
    """How long another message must wait."""
    if row.code_sent_at is None:
        return 0
    return max(0, -((now - row.code_sent_at) // 1000 - RESEND_SECONDS))
