"""How many messages went to a number on a day."""

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from motp_verifier.store.tables import message_sent


def reserve(
    connection: Connection, phone_index: bytes, purpose: str, day: str, *, limit: int, now: int
) -> int | None:
    """Take the day's next free number for a message, or None where the quota is used up.

    Exact on any number of processes: the number is part of the row's key, and whoever
    comes second to one takes the next.
    """
    taken = set(
        connection.execute(
            select(message_sent.c.number).where(
                message_sent.c.phone_index == phone_index,
                message_sent.c.purpose == purpose,
                message_sent.c.day == day,
            )
        ).scalars()
    )
    for number in range(1, limit + 1):
        if number in taken:
            continue
        try:
            with connection.begin_nested():
                connection.execute(
                    insert(message_sent).values(
                        phone_index=phone_index, purpose=purpose, day=day, number=number, at=now
                    )
                )
        except IntegrityError:
            continue
        return number
    return None


def release(
    connection: Connection, phone_index: bytes, purpose: str, day: str, number: int
) -> None:
    """Give back a number whose message did not leave."""
    connection.execute(
        delete(message_sent).where(
            message_sent.c.phone_index == phone_index,
            message_sent.c.purpose == purpose,
            message_sent.c.day == day,
            message_sent.c.number == number,
        )
    )


def forget_before(connection: Connection, day: str) -> None:
    """Forget the days before this one."""
    connection.execute(delete(message_sent).where(message_sent.c.day < day))
