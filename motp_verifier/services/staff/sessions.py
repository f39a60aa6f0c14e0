"""Sessions of staff: random tokens that end at once for every process."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_encode
from motp_protocol.helpdesk import StaffRole
from motp_verifier.services.audit.record import record
from motp_verifier.services.audit.record import staff as actor_of
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import staff_sessions as rows
from motp_verifier.store.ids import new_id
from motp_verifier.store.port import Store
from motp_verifier.store.staff_sessions import SessionRow

LIFETIME_MS = 8 * 60 * 60 * 1000
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"motps_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class SessionBegun:
    """A new session: the only time that its token is seen."""

    name: str
    role: StaffRole
    expires_at: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """It opens nothing any more."""


@dataclass(frozen=True, slots=True)
class NoSession:
    """No session of this id goes on."""


def new_token() -> str:
    """A token with 256 random bits."""
    return "motps_" + b64url_encode(secrets.token_bytes(_TOKEN_BYTES))


def token_hash(token: str) -> bytes:
    """What is stored of a token. It has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def begin(
    connection: Connection, staff_id: str, name: str, role: StaffRole, now: int
) -> SessionBegun:
    """Begin a session, in the transaction of what allows it."""
    token = new_token()
    expires_at = now + LIFETIME_MS
    rows.insert_session(
        connection, new_id("ses"), staff_id, token_hash(token), now=now, expires_at=expires_at
    )
    return SessionBegun(name, role, expires_at, token)


class Sessions:
    """Finds and ends sessions. Nothing is remembered: an end counts from the next request on."""

    def __init__(self, store: Store, now: Callable[[], int]) -> None:
        self._store = store
        self._now = now

    async def holder(self, token: str, source: str | None) -> Staff | None:
        """Whose token it is, or None for one that opens nothing. Raises StoreUnavailable."""
        if not _TOKEN.fullmatch(token):
            return None
        now = self._now()
        row = await self._store.read(lambda c: rows.session_of_token(c, token_hash(token), now))
        if row is None:
            return None
        role = cast(StaffRole, row.role)
        return Staff(row.staff_id, row.name, role, row.id, row.expires_at, source)

    async def goes_on(self, who: Staff) -> bool:
        """Whether the asker's session has not ended meanwhile."""
        now = self._now()
        return bool(await self._store.read(lambda c: rows.still_open(c, [who.session_id], now)))

    async def sign_out(self, who: Staff) -> None:
        """End the asker's own session."""
        now = self._now()

        def work(connection: Connection) -> None:
            if rows.end_session(connection, who.session_id, now) is not None:
                actor = actor_of(who.name)
                record(connection, now, "staff-signed-out", actor=actor, source=who.source)

        await self._store.run("staff-sign-out", work)

    async def end(self, who: Staff, session_id: str) -> SessionEnded | NoSession:
        """End somebody's session."""
        now = self._now()

        def work(connection: Connection) -> SessionEnded | NoSession:
            name = rows.end_session(connection, session_id, now)
            if name is None:
                return NoSession()
            record(
                connection,
                now,
                "staff-session-ended",
                actor=actor_of(who.name),
                source=who.source,
                detail={"account": name, "session_id": session_id},
            )
            return SessionEnded()

        return await self._store.run("staff-session-end", work)

    async def all(self) -> list[SessionRow]:
        """All that go on, the latest first."""
        now = self._now()
        return await self._store.read(lambda c: rows.open_sessions(c, now))
