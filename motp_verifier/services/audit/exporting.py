"""Reading sealed rows to be given to others: head by head, in bounded memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from motp_verifier.services.audit.proving import PlacedRow, place
from motp_verifier.services.audit.sealer import BATCH
from motp_verifier.store import audit, audit_heads, audit_search
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.audit_heads import HeadRow
from motp_verifier.store.audit_search import RowFilter
from motp_verifier.store.port import Store

CLOCKS_MS = 24 * 60 * 60 * 1000
"""How far a row's time may be from when it was sealed: clocks differ, and a seal may be late."""
_HEADS = 256
_MARGIN = 1024  # more rows than were sealed: one is enough to notice


@dataclass(frozen=True, slots=True)
class ExportBatch:
    """Rows of one head, with their places in its tree."""

    head: HeadRow
    rows: list[PlacedRow]


@dataclass(frozen=True, slots=True)
class _Group:
    """Heads that were read together; without heads there are no more."""

    heads: list[HeadRow]
    batches: list[ExportBatch]


class AuditExport:
    """Reads the sealed rows that are meant, oldest first."""

    def __init__(self, store: Store, wanted: RowFilter) -> None:
        self._store = store
        self._wanted = wanted

    async def batches(self) -> AsyncIterator[ExportBatch]:
        """Those heads that have such rows. Raises NotAsSealed and StoreUnavailable."""
        number = 0
        since, before = self._wanted.since, self._wanted.before
        if since is not None:
            earliest = since - CLOCKS_MS
            number = await self._store.read(lambda c: audit_search.last_head_before(c, earliest))
        while (group := await self._store.read(partial(_read_group, self._wanted, number))).heads:
            for batch in group.batches:
                yield batch
            number = group.heads[-1].number
            if before is not None and group.heads[-1].at > before + CLOCKS_MS:
                return

    async def unsealed(self) -> int:
        """How many such rows are newer than all heads."""
        return await self._store.read(partial(_count_unsealed, self._wanted))


def _read_group(wanted: RowFilter, after: int, connection: Connection) -> _Group:
    """The heads that follow, as many as have no more rows than one may have."""
    heads: list[HeadRow] = []
    size = 0
    for head in audit_heads.heads_after(connection, after, _HEADS):
        size += 0 if head.dropped_at is not None else head.size
        if heads and size > BATCH:
            break
        heads.append(head)
    here = [head for head in heads if head.dropped_at is None]
    if not here:
        return _Group(heads, [])
    limit = sum(head.size for head in here) + _MARGIN
    first, last = here[0].first_id, here[-1].last_id
    rows = audit_search.rows_of_range(connection, wanted, first, last, limit)
    return _Group(heads, _batches(connection, here, rows))


def _batches(
    connection: Connection, heads: list[HeadRow], rows: list[AuditRow]
) -> list[ExportBatch]:
    batches = []
    at = 0
    for head in heads:
        end = at
        while end < len(rows) and rows[end].id <= head.last_id:
            end += 1
        if end > at:
            batches.append(ExportBatch(head, place(connection, head, rows[at:end])))
        at = end
    return batches


def _count_unsealed(wanted: RowFilter, connection: Connection) -> int:
    newest = audit_heads.newest_head(connection)
    first = 1 if newest is None else newest.last_id + 1
    return audit_search.count_of_range(connection, wanted, first, audit.last_row_id(connection))
