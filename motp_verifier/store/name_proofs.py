"""Proofs under way that a number is in its owner's name. The caller holds the transaction."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import institution, name_proof, roster_entry


@dataclass(frozen=True, slots=True)
class NameProofRow:
    """A proof: see the table for what its members mean."""

    registration_id: str
    reference: str
    ends_at: int
    code_expires_at: int
    code_sent_at: int | None
    code_attempts: int
    last_failed: bytes | None = field(repr=False)


def proof_of(connection: Connection, registration_id: str) -> NameProofRow | None:
    """The proof under way for a registration, whose row the caller has locked."""
    query = select(*columns(name_proof, NameProofRow)).where(
        name_proof.c.registration_id == registration_id
    )
    return read(NameProofRow, connection.execute(query).first())


def put_proof(connection: Connection, row: NameProofRow) -> None:
    """Keep a new proof, in the place of any before it."""
    delete_proof(connection, row.registration_id)
    values = {each: getattr(row, each) for each in NameProofRow.__slots__}
    connection.execute(insert(name_proof).values(**values))


def change_proof(connection: Connection, registration_id: str, **values: Any) -> None:
    """Set columns of a proof."""
    connection.execute(
        update(name_proof).where(name_proof.c.registration_id == registration_id).values(**values)
    )


def delete_proof(connection: Connection, registration_id: str) -> None:
    """Forget a proof; nothing happens where there is none."""
    connection.execute(delete(name_proof).where(name_proof.c.registration_id == registration_id))


def end_proofs(connection: Connection, now: int) -> None:
    """Forget those that nobody can go on with."""
    connection.execute(delete(name_proof).where(name_proof.c.ends_at < now))


def institutions_of(connection: Connection, trainee_id: str) -> list[str]:
    """The ids of the institutions whose rosters list the trainee."""
    query = (
        select(institution.c.id)
        .join(roster_entry, roster_entry.c.institution_id == institution.c.id)
        .where(roster_entry.c.trainee_id == trainee_id)
        .order_by(institution.c.id)
    )
    return list(connection.execute(query).scalars())
