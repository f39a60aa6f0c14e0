"""Codes that staff gave out: one for each trainee at most. The caller holds a transaction."""

from sqlalchemy import Connection, delete, insert

from motp_verifier.store.tables import bypass_code


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
