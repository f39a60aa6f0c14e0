"""A code that is typed on a pop-up's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never, cast

from motp_protocol.fields import Occasion
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.form_interface.even_times import moment, until_even_time
from motp_verifier.services.form_interface.refusals import Withheld
from motp_verifier.services.idempotency import KeyReused, Repeated
from motp_verifier.services.popups.browsers import Browser, NoPopup, OtherBrowser, belongs
from motp_verifier.services.popups.people import refusal_index, wanted_by
from motp_verifier.services.popups.standing import is_open
from motp_verifier.services.rate_limits.failures import FailureLimit
from motp_verifier.services.verification import Check, PopupOver, TypedOn, Verification
from motp_verifier.services.verification_answer import Accepted, Rejected
from motp_verifier.store import popups as rows
from motp_verifier.store.port import Store

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Noted:
    """The pop-up itself says from now on what came of it."""


CodeOutcome: TypeAlias = Noted | NoPopup | OtherBrowser


class PopupCodes:
    """Checks typed codes by the rules and locks of every other check.

    `failures` is the limit of pages: it takes nothing from what an institution's servers may do.
    """

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        verification: Verification,
        failures: FailureLimit,
        now: Callable[[], int],
    ) -> None:
        self._store = store
        self._keys = keys
        self._verification = verification
        self._failures = failures
        self._now = now

    async def check(self, popup_id: str, typed: str, browser: Browser) -> CodeOutcome:
        """Check a code, unless the pop-up is over. What is no six digits is not counted."""
        since = moment()
        row = await self._store.read(lambda c: rows.popup_by_id(c, popup_id))
        if row is None:
            return NoPopup()
        if not belongs(row, browser):
            return OtherBrowser()
        wanted = wanted_by(row)
        if wanted is None or not is_open(row, self._now()):
            return Noted()
        code = "".join(typed.split()).replace("-", "")
        if not (len(code) == DIGITS and code.isascii() and code.isdigit()):
            return await self._note(popup_id, "code-form")
        if self._failures.retry_after(row.institution_id) is not None:
            return await self._note(popup_id, "busy")
        outcome = await self._verification.judge(
            Check(
                wanted=wanted,
                course=row.course,
                class_=row.class_,
                session=row.session,
                occasion=cast(Occasion, row.occasion),
                code=code,
                client_ip=browser.address,
                popup=TypedOn(popup_id, refusal_index(self._keys, row)),
            )
        )
        match outcome:
            case Withheld():
                self._failures.note(row.institution_id)
                await until_even_time(since)
                return Noted()
            case Accepted() | PopupOver():
                return Noted()
            case Rejected() | Repeated() | KeyReused():
                raise AssertionError("a page is not told this")
            case never:
                assert_never(never)

    async def _note(self, popup_id: str, notice: str) -> Noted:
        await self._store.run(
            "popup-notice",
            lambda c: rows.change_popup(c, popup_id, notice=notice, attempts_left=None),
        )
        return Noted()
