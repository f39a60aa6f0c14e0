"""What the page of a pop-up shows, and to whom."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast
from urllib.parse import quote

from sqlalchemy import Connection

from motp_protocol.fields import Occasion
from motp_protocol.person import mask_phone
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.name_policy import NamePolicy
from motp_verifier.services.popups import phone_rules
from motp_verifier.services.popups.browsers import (
    Browser,
    NoPopup,
    OtherBrowser,
    address_index,
    belongs,
    browser_hash,
)
from motp_verifier.services.popups.people import given_person
from motp_verifier.services.popups.rules import Stage
from motp_verifier.services.popups.standing import is_open, stage_of
from motp_verifier.store import popups as rows
from motp_verifier.store.popups import PhoneRow, PopupRow, TicketRow
from motp_verifier.store.port import Store

_COOKIE_BYTES = 32

PhoneMethod: TypeAlias = Literal["sms", "carrier", "none"]
"""How a telephone is proven here: `none` where a name is demanded and no carrier is asked."""


@dataclass(frozen=True, slots=True)
class PhoneStep:
    """A code is on its way to the telephone."""

    seconds_to_resend: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class PopupView:
    """A pop-up's page. `number` and `link` are there while the app is asked.

    `cookie` is to be set: the pop-up belongs to this browser from now on. `sent_to` is masked,
    from what the site gave, or None.
    """

    popup_id: str
    institution: str
    course: str
    class_: str
    session: int
    occasion: Occasion
    return_origin: str
    stage: Stage
    notice: str | None
    attempts_left: int | None
    name_required: bool
    phone_method: PhoneMethod
    phone: PhoneStep | None
    sent_to: str | None = field(repr=False)
    number: str | None = field(repr=False)
    link: str | None = field(repr=False)
    cookie: str | None = field(repr=False)


PageOutcome: TypeAlias = PopupView | NoPopup | OtherBrowser


class PopupPages:
    """Shows pop-ups. `origin` is the verifier's own; `carrier` says that one can be asked."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        names: NamePolicy,
        origin: str,
        now: Callable[[], int],
        *,
        carrier: bool,
    ) -> None:
        self._store = store
        self._keys = keys
        self._names = names
        self._origin = origin
        self._now = now
        self._carrier = carrier

    async def open(self, popup_id: str, browser: Browser) -> PageOutcome:
        """Show a pop-up to the browser that it belongs to, or bind it to the first."""
        now = self._now()
        found = await self._store.read(lambda c: self._view(c, popup_id, now))
        if found is None:
            return NoPopup()
        row, view = found
        if row.browser_hash is not None:
            return view(None) if belongs(row, browser) else OtherBrowser()
        if not is_open(row, now):
            return NoPopup()
        cookie = secrets.token_urlsafe(_COOKIE_BYTES)
        kept = browser_hash(cookie)
        place = address_index(self._keys, browser.address)
        bound = await self._store.run(
            "popup-bind", lambda c: rows.bind_browser(c, popup_id, kept, place)
        )
        return view(cookie) if bound else OtherBrowser()

    async def is_own(self, popup_id: str, browser: Browser) -> bool:
        """Whether the pop-up belongs to this browser."""
        row = await self._store.read(lambda c: rows.popup_by_id(c, popup_id))
        return row is not None and belongs(row, browser)

    def _view(
        self, connection: Connection, popup_id: str, now: int
    ) -> tuple[PopupRow, Callable[[str | None], PopupView]] | None:
        row = rows.popup_by_id(connection, popup_id)
        if row is None:
            return None
        ticket = rows.ticket_of(connection, popup_id)
        phone = rows.phone_of(connection, popup_id)
        institution = rows.institution_name(connection, row.institution_id)
        return row, lambda cookie: self._put_together(
            row, ticket, phone, institution=institution, cookie=cookie, now=now
        )

    def _put_together(
        self,
        row: PopupRow,
        ticket: TicketRow | None,
        phone: PhoneRow | None,
        *,
        institution: str,
        cookie: str | None,
        now: int,
    ) -> PopupView:
        stage = stage_of(row, ticket, now)
        asking = ticket is not None and stage in {"waiting", "asked"}
        person = given_person(self._keys, row)
        named = self._names.name_required(row.institution_id, row.course, row.class_)
        return PopupView(
            popup_id=row.id,
            institution=institution,
            course=row.course,
            class_=row.class_,
            session=row.session,
            occasion=cast(Occasion, row.occasion),
            return_origin=row.return_origin,
            stage=stage,
            notice=row.notice,
            attempts_left=row.attempts_left,
            name_required=named,
            phone_method="sms" if not named else "carrier" if self._carrier else "none",
            phone=None if phone is None else _step(phone, now),
            sent_to=None if person is None else mask_phone(person.phone),
            number=ticket.number if ticket is not None and asking else None,
            link=self._link(ticket) if ticket is not None and asking else None,
            cookie=cookie,
        )

    def _link(self, ticket: TicketRow) -> str:
        verifier = quote(self._origin, safe="")
        return f"motp://approve?popup={ticket.popup_id}&ticket={ticket.ticket}&verifier={verifier}"


def _step(row: PhoneRow, now: int) -> PhoneStep | None:
    if phone_rules.is_over(row, now):
        return None
    return PhoneStep(phone_rules.seconds_to_resend(row, now), phone_rules.tries_left(row))
