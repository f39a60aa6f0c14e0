"""How many messages went out on a day: to a number, for a device, and so on.

A scope says what is counted, a subject whose count it is.
"""

from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.tables import send_quota


def take(connection: Connection, scope: str, subject: bytes, day: str, *, limit: int) -> bool:
    """Count one more, or answer False where the day's limit is reached.

    Exact on any number of processes: the condition is in the statement that counts, and
    whoever comes second to a subject's first row counts on that row.
    """
    if limit < 1:
        return False
    if _count(connection, scope, subject, day, limit):
        return True
    try:
        with connection.begin_nested():
            connection.execute(
                insert(send_quota).values(scope=scope, subject=subject, day=day, used=1)
            )
    except IntegrityError:
        return _count(connection, scope, subject, day, limit)
    return True


def give_back(connection: Connection, scope: str, subject: bytes, day: str) -> None:
    """Count one less: its message did not leave."""
    connection.execute(
        update(send_quota)
        .where(
            send_quota.c.scope == scope,
            send_quota.c.subject == subject,
            send_quota.c.day == day,
            send_quota.c.used > 0,
        )
        .values(used=send_quota.c.used - 1)
    )


def forget_before(connection: Connection, day: str) -> None:
    """Forget the days before this one."""
    connection.execute(delete(send_quota).where(send_quota.c.day < day))


def _count(connection: Connection, scope: str, subject: bytes, day: str, limit: int) -> bool:
    counted = connection.execute(
        update(send_quota)
        .where(
            send_quota.c.scope == scope,
            send_quota.c.subject == subject,
            send_quota.c.day == day,
            send_quota.c.used < limit,
        )
        .values(used=send_quota.c.used + 1)
    )
    return counted.rowcount == 1
