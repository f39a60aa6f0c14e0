"""Answers that were given under an idempotency key. The caller holds a write transaction.

Everything takes many at once: checks are judged in batches.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, delete, select, text

from motp_verifier.store.tables import idempotent_answer
from motp_verifier.store.upsert import upsert

_LOCK_BYTES = 8
_lock = text("SELECT pg_advisory_xact_lock(k) FROM unnest(CAST(:keys AS bigint[])) AS k")
_find = select(
    idempotent_answer.c.key_hash,
    idempotent_answer.c.request_hash,
    idempotent_answer.c.answer,
    idempotent_answer.c.at,
).where(
    idempotent_answer.c.key_hash.in_(bindparam("keys", expanding=True)),
    idempotent_answer.c.at > bindparam("after"),
)
_keep = upsert(idempotent_answer, keys=("key_hash",), values=("request_hash", "answer", "at"))


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
        numbers = sorted(
            {int.from_bytes(each[:_LOCK_BYTES], "big", signed=True) for each in key_hashes}
        )
        connection.execute(_lock, {"keys": numbers})
    rows = connection.execute(_find, {"keys": list(key_hashes), "after": after})
    return {
        bytes(row[0]): StoredAnswer(bytes(row[0]), bytes(row[1]), bytes(row[2]), row[3])
        for row in rows
    }


def keep_answers(connection: Connection, answers: Sequence[StoredAnswer]) -> None:
    """Keep answers, over those that are too old to be found."""
    if answers:
        connection.execute(
            _keep.on(connection),
            [
                {
                    "key_hash": each.key_hash,
                    "request_hash": each.request_hash,
                    "answer": each.answer,
                    "at": each.at,
                }
                for each in answers
            ],
        )


def forget_answers(connection: Connection, before: int) -> None:
    """Forget the answers given before this time."""
    connection.execute(delete(idempotent_answer).where(idempotent_answer.c.at <= before))
