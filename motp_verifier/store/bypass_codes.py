"""Codes that staff gave out: one for each trainee at most. The caller holds a transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert

from motp_verifier.store.sets import ForRows
from motp_verifier.store.tables import bypass_code

_OUTSTANDING = ForRows(
    [("trainee_id", "text"), ("now", "bigint")],
    """
    SELECT bypass_code.trainee_id, bypass_code.code_hash FROM given
    JOIN bypass_code ON bypass_code.trainee_id = given.trainee_id
    WHERE bypass_code.expires_at > given.now
    """,
)


def put_bypass(
    connection: Connection,
    trainee_id: str,
    institution_id: str,
    occasion: str,
    code_hash: bytes,
    *,
    now: int,
    expires_at: int,
) -> None:
    """Keep a code in the place of an earlier one. The trainee's registrations are held."""
    forget_bypass(connection, trainee_id)
    connection.execute(
        insert(bypass_code).values(
            trainee_id=trainee_id,
            institution_id=institution_id,
            occasion=occasion,
            code_hash=code_hash,
            issued_at=now,
            expires_at=expires_at,
        )
    )


def outstanding(connection: Connection, trainee_ids: Sequence[str], now: int) -> dict[str, bytes]:
    """The keyed hashes of these trainees' codes that have not run out, by trainee."""
    found = _OUTSTANDING.run(connection, [(each, now) for each in trainee_ids])
    return {trainee_id: bytes(code_hash) for trainee_id, code_hash in found}


def use_bypass(connection: Connection, trainee_id: str, code_hash: bytes, now: int) -> bool:
    """Use the code up, if it is the one that is outstanding; whether it was."""
    done = connection.execute(
        delete(bypass_code).where(
            bypass_code.c.trainee_id == trainee_id,
            bypass_code.c.code_hash == code_hash,
            bypass_code.c.expires_at > now,
        )
    )
    return done.rowcount == 1


def forget_bypass(connection: Connection, trainee_id: str) -> None:
    """Forget a trainee's code, if there is one."""
    connection.execute(delete(bypass_code).where(bypass_code.c.trainee_id == trainee_id))


def forget_expired(connection: Connection, now: int) -> None:
    """Forget those that ran out."""
    connection.execute(delete(bypass_code).where(bypass_code.c.expires_at <= now))
