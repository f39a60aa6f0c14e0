"""Proofs of a number that may be used once. The caller holds the transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, update

from motp_verifier.store.tables import phone_transaction


@dataclass(frozen=True, slots=True)
class PhoneTransactionRow:
    """A proof: see the table for what its members mean."""

    id: str
    institution_id: str
    trainee_id: str
    purpose: str
    verified_at: int
    expires_at: int


def insert_transaction(connection: Connection, row: PhoneTransactionRow) -> None:
    """Keep a new proof."""
    values = {each: getattr(row, each) for each in PhoneTransactionRow.__slots__}
    connection.execute(insert(phone_transaction).values(**values))


def mark_used(
    connection: Connection,
    transaction_id: str,
    *,
    institution_id: str,
    trainee_id: str,
    purpose: str,
    now: int,
) -> bool:
    """Use a proof up; False where there is none such, or not any more.

    The condition is in the statement itself: of two uses at once one fails.
    """
    done = connection.execute(
        update(phone_transaction)
        .where(
            phone_transaction.c.id == transaction_id,
            phone_transaction.c.institution_id == institution_id,
            phone_transaction.c.trainee_id == trainee_id,
            phone_transaction.c.purpose == purpose,
            phone_transaction.c.used_at.is_(None),
            phone_transaction.c.expires_at > now,
        )
        .values(used_at=now)
    )
    return done.rowcount == 1


def forget_transactions(connection: Connection, before: int) -> None:
    """Forget those that expired before this time, used or not."""
    connection.execute(delete(phone_transaction).where(phone_transaction.c.expires_at < before))
