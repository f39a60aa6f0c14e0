"""The keys that sign receipts. The private parts are sealed; the public ones are published."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.rows import columns
from motp_verifier.store.tables import signing_key


@dataclass(frozen=True, slots=True)
class SigningKeyRow:
    """A key: see the table for what its members mean."""

    number: int
    kid: str
    public_key: bytes
    private_sealed: bytes | None = field(repr=False)
    created_at: int
    active_at: int


def all_keys(connection: Connection) -> list[SigningKeyRow]:
    """Every key there ever was, oldest first."""
    query = select(*columns(signing_key, SigningKeyRow)).order_by(signing_key.c.number)
    return [SigningKeyRow(*row) for row in connection.execute(query)]


def insert_key(connection: Connection, row: SigningKeyRow) -> bool:
    """Keep a new key; False where another process was faster to take its number."""
    values = {each: getattr(row, each) for each in SigningKeyRow.__slots__}
    try:
        with connection.begin_nested():
            connection.execute(insert(signing_key).values(**values))
    except IntegrityError:
        return False
    return True


def erase_private_parts(connection: Connection, superseded_before: int) -> None:
    """Forget what signs of the keys that another replaced before this time."""
    newest = (
        select(func.max(signing_key.c.active_at))
        .where(signing_key.c.active_at < superseded_before)
        .scalar_subquery()
    )
    connection.execute(
        update(signing_key)
        .where(signing_key.c.active_at < newest, signing_key.c.private_sealed.is_not(None))
        .values(private_sealed=None)
    )
