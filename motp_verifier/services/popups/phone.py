"""A telephone in the app's place: a code by text message, or the carrier's identity check.

As with name proofs nothing is sent or asked inside a transaction: each step decides and counts
before, and keeps afterwards what came of it. For a person whom nobody knows every step is the
same; what a right code then proves is the number, and only its holder learns what no roster has.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from sqlalchemy import Connection

from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services import texts
from motp_verifier.services.audit.record import AuditKind, form, record
from motp_verifier.services.identity.comparing import same_person
from motp_verifier.services.identity.port import (
    Attempt,
    AttemptOver,
    CodeRefused,
    CodeSent,
    Details,
    DetailsRefused,
    IdentityService,
    ServiceFailed,
    Verified,
)
from motp_verifier.services.messages.port import MessageSender, SendFailed, Sent, TextMessage
from motp_verifier.services.name_policy import NamePolicy
from motp_verifier.services.people import Person, phone_index
from motp_verifier.services.popups import phone_rules as rules
from motp_verifier.services.popups.browsers import Browser, NoPopup, OtherBrowser, lock_own
from motp_verifier.services.popups.people import named_person, refusal_index
from motp_verifier.services.popups.phone_acceptance import PhoneAcceptance, PhoneAccepted
from motp_verifier.services.popups.standing import is_open
from motp_verifier.services.send_limits import LimitReached, Reserved, Sending, SendQuota
from motp_verifier.store import popups as rows
from motp_verifier.store.ids import new_id
from motp_verifier.store.popups import PhoneRow, PopupRow
from motp_verifier.store.port import Store

_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - said to the identity service where none is known


@dataclass(frozen=True, slots=True)
class Changed:
    """The pop-up itself says how it stands now."""


PhoneOutcome: TypeAlias = Changed | NoPopup | OtherBrowser


@dataclass(frozen=True, slots=True)
class _ToSend:
    """`person` is None where nobody knows a number: nothing leaves."""

    row: PhoneRow
    popup: PopupRow
    person: Person | None = field(repr=False)
    code: str = field(repr=False)
    reserved: Reserved = field(repr=False)


@dataclass(frozen=True, slots=True)
class _ToConfirm:
    row: PhoneRow
    popup: PopupRow
    person: Person | None = field(repr=False)


class PopupPhones:
    """The use cases. `identity` is None where no carrier can be asked."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        sender: MessageSender,
        identity: IdentityService | None,
        acceptance: PhoneAcceptance,
        *,
        names: NamePolicy,
        quota: SendQuota,
        now: Callable[[], int],
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self._store = store
        self._keys = keys
        self._sender = sender
        self._identity = identity
        self._acceptance = acceptance
        self._names = names
        self._quota = quota
        self._now = now
        self._metrics = metrics

    async def send(
        self, popup_id: str, browser: Browser, details: Details | None = None
    ) -> PhoneOutcome:
        """Have a code sent, or sent again: a new one kills the old and keeps the count of tries.

        `details` are for the carrier, where the course demands the name to be proven.
        """
        now = self._now()

        def work(connection: Connection) -> _ToSend | PhoneOutcome:
            popup = lock_own(connection, popup_id, browser)
            if not isinstance(popup, PopupRow):
                return popup
            if not is_open(popup, now):
                return Changed()
            named = self._named(popup)
            if named and self._identity is None:
                return _note(connection, popup_id, "phone-unavailable")
            if named and details is None:
                return _note(connection, popup_id, "phone-details")
            before = rows.phone_of(connection, popup_id)
            if before is not None and not rules.is_over(before, now):
                if rules.seconds_to_resend(before, now):
                    return _note(connection, popup_id, "phone-sent", rules.tries_left(before))
            else:
                before = None
            return self._reserve(connection, popup, before, browser, now)

        prepared = await self._store.run("fallback-send", work)
        if not isinstance(prepared, _ToSend):
            return prepared
        return await self._leave(prepared, details, browser)

    async def confirm(self, popup_id: str, typed: str, browser: Browser) -> PhoneOutcome:
        """Give the code from the message. The same wrong code again is not counted again."""
        now = self._now()
        code = "".join(typed.split())
        hashed = self._code_hash(popup_id, code)

        def work(connection: Connection) -> _ToConfirm | PhoneAccepted | PhoneOutcome:
            popup = lock_own(connection, popup_id, browser)
            if not isinstance(popup, PopupRow):
                return popup
            if not is_open(popup, now):
                return Changed()
            row = rows.phone_of(connection, popup_id)
            if row is None or rules.is_over(row, now):
                return _note(connection, popup_id, "phone-over")
            if not (code.isascii() and code.isdigit() and len(code) == len("000000")):
                return _note(connection, popup_id, "phone-form")
            if now >= row.code_expires_at:
                return _note(connection, popup_id, "phone-old", rules.tries_left(row))
            if row.last_failed is not None and hmac.compare_digest(row.last_failed, hashed):
                return _note(connection, popup_id, "phone-wrong", rules.tries_left(row))
            tried = replace(row, code_attempts=row.code_attempts + 1)
            rows.change_phone(connection, popup_id, code_attempts=tried.code_attempts)
            if row.method == "carrier":
                return _ToConfirm(tried, popup, named_person(connection, self._keys, popup))
            if self._named(popup):
                # The policy became stricter meanwhile.
                rows.delete_phone(connection, popup_id)
                return _note(connection, popup_id, "phone-over")
            if row.code_hash is None or not hmac.compare_digest(row.code_hash, hashed):
                return self._wrong(connection, tried, hashed)
            return self._finish(connection, popup, browser)

        outcome = await self._store.run("fallback-confirm", work)
        if isinstance(outcome, _ToConfirm):
            outcome = await self._ask_carrier(outcome, code, hashed, browser)
        if isinstance(outcome, PhoneAccepted):
            self._count(outcome)
            return Changed()
        return outcome

    def _reserve(
        self,
        connection: Connection,
        popup: PopupRow,
        before: PhoneRow | None,
        browser: Browser,
        now: int,
    ) -> _ToSend | Changed:
        person = named_person(connection, self._keys, popup)
        subject = (
            refusal_index(self._keys, popup)
            if person is None
            else phone_index(self._keys, person.phone)
        )
        reserved = self._quota.reserve(
            connection, Sending("fallback", subject, None, browser.block), now
        )
        if isinstance(reserved, LimitReached):
            return _note(connection, popup.id, "phone-limit")
        code = f"{secrets.randbelow(10**6):06d}"
        ends_at = min(now + rules.PROOF_MS, popup.expires_at) if before is None else before.ends_at
        row = PhoneRow(
            popup_id=popup.id,
            method="carrier" if self._named(popup) else "sms",
            reference=new_id("idv"),
            ends_at=ends_at,
            code_hash=self._code_hash(popup.id, code),
            code_expires_at=min(now + rules.CODE_MS, ends_at),
            code_sent_at=now,
            code_attempts=0 if before is None else before.code_attempts,
        )
        rows.put_phone(connection, row)
        _note(connection, popup.id, "phone-sent", rules.tries_left(row))
        return _ToSend(row, popup, person, code, reserved)

    async def _leave(
        self, prepared: _ToSend, details: Details | None, browser: Browser
    ) -> PhoneOutcome:
        """Send what was decided on. Of nobody's number it is said just so that a code left."""
        person = prepared.person
        if person is None:
            return Changed()
        if prepared.row.method == "sms":
            text = texts.fallback_code(prepared.code, rules.CODE_MS // 60_000)
            outcome = await self._sender.send(TextMessage(person.phone, text, "fallback"))
            match outcome:
                case Sent():
                    return await self._keep(prepared.popup, "fallback-sent", browser)
                case SendFailed():
                    return await self._unsent(prepared)
                case never:
                    assert_never(never)
        if self._identity is None or details is None:
            return await self._unsent(prepared)
        attempt = Attempt(prepared.row.reference, person)
        asked = await self._identity.send(attempt, details)
        match asked:
            case CodeSent():
                return await self._keep(prepared.popup, "fallback-sent", browser)
            case DetailsRefused():
                return await self._end(prepared, "phone-mismatch", browser)
            case ServiceFailed():
                return await self._unsent(prepared)
            case never_asked:
                assert_never(never_asked)

    async def _ask_carrier(
        self, tried: _ToConfirm, code: str, hashed: bytes, browser: Browser
    ) -> PhoneAccepted | PhoneOutcome:
        popup_id, row = tried.popup.id, tried.row
        if self._identity is None or tried.person is None:
            return await self._store.run("fallback-wrong", lambda c: self._wrong(c, row, hashed))
        outcome = await self._identity.confirm(Attempt(row.reference, tried.person), code)
        match outcome:
            case Verified():
                if not same_person(tried.person, outcome):
                    return await self._end(tried, "phone-mismatch", browser)
                return await self._store.run(
                    "fallback-done", lambda c: self._finish_same(c, tried, browser)
                )
            case CodeRefused():
                return await self._store.run(
                    "fallback-wrong", lambda c: self._wrong_same(c, tried, hashed)
                )
            case AttemptOver():
                return await self._end(tried, "phone-over", browser)
            case ServiceFailed():

                def uncount(connection: Connection) -> Changed:
                    current = self._same(connection, tried)
                    if current is not None:
                        left = max(0, current.code_attempts - 1)
                        rows.change_phone(connection, popup_id, code_attempts=left)
                    return _note(connection, popup_id, "phone-failed")

                return await self._store.run("fallback-untried", uncount)
            case never:
                assert_never(never)

    def _finish_same(
        self, connection: Connection, tried: _ToConfirm, browser: Browser
    ) -> PhoneAccepted | Changed:
        if self._same(connection, tried) is None:
            return Changed()
        popup = rows.popup_by_id(connection, tried.popup.id)
        if popup is None or not is_open(popup, self._now()):
            return Changed()
        return self._finish(connection, popup, browser)

    def _finish(
        self, connection: Connection, popup: PopupRow, browser: Browser
    ) -> PhoneAccepted | Changed:
        now = self._now()
        accepted = self._acceptance.accept(connection, popup, browser.address, now)
        if accepted is not None:
            return accepted
        rows.delete_phone(connection, popup.id)
        self._record(connection, popup, "fallback-failed", "roster-mismatch", browser)
        return _note(connection, popup.id, "not-on-roster")

    def _wrong(self, connection: Connection, row: PhoneRow, hashed: bytes) -> Changed:
        rows.change_phone(connection, row.popup_id, last_failed=hashed)
        left = rules.tries_left(row)
        return _note(connection, row.popup_id, "phone-wrong" if left else "phone-over", left)

    def _wrong_same(self, connection: Connection, tried: _ToConfirm, hashed: bytes) -> Changed:
        if self._same(connection, tried) is None:
            return Changed()
        return self._wrong(connection, tried.row, hashed)

    async def _keep(self, popup: PopupRow, kind: AuditKind, browser: Browser) -> Changed:
        def work(connection: Connection) -> Changed:
            self._record(connection, popup, kind, None, browser)
            return Changed()

        return await self._store.run("fallback-sent", work)

    async def _unsent(self, sent: _ToSend) -> Changed:
        """A message that did not leave costs nothing, and may be asked for again at once."""

        def work(connection: Connection) -> Changed:
            self._quota.give_back(connection, sent.reserved)
            if self._same(connection, sent) is not None:
                rows.change_phone(connection, sent.popup.id, code_sent_at=None)
                _note(connection, sent.popup.id, "phone-unsent")
            return Changed()

        return await self._store.run("fallback-unsent", work)

    async def _end(self, ended: _ToSend | _ToConfirm, notice: str, browser: Browser) -> Changed:
        def work(connection: Connection) -> Changed:
            if self._same(connection, ended) is None:
                return Changed()
            rows.delete_phone(connection, ended.popup.id)
            self._record(connection, ended.popup, "fallback-failed", notice, browser)
            return _note(connection, ended.popup.id, notice)

        return await self._store.run("fallback-end", work)

    def _same(self, connection: Connection, about: _ToSend | _ToConfirm) -> PhoneRow | None:
        """The proof as it is now, its pop-up locked, if it is still that of this attempt."""
        if rows.lock_popup(connection, about.popup.id) is None:
            return None
        current = rows.phone_of(connection, about.popup.id)
        return current if current and current.reference == about.row.reference else None

    def _named(self, popup: PopupRow) -> bool:
        return self._names.name_required(popup.institution_id, popup.course, popup.class_)

    def _code_hash(self, popup_id: str, code: str) -> bytes:
        return self._keys.blind_index("fallback code", f"{popup_id}\x00{code}".encode())

    def _count(self, accepted: PhoneAccepted) -> None:
        self._metrics.verified(accepted.occasion, "accepted", None)
        for _ in range(accepted.locks):
            self._metrics.lock_lifted("code", "phone")

    def _record(
        self,
        connection: Connection,
        popup: PopupRow,
        kind: AuditKind,
        reason: str | None,
        browser: Browser,
    ) -> None:
        record(
            connection,
            self._now(),
            kind,
            actor=form(popup.institution_id, browser=True),
            institution_id=popup.institution_id,
            trainee_id=popup.trainee_id,
            source=browser.address,
            reason=reason,
            detail={"popup_id": popup.id},
        )


def _note(connection: Connection, popup_id: str, notice: str, left: int | None = None) -> Changed:
    rows.change_popup(connection, popup_id, notice=notice, attempts_left=left)
    return Changed()
