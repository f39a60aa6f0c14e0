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
from sqlalchemy import Connection, select

from motp_verifier.store.tables import registration, trainee

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
_SQLITE = f"INSERT INTO audit_row ({_NAMES}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_POSTGRESQL = (
    f"INSERT INTO audit_row ({_NAMES}) SELECT * FROM unnest("  # noqa: S608 - no values in it
    + ", ".join(f"%s::{kind}[]" for _, kind in _COLUMNS)
    + ")"
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row to add.

    `subject` names the person (`services.audit.subjects`), `source` is the address that the
    request came from. `actor` is `device`, `site:<institution>`, `operator:<account>` or
    `system`.
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


def append(connection: Connection, entries: Sequence[AuditEntry]) -> None:
    """Add rows in this order, by one statement in one round trip."""
    if not entries:
        return
    rows = [
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
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE, rows)
    else:
        connection.exec_driver_sql(
            _POSTGRESQL, tuple(list(column) for column in zip(*rows, strict=True))
        )


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
