"""What an enrolled device asks for: unlock, PIN change, sync and reset."""

import hashlib
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_decode, parse_time
from motp_protocol.messages import (
    PinChangeRequest,
    ResetRequest,
    Status,
    SyncRequest,
    UnlockRequest,
)
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.app_versions import ANY_APP, SupportedApps
from motp_verifier.services.audit.record import DEVICE, AuditKind, record
from motp_verifier.services.kiosks.witnessing import KioskLocked, NoWitness, witnessed
from motp_verifier.services.outcomes import (
    AppOutdated,
    CurrentStatus,
    Malformed,
    NotFound,
    Revoked,
    Suspended,
)
from motp_verifier.services.owned import revoked, run_owned
from motp_verifier.services.shares import (
    Cloned,
    Opened,
    Overtaken,
    PinLocked,
    Presentation,
    UnknownShare,
    Withheld,
    WrongPin,
    present,
)
from motp_verifier.services.signed import Clock, Replayed, SignedRequest
from motp_verifier.services.status import StatusBuilder
from motp_verifier.services.vaults import load_state, save_state, share_value
from motp_verifier.store import consents
from motp_verifier.store import registrations as rows
from motp_verifier.store.kiosks import Witness
from motp_verifier.store.port import Store
from motp_verifier.store.registrations import RegistrationRow


@dataclass(frozen=True, slots=True)
class VaultOpened:
    """A right PIN: the value of the share presented, and the share to seal under next."""

    share_id: int
    share: bytes = field(repr=False)
    next_share_id: int
    next_share: bytes = field(repr=False)
    status: Status


@dataclass(frozen=True, slots=True)
class ResetDone:
    """The registration is revoked, by this request or before."""


UnlockOutcome: TypeAlias = (
    VaultOpened
    | WrongPin
    | PinLocked
    | Cloned
    | UnknownShare
    | Overtaken
    | AppOutdated
    | NoWitness
    | KioskLocked
    | Suspended
    | Revoked
    | NotFound
    | Malformed
    | Replayed
)
SyncOutcome: TypeAlias = CurrentStatus | Revoked | NotFound | Malformed | Replayed
ResetOutcome: TypeAlias = ResetDone | NotFound | Replayed


@dataclass(frozen=True, slots=True)
class _Device:
    """What a device says of itself with a request. `skew_ms` is its clock less ours."""

    skew_ms: int
    app_version: str


class Registrations:
    """The use cases of an enrolled device."""

    def __init__(
        self,
        store: Store,
        keys: MasterKeys,
        status: StatusBuilder,
        now: Clock,
        metrics: Metrics = NO_METRICS,
        *,
        apps: SupportedApps = ANY_APP,
    ) -> None:
        self._store = store
        self._apps = apps
        self._keys = keys
        self._status = status
        self._now = now
        self._metrics = metrics

    async def unlock(
        self, registration_id: str, request: UnlockRequest, signed: SignedRequest
    ) -> UnlockOutcome:
        """Check the PIN, counted, and hand out the share that opens the vault."""
        return await self._present(
            "unlock", registration_id, request, signed, wanted=request.pin_auth
        )

    async def change_pin(
        self, registration_id: str, request: PinChangeRequest, signed: SignedRequest
    ) -> UnlockOutcome:
        """As unlock, but the next share is bound to the new PIN."""
        return await self._present(
            "pin", registration_id, request, signed, wanted=request.new_pin_auth
        )

    async def sync(
        self, registration_id: str, request: SyncRequest, signed: SignedRequest
    ) -> SyncOutcome:
        """The status, which needs no PIN. Notes the device's clock and version."""
        now = self._now()
        device = _device(request.clock, request.app_version, now)
        if device is None:
            return Malformed("clock")

        def work(connection: Connection, row: RegistrationRow) -> SyncOutcome:
            if row.state == "revoked":
                return revoked(row)
            self._note_contact(connection, row, device, now)
            rows.change_registration(connection, row.id, platform=request.platform)
            return CurrentStatus(self._status.build(connection, row.id, now))

        outcome = await run_owned(self._store, "sync", registration_id, signed, work)
        if isinstance(outcome, CurrentStatus):
            self._metrics.skew(device.skew_ms)
        return outcome

    async def reset(
        self, registration_id: str, request: ResetRequest, signed: SignedRequest
    ) -> ResetOutcome:
        """Revoke the registration and erase its seed and shares; again is no error."""
        now = self._now()
        reason = "withdrawn" if request.withdraw_consent else "reset"
        kind: AuditKind = (
            "registration-withdrawn" if request.withdraw_consent else "registration-reset"
        )

        def work(connection: Connection, row: RegistrationRow) -> ResetOutcome:
            if request.withdraw_consent and consents.withdraw_consents(connection, row.id, now):
                self._note(connection, row, "consent-withdrawn", signed, now)
            if row.state != "revoked":
                rows.revoke_registration(connection, row.id, reason, now)
                self._note(connection, row, kind, signed, now)
            return ResetDone()

        return await run_owned(self._store, "reset", registration_id, signed, work)

    async def _present(
        self,
        operation: str,
        registration_id: str,
        request: UnlockRequest | PinChangeRequest,
        signed: SignedRequest,
        *,
        wanted: str,
    ) -> UnlockOutcome:
        now = self._now()
        device = _device(request.clock, request.app_version, now)
        if device is None:
            return Malformed("clock")
        if not self._apps.serves(device.app_version):
            return AppOutdated(self._apps.oldest)
        presented = Presentation(
            share_id=request.share_id,
            try_=b64url_decode(request.try_),
            pin_hash=_pin_hash(request.pin_auth),
            wanted_hash=_pin_hash(wanted),
            signed_at=min(signed.created, now // 1000),
        )

        locks = False

        def work(connection: Connection, row: RegistrationRow) -> UnlockOutcome:
            nonlocal locks
            if row.state == "revoked":
                return revoked(row)
            if row.kind == "kiosk":
                match witnessed(connection, signed, only=row.kiosk_id or ""):
                    case Witness():
                        pass
                    case refused:
                        return refused
            before = load_state(connection, row)
            after, outcome = present(before, presented, suspended=row.state == "suspended")
            save_state(connection, self._keys, row.id, before=before, after=after, now=now)
            match outcome:
                case Cloned():
                    self._revoke_cloned(connection, row, signed, now)
                    return outcome
                case UnknownShare() | Overtaken():
                    return outcome
                case Withheld():
                    self._note_contact(connection, row, device, now)
                    return Suspended()
                case WrongPin() | PinLocked():
                    self._note_contact(connection, row, device, now)
                    locks = after.pin_locked and not before.pin_locked
                    if locks:
                        self._note(connection, row, "pin-locked", signed, now)
                    return outcome
                case Opened(next_share):
                    self._note_contact(connection, row, device, now)
                    if operation == "pin":
                        self._note(connection, row, "pin-changed", signed, now)
                    return self._opened(connection, row, after.base.id, next_share.id, now)
                case never:
                    assert_never(never)

        done = await run_owned(self._store, operation, registration_id, signed, work)
        if isinstance(done, VaultOpened):
            self._metrics.skew(device.skew_ms)
        if locks:
            self._metrics.lock_set("pin")
        return done

    def _opened(
        self, connection: Connection, row: RegistrationRow, base: int, following: int, now: int
    ) -> VaultOpened:
        return VaultOpened(
            share_id=base,
            share=share_value(connection, self._keys, row.id, base),
            next_share_id=following,
            next_share=share_value(connection, self._keys, row.id, following),
            status=self._status.build(connection, row.id, now),
        )

    def _revoke_cloned(
        self, connection: Connection, row: RegistrationRow, signed: SignedRequest, now: int
    ) -> None:
        rows.revoke_registration(connection, row.id, "cloned", now)
        self._note(connection, row, "registration-cloned", signed, now)

    def _note(
        self,
        connection: Connection,
        row: RegistrationRow,
        kind: AuditKind,
        signed: SignedRequest,
        now: int,
    ) -> None:
        record(
            connection,
            now,
            kind,
            actor=DEVICE,
            trainee_id=row.trainee_id,
            registration_id=row.id,
            source=signed.source,
        )

    def _note_contact(
        self, connection: Connection, row: RegistrationRow, device: _Device, now: int
    ) -> None:
        rows.change_registration(
            connection,
            row.id,
            last_contact_at=now,
            skew_ms=device.skew_ms,
            app_version=device.app_version,
        )


def _pin_hash(pin_auth: str) -> bytes:
    return hashlib.sha256(b64url_decode(pin_auth)).digest()


def _device(clock: str, app_version: str, now: int) -> _Device | None:
    try:
        return _Device(parse_time(clock) - now, app_version)
    except ValueError:
        return None
