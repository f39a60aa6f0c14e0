"""Audit rows: what happened, who did it, to whom. Rows are only ever added.

The database itself refuses to change or delete one (see the migration), but for the two
things that retention does. On PostgreSQL the column's default takes the transaction's id
before it takes the row's number: the sealer's watermark depends on that order.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, func, select

from motp_verifier.store.rows import columns, read
from motp_verifier.store.sets import ForRows, Write, write_all
from motp_verifier.store.tables import audit_row, registration, trainee

Detail: TypeAlias = Mapping[str, str | int | None]
"""More about what happened: no personal data and no secrets."""

SALT_SIZE = 16

_NO_DETAIL: Detail = {}
# RFC 8785, as names are ASCII and there are no floating-point numbers; a test compares.
_DETAIL = msgspec.json.Encoder(order="sorted")
_COLUMNS = (
    ("at", "bigint"),
    ("kind", "text"),
    ("subject", "bytea"),
    ("institution_id", "text"),
    ("registration_id", "text"),
    ("actor", "text"),
    ("source", "text"),
    ("source_salt", "bytea"),
    ("reason", "text"),
    ("detail", "text"),
)
_NAMES = ", ".join(name for name, _ in _COLUMNS)
_ADD = ForRows(
    _COLUMNS,
    f"INSERT INTO audit_row ({_NAMES}) SELECT {_NAMES} FROM given",  # noqa: S608 - no values in it
)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row to add.

    `subject` names the person (`services.audit.subjects`), `source` is the address that the
    request came from. `actor` is `device`, `site:<institution>`, `operator:<account>`,
    `staff:<name>` or `system`.
    """

    at: int
    kind: str
    actor: str
    subject: bytes | None = None
    institution_id: str | None = None
    registration_id: str | None = None
    source: str | None = field(default=None, repr=False)
    reason: str | None = None
    detail: Detail = field(default_factory=lambda: _NO_DETAIL)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row as it is kept: see the table for what its members mean."""

    id: int
    at: int
    kind: str
    subject: bytes | None
    institution_id: str | None
    registration_id: str | None
    actor: str
    source: str | None = field(repr=False)
    source_salt: bytes | None = field(repr=False)
    source_hash: bytes | None
    reason: str | None
    detail: str


def append(connection: Connection, entries: Sequence[AuditEntry]) -> None:
    """Add rows in this order, whatever their number."""
    for first in range(0, len(entries), _AT_ONCE):
        write_all(connection, [added(entries[first : first + _AT_ONCE])])


def added(entries: Sequence[AuditEntry]) -> Write:
    """Add rows in this order: some hundreds at most."""
    return _ADD, [
        (
            entry.at,
            entry.kind,
            entry.subject,
            entry.institution_id,
            entry.registration_id,
            entry.actor,
            entry.source,
            None if entry.source is None else secrets.token_bytes(SALT_SIZE),
            entry.reason,
            _DETAIL.encode(entry.detail).decode(),
        )
        for entry in entries
    ]


def rows_between(connection: Connection, first_id: int, last_id: int, limit: int) -> list[AuditRow]:
    """The first `limit` rows of those numbered so, both ends included, in their order."""
    query = (
        select(*columns(audit_row, AuditRow))
        .where(audit_row.c.id >= first_id, audit_row.c.id <= last_id)
        .order_by(audit_row.c.id)
        .limit(limit)
    )
    return [AuditRow(*row) for row in connection.execute(query)]


def last_row_id(connection: Connection) -> int:
    """The highest number of a row that can be seen now; 0 where there is none."""
    return connection.execute(select(func.max(audit_row.c.id))).scalar_one() or 0


def count_after(connection: Connection, row_id: int) -> int:
    """How many rows have a higher number."""
    query = select(func.count()).where(audit_row.c.id > row_id)
    return connection.execute(query).scalar_one()


def newest_of_kind(connection: Connection, kind: str) -> AuditRow | None:
    """The row of this kind that was added last."""
    query = (
        select(*columns(audit_row, AuditRow))
        .where(audit_row.c.kind == kind)
        .order_by(audit_row.c.id.desc())
        .limit(1)
    )
    return read(AuditRow, connection.execute(query).first())


def subject_key_of_trainee(connection: Connection, trainee_id: str) -> bytes | None:
    """The key under which the audit names this trainee."""
    query = select(trainee.c.subject_key).where(trainee.c.id == trainee_id)
    return connection.execute(query).scalar_one_or_none()


def subject_key_of_registration(connection: Connection, registration_id: str) -> bytes | None:
    """The key under which the audit names the trainee whose registration this is."""
    query = (
        select(trainee.c.subject_key)
        .join(registration, registration.c.trainee_id == trainee.c.id)
        .where(registration.c.id == registration_id)
    )
    return connection.execute(query).scalar_one_or_none()
