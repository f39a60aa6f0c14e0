"""Secrets of the verifier's own, one row each, sealed."""

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.tables import enrolment, secret, send_quota, trainee


def find_secret(connection: Connection, name: str) -> bytes | None:
    """The sealed value of this name."""
    query = select(secret.c.value_sealed).where(secret.c.name == name)
    found = connection.execute(query).first()
    return None if found is None else bytes(found[0])


def insert_secret(connection: Connection, name: str, sealed: bytes, now: int) -> bool:
    """Keep a secret, unless another process was first."""
    try:
        with connection.begin_nested():
            connection.execute(
                insert(secret).values(name=name, value_sealed=sealed, created_at=now)
            )
    except IntegrityError:
        return False
    return True


def has_indexes(connection: Connection) -> bool:
    """Whether any row is found by a keyed index already."""
    return any(
        connection.execute(select(table).limit(1)).first() is not None
        for table in (trainee, enrolment, send_quota)
    )
