"""Wrong codes, as a registration's status tells them."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from motp_verifier.store.rows import columns
from motp_verifier.store.tables import code_failure, code_run


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
