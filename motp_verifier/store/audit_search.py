"""Audit rows by what they say. No index serves this: each costs every row that is added.

Whoever searches goes through the rows a part at a time, so that no statement takes long.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from motp_verifier.store import audit
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.rows import columns
from motp_verifier.store.tables import audit_head, audit_row


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are meant: those to which all applies that is given.

    `since` and `before` are in milliseconds since 1970, `before` not included.
    """

    since: int | None = None
    before: int | None = None
    kinds: tuple[str, ...] = ()
    institution_id: str | None = None
    registration_id: str | None = None
    subjects: tuple[bytes, ...] | None = None
    actor: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same for the database."""
        found: list[ColumnElement[bool]] = []
        if self.since is not None:
            found.append(audit_row.c.at >= self.since)
        if self.before is not None:
            found.append(audit_row.c.at < self.before)
        if self.kinds:
            found.append(audit_row.c.kind.in_(self.kinds))
        if self.institution_id is not None:
            found.append(audit_row.c.institution_id == self.institution_id)
        if self.registration_id is not None:
            found.append(audit_row.c.registration_id == self.registration_id)
        if self.subjects is not None:
            found.append(audit_row.c.subject.in_(self.subjects))
        if self.actor is not None:
            found.append(audit_row.c.actor == self.actor)
        return found


def rows_of_range(
    connection: Connection,
    wanted: RowFilter,
    first_id: int,
    last_id: int,
    limit: int,
    *,
    newest_first: bool = False,
) -> list[AuditRow]:
    """The first `limit` rows that are meant of those numbered so, in their order or the other."""
    query = (
        select(*columns(audit_row, AuditRow))
        .where(audit_row.c.id >= first_id, audit_row.c.id <= last_id, *wanted.conditions())
        .order_by(audit_row.c.id.desc() if newest_first else audit_row.c.id)
        .limit(limit)
    )
    return [AuditRow(*row) for row in connection.execute(query)]


def count_of_range(connection: Connection, wanted: RowFilter, first_id: int, last_id: int) -> int:
    """How many rows of those numbered so are meant."""
    query = (
        select(func.count())
        .select_from(audit_row)
        .where(audit_row.c.id >= first_id, audit_row.c.id <= last_id, *wanted.conditions())
    )
    return connection.execute(query).scalar_one()


def range_of_time(connection: Connection, since: int | None, before: int | None) -> tuple[int, int]:
    """The first and last number that rows sealed, or not yet sealed, in this time may have."""
    first, last = 1, audit.last_row_id(connection)
    if since is not None:
        earlier = select(func.max(audit_head.c.last_id)).where(audit_head.c.at < since)
        first += connection.execute(earlier).scalar_one() or 0
    if before is not None:
        later = select(func.min(audit_head.c.last_id)).where(audit_head.c.at >= before)
        last = connection.execute(later).scalar_one() or last
    return first, last


def last_head_before(connection: Connection, moment: int) -> int:
    """The number of the last head that was sealed before this time; 0 where none was."""
    query = select(func.max(audit_head.c.number)).where(audit_head.c.at < moment)
    return connection.execute(query).scalar_one() or 0
