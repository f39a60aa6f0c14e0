"""Filling in what staff search by, once, for people and devices of older databases.

The indexes are keyed, so that no migration could. What is left to do is what the rows say:
interrupted, the next run goes on.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from motp_protocol.status_token import short_code
from motp_verifier.sealing import MasterKeys, SealBroken
from motp_verifier.services.people import open_person, search_indexes
from motp_verifier.store import leases
from motp_verifier.store import search_indexes as rows
from motp_verifier.store.port import Store
from motp_verifier.store.search_indexes import Unindexed

CHUNK = 200
"""Rows in one transaction: others write between two."""

LEASE_MS = 60_000
_LEASE = "search-indexes"
_NOTHING = b""
_log = logging.getLogger(__name__)


class SearchFilling:
    """Fills in what is missing. Any number of processes may try; one of them does it."""

    def __init__(self, store: Store, keys: MasterKeys, now: Callable[[], int]) -> None:
        self._store = store
        self._keys = keys
        self._now = now
        self._holder = secrets.token_hex(8)

    async def run(self) -> None:
        """Do all that is left, unless another process does. Raises StoreUnavailable."""
        if await self._store.read(self._is_whole):
            return
        if not await self._hold():
            return
        while people := await self._store.read(partial(rows.people_without, limit=CHUNK)):
            indexed = await asyncio.to_thread(self._indexed, people)
            await self._store.run("search-index", partial(rows.index_people, rows=indexed))
            if not await self._hold():
                return
        while ids := await self._store.read(partial(rows.registrations_without, limit=CHUNK)):
            codes = [(each, short_code(each)) for each in ids]
            await self._store.run("search-index", partial(rows.index_registrations, rows=codes))
            if not await self._hold():
                return

    @staticmethod
    def _is_whole(connection: Connection) -> bool:
        return not (rows.people_without(connection, 1) or rows.registrations_without(connection, 1))

    async def _hold(self) -> bool:
        now = self._now()
        return await self._store.run(
            "search-lease",
            lambda c: leases.claim(c, _LEASE, self._holder, now, now + LEASE_MS),
        )

    def _indexed(self, people: list[Unindexed]) -> list[tuple[str, bytes, bytes]]:
        indexed = []
        for each in people:
            try:
                person = open_person(
                    self._keys, each.name_sealed, each.phone_sealed, f"trainee:{each.id}"
                )
            except SealBroken:
                _log.warning("a trainee's seal is broken: nobody finds them by name")
                indexed.append((each.id, _NOTHING, _NOTHING))
            else:
                indexed.append((each.id, *search_indexes(self._keys, person)))
        return indexed
