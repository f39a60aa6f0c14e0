"""Institutions, and the API keys by which their sites are known."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.record import SYSTEM, AuditKind, record
from motp_verifier.store import institutions as rows
from motp_verifier.store.audit import Detail
from motp_verifier.store.ids import new_id
from motp_verifier.store.institutions import InstitutionRow
from motp_verifier.store.port import Store

KEY_PREFIX = "motp_"
_KEY_BYTES = 32
_KEY = re.compile(r"motp_[A-Za-z0-9_-]{43}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class InstitutionAdded:
    """A new institution, and its API key: the only time that it is seen."""

    id: str
    api_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InstitutionExists:
    """The id is taken."""


@dataclass(frozen=True, slots=True)
class BadInstitutionId:
    """The id is not 1 to 64 of A-Z, a-z, 0-9, `_` and `-`."""


@dataclass(frozen=True, slots=True)
class BadInstitutionName:
    """The name is empty, longer than 100 characters, or has control characters."""


AddOutcome: TypeAlias = InstitutionAdded | InstitutionExists | BadInstitutionId | BadInstitutionName


def hash_key(api_key: str) -> bytes:
    """What is stored of a key. It has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(api_key.encode()).digest()


class Institutions:
    """Who may ask. `now` is the time in milliseconds since 1970; `actor` is for the audit."""

    def __init__(self, store: Store, now: Callable[[], int], actor: str = SYSTEM) -> None:
        self._store = store
        self._now = now
        self._actor = actor

    async def add(self, institution_id: str, name: str) -> AddOutcome:
        """Add an institution with one API key."""
        shown = " ".join(unicodedata.normalize("NFC", name).split())
        if not _ID.fullmatch(institution_id):
            return BadInstitutionId()
        if not shown or len(shown) > _MAX_NAME or not shown.isprintable():
            return BadInstitutionName()
        key = KEY_PREFIX + b64url_encode(secrets.token_bytes(_KEY_BYTES))
        now = self._now()

        def work(connection: Connection) -> bool:
            if not rows.insert_institution(connection, institution_id, shown, now):
                return False
            key_id = new_id("key")
            rows.insert_api_key(connection, key_id, institution_id, hash_key(key), now)
            self._note(connection, "institution-added", institution_id, {}, now)
            self._note(connection, "api-key-added", institution_id, {"key_id": key_id}, now)
            return True

        if await self._store.run("institution-add", work):
            return InstitutionAdded(institution_id, key)
        return InstitutionExists()

    def _note(
        self, connection: Connection, kind: AuditKind, institution_id: str, detail: Detail, now: int
    ) -> None:
        record(
            connection, now, kind, actor=self._actor, institution_id=institution_id, detail=detail
        )

    async def all(self) -> list[InstitutionRow]:
        """Every institution, by id."""
        return await self._store.read(lambda c: rows.all_institutions(c, self._now()))

    async def of_key(self, api_key: str) -> str | None:
        """The id of the institution that holds this key, or None for a key not valid now."""
        if not _KEY.fullmatch(api_key):
            return None
        key_hash = hash_key(api_key)
        return await self._store.read(
            lambda connection: rows.institution_of_key(connection, key_hash, self._now())
        )
