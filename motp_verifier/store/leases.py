"""Who does a piece of work that one process at a time should do.

A lease ends by itself, so that a process that was killed holds nobody up. It saves work;
where two at once would do harm the rows themselves must refuse the second.
"""

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.tables import lease


def claim(connection: Connection, name: str, holder: str, now: int, until: int) -> bool:
    """Take or prolong a lease; False while another holds it."""
    done = connection.execute(
        update(lease)
        .where(lease.c.name == name, or_(lease.c.holder == holder, lease.c.until <= now))
        .values(holder=holder, until=until)
    )
    if done.rowcount:
        return True
    if connection.execute(select(lease.c.name).where(lease.c.name == name)).first() is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(lease).values(name=name, holder=holder, until=until))
    except IntegrityError:
        return False
    return True


def release(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back before its end."""
    connection.execute(
        update(lease).where(lease.c.name == name, lease.c.holder == holder).values(until=0)
    )
