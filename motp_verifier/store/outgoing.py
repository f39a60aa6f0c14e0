"""Messages that must leave because of something that was committed with them."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, update

from motp_verifier.store.rows import columns
from motp_verifier.store.tables import outgoing_message


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """A message that waits."""

    id: str
    purpose: str
    to_sealed: bytes = field(repr=False)
    text_sealed: bytes = field(repr=False)
    attempts: int
    next_attempt_at: int


def insert_outgoing(connection: Connection, row: OutgoingRow, now: int) -> None:
    """Keep a message with the change that it tells of."""
    values = {each: getattr(row, each) for each in OutgoingRow.__slots__}
    connection.execute(insert(outgoing_message).values(created_at=now, **values))


def claim_outgoing(connection: Connection, now: int, next_attempt_at: int) -> OutgoingRow | None:
    """A message that is due, put off until `next_attempt_at` so that nobody else sends it."""
    due = (
        select(*columns(outgoing_message, OutgoingRow))
        .where(outgoing_message.c.next_attempt_at <= now)
        .order_by(outgoing_message.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(due).first()
    if found is None:
        return None
    row = OutgoingRow(*found)
    connection.execute(
        update(outgoing_message)
        .where(outgoing_message.c.id == row.id)
        .values(attempts=row.attempts + 1, next_attempt_at=next_attempt_at)
    )
    return row


def delete_outgoing(connection: Connection, message_id: str) -> None:
    """Forget a message that left, or that will not."""
    connection.execute(delete(outgoing_message).where(outgoing_message.c.id == message_id))
