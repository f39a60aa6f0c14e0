"""The API keys by which an institution's sites are known."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.store import api_keys as rows
from motp_verifier.store.api_keys import ApiKeyRow
from motp_verifier.store.ids import new_id
from motp_verifier.store.institutions import lock_institution
from motp_verifier.store.port import Store, StoreUnavailable

KEY_PREFIX = "motp_"
KEPT_MS = 2000
"""How long a process believes what it read of a key: so soon a revoked one stops."""

MAX_LABEL = 64
_KEY_BYTES = 32
_KEY = re.compile(r"motp_[A-Za-z0-9_-]{43}")
_ENDING = 4
_HOUR_MS = 60 * 60 * 1000
_DAY_MS = 24 * _HOUR_MS
_MOST_KEPT = 10_000

ApiKeyState: TypeAlias = Literal["valid", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class ApiKeyAdded:
    """A new key: the only time that it is seen."""

    id: str
    api_key: str = field(repr=False)
    expires_at: int | None


@dataclass(frozen=True, slots=True)
class NoSuchInstitution:
    """There is no institution of this id."""


@dataclass(frozen=True, slots=True)
class BadLabel:
    """The label is longer than 64 characters or has control characters."""


@dataclass(frozen=True, slots=True)
class ApiKeyRevoked:
    """The key opens nothing any more, since `at` (milliseconds since 1970)."""

    institution_id: str
    at: int


@dataclass(frozen=True, slots=True)
class NoSuchKey:
    """There is no key of this id."""


@dataclass(frozen=True, slots=True)
class ApiKeyInfo:
    """A key as operators see it. Times are in milliseconds since 1970."""

    id: str
    institution_id: str
    label: str
    ending: str
    state: ApiKeyState
    created_at: int
    expires_at: int | None
    last_used_at: int | None


AddKeyOutcome: TypeAlias = ApiKeyAdded | NoSuchInstitution | BadLabel
RevokeOutcome: TypeAlias = ApiKeyRevoked | NoSuchKey


def hash_key(api_key: str) -> bytes:
    """What is stored of a key. It has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(api_key.encode()).digest()


def issue_key(
    connection: Connection,
    institution_id: str,
    now: int,
    *,
    actor: str,
    label: str = "",
    expires_at: int | None = None,
) -> ApiKeyAdded:
    """Make a key for an institution that exists."""
    key = KEY_PREFIX + b64url_encode(secrets.token_bytes(_KEY_BYTES))
    key_id = new_id("key")
    rows.insert_api_key(
        connection,
        ApiKeyRow(
            id=key_id,
            institution_id=institution_id,
            key_hash=hash_key(key),
            label=label,
            ending=key[-_ENDING:],
            created_at=now,
            expires_at=expires_at,
            revoked_at=None,
            last_used_at=None,
        ),
    )
    record(
        connection,
        now,
        "api-key-added",
        actor=actor,
        institution_id=institution_id,
        detail={"key_id": key_id, "expires_at": expires_at},
    )
    return ApiKeyAdded(key_id, key, expires_at)


class ApiKeys:
    """Keys, and whose they are. `now` is in milliseconds since 1970; `actor` for the audit."""

    def __init__(self, store: Store, now: Callable[[], int], actor: str = SYSTEM) -> None:
        self._store = store
        self._now = now
        self._actor = actor
        self._read: dict[bytes, tuple[ApiKeyRow, int]] = {}

    async def holder(self, api_key: str) -> str | None:
        """The id of the institution that holds this key, or None for a key not valid now.

        Raises StoreUnavailable.
        """
        if not _KEY.fullmatch(api_key):
            return None
        key_hash = hash_key(api_key)
        now = self._now()
        row = self._remembered(key_hash, now)
        if row is None:
            row = await self._look_up(key_hash, now)
        return row.institution_id if row is not None and _state(row, now) == "valid" else None

    def known_holder(self, api_key: str) -> str | None:
        """The same, where it was looked up a moment ago and is a key that is valid now."""
        now = self._now()
        row = self._remembered(hash_key(api_key), now)
        return row.institution_id if row is not None and _state(row, now) == "valid" else None

    async def add(
        self, institution_id: str, label: str = "", days: int | None = None
    ) -> AddKeyOutcome:
        """Give an institution one more key, for some days or until it is revoked."""
        shown = " ".join(unicodedata.normalize("NFC", label).split())
        if len(shown) > MAX_LABEL or not shown.isprintable():
            return BadLabel()
        now = self._now()
        expires_at = None if days is None else now + days * _DAY_MS

        def work(connection: Connection) -> AddKeyOutcome:
            if not lock_institution(connection, institution_id):
                return NoSuchInstitution()
            return issue_key(
                connection,
                institution_id,
                now,
                actor=self._actor,
                label=shown,
                expires_at=expires_at,
            )

        return await self._store.run("api-key-add", work)

    async def revoke(self, key_id: str) -> RevokeOutcome:
        """Stop a key for good; again is no error."""
        now = self._now()

        def work(connection: Connection) -> RevokeOutcome:
            row = rows.key_by_id(connection, key_id)
            if row is None:
                return NoSuchKey()
            if row.revoked_at is None:
                rows.revoke_key(connection, key_id, now)
                record(
                    connection,
                    now,
                    "api-key-revoked",
                    actor=self._actor,
                    institution_id=row.institution_id,
                    detail={"key_id": key_id},
                )
            return ApiKeyRevoked(row.institution_id, row.revoked_at or now)

        return await self._store.run("api-key-revoke", work)

    async def all(self, institution_id: str | None = None) -> list[ApiKeyInfo]:
        """The keys of one institution, or of all, oldest first. Never a key itself."""
        now = self._now()
        found = await self._store.read(lambda connection: rows.keys_of(connection, institution_id))
        return [
            ApiKeyInfo(
                id=row.id,
                institution_id=row.institution_id,
                label=row.label,
                ending=row.ending,
                state=_state(row, now),
                created_at=row.created_at,
                expires_at=row.expires_at,
                last_used_at=row.last_used_at,
            )
            for row in found
        ]

    def _remembered(self, key_hash: bytes, now: int) -> ApiKeyRow | None:
        row, read_at = self._read.get(key_hash, (None, 0))
        return row if read_at <= now < read_at + KEPT_MS else None

    async def _look_up(self, key_hash: bytes, now: int) -> ApiKeyRow | None:
        row = await self._store.read(lambda connection: rows.key_by_hash(connection, key_hash))
        if row is None:
            return None
        if len(self._read) >= _MOST_KEPT:
            self._read.clear()
        self._read[key_hash] = (row, now)
        hour = now // _HOUR_MS * _HOUR_MS
        if _state(row, now) == "valid" and (row.last_used_at or 0) < hour:
            # Whether it was noted decides nothing: a check must not fail for it.
            with suppress(StoreUnavailable):
                await self._store.run(
                    "api-key-use", lambda connection: rows.note_use(connection, row.id, hour)
                )
        return row


def _state(row: ApiKeyRow, now: int) -> ApiKeyState:
    if row.revoked_at is not None:
        return "revoked"
    if row.expires_at is not None and row.expires_at <= now:
        return "expired"
    return "valid"
