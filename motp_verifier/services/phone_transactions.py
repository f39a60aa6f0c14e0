"""What a phone identity verification is good for: one use, within ten minutes.

Both functions are parts of the caller's transaction, so that a proof is issued with what
proved it, and used up with what it is used for.
"""

from typing import Literal, TypeAlias

from sqlalchemy import Connection

from motp_verifier.store import phone_transactions as rows
from motp_verifier.store.ids import new_id
from motp_verifier.store.phone_transactions import PhoneTransactionRow

LIFETIME_MS = 10 * 60 * 1000

Purpose: TypeAlias = Literal["check", "code-lock"]
"""`check`: to stand in for a code. `code-lock`: to lift a lock of typed codes, which is what
`user_reset` of the agency's form interface takes."""


def issue(
    connection: Connection, *, institution_id: str, trainee_id: str, purpose: Purpose, now: int
) -> str:
    """Keep that the trainee proved the number `now`; the id of the transaction.

    Whoever has the id may use it: it is told to nobody but the institution's site.
    """
    transaction_id = new_id("txn")
    rows.insert_transaction(
        connection,
        PhoneTransactionRow(
            id=transaction_id,
            institution_id=institution_id,
            trainee_id=trainee_id,
            purpose=purpose,
            verified_at=now,
            expires_at=now + LIFETIME_MS,
        ),
    )
    return transaction_id


def use(
    connection: Connection,
    transaction_id: str,
    *,
    institution_id: str,
    trainee_id: str,
    purpose: Purpose,
    now: int,
) -> bool:
    """Use a transaction up; whether it was this trainee's at this institution, for this
    purpose, and neither used nor expired. Nothing tells which of these it was not.
    """
    return rows.mark_used(
        connection,
        transaction_id,
        institution_id=institution_id,
        trainee_id=trainee_id,
        purpose=purpose,
        now=now,
    )
