"""Looking for rows, the newest first, sealed or not."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from motp_verifier.services.audit.exporting import CLOCKS_MS
from motp_verifier.store import audit, audit_search
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.audit_search import RowFilter
from motp_verifier.store.port import Store

_AT_ONCE = 100_000
"""How many row numbers one statement goes through."""


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Rows, and whether there are older ones that were left out."""

    rows: list[AuditRow]
    more: bool


class AuditSearch:
    """Finds rows. It goes through all rows of the time that is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def newest(self) -> int:
        """The newest row's number now: what comes of looking is newer."""
        return await self._store.read(audit.last_row_id)

    async def run(self, wanted: RowFilter, limit: int, through: int) -> FoundRows:
        """The newest rows that are meant up to row `through`, at most `limit`.

        Raises StoreUnavailable.
        """
        first, last = await self._store.read(partial(_range, wanted))
        last = min(last, through)
        rows: list[AuditRow] = []
        while last >= first and len(rows) <= limit:
            lowest = max(first, last - _AT_ONCE + 1)
            missing = limit + 1 - len(rows)
            rows += await self._store.read(partial(_read, wanted, lowest, last, missing))
            last = lowest - 1
        return FoundRows(rows[:limit], len(rows) > limit)


def _range(wanted: RowFilter, connection: Connection) -> tuple[int, int]:
    since = None if wanted.since is None else wanted.since - CLOCKS_MS
    before = None if wanted.before is None else wanted.before + CLOCKS_MS
    return audit_search.range_of_time(connection, since, before)


def _read(
    wanted: RowFilter, first: int, last: int, limit: int, connection: Connection
) -> list[AuditRow]:
    return audit_search.rows_of_range(connection, wanted, first, last, limit, newest_first=True)
