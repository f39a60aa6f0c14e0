"""Giving out a code that stands in for one of the app's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.helpdesk import BypassRequest
from motp_verifier.sealing import MasterKeys
from motp_verifier.services import bypass
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.helpdesk.access import Access, Noted, note
from motp_verifier.services.helpdesk.pages import ReasonRefused
from motp_verifier.services.ledger import Ledger
from motp_verifier.services.outcomes import NotFound, Revoked, Suspended
from motp_verifier.services.shares import PinLocked
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store.roster import pairwise_id_of
from motp_verifier.store.verifications import WantedTrainee


@dataclass(frozen=True, slots=True)
class BypassIssued:
    """A code: the only time that it is seen."""

    code: str = field(repr=False)
    expires_at: int


BypassOutcome: TypeAlias = (
    BypassIssued | NotFound | Revoked | Suspended | PinLocked | ReasonRefused | TooMany
)


class Bypassing:
    """Gives out codes. `now` is in milliseconds since 1970."""

    def __init__(self, keys: MasterKeys, access: Access, now: Callable[[], int]) -> None:
        self._keys = keys
        self._access = access
        self._now = now

    async def issue(self, who: Staff, trainee_id: str, asked: BypassRequest) -> BypassOutcome:
        """A code for a trainee, an institution and an occasion.

        Not where it would not be looked at: without a registration in use, or while that is
        suspended or locked there. Raises StoreUnavailable.
        """
        try:
            reason = read_reason(asked.reason)
        except BadReason as error:
            return ReasonRefused(str(error))

        def work(connection: Connection) -> BypassOutcome:
            now = self._now()
            called = pairwise_id_of(connection, asked.institution_id, trainee_id)
            if called is None:
                return NotFound()
            wanted = WantedTrainee(asked.institution_id, pairwise_id=called)
            ledger = Ledger.open(connection, [wanted], now)
            (trainee,) = ledger.trainees
            if trainee is None or trainee.id != trainee_id:
                return NotFound()
            refused = ledger.may_try(trainee, asked.institution_id)
            if refused is not None:
                match refused.reason:
                    case "suspended":
                        return Suspended()
                    case "locked":
                        return PinLocked()
                    case _:
                        return Revoked(None)
            code = bypass.issue(
                connection, self._keys, trainee_id, asked.institution_id, asked.occasion, now=now
            )
            note(
                connection,
                now,
                who,
                Noted(
                    "staff-bypass-issued",
                    trainee_id=trainee_id,
                    institution_id=asked.institution_id,
                    reason=reason,
                    detail={"occasion": asked.occasion},
                ),
            )
            return BypassIssued(code, now + bypass.LIFETIME_MS)

        return await self._access.act("staff-bypass", who, work)
