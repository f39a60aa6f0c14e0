"""What an enrolled kiosk asks for: its configuration, and that its report is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from sqlalchemy import Connection

from motp_protocol.encoding import parse_time
from motp_protocol.kiosks import KioskClaims, KioskReport, KioskState
from motp_verifier.services.days import seoul_day
from motp_verifier.services.kiosks.settings import claims
from motp_verifier.services.outcomes import Malformed, NotFound
from motp_verifier.services.signed import Clock, Replayed, SignedRequest, run_signed
from motp_verifier.store import kiosks as rows
from motp_verifier.store.kiosks import KioskRow
from motp_verifier.store.port import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Configured:
    """What holds for the kiosk now."""

    claims: KioskClaims


@dataclass(frozen=True, slots=True)
class ReportTaken:
    """The kiosk as the verifier sees it. `time` is in milliseconds since 1970."""

    time: int
    state: KioskState
    config_version: int


ConfigOutcome: TypeAlias = Configured | NotFound | Replayed
ReportOutcome: TypeAlias = ReportTaken | Malformed | NotFound | Replayed


async def run_of_kiosk(
    store: Store,
    operation: str,
    kiosk_id: str,
    signed: SignedRequest,
    work: Callable[[Connection, KioskRow], T],
) -> T | NotFound | Replayed:
    """Do `work` over the kiosk that the signing key is of, locked, in one transaction."""

    def own(connection: Connection) -> T | NotFound:
        row = rows.lock_kiosk(connection, kiosk_id)
        if row is None or row.keyid != signed.keyid or row.state == "revoked":
            return NotFound()
        return work(connection, row)

    return await run_signed(store, operation, signed, own)


class KioskServing:
    """Serves enrolled kiosks, locked ones too. `issuer` is the verifier's public origin."""

    def __init__(self, store: Store, issuer: str, now: Clock) -> None:
        self._store = store
        self._issuer = issuer
        self._now = now

    async def config(self, kiosk_id: str, signed: SignedRequest) -> ConfigOutcome:
        """What holds for the kiosk now, to be signed."""
        now = self._now()

        def work(connection: Connection, row: KioskRow) -> ConfigOutcome:
            name = rows.institution_name(connection, row.institution_id)
            return Configured(claims(row, name, self._issuer, now))

        return await run_of_kiosk(self._store, "kiosk-config", kiosk_id, signed, work)

    async def report(
        self, kiosk_id: str, request: KioskReport, signed: SignedRequest
    ) -> ReportOutcome:
        """Keep what the kiosk tells of itself."""
        now = self._now()
        try:
            skew = parse_time(request.clock) - now
        except ValueError:
            return Malformed("clock")

        def work(connection: Connection, row: KioskRow) -> ReportOutcome:
            rows.change_kiosk(
                connection,
                row.id,
                last_contact_at=now,
                skew_ms=skew,
                platform=request.platform,
                app_version=request.app_version,
                config_known=min(request.config_version, row.config_version),
                users=request.users_today,
                users_day=seoul_day(now),
            )
            return ReportTaken(now, cast(KioskState, row.state), row.config_version)

        return await run_of_kiosk(self._store, "kiosk-report", kiosk_id, signed, work)
