"""Institutions and their API keys."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.tables import api_key, institution, roster_entry


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """An institution, and how many trainees and valid keys it has."""

    id: str
    name: str
    created_at: int
    trainees: int
    keys: int


def insert_institution(connection: Connection, institution_id: str, name: str, now: int) -> bool:
    """Add an institution; False where the id is taken."""
    try:
        with connection.begin_nested():
            connection.execute(
                insert(institution).values(id=institution_id, name=name, created_at=now)
            )
    except IntegrityError:
        return False
    return True


def institution_exists(connection: Connection, institution_id: str) -> bool:
    """Whether there is an institution of this id."""
    query = select(institution.c.id).where(institution.c.id == institution_id)
    return connection.execute(query).first() is not None


def lock_institution(connection: Connection, institution_id: str) -> bool:
    """Let nobody else change the institution's roster until the commit; False if there is none.

    Checks of its trainees go on: the rows that refer to it need only its id.
    """
    query = select(institution.c.id).where(institution.c.id == institution_id)
    return connection.execute(query.with_for_update(key_share=True)).first() is not None


def all_institutions(connection: Connection, now: int) -> list[InstitutionRow]:
    """Every institution, by id."""
    trainees = (
        select(func.count())
        .select_from(roster_entry)
        .where(roster_entry.c.institution_id == institution.c.id)
        .scalar_subquery()
    )
    keys = (
        select(func.count())
        .select_from(api_key)
        .where(
            api_key.c.institution_id == institution.c.id,
            api_key.c.revoked_at.is_(None),
            api_key.c.expires_at.is_(None) | (api_key.c.expires_at > now),
        )
        .scalar_subquery()
    )
    query = select(
        institution.c.id, institution.c.name, institution.c.created_at, trainees, keys
    ).order_by(institution.c.id)
    return [InstitutionRow(*row) for row in connection.execute(query)]
