"""Counts within a window of time, shared by all processes."""

from sqlalchemy import Connection, Executable, bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from motp_verifier.store.tables import rate_window


def _add(insert: type[postgresql.Insert] | type[sqlite.Insert]) -> Executable:
    statement = insert(rate_window)
    over = rate_window.c.expires_at <= bindparam("now")
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case(
                (over, statement.excluded.count),
                else_=rate_window.c.count + statement.excluded.count,
            ),
            "expires_at": case(
                (over, statement.excluded.expires_at), else_=rate_window.c.expires_at
            ),
        },
    ).returning(rate_window.c.count, rate_window.c.expires_at)


_add_on_postgres = _add(postgresql.Insert)
_add_on_sqlite = _add(sqlite.Insert)


def add(connection: Connection, key: str, amount: int, *, now: int, lasts: int) -> tuple[int, int]:
    """Count `amount` more; the count so far, and when its window ends.

    A window begins with the first that is counted and lasts `lasts` milliseconds.
    """
    statement = _add_on_postgres if connection.dialect.name == "postgresql" else _add_on_sqlite
    values = {"key": key, "count": amount, "expires_at": now + lasts, "now": now}
    count, expires_at = connection.execute(statement, values).one()
    return int(count), int(expires_at)


def running(connection: Connection, now: int) -> dict[str, tuple[int, int]]:
    """Count and end of every window that runs now."""
    query = select(rate_window.c.key, rate_window.c.count, rate_window.c.expires_at).where(
        rate_window.c.expires_at > now
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def forget_windows(connection: Connection, now: int) -> None:
    """Forget those that are over."""
    connection.execute(delete(rate_window).where(rate_window.c.expires_at <= now))
