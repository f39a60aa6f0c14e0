"""Answers that were given under an idempotency key. The caller holds a write transaction.

Everything takes many at once: checks are judged in batches.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete

from motp_verifier.store.sets import ForRows, Write, on_postgresql
from motp_verifier.store.tables import idempotent_answer

_LOCK_BYTES = 8
_LOCK = "SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k"
_FIND = ForRows(
    [("key_hash", "bytea"), ("after", "bigint")],
    """
    SELECT kept.key_hash, kept.request_hash, kept.answer, kept.at
    FROM given JOIN idempotent_answer AS kept ON kept.key_hash = given.key_hash
    WHERE kept.at > given.after
    """,
)
_KEEP = ForRows(
    [("key_hash", "bytea"), ("request_hash", "bytea"), ("answer", "bytea"), ("at", "bigint")],
    """
    INSERT INTO idempotent_answer (key_hash, request_hash, answer, at)
    SELECT key_hash, request_hash, answer, at FROM given WHERE true
    ON CONFLICT (key_hash)
    DO UPDATE SET request_hash = excluded.request_hash, answer = excluded.answer, at = excluded.at
    """,
)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer to the first request under a key, and which request that was."""

    key_hash: bytes
    request_hash: bytes
    answer: bytes = field(repr=False)
    at: int


def find_answers(
    connection: Connection, key_hashes: Sequence[bytes], after: int
) -> dict[bytes, StoredAnswer]:
    """The answers given later than `after`, by the hash of their key.

    Until the commit nobody else finds or keeps an answer under these keys: on PostgreSQL
    whoever comes second waits here. Call it before anything else is locked, so that two
    transactions cannot wait for each other in a circle.
    """
    if not key_hashes:
        return {}
    if connection.dialect.name == "postgresql":
        numbers = {int.from_bytes(each[:_LOCK_BYTES], "big", signed=True) for each in key_hashes}
        on_postgresql(connection, _LOCK, (f"{{{','.join(map(str, sorted(numbers)))}}}",))
    rows = _FIND.run(connection, [(each, after) for each in key_hashes])
    return {row[0]: StoredAnswer(*row) for row in rows}


def kept_answers(answers: Sequence[StoredAnswer]) -> Write:
    """Keep answers, one under each key, over those that are too old to be found."""
    return _KEEP, [(each.key_hash, each.request_hash, each.answer, each.at) for each in answers]


def forget_answers(connection: Connection, before: int) -> None:
    """Forget the answers given before this time."""
    connection.execute(delete(idempotent_answer).where(idempotent_answer.c.at <= before))
