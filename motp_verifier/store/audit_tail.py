"""What the audit has that is new, for whoever watches. The caller holds a transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from motp_verifier.store.tables import audit_row, registration


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row, and whose registration it is about, if it is about one."""

    id: int
    at: int
    kind: str
    registration_id: str | None
    trainee_id: str | None


def rows_after(connection: Connection, row_id: int, limit: int) -> list[NewRow]:
    """The first rows that are numbered higher, in their order."""
    query = (
        select(
            audit_row.c.id,
            audit_row.c.at,
            audit_row.c.kind,
            audit_row.c.registration_id,
            registration.c.trainee_id,
        )
        .outerjoin(registration, registration.c.id == audit_row.c.registration_id)
        .where(audit_row.c.id > row_id)
        .order_by(audit_row.c.id)
        .limit(limit)
    )
    return [NewRow(*row) for row in connection.execute(query)]
