"""Consents as they were given and withdrawn."""

from sqlalchemy import Connection, insert, select, update

from motp_verifier.store.ids import new_id
from motp_verifier.store.tables import consent


def insert_consent(
    connection: Connection,
    *,
    trainee_id: str,
    registration_id: str,
    version: str,
    lang: str,
    sha256: str,
    agreed_at: int,
    now: int,
) -> None:
    """Keep a consent. `agreed_at` is the device's word, `now` the verifier's."""
    connection.execute(
        insert(consent).values(
            id=new_id("con"),
            trainee_id=trainee_id,
            registration_id=registration_id,
            version=version,
            lang=lang,
            sha256=sha256,
            agreed_at=agreed_at,
            recorded_at=now,
        )
    )


def agreed_version(connection: Connection, registration_id: str, wanted: str) -> str:
    """`wanted` where it was agreed to for this registration, else the version agreed to last.

    An empty text where there is none.
    """
    query = (
        select(consent.c.version)
        .where(consent.c.registration_id == registration_id)
        .order_by((consent.c.version == wanted).desc(), consent.c.recorded_at.desc())
        .limit(1)
    )
    found = connection.execute(query).first()
    return "" if found is None else str(found[0])


def withdraw_consents(connection: Connection, registration_id: str, now: int) -> bool:
    """Note that the consents for this registration are withdrawn; whether any was in force."""
    done = connection.execute(
        update(consent)
        .where(consent.c.registration_id == registration_id, consent.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    return done.rowcount > 0
