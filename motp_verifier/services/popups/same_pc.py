"""The page's side of an approval on the same PC: asking the app, and the browser's return."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.audit.record import DEVICE, form, record
from motp_verifier.services.name_policy import NamePolicy
from motp_verifier.services.popups.acceptance import Proof, accept_popup
from motp_verifier.services.popups.approvals import completion_token, stopped_by
from motp_verifier.services.popups.browsers import (
    Browser,
    NoPopup,
    OtherBrowser,
    belongs,
    lock_own,
    same_address,
)
from motp_verifier.services.popups.people import listed_by_id
from motp_verifier.services.popups.rules import TICKET_MS
from motp_verifier.services.popups.standing import is_open, stage_of
from motp_verifier.store import popups as rows
from motp_verifier.store import registrations
from motp_verifier.store.ids import new_id
from motp_verifier.store.popups import PopupRow, TicketRow
from motp_verifier.store.port import Store

_CHOICES = 3
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Changed:
    """The pop-up itself says how it stands now."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The right browser brought the approval back; the pop-up says what came of it."""

    occasion: str
    accepted: bool


PageOutcome: TypeAlias = Changed | NoPopup | OtherBrowser
ArrivalOutcome: TypeAlias = Arrived | NoPopup | OtherBrowser


class SamePc:
    """The use cases of the page. `now` is in milliseconds since 1970."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        acceptances: Acceptances,
        names: NamePolicy,
        *,
        now: Callable[[], int],
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self._store = store
        self._keys = keys
        self._acceptances = acceptances
        self._names = names
        self._now = now
        self._metrics = metrics

    async def ask(self, popup_id: str, browser: Browser) -> PageOutcome:
        """Make a ticket for the app, with another number; any before it is void."""
        now = self._now()

        def work(connection: Connection) -> PageOutcome:
            row = lock_own(connection, popup_id, browser)
            if not isinstance(row, PopupRow):
                return row
            if not is_open(row, now):
                return Changed()
            numbers = [str(each) for each in _random.sample(range(10, 100), _CHOICES)]
            rows.put_ticket(
                connection,
                TicketRow(
                    popup_id=popup_id,
                    ticket=new_id("tkt"),
                    number=_random.choice(numbers),
                    numbers=" ".join(numbers),
                    state="waiting",
                    expires_at=min(now + TICKET_MS, row.expires_at),
                ),
            )
            rows.change_popup(connection, popup_id, notice=None, attempts_left=None)
            return Changed()

        return await self._store.run("approval-ask", work)

    async def give_up(self, popup_id: str, browser: Browser) -> PageOutcome:
        """Go back to typing a code: the ticket is void."""
        now = self._now()

        def work(connection: Connection) -> PageOutcome:
            row = lock_own(connection, popup_id, browser)
            if not isinstance(row, PopupRow):
                return row
            if is_open(row, now):
                rows.delete_ticket(connection, popup_id)
            return Changed()

        return await self._store.run("approval-give-up", work)

    async def arrive(self, popup_id: str, token: str, browser: Browser) -> ArrivalOutcome:
        """A browser opens the completion's address. Only the pop-up's own is let in.

        The arrival of another ends the ticket, and is told to the page and to the app.
        """
        now = self._now()

        def work(connection: Connection) -> ArrivalOutcome:
            row = rows.lock_popup(connection, popup_id)
            ticket = None if row is None else rows.ticket_of(connection, popup_id)
            if row is None or ticket is None or not self._opens(ticket, token):
                return NoPopup()
            approved = stage_of(row, ticket, now) == "approved"
            if not belongs(row, browser):
                if approved:
                    rows.change_ticket(connection, popup_id, state="other-browser")
                    self._note_failure(
                        connection, row, ticket, browser, why="other-browser", now=now
                    )
                return OtherBrowser()
            accepted = approved and self._accept(connection, row, ticket, browser, now)
            return Arrived(row.occasion, accepted)

        outcome = await self._store.run("approval-arrive", work)
        if isinstance(outcome, Arrived) and outcome.accepted:
            self._metrics.verified(outcome.occasion, "accepted", None)
        return outcome

    def _opens(self, ticket: TicketRow, token: str) -> bool:
        wanted = completion_token(self._keys, ticket.ticket)
        return hmac.compare_digest(wanted.encode(), token.encode("utf-8", "replace"))

    def _accept(
        self,
        connection: Connection,
        row: PopupRow,
        ticket: TicketRow,
        browser: Browser,
        now: int,
    ) -> bool:
        """Whether the device may still approve; what could stop it is looked at once more."""
        registration = (
            None
            if ticket.registration_id is None
            else registrations.lock_registration(connection, ticket.registration_id)
        )
        trainee = (
            None
            if registration is None or registration.trainee_id != row.trainee_id
            else listed_by_id(connection, row.institution_id, registration.trainee_id)
        )
        if (
            registration is None
            or trainee is None
            or registration.state != "active"
            or stopped_by(registration, row, self._names) is not None
        ):
            rows.delete_ticket(connection, row.id)
            rows.change_popup(connection, row.id, notice="approval-void", attempts_left=None)
            self._note_failure(connection, row, ticket, browser, why="device", now=now)
            return False
        proof = Proof(
            "same-pc",
            DEVICE,
            registration_id=registration.id,
            client_ip=browser.address,
            same_address=same_address(row.address_index, ticket.address_index),
        )
        accept_popup(connection, self._acceptances, row, trainee=trainee, proof=proof, now=now)
        rows.change_ticket(connection, row.id, state="done")
        return True

    @staticmethod
    def _note_failure(
        connection: Connection,
        row: PopupRow,
        ticket: TicketRow,
        browser: Browser,
        *,
        why: str,
        now: int,
    ) -> None:
        record(
            connection,
            now,
            "approval-failed",
            actor=form(row.institution_id, browser=True),
            institution_id=row.institution_id,
            registration_id=ticket.registration_id,
            trainee_id=row.trainee_id,
            source=browser.address,
            reason=why,
            detail={"popup_id": row.id},
        )
