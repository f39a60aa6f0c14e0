"""Wrong codes: as a registration's status tells them, and how they are forgiven."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from motp_verifier.store.rows import columns
from motp_verifier.store.tables import code_failure, code_run, registration


@dataclass(frozen=True, slots=True)
class CodeRun:
    """Wrong codes in a row at one institution, and since when that locks."""

    institution_id: str
    run: int
    locked_at: int | None


def runs_of(connection: Connection, registration_id: str) -> list[CodeRun]:
    """The runs of a registration at every institution where it has one."""
    query = select(*columns(code_run, CodeRun)).where(code_run.c.registration_id == registration_id)
    return [CodeRun(*row) for row in connection.execute(query)]


def failures_since(connection: Connection, registration_id: str, since: int) -> int:
    """How many wrong codes were tried later than `since`, over all institutions."""
    query = select(func.count()).where(
        code_failure.c.registration_id == registration_id, code_failure.c.at > since
    )
    return connection.execute(query).scalar_one()


def forgive(
    connection: Connection, registration_id: str, institution_id: str, *, everywhere: bool
) -> bool:
    """End a registration's run of wrong codes at an institution; whether that was locked.

    `everywhere` lifts the lock at every institution too, and begins its count anew: else the
    next wrong code would set it again. The caller holds the registration's row.
    """
    here = (
        code_run.c.registration_id == registration_id,
        code_run.c.institution_id == institution_id,
    )
    locked_at = select(code_run.c.locked_at).where(*here)
    was_locked = connection.execute(locked_at).scalar_one_or_none() is not None
    connection.execute(update(code_run).where(*here).values(run=0, locked_at=None))
    if everywhere:
        mine = code_failure.c.registration_id == registration_id
        connection.execute(delete(code_failure).where(mine))
        connection.execute(
            update(registration)
            .where(registration.c.id == registration_id)
            .values(code_locked_at=None)
        )
    return was_locked
