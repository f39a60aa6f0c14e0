"""Pop-ups, and what is under way on them. The caller holds the transaction.

Whoever changes a pop-up, its ticket or its proof of a telephone locks the pop-up's row first,
and only then any registration: so nothing waits in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from motp_verifier.store.rows import columns, read
from motp_verifier.store.tables import institution, popup, popup_phone, popup_ticket


@dataclass(frozen=True, slots=True)
class PopupRow:
    """A pop-up: see the table for what its members mean. `class_` is the column `class`."""

    id: str
    institution_id: str
    trainee_id: str | None
    pairwise_id: str | None
    person_index: bytes | None = field(repr=False)
    name_sealed: bytes | None = field(repr=False)
    phone_sealed: bytes | None = field(repr=False)
    course: str
    class_: str
    session: int
    occasion: str
    return_origin: str
    created_at: int
    expires_at: int
    browser_hash: bytes | None = field(repr=False, default=None)
    address_index: bytes | None = field(repr=False, default=None)
    accepted_at: int | None = None
    notice: str | None = None
    attempts_left: int | None = None
    verification_id: str | None = None
    method: str | None = None
    satisfied_until: int | None = None
    receipt: str | None = field(repr=False, default=None)
    transaction_id: str | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A request for approval: see the table for what its members mean."""

    popup_id: str
    ticket: str = field(repr=False)
    number: str = field(repr=False)
    numbers: str = field(repr=False)
    state: str
    expires_at: int
    registration_id: str | None = None
    asked: bytes | None = field(repr=False, default=None)
    answer_hash: bytes | None = field(repr=False, default=None)
    address_index: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A proof of a telephone: see the table for what its members mean."""

    popup_id: str
    method: str
    reference: str
    ends_at: int
    code_hash: bytes | None = field(repr=False)
    code_expires_at: int
    code_sent_at: int | None
    code_attempts: int
    last_failed: bytes | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Watched:
    """What somebody who waits on a pop-up's page is told of."""

    popup_id: str
    accepted_at: int | None
    expires_at: int
    ticket_state: str | None
    ticket_expires_at: int | None


_POPUP = [popup.c[name.rstrip("_")] for name in PopupRow.__slots__]
_TICKET = columns(popup_ticket, TicketRow)
_PHONE = columns(popup_phone, PhoneRow)


def insert_popup(connection: Connection, row: PopupRow) -> None:
    """Keep a new pop-up."""
    values = {name.rstrip("_"): getattr(row, name) for name in PopupRow.__slots__}
    connection.execute(insert(popup).values(values))


def popup_by_id(connection: Connection, popup_id: str) -> PopupRow | None:
    """The pop-up as it is, for reading."""
    query = select(*_POPUP).where(popup.c.id == popup_id)
    return read(PopupRow, connection.execute(query).first())


def lock_popup(connection: Connection, popup_id: str) -> PopupRow | None:
    """The pop-up, which nobody else changes until the commit."""
    query = select(*_POPUP).where(popup.c.id == popup_id).with_for_update()
    return read(PopupRow, connection.execute(query).first())


def lock_popups(connection: Connection, ids: Sequence[str]) -> dict[str, PopupRow]:
    """Several at once, in the order of their ids."""
    query = select(*_POPUP).where(popup.c.id.in_(ids)).order_by(popup.c.id).with_for_update()
    return {row.id: PopupRow(*row) for row in connection.execute(query)}


def change_popup(connection: Connection, popup_id: str, **values: Any) -> None:
    """Set columns of a pop-up."""
    connection.execute(update(popup).where(popup.c.id == popup_id).values(values))


def bind_browser(
    connection: Connection, popup_id: str, browser_hash: bytes, address_index: bytes | None
) -> bool:
    """Bind a pop-up to the browser that opens it; False where one did before."""
    done = connection.execute(
        update(popup)
        .where(popup.c.id == popup_id, popup.c.browser_hash.is_(None))
        .values(browser_hash=browser_hash, address_index=address_index)
    )
    return done.rowcount == 1


def accept_popup(connection: Connection, popup_id: str, accepted_at: int, **values: Any) -> bool:
    """Keep the check that a pop-up came to; False where it came to one before.

    Nothing that led there stays, and neither does whom the site named.
    """
    done = connection.execute(
        update(popup)
        .where(popup.c.id == popup_id, popup.c.accepted_at.is_(None))
        .values(
            accepted_at=accepted_at,
            name_sealed=None,
            phone_sealed=None,
            person_index=None,
            notice=None,
            attempts_left=None,
            **values,
        )
    )
    return done.rowcount == 1


def ticket_of(connection: Connection, popup_id: str) -> TicketRow | None:
    """The pop-up's request for approval."""
    query = select(*_TICKET).where(popup_ticket.c.popup_id == popup_id)
    return read(TicketRow, connection.execute(query).first())


def popup_of_ticket(connection: Connection, ticket: str) -> str | None:
    """The id of the pop-up whose request has this ticket."""
    query = select(popup_ticket.c.popup_id).where(popup_ticket.c.ticket == ticket)
    return connection.execute(query).scalar_one_or_none()


def put_ticket(connection: Connection, row: TicketRow) -> None:
    """Keep a new request, in the place of any before it."""
    delete_ticket(connection, row.popup_id)
    values = {name: getattr(row, name) for name in TicketRow.__slots__}
    connection.execute(insert(popup_ticket).values(values))


def change_ticket(connection: Connection, popup_id: str, **values: Any) -> None:
    """Set columns of a request."""
    connection.execute(
        update(popup_ticket).where(popup_ticket.c.popup_id == popup_id).values(values)
    )


def delete_ticket(connection: Connection, popup_id: str) -> None:
    """Forget a request; nothing happens where there is none."""
    connection.execute(delete(popup_ticket).where(popup_ticket.c.popup_id == popup_id))


def phone_of(connection: Connection, popup_id: str) -> PhoneRow | None:
    """The proof of a telephone that is under way on a pop-up."""
    query = select(*_PHONE).where(popup_phone.c.popup_id == popup_id)
    return read(PhoneRow, connection.execute(query).first())


def put_phone(connection: Connection, row: PhoneRow) -> None:
    """Keep a proof under way, in the place of any before it."""
    delete_phone(connection, row.popup_id)
    values = {name: getattr(row, name) for name in PhoneRow.__slots__}
    connection.execute(insert(popup_phone).values(values))


def change_phone(connection: Connection, popup_id: str, **values: Any) -> None:
    """Set columns of a proof under way."""
    connection.execute(update(popup_phone).where(popup_phone.c.popup_id == popup_id).values(values))


def delete_phone(connection: Connection, popup_id: str) -> None:
    """Forget a proof; nothing happens where there is none."""
    connection.execute(delete(popup_phone).where(popup_phone.c.popup_id == popup_id))


def watched(connection: Connection, ids: Sequence[str]) -> list[Watched]:
    """How these pop-ups stand."""
    query = (
        select(
            popup.c.id,
            popup.c.accepted_at,
            popup.c.expires_at,
            popup_ticket.c.state,
            popup_ticket.c.expires_at,
        )
        .outerjoin(popup_ticket, popup_ticket.c.popup_id == popup.c.id)
        .where(popup.c.id.in_(ids))
    )
    return [Watched(*row) for row in connection.execute(query)]


def institution_name(connection: Connection, institution_id: str) -> str:
    """What the institution is called."""
    query = select(institution.c.name).where(institution.c.id == institution_id)
    return str(connection.execute(query).scalar_one())


def forget_popups(connection: Connection, expired: int, old: int) -> None:
    """Forget whom expired ones named, and all that ended before `old`."""
    gone = select(popup.c.id).where(popup.c.expires_at < old).scalar_subquery()
    over = select(popup.c.id).where(popup.c.expires_at < expired).scalar_subquery()
    connection.execute(delete(popup_phone).where(popup_phone.c.popup_id.in_(over)))
    connection.execute(delete(popup_ticket).where(popup_ticket.c.popup_id.in_(gone)))
    connection.execute(delete(popup).where(popup.c.expires_at < old))
    connection.execute(
        update(popup)
        .where(
            popup.c.expires_at < expired,
            or_(popup.c.name_sealed.is_not(None), popup.c.person_index.is_not(None)),
        )
        .values(name_sealed=None, phone_sealed=None, person_index=None)
    )


def delete_popups_of(connection: Connection, trainee_id: str, person_index: bytes) -> int:
    """Delete the pop-ups that are about a trainee, known to the site or not; how many."""
    theirs = or_(popup.c.trainee_id == trainee_id, popup.c.person_index == person_index)
    ids = select(popup.c.id).where(theirs).scalar_subquery()
    connection.execute(delete(popup_phone).where(popup_phone.c.popup_id.in_(ids)))
    connection.execute(delete(popup_ticket).where(popup_ticket.c.popup_id.in_(ids)))
    return int(connection.execute(delete(popup).where(theirs)).rowcount)
