"""Institutions: who may ask."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from motp_verifier.services.api_keys import issue_key
from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.store import institutions as rows
from motp_verifier.store.institutions import InstitutionRow
from motp_verifier.store.port import Store

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
        now = self._now()

        def work(connection: Connection) -> AddOutcome:
            if not rows.insert_institution(connection, institution_id, shown, now):
                return InstitutionExists()
            record(
                connection,
                now,
                "institution-added",
                actor=self._actor,
                institution_id=institution_id,
            )
            added = issue_key(connection, institution_id, now, actor=self._actor)
            return InstitutionAdded(institution_id, added.api_key)

        return await self._store.run("institution-add", work)

    async def all(self) -> list[InstitutionRow]:
        """Every institution, by id."""
        return await self._store.read(lambda c: rows.all_institutions(c, self._now()))
