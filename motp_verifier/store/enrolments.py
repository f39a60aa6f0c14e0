"""Enrolments under way and done. The caller holds the transaction."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, update

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import enrolment, registration, share

_CHUNK = 1000  # rows of one round


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """An enrolment: see the table for what its members mean."""

    id: str
    expires_at: int
    lang: str
    name_sealed: bytes | None = field(repr=False)
    phone_sealed: bytes | None = field(repr=False)
    person_index: bytes = field(repr=False)
    phone_index: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    keyid: str
    kind: str
    platform: str
    app_version: str
    label: str
    consent_version: str
    consent_lang: str
    consent_sha256: str
    consent_agreed_at: int
    code_hash: bytes | None = field(repr=False)
    code_expires_at: int
    code_sent_at: int | None
    code_attempts: int
    last_failed_proof: bytes | None = field(repr=False)
    proof_hash: bytes | None = field(repr=False)
    registration_id: str | None
    answer_sealed: bytes | None = field(repr=False)
    confirmation_hash: bytes | None = field(repr=False)
    confirmed_at: int | None
    kiosk_id: str | None = None


def lock_enrolment(connection: Connection, enrolment_id: str) -> EnrolmentRow | None:
    """The enrolment, which nobody else changes until the commit."""
    query = select(*columns(enrolment, EnrolmentRow)).where(enrolment.c.id == enrolment_id)
    return read(EnrolmentRow, connection.execute(query.with_for_update()).first())


def lock_enrolment_of_key(connection: Connection, keyid: str) -> EnrolmentRow | None:
    """The enrolment that this key began, which nobody else changes until the commit."""
    query = select(*columns(enrolment, EnrolmentRow)).where(enrolment.c.keyid == keyid)
    return read(EnrolmentRow, connection.execute(query.with_for_update()).first())


def insert_enrolment(connection: Connection, row: EnrolmentRow, now: int) -> None:
    """Keep a new enrolment."""
    values = {each: getattr(row, each) for each in EnrolmentRow.__slots__}
    connection.execute(insert(enrolment).values(created_at=now, **values))


def change_enrolment(connection: Connection, enrolment_id: str, **values: Any) -> None:
    """Set columns of an enrolment."""
    connection.execute(update(enrolment).where(enrolment.c.id == enrolment_id).values(**values))


def end_enrolments(connection: Connection, now: int, forget_before: int) -> None:
    """Erase what enrolments that expired before `now` no longer need.

    The pending registrations of those never confirmed go, and those that expired before
    `forget_before` go themselves. A confirmed one keeps what answers a repeated
    confirmation.
    """
    expired = enrolment.c.expires_at < now
    never = enrolment.c.confirmed_at.is_(None)
    # Whoever holds one of the rows decides about it; the next round comes in a minute.
    pending = (
        select(registration.c.id)
        .join(enrolment, enrolment.c.registration_id == registration.c.id)
        .where(expired, never, registration.c.state == "pending")
        .limit(_CHUNK)
        .with_for_update(skip_locked=True)
    )
    ids = list(connection.execute(pending).scalars())
    if ids:
        connection.execute(delete(share).where(share.c.registration_id.in_(ids)))
        connection.execute(delete(registration).where(registration.c.id.in_(ids)))
    readable = _locked(
        expired, enrolment.c.phone_sealed.is_not(None) | enrolment.c.answer_sealed.is_not(None)
    )
    connection.execute(
        update(enrolment)
        .where(enrolment.c.id.in_(readable))
        .values(name_sealed=None, phone_sealed=None, answer_sealed=None, code_hash=None)
    )
    forgotten = _locked(enrolment.c.expires_at < forget_before, never)
    connection.execute(delete(enrolment).where(enrolment.c.id.in_(forgotten)))


def _locked(*conditions: ColumnElement[bool]) -> Select[str]:
    """The ids of enrolments that nobody else holds, and nobody will before the commit."""
    return (
        select(enrolment.c.id)
        .where(*conditions)
        .order_by(enrolment.c.id)
        .limit(_CHUNK)
        .with_for_update(skip_locked=True)
    )
