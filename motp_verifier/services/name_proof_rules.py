"""The numbers that bind a name proof, and what its steps share."""

from motp_protocol.encoding import format_time
from motp_protocol.messages import IdentityChallenge
from motp_protocol.person import mask_phone
from motp_verifier.services.enrolment import rules
from motp_verifier.services.name_proof_outcomes import ProofOver, WrongCode
from motp_verifier.services.people import Person
from motp_verifier.store.name_proofs import NameProofRow

PROOF_MS = 10 * 60_000


def challenge(row: NameProofRow, person: Person, now: int) -> IdentityChallenge:
    """What the device is told of the code that is on its way."""
    return IdentityChallenge(
        method="carrier",
        sent_to=mask_phone(person.phone),
        expires_at=format_time(row.code_expires_at),
        attempts_left=rules.CODE_ATTEMPTS - row.code_attempts,
        resend_after=seconds_to_resend(row, now),
    )


def is_over(row: NameProofRow, now: int) -> bool:
    """Whether no code can be given any more."""
    return now >= row.ends_at or row.code_attempts >= rules.CODE_ATTEMPTS


def seconds_to_resend(row: NameProofRow, now: int) -> int:
    """How long another message must wait."""
    if row.code_sent_at is None:
        return 0
    return max(0, -((now - row.code_sent_at) // 1000 - rules.RESEND_SECONDS))


def wrong_code(attempts: int) -> WrongCode | ProofOver:
    """How a wrong code ends, so many having been tried."""
    left = rules.CODE_ATTEMPTS - attempts
    return WrongCode(left) if left > 0 else ProofOver()
