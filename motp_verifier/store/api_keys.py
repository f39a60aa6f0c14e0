"""API keys of institutions. Only the SHA-256 of a key is kept, and its last characters."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, or_, select, update

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import api_key


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A key: see the table for what its members mean."""

    id: str
    institution_id: str
    key_hash: bytes = field(repr=False)
    label: str
    ending: str
    created_at: int
    expires_at: int | None
    revoked_at: int | None
    last_used_at: int | None


def insert_api_key(connection: Connection, row: ApiKeyRow) -> None:
    """Add a key."""
    values = {each: getattr(row, each) for each in ApiKeyRow.__slots__}
    connection.execute(insert(api_key).values(**values))


def key_by_hash(connection: Connection, key_hash: bytes) -> ApiKeyRow | None:
    """The key whose hash this is, valid or not."""
    query = select(*columns(api_key, ApiKeyRow)).where(api_key.c.key_hash == key_hash)
    return read(ApiKeyRow, connection.execute(query).first())


def key_by_id(connection: Connection, key_id: str) -> ApiKeyRow | None:
    """The key of this id, valid or not."""
    query = select(*columns(api_key, ApiKeyRow)).where(api_key.c.id == key_id)
    return read(ApiKeyRow, connection.execute(query.with_for_update()).first())


def keys_of(connection: Connection, institution_id: str | None) -> list[ApiKeyRow]:
    """The keys of an institution, or of all, oldest first."""
    query = select(*columns(api_key, ApiKeyRow)).order_by(
        api_key.c.institution_id, api_key.c.created_at, api_key.c.id
    )
    if institution_id is not None:
        query = query.where(api_key.c.institution_id == institution_id)
    return [ApiKeyRow(*row) for row in connection.execute(query)]


def revoke_key(connection: Connection, key_id: str, now: int) -> None:
    """The key opens nothing from now on."""
    connection.execute(update(api_key).where(api_key.c.id == key_id).values(revoked_at=now))


def note_use(connection: Connection, key_id: str, hour: int) -> None:
    """Note that the key was used in the hour that began then."""
    connection.execute(
        update(api_key)
        .where(
            api_key.c.id == key_id,
            or_(api_key.c.last_used_at.is_(None), api_key.c.last_used_at < hour),
        )
        .values(last_used_at=hour)
    )
