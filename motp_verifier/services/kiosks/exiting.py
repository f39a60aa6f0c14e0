"""The administrator's exit: a PIN that the verifier counts."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_decode
from motp_protocol.kiosks import KioskExit
from motp_verifier.services.audit.record import KIOSK, AuditKind, record
from motp_verifier.services.kiosks.enrolling import exit_hash
from motp_verifier.services.kiosks.serving import run_of_kiosk
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.signed import Clock, Replayed, SignedRequest
from motp_verifier.store import kiosks as rows
from motp_verifier.store.kiosks import KioskRow
from motp_verifier.store.port import Store

EXIT_TRIES = 5
EXIT_LOCK_MS = 15 * 60 * 1000
_ATTEMPT_BYTES = 16


@dataclass(frozen=True, slots=True)
class MayExit:
    """The exit PIN is right."""


@dataclass(frozen=True, slots=True)
class ExitWrong:
    """It is not; so many tries are left."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class ExitLocked:
    """Too many were wrong. Whether this one was is not told; seconds until the next try."""

    retry_after: int


ExitOutcome: TypeAlias = MayExit | ExitWrong | ExitLocked | NotFound | Replayed


class KioskExits:
    """Checks exit PINs: the row is locked before anything is compared, so counts are exact."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store = store
        self._now = now

    async def exit(self, kiosk_id: str, request: KioskExit, signed: SignedRequest) -> ExitOutcome:
        """Whether the administrator may leave. The last attempt, repeated, is counted once."""
        now = self._now()
        given = exit_hash(request.exit_auth)
        # Of the PIN as well: another PIN under the same name is another attempt.
        attempt = hashlib.sha256(b64url_decode(request.attempt) + given).digest()[:_ATTEMPT_BYTES]

        def work(connection: Connection, row: KioskRow) -> ExitOutcome:
            if row.exit_locked_until is not None and now < row.exit_locked_until:
                return ExitLocked(_seconds(row.exit_locked_until - now))
            if row.exit_hash is not None and hmac.compare_digest(row.exit_hash, given):
                rows.change_kiosk(
                    connection, row.id, exit_failures=0, exit_attempt=None, exit_locked_until=None
                )
                _note(connection, row, "kiosk-exited", signed, now)
                return MayExit()
            if row.exit_attempt == attempt and row.exit_failures:
                return ExitWrong(EXIT_TRIES - row.exit_failures)
            failures = row.exit_failures + 1
            if failures < EXIT_TRIES:
                rows.change_kiosk(connection, row.id, exit_failures=failures, exit_attempt=attempt)
                return ExitWrong(EXIT_TRIES - failures)
            rows.change_kiosk(
                connection,
                row.id,
                exit_failures=0,
                exit_attempt=attempt,
                exit_locked_until=now + EXIT_LOCK_MS,
            )
            _note(connection, row, "kiosk-exit-locked", signed, now)
            return ExitLocked(_seconds(EXIT_LOCK_MS))

        return await run_of_kiosk(self._store, "kiosk-exit", kiosk_id, signed, work)


def _seconds(milliseconds: int) -> int:
    return -(-milliseconds // 1000)


def _note(
    connection: Connection, row: KioskRow, kind: AuditKind, signed: SignedRequest, now: int
) -> None:
    record(
        connection,
        now,
        kind,
        actor=KIOSK,
        institution_id=row.institution_id,
        source=signed.source,
        detail={"kiosk_id": row.id},
    )
