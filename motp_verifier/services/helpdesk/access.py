"""Noting what staff read and do: who, whom, why and from where, within their rate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from motp_verifier.services.audit.record import AuditKind, record
from motp_verifier.services.audit.record import staff as actor_of
from motp_verifier.services.staff.limits import StaffLimits, TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store.audit import Detail
from motp_verifier.store.port import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Noted:
    """What the audit says of one reading or action."""

    kind: AuditKind
    trainee_id: str | None = None
    institution_id: str | None = None
    registration_id: str | None = None
    reason: str | None = None
    detail: Detail | None = None


class Access:
    """Lets staff read and act, and notes it. `now` is in milliseconds since 1970."""

    def __init__(self, store: Store, limits: StaffLimits, now: Callable[[], int]) -> None:
        self._store = store
        self._limits = limits
        self._now = now

    async def read(self, who: Staff, noted: Noted) -> TooMany | None:
        """Note a reading, before what was read is shown; None where it may be.

        Raises StoreUnavailable.
        """

        def work(connection: Connection) -> TooMany | None:
            now = self._now()
            if wait := self._limits.admit(connection, who, now):
                return wait
            note(connection, now, who, noted)
            return None

        return await self._store.run("staff-read", work)

    async def act(self, operation: str, who: Staff, work: Callable[[Connection], T]) -> T | TooMany:
        """Do `work`, which notes itself by `note`, in one transaction. Raises StoreUnavailable."""

        def admitted(connection: Connection) -> T | TooMany:
            wait = self._limits.admit(connection, who, self._now())
            return work(connection) if wait is None else wait

        return await self._store.run(operation, admitted)


def note(connection: Connection, now: int, who: Staff, noted: Noted) -> None:
    """Note one thing that somebody of the staff does in this transaction."""
    record(
        connection,
        now,
        noted.kind,
        actor=actor_of(who.name),
        trainee_id=noted.trainee_id,
        institution_id=noted.institution_id,
        registration_id=noted.registration_id,
        source=who.source,
        reason=noted.reason,
        detail=noted.detail,
    )
