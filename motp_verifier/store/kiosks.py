"""Kiosks. The caller holds the transaction."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, delete, insert, select, update

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import institution, kiosk

KioskRowState: TypeAlias = Literal["awaited", "active", "locked", "revoked"]


@dataclass(frozen=True, slots=True)
class KioskRow:
    """A kiosk: see the table for what its members mean."""

    id: str
    institution_id: str
    label: str
    state: KioskRowState
    created_at: int
    code_hash: bytes | None = field(repr=False)
    code_expires_at: int
    public_key: bytes | None = field(repr=False)
    keyid: str | None
    exit_hash: bytes | None = field(repr=False)
    enrolled_at: int | None
    revoked_at: int | None
    config_version: int
    settings: str
    platform: str
    app_version: str
    last_contact_at: int | None
    skew_ms: int
    config_known: int
    users: int
    users_day: str
    exit_failures: int
    exit_attempt: bytes | None = field(repr=False)
    exit_locked_until: int | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A kiosk as far as it matters whose word it gives."""

    id: str
    institution_id: str
    state: KioskRowState


def insert_kiosk(connection: Connection, row: KioskRow) -> None:
    """Keep a new kiosk."""
    values = {each: getattr(row, each) for each in KioskRow.__slots__}
    connection.execute(insert(kiosk).values(**values))


def change_kiosk(connection: Connection, kiosk_id: str, **values: Any) -> None:
    """Set columns of a kiosk."""
    connection.execute(update(kiosk).where(kiosk.c.id == kiosk_id).values(**values))


def lock_kiosk(connection: Connection, kiosk_id: str) -> KioskRow | None:
    """The kiosk, which nobody else changes until the commit."""
    query = select(*columns(kiosk, KioskRow)).where(kiosk.c.id == kiosk_id)
    return read(KioskRow, connection.execute(query.with_for_update()).first())


def lock_kiosk_of_code(connection: Connection, code_hash: bytes) -> KioskRow | None:
    """The kiosk that this code enrols, which nobody else changes until the commit."""
    query = select(*columns(kiosk, KioskRow)).where(kiosk.c.code_hash == code_hash)
    return read(KioskRow, connection.execute(query.with_for_update()).first())


def public_key_of(connection: Connection, keyid: str) -> bytes | None:
    """The key of this name, where it is a kiosk's that is not revoked."""
    query = select(kiosk.c.public_key).where(kiosk.c.keyid == keyid, kiosk.c.state != "revoked")
    found = connection.execute(query).scalar()
    return None if found is None else bytes(found)


def is_key_of_kiosk(connection: Connection, keyid: str) -> bool:
    """Whether a kiosk enrolled with this key, a revoked one included."""
    return connection.execute(select(kiosk.c.id).where(kiosk.c.keyid == keyid)).first() is not None


def witness_of(connection: Connection, keyid: str) -> Witness | None:
    """The kiosk that signs with this key, which nobody locks or revokes before the commit."""
    query = select(*columns(kiosk, Witness)).where(kiosk.c.keyid == keyid)
    return read(Witness, connection.execute(query.with_for_update(read=True)).first())


def witness_by_id(connection: Connection, kiosk_id: str) -> Witness | None:
    """The same by the kiosk's id."""
    query = select(*columns(kiosk, Witness)).where(kiosk.c.id == kiosk_id)
    return read(Witness, connection.execute(query.with_for_update(read=True)).first())


def institution_name(connection: Connection, institution_id: str) -> str:
    """How people know an institution that exists."""
    query = select(institution.c.name).where(institution.c.id == institution_id)
    return str(connection.execute(query).scalar_one())


def all_kiosks(
    connection: Connection, institution_id: str | None = None
) -> list[tuple[KioskRow, str]]:
    """Every kiosk, or an institution's, oldest first, each with its institution's name."""
    query = (
        select(*columns(kiosk, KioskRow), institution.c.name)
        .join(institution, institution.c.id == kiosk.c.institution_id)
        .order_by(kiosk.c.created_at, kiosk.c.id)
    )
    if institution_id is not None:
        query = query.where(kiosk.c.institution_id == institution_id)
    return [(KioskRow(*row[:-1]), str(row[-1])) for row in connection.execute(query)]


def forget_codes(connection: Connection, now: int, forget_before: int) -> None:
    """Erase codes whose time is over, and kiosks that nobody enrolled since `forget_before`."""
    connection.execute(
        update(kiosk)
        .where(kiosk.c.code_hash.is_not(None), kiosk.c.code_expires_at < now)
        .values(code_hash=None)
    )
    connection.execute(
        delete(kiosk).where(kiosk.c.state == "awaited", kiosk.c.code_expires_at < forget_before)
    )
