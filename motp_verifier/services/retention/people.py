"""Erasing people whose time is over, a few in each transaction.

For each person erased an audit row says that whoever this subject named is gone, why, and
how many rows went. The subject means nothing any more: the key that gave it went as well.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from motp_verifier.services.audit.subjects import subject_of
from motp_verifier.services.retention.policy import Horizons
from motp_verifier.store import audit, erasure
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.erasure import DuePerson
from motp_verifier.store.port import Store

CHUNK = 50
"""The most people that are erased in one transaction."""


class _Find(Protocol):
    def __call__(
        self, connection: Connection, before: int, limit: int, among: Sequence[str] | None = None
    ) -> list[DuePerson]: ...


class PeopleErasure:
    """Erases people and devices. `actor` is for the audit."""

    def __init__(self, store: Store, now: Callable[[], int], actor: str) -> None:
        self._store = store
        self._now = now
        self._actor = actor

    async def withdrawn(self, horizons: Horizons) -> int:
        """Erase who withdrew consent; how many."""
        return await self._people(erasure.withdrawn_people, horizons.withdrawn, "withdrawn")

    async def unused(self, horizons: Horizons) -> int:
        """Erase of whom nothing was seen for long; how many."""
        return await self._people(erasure.unused_people, horizons.unused, "unused")

    async def ended_registrations(self, horizons: Horizons) -> int:
        """Erase devices that were revoked long ago; how many."""
        total = 0
        while done := await self._store.run(
            "purge-registrations", partial(self._erase_registrations, horizons.unused)
        ):
            total += done
        return total

    async def _people(self, find: _Find, before: int, reason: str) -> int:
        total = 0
        while found := await self._store.read(lambda c: find(c, before, CHUNK)):
            ids = [each.id for each in found]
            work = partial(self._erase_people, find, before, reason, ids)
            done = await self._store.run("purge-people", work)
            total += done
            if not done:
                break  # all of them came back meanwhile
        return total

    def _erase_people(
        self, find: _Find, before: int, reason: str, ids: Sequence[str], connection: Connection
    ) -> int:
        erasure.lock_people(connection, ids)
        due = find(connection, before, len(ids), ids)
        entries = [
            AuditEntry(
                at=self._now(),
                kind="trainee-erased",
                actor=self._actor,
                subject=subject_of(person.subject_key),
                reason=reason,
                detail=erasure.erase_person(connection, person.id),
            )
            for person in due
        ]
        audit.append(connection, entries)
        return len(due)

    def _erase_registrations(self, before: int, connection: Connection) -> int:
        due = erasure.ended_registrations(connection, before, CHUNK)
        entries = [
            AuditEntry(
                at=self._now(),
                kind="registration-erased",
                actor=self._actor,
                subject=subject_of(audit.subject_key_of_trainee(connection, trainee_id)),
                registration_id=registration_id,
                reason="ended",
                detail=erasure.erase_registrations(connection, [registration_id]),
            )
            for registration_id, trainee_id in due
        ]
        audit.append(connection, entries)
        return len(due)
