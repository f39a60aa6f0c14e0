"""Registrations and their shares. The caller holds the transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from motp_protocol.status_token import short_code
from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import (
    institution,
    name_proof,
    registration,
    roster_entry,
    share,
    trainee,
)

IN_USE = ("active", "suspended")


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """A registration: see the table for what its members mean."""

    id: str
    trainee_id: str
    kind: str
    state: str
    reason: str | None
    public_key: bytes = field(repr=False)
    keyid: str
    platform: str
    app_version: str
    label: str
    otp_algorithm: str
    otp_digits: int
    otp_period: int
    seed_sealed: bytes | None = field(repr=False)
    code_locked_at: int | None
    created_at: int
    activated_at: int | None
    skew_ms: int
    identity_method: str
    name_verified_at: int | None
    share_base: int
    share_last: int
    share_success_try: bytes | None = field(repr=False)
    share_presented_at: int
    pin_failures: int
    failed_try: bytes | None = field(repr=False)
    failed_pin_hash: bytes | None = field(repr=False)
    failed_share: int | None
    kiosk_id: str | None = None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share that may still be presented."""

    id: int
    value_sealed: bytes = field(repr=False)
    pin_hash: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TraineeRow:
    """A trainee's sealed name and number."""

    id: str
    name_sealed: bytes = field(repr=False)
    phone_sealed: bytes = field(repr=False)


def lock_registration(connection: Connection, registration_id: str) -> RegistrationRow | None:
    """The registration, which nobody else changes until the commit."""
    query = select(*columns(registration, RegistrationRow)).where(
        registration.c.id == registration_id
    )
    return read(RegistrationRow, connection.execute(query.with_for_update()).first())


def lock_registration_of_key(connection: Connection, keyid: str) -> RegistrationRow | None:
    """The registration whose device has this key, which nobody else changes until the commit."""
    query = select(*columns(registration, RegistrationRow)).where(registration.c.keyid == keyid)
    return read(RegistrationRow, connection.execute(query.with_for_update()).first())


def lock_in_use(connection: Connection, trainee_id: str, kind: str) -> RegistrationRow | None:
    """The trainee's registration of this kind that is active or suspended."""
    query = select(*columns(registration, RegistrationRow)).where(
        registration.c.trainee_id == trainee_id,
        registration.c.kind == kind,
        registration.c.state.in_(IN_USE),
    )
    return read(RegistrationRow, connection.execute(query.with_for_update()).first())


def key_has_registration(connection: Connection, keyid: str) -> bool:
    """Whether a registration was ever made with this key."""
    query = select(registration.c.id).where(registration.c.keyid == keyid)
    return connection.execute(query).first() is not None


def insert_registration(connection: Connection, row: RegistrationRow) -> None:
    """Keep a new registration."""
    values = {each: getattr(row, each) for each in RegistrationRow.__slots__}
    connection.execute(insert(registration).values(short_code=short_code(row.id), **values))


def change_registration(connection: Connection, registration_id: str, **values: Any) -> None:
    """Set columns of a registration."""
    connection.execute(
        update(registration).where(registration.c.id == registration_id).values(**values)
    )


def lift_pin_lock(connection: Connection, registration_id: str, now: int) -> bool:
    """Begin the count of wrong PINs anew; False where staff did so before."""
    done = connection.execute(
        update(registration)
        .where(registration.c.id == registration_id, registration.c.pin_lock_lifted_at.is_(None))
        .values(
            pin_failures=0,
            failed_share=None,
            failed_try=None,
            failed_pin_hash=None,
            pin_lock_lifted_at=now,
        )
    )
    return done.rowcount == 1


def revoke_registration(
    connection: Connection, registration_id: str, reason: str, now: int
) -> None:
    """End a registration for good and erase its seed and shares."""
    change_registration(
        connection,
        registration_id,
        state="revoked",
        reason=reason,
        revoked_at=now,
        seed_sealed=None,
        share_success_try=None,
        failed_try=None,
        failed_pin_hash=None,
    )
    connection.execute(delete(share).where(share.c.registration_id == registration_id))
    connection.execute(delete(name_proof).where(name_proof.c.registration_id == registration_id))


def shares_of(connection: Connection, registration_id: str) -> list[ShareRow]:
    """The shares that may still be presented, oldest first."""
    query = (
        select(*columns(share, ShareRow))
        .where(share.c.registration_id == registration_id)
        .order_by(share.c.id)
    )
    return [ShareRow(*row) for row in connection.execute(query)]


def insert_share(connection: Connection, registration_id: str, row: ShareRow, now: int) -> None:
    """Keep a new share."""
    connection.execute(
        insert(share).values(
            registration_id=registration_id,
            id=row.id,
            value_sealed=row.value_sealed,
            pin_hash=row.pin_hash,
            issued_at=now,
        )
    )


def keep_only_shares(connection: Connection, registration_id: str, ids: Iterable[int]) -> None:
    """Erase all shares but these."""
    connection.execute(
        delete(share).where(
            share.c.registration_id == registration_id, share.c.id.not_in(list(ids))
        )
    )


def trainee_by_id(connection: Connection, trainee_id: str) -> TraineeRow:
    """The trainee of this id, who exists."""
    query = select(*columns(trainee, TraineeRow)).where(trainee.c.id == trainee_id)
    return TraineeRow(*connection.execute(query).one())


def listed_trainee(
    connection: Connection, person_index: bytes, institution_id: str | None = None
) -> str | None:
    """The id of the trainee of this name and number, if any roster lists them now.

    With `institution_id`, if that institution's does.
    """
    query = (
        select(trainee.c.id)
        .join(roster_entry, roster_entry.c.trainee_id == trainee.c.id)
        .where(trainee.c.person_index == person_index)
        .limit(1)
    )
    if institution_id is not None:
        query = query.where(roster_entry.c.institution_id == institution_id)
    found = connection.execute(query).first()
    return None if found is None else str(found[0])


def institution_names(connection: Connection, trainee_id: str) -> list[str]:
    """The names of the institutions whose rosters list the trainee."""
    query = (
        select(institution.c.name)
        .join(roster_entry, roster_entry.c.institution_id == institution.c.id)
        .where(roster_entry.c.trainee_id == trainee_id)
        .order_by(institution.c.name)
    )
    return list(connection.execute(query).scalars())
