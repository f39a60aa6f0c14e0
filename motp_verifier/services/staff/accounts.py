"""What operators do with the accounts of staff."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast

from sqlalchemy import Connection

from motp_protocol.helpdesk import StaffRole
from motp_verifier.services.audit.record import AuditKind, record
from motp_verifier.services.staff.passwords import Passwords, new_first_password
from motp_verifier.store import staff as rows
from motp_verifier.store import staff_sessions
from motp_verifier.store.ids import new_id
from motp_verifier.store.port import Store
from motp_verifier.store.staff import StaffRow

FIRST_PASSWORD_MS = 24 * 60 * 60 * 1000
_NAME = re.compile(r"[\w.@+-]{1,64}")

StaffState: TypeAlias = Literal["new", "active", "locked", "disabled"]


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A password that opens the setting up of the account, until then."""

    name: str
    password: str = field(repr=False)
    expires_at: int


@dataclass(frozen=True, slots=True)
class StaffInfo:
    """An account as operators see it. Times are in milliseconds since 1970."""

    name: str
    role: StaffRole
    state: StaffState
    created_at: int


@dataclass(frozen=True, slots=True)
class BadStaffName:
    """The name is not 1 to 64 letters, digits and `._@+-`."""


@dataclass(frozen=True, slots=True)
class StaffExists:
    """There is, or was, an account of this name."""


@dataclass(frozen=True, slots=True)
class NoSuchStaff:
    """There is no account of this name."""


@dataclass(frozen=True, slots=True)
class StaffDisabled:
    """The account opens nothing any more; so many sessions ended with it."""

    sessions: int


def name_key(name: str) -> str:
    """What names are the same account."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


class StaffAccounts:
    """Makes, resets and disables accounts. `actor` is for the audit."""

    def __init__(
        self, store: Store, passwords: Passwords, now: Callable[[], int], actor: str
    ) -> None:
        self._store = store
        self._passwords = passwords
        self._now = now
        self._actor = actor

    async def add(self, name: str, role: StaffRole) -> FirstPassword | BadStaffName | StaffExists:
        """Make an account. Raises StoreUnavailable."""
        shown = unicodedata.normalize("NFC", name.strip())
        if not _NAME.fullmatch(shown):
            return BadStaffName()
        now = self._now()
        first, hashed = await self._first(shown, now)

        def work(connection: Connection) -> FirstPassword | StaffExists:
            row = StaffRow(
                id=new_id("stf"),
                name=shown,
                role=role,
                password_hash=hashed,
                password_expires_at=first.expires_at,
                totp_sealed=None,
                totp_step=None,
                failures=0,
                locked_until=None,
                created_at=now,
                disabled_at=None,
            )
            if not rows.insert_staff(connection, row, name_key(shown)):
                return StaffExists()
            self._note(connection, "staff-added", shown, now, role=role)
            return first

        return await self._store.run("staff-add", work)

    async def reset(self, name: str) -> FirstPassword | NoSuchStaff:
        """Begin an account anew: a first password, no second factor, no session, no lock.

        A disabled one is enabled by it. Raises StoreUnavailable.
        """
        now = self._now()
        first, hashed = await self._first(name, now)

        def work(connection: Connection) -> FirstPassword | NoSuchStaff:
            row = rows.staff_by_name(connection, name_key(name))
            if row is None:
                return NoSuchStaff()
            rows.begin_anew(connection, row.id, password_hash=hashed, expires_at=first.expires_at)
            rows.enable(connection, row.id)
            ended = staff_sessions.end_sessions_of(connection, row.id, now)
            self._note(connection, "staff-reset", row.name, now, sessions=ended)
            return FirstPassword(row.name, first.password, first.expires_at)

        return await self._store.run("staff-reset", work)

    async def disable(self, name: str) -> StaffDisabled | NoSuchStaff:
        """Let an account sign in no more, and end its sessions. Raises StoreUnavailable."""
        now = self._now()

        def work(connection: Connection) -> StaffDisabled | NoSuchStaff:
            row = rows.staff_by_name(connection, name_key(name))
            if row is None:
                return NoSuchStaff()
            ended = staff_sessions.end_sessions_of(connection, row.id, now)
            if row.disabled_at is None:
                rows.disable(connection, row.id, now)
                self._note(connection, "staff-disabled", row.name, now, sessions=ended)
            return StaffDisabled(ended)

        return await self._store.run("staff-disable", work)

    async def all(self) -> list[StaffInfo]:
        """Every account, by name."""
        now = self._now()
        return [
            StaffInfo(row.name, cast(StaffRole, row.role), _state(row, now), row.created_at)
            for row in await self._store.read(rows.all_staff)
        ]

    async def _first(self, name: str, now: int) -> tuple[FirstPassword, str]:
        password = new_first_password()
        hashed = await self._passwords.hash(password)
        return FirstPassword(name, password, now + FIRST_PASSWORD_MS), hashed

    def _note(
        self, connection: Connection, kind: AuditKind, name: str, now: int, **more: str | int
    ) -> None:
        record(connection, now, kind, actor=self._actor, detail={"account": name, **more})


def _state(row: StaffRow, now: int) -> StaffState:
    if row.disabled_at is not None:
        return "disabled"
    if row.locked_until is not None and row.locked_until > now:
        return "locked"
    return "active" if row.password_expires_at is None else "new"
