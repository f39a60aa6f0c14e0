"""Sessions of staff. Only a hash of each token is kept. The caller holds the transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from motp_verifier.store.tables import staff, staff_session


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that goes on, and whose it is. Times are in milliseconds since 1970."""

    id: str
    staff_id: str
    name: str = field(repr=False)
    role: str
    created_at: int
    expires_at: int


_COLUMNS = (
    staff_session.c.id,
    staff_session.c.staff_id,
    staff.c.name,
    staff.c.role,
    staff_session.c.created_at,
    staff_session.c.expires_at,
)


def _goes_on(now: int) -> tuple[ColumnElement[bool], ...]:
    return (
        staff_session.c.ended_at.is_(None),
        staff_session.c.expires_at > now,
        staff.c.disabled_at.is_(None),
    )


def insert_session(
    connection: Connection,
    session_id: str,
    staff_id: str,
    token_hash: bytes,
    *,
    now: int,
    expires_at: int,
) -> None:
    """Begin a session."""
    connection.execute(
        insert(staff_session).values(
            id=session_id,
            staff_id=staff_id,
            token_hash=token_hash,
            created_at=now,
            expires_at=expires_at,
        )
    )


def session_of_token(connection: Connection, token_hash: bytes, now: int) -> SessionRow | None:
    """The session that goes on under this token."""
    query = (
        select(*_COLUMNS)
        .join(staff, staff.c.id == staff_session.c.staff_id)
        .where(staff_session.c.token_hash == token_hash, *_goes_on(now))
    )
    found = connection.execute(query).first()
    return None if found is None else SessionRow(*found)


def open_sessions(connection: Connection, now: int) -> list[SessionRow]:
    """All that go on, the latest first."""
    query = (
        select(*_COLUMNS)
        .join(staff, staff.c.id == staff_session.c.staff_id)
        .where(*_goes_on(now))
        .order_by(staff_session.c.created_at.desc(), staff_session.c.id)
    )
    return [SessionRow(*row) for row in connection.execute(query)]


def still_open(connection: Connection, ids: Iterable[str], now: int) -> set[str]:
    """Those of the sessions that go on."""
    query = (
        select(staff_session.c.id)
        .join(staff, staff.c.id == staff_session.c.staff_id)
        .where(staff_session.c.id.in_(list(ids)), *_goes_on(now))
    )
    return set(connection.execute(query).scalars())


def end_session(connection: Connection, session_id: str, now: int) -> str | None:
    """End a session that goes on; the name of whose it was, None where none goes on."""
    query = (
        select(staff.c.name)
        .join(staff_session, staff_session.c.staff_id == staff.c.id)
        .where(staff_session.c.id == session_id, *_goes_on(now))
    )
    name = connection.execute(query).scalar_one_or_none()
    done = connection.execute(
        update(staff_session)
        .where(staff_session.c.id == session_id, staff_session.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    return name if done.rowcount else None


def end_sessions_of(connection: Connection, staff_id: str, now: int) -> int:
    """End all of somebody's; how many went on."""
    done = connection.execute(
        update(staff_session)
        .where(
            staff_session.c.staff_id == staff_id,
            staff_session.c.ended_at.is_(None),
            staff_session.c.expires_at > now,
        )
        .values(ended_at=now)
    )
    return done.rowcount


def forget_sessions(connection: Connection, before: int) -> None:
    """Forget those that ran out before this time."""
    connection.execute(delete(staff_session).where(staff_session.c.expires_at <= before))
