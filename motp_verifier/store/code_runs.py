"""Wrong codes in a row, as a registration's status tells them."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from motp_verifier.store.rows import columns
from motp_verifier.store.tables import code_run


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
