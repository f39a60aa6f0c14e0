"""What operators and staff do with kiosks."""

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.record import SYSTEM, AuditKind, record
from motp_verifier.services.days import seoul_day
from motp_verifier.services.kiosks.enrolling import code_hash
from motp_verifier.services.kiosks.settings import BadChoice, Choices, choose
from motp_verifier.services.signed import Clock
from motp_verifier.store import kiosks as rows
from motp_verifier.store.ids import new_id
from motp_verifier.store.institutions import lock_institution
from motp_verifier.store.kiosks import KioskRow, KioskRowState
from motp_verifier.store.port import Store

CODE_MS = 10 * 60 * 1000
MAX_LABEL = 64
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: five bits a letter."""

_LETTERS = 10

KioskChange: TypeAlias = Literal["lock", "unlock", "revoke"]
Shown: TypeAlias = Literal["awaited", "expired", "active", "locked", "revoked"]


@dataclass(frozen=True, slots=True)
class KioskAwaited:
    """A kiosk may enrol with this code until then: the only time that the code is seen."""

    id: str
    code: str = field(repr=False)
    expires_at: int


@dataclass(frozen=True, slots=True)
class NoSuchInstitution:
    """There is no institution of this id."""


@dataclass(frozen=True, slots=True)
class BadLabel:
    """The label is empty, longer than 64 characters, or has control characters."""


@dataclass(frozen=True, slots=True)
class KioskChanged:
    """It was done now (`again` is False) or before."""

    kiosk: KioskRow
    again: bool


@dataclass(frozen=True, slots=True)
class NoSuchKiosk:
    """There is no kiosk of this id."""


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The kiosk does not stand so that this could be done."""

    state: KioskRowState


@dataclass(frozen=True, slots=True)
class BadSettings:
    """The choice has no meaning."""

    why: str


@dataclass(frozen=True, slots=True)
class KioskInfo:
    """A kiosk as operators and staff see it. Times are in milliseconds since 1970."""

    id: str
    institution_id: str
    institution_name: str
    label: str
    state: Shown
    created_at: int
    enrolled_at: int | None
    last_contact_at: int | None
    platform: str
    app_version: str
    skew_ms: int
    config_version: int
    config_known: int
    users_today: int


AddOutcome: TypeAlias = KioskAwaited | NoSuchInstitution | BadLabel
ChangeOutcome: TypeAlias = KioskChanged | NoSuchKiosk | NotPossible
ConfigureOutcome: TypeAlias = KioskChanged | NoSuchKiosk | NotPossible | BadSettings


class Kiosks:
    """Adds, lists and changes kiosks. `actor` is for the audit."""

    def __init__(self, store: Store, keys: MasterKeys, now: Clock, actor: str = SYSTEM) -> None:
        self._store = store
        self._keys = keys
        self._now = now
        self._actor = actor

    async def add(self, institution_id: str, label: str) -> AddOutcome:
        """Await a kiosk for an institution."""
        shown = " ".join(unicodedata.normalize("NFC", label).split())
        if not 0 < len(shown) <= MAX_LABEL or not shown.isprintable():
            return BadLabel()
        now = self._now()
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
        kiosk_id = new_id("kio")

        def work(connection: Connection) -> AddOutcome:
            if not lock_institution(connection, institution_id):
                return NoSuchInstitution()
            hashed = code_hash(self._keys, code)
            rows.insert_kiosk(connection, _awaited(kiosk_id, institution_id, shown, hashed, now))
            self._note(connection, kiosk_id, institution_id, "kiosk-added", now)
            return KioskAwaited(kiosk_id, code, now + CODE_MS)

        return await self._store.run("kiosk-add", work)

    async def configure(self, kiosk_id: str, changes: Choices) -> ConfigureOutcome:
        """Choose these settings; the kiosk learns of them at its next contact."""
        now = self._now()

        def work(connection: Connection) -> ConfigureOutcome:
            row = rows.lock_kiosk(connection, kiosk_id)
            if row is None:
                return NoSuchKiosk()
            if row.state == "revoked":
                return NotPossible(row.state)
            try:
                settings = choose(row.settings, changes)
            except BadChoice as error:
                return BadSettings(str(error))
            if settings == row.settings:
                return KioskChanged(row, again=True)
            version = row.config_version + 1
            rows.change_kiosk(connection, row.id, settings=settings, config_version=version)
            self._note(connection, row.id, row.institution_id, "kiosk-changed", now)
            changed = replace(row, settings=settings, config_version=version)
            return KioskChanged(changed, again=False)

        return await self._store.run("kiosk-configure", work)

    async def change(self, kiosk_id: str, change: KioskChange) -> ChangeOutcome:
        """Lock, unlock or revoke."""
        now = self._now()

        def work(connection: Connection) -> ChangeOutcome:
            return change_kiosk(connection, kiosk_id, change, now, actor=self._actor)

        return await self._store.run("kiosk-change", work)

    async def all(self, institution_id: str | None = None) -> list[KioskInfo]:
        """The kiosks of one institution, or of all, oldest first."""
        now = self._now()
        found = await self._store.read(lambda c: rows.all_kiosks(c, institution_id))
        return [info(row, name, now) for row, name in found]

    def _note(
        self, connection: Connection, kiosk_id: str, institution_id: str, kind: AuditKind, now: int
    ) -> None:
        record(
            connection,
            now,
            kind,
            actor=self._actor,
            institution_id=institution_id,
            detail={"kiosk_id": kiosk_id},
        )


_CHANGES: dict[KioskChange, tuple[tuple[KioskRowState, ...], KioskRowState, AuditKind]] = {
    "lock": (("active",), "locked", "kiosk-locked"),
    "unlock": (("locked",), "active", "kiosk-unlocked"),
    "revoke": (("awaited", "active", "locked"), "revoked", "kiosk-revoked"),
}


def change_kiosk(
    connection: Connection,
    kiosk_id: str,
    change: KioskChange,
    now: int,
    *,
    actor: str,
    source: str | None = None,
    reason: str | None = None,
) -> ChangeOutcome:
    """Lock, unlock or revoke, and note who did it and why. Again is no error."""
    row = rows.lock_kiosk(connection, kiosk_id)
    if row is None:
        return NoSuchKiosk()
    from_states, state, kind = _CHANGES[change]
    if row.state == state:
        return KioskChanged(row, again=True)
    if row.state not in from_states:
        return NotPossible(row.state)
    ended = {"revoked_at": now, "code_hash": None} if state == "revoked" else {}
    version = row.config_version + 1
    rows.change_kiosk(connection, row.id, state=state, config_version=version, **ended)
    record(
        connection,
        now,
        kind,
        actor=actor,
        institution_id=row.institution_id,
        source=source,
        reason=reason,
        detail={"kiosk_id": row.id},
    )
    return KioskChanged(replace(row, state=state, config_version=version), again=False)


def info(row: KioskRow, institution_name: str, now: int) -> KioskInfo:
    """A kiosk as it is shown."""
    expired = row.state == "awaited" and now >= row.code_expires_at
    return KioskInfo(
        id=row.id,
        institution_id=row.institution_id,
        institution_name=institution_name,
        label=row.label,
        state="expired" if expired else row.state,
        created_at=row.created_at,
        enrolled_at=row.enrolled_at,
        last_contact_at=row.last_contact_at,
        platform=row.platform,
        app_version=row.app_version,
        skew_ms=row.skew_ms,
        config_version=row.config_version,
        config_known=row.config_known,
        users_today=row.users if row.users_day == seoul_day(now) else 0,
    )


def _awaited(kiosk_id: str, institution_id: str, label: str, hashed: bytes, now: int) -> KioskRow:
    return KioskRow(
        id=kiosk_id,
        institution_id=institution_id,
        label=label,
        state="awaited",
        created_at=now,
        code_hash=hashed,
        code_expires_at=now + CODE_MS,
        public_key=None,
        keyid=None,
        exit_hash=None,
        enrolled_at=None,
        revoked_at=None,
        config_version=1,
        settings="{}",
        platform="",
        app_version="",
        last_contact_at=None,
        skew_ms=0,
        config_known=0,
        users=0,
        users_day="",
        exit_failures=0,
        exit_attempt=None,
        exit_locked_until=None,
    )
