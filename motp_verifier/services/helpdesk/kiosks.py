"""Kiosks, as staff see them and may lock them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import KioskActionRequest, StaffKiosk, StaffKiosks
from motp_verifier.services.audit.reasons import BadReason, read_reason
from motp_verifier.services.audit.record import staff as actor_of
from motp_verifier.services.helpdesk.access import Access
from motp_verifier.services.helpdesk.pages import ReasonRefused
from motp_verifier.services.kiosks.managing import (
    KioskChanged,
    KioskInfo,
    NoSuchKiosk,
    NotPossible,
    change_kiosk,
    info,
)
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import kiosks as rows
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class KioskDone:
    """It was done: the kiosk as it is now."""

    kiosk: StaffKiosk


KioskActionOutcome: TypeAlias = KioskDone | NotPossible | NotFound | ReasonRefused | TooMany


class StaffKioskDesk:
    """Shows kiosks, in which nobody's data are, and locks them. `now` is in milliseconds."""

    def __init__(self, store: Store, access: Access, now: Callable[[], int]) -> None:
        self._store = store
        self._access = access
        self._now = now

    async def all(self) -> StaffKiosks:
        """All kiosks. Raises StoreUnavailable."""
        now = self._now()
        found = await self._store.read(rows.all_kiosks)
        return StaffKiosks(
            time=format_time(now), kiosks=[_message(info(row, name, now)) for row, name in found]
        )

    async def do(self, who: Staff, kiosk_id: str, asked: KioskActionRequest) -> KioskActionOutcome:
        """Lock or unlock, in one transaction with its row of the audit."""
        try:
            reason = read_reason(asked.reason)
        except BadReason as error:
            return ReasonRefused(str(error))

        def work(connection: Connection) -> KioskActionOutcome:
            now = self._now()
            done = change_kiosk(
                connection,
                kiosk_id,
                asked.action,
                now,
                actor=actor_of(who.name),
                source=who.source,
                reason=reason,
            )
            match done:
                case NoSuchKiosk():
                    return NotFound()
                case NotPossible():
                    return done
                case KioskChanged(row):
                    name = rows.institution_name(connection, row.institution_id)
                    return KioskDone(_message(info(row, name, now)))

        return await self._access.act("staff-kiosk", who, work)


def _message(kiosk: KioskInfo) -> StaffKiosk:
    return StaffKiosk(
        kiosk_id=kiosk.id,
        institution=kiosk.institution_name,
        label=kiosk.label,
        state=kiosk.state,
        created_at=format_time(kiosk.created_at),
        enrolled_at=_time(kiosk.enrolled_at),
        last_contact_at=_time(kiosk.last_contact_at),
        platform=kiosk.platform,
        app_version=kiosk.app_version,
        skew_seconds=kiosk.skew_ms / 1000,
        config_version=kiosk.config_version,
        config_known=kiosk.config_known,
        users_today=kiosk.users_today,
    )


def _time(at: int | None) -> str | None:
    return None if at is None else format_time(at)
