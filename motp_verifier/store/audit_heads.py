"""Sealed heads, and up to where rows may be sealed."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from motp_verifier.store import audit
from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import audit_head, audit_leaf, audit_row


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A head: see the table for what its members mean."""

    number: int
    at: int
    first_id: int
    last_id: int
    size: int
    root: bytes
    token: str = field(repr=False)
    mac: bytes = field(repr=False)
    dropped_at: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Rows up to `last_id` are whole once transaction `transaction` and all older are over.

    0 on SQLite, where a number that can be seen has no older one to come.
    """

    last_id: int
    transaction: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many rows no head covers, and when the newest head was sealed; None without one."""

    rows: int
    head_at: int | None


def waiting(connection: Connection) -> Waiting:
    """What the sealer has still to do."""
    newest = newest_head(connection)
    last_id, head_at = (0, None) if newest is None else (newest.last_id, newest.at)
    return Waiting(audit.count_after(connection, last_id), head_at)


def newest_head(connection: Connection) -> HeadRow | None:
    """The head that was sealed last."""
    query = select(*columns(audit_head, HeadRow)).order_by(audit_head.c.number.desc()).limit(1)
    return read(HeadRow, connection.execute(query).first())


def heads_after(connection: Connection, number: int, limit: int) -> list[HeadRow]:
    """The heads that follow head `number`, in their order."""
    query = (
        select(*columns(audit_head, HeadRow))
        .where(audit_head.c.number > number)
        .order_by(audit_head.c.number)
        .limit(limit)
    )
    return [HeadRow(*row) for row in connection.execute(query)]


def head_over(connection: Connection, row_id: int) -> HeadRow | None:
    """The head that covers this row's number; None where it is newer than all heads."""
    query = (
        select(*columns(audit_head, HeadRow))
        .where(audit_head.c.last_id >= row_id)
        .order_by(audit_head.c.last_id)
        .limit(1)
    )
    return read(HeadRow, connection.execute(query).first())


def insert_head(connection: Connection, row: HeadRow, leaves: bytes) -> bool:
    """Keep a head; False where another process sealed one of this number."""
    values = {name: getattr(row, name) for name in HeadRow.__slots__}
    try:
        with connection.begin_nested():
            connection.execute(insert(audit_head).values(**values))
            connection.execute(insert(audit_leaf).values(number=row.number, leaves=leaves))
    except IntegrityError:
        return False
    return True


def leaves_of(connection: Connection, number: int) -> bytes | None:
    """What the rows of a head hashed to when it was sealed: see the table."""
    query = select(audit_leaf.c.leaves).where(audit_leaf.c.number == number)
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def take_mark(connection: Connection) -> Mark:
    """How far rows were numbered by now, inside a write transaction.

    On PostgreSQL a row gets its number long before others see it. But its transaction had
    an id before the row had a number, and ids are handed out in order: every number up to
    the one read here belongs to a transaction older than the one that asks.
    """
    if connection.dialect.name == "sqlite":
        return Mark(connection.execute(select(func.max(audit_row.c.id))).scalar_one() or 0, 0)
    number = connection.execute(text("SELECT last_value, is_called FROM audit_row_id_seq")).one()
    # Only now, in a statement of its own: the number first, then the transaction's id.
    transaction = connection.execute(text("SELECT pg_current_xact_id()::text::bigint"))
    return Mark(number.last_value if number.is_called else 0, transaction.scalar_one())


def is_settled(connection: Connection, mark: Mark) -> bool:
    """Whether all transactions that may hold rows up to the mark are over.

    Ask in a transaction that began after the mark's had ended.
    """
    if mark.transaction == 0:
        return True
    oldest = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return bool(connection.execute(oldest).scalar_one() > mark.transaction)
