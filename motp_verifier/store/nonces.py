"""Which signed requests were seen, and whose keys sign."""

from sqlalchemy import Connection, delete, insert, select, union
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.tables import enrolment, kiosk, registration, request_nonce


def record_nonce(connection: Connection, keyid: str, nonce: str, expires_at: int) -> bool:
    """Remember a nonce until `expires_at`; False where this key used it before."""
    try:
        with connection.begin_nested():
            connection.execute(
                insert(request_nonce).values(keyid=keyid, nonce=nonce, expires_at=expires_at)
            )
    except IntegrityError:
        return False
    return True


def forget_nonces(connection: Connection, now: int) -> None:
    """Forget those whose requests would be refused for their age anyway."""
    connection.execute(delete(request_nonce).where(request_nonce.c.expires_at < now))


def public_key_of(connection: Connection, keyid: str) -> bytes | None:
    """The device key of this name, if any device ever enrolled or is enrolling with it.

    A kiosk's key too, until the kiosk is revoked.
    """
    found = connection.execute(
        union(
            select(registration.c.public_key).where(registration.c.keyid == keyid),
            select(enrolment.c.public_key).where(enrolment.c.keyid == keyid),
            select(kiosk.c.public_key).where(kiosk.c.keyid == keyid, kiosk.c.state != "revoked"),
        )
    ).first()
    return None if found is None else bytes(found[0])
