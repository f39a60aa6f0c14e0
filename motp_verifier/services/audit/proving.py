"""Showing that rows are under a sealed head, to somebody who has no database."""

from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from sqlalchemy import Connection

from motp_verifier.services.audit.batches import first_difference, is_whole
from motp_verifier.services.audit.findings import Fault, Finding
from motp_verifier.services.audit.leaf import entry_of, leaf_of
from motp_verifier.services.audit.leaves import LeafList
from motp_verifier.services.audit.merkle import Tree
from motp_verifier.services.audit.portable import Proof, encode_path
from motp_verifier.store import audit, audit_heads
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.audit_heads import HeadRow
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class NoSuchRow:
    """No row has this number: there never was one, or its transaction was undone."""


@dataclass(frozen=True, slots=True)
class NotSealedYet:
    """The row is newer than the last head."""


@dataclass(frozen=True, slots=True)
class TakenByRetention:
    """The rows under this head were deleted when their time was over."""

    head: int


ProveOutcome: TypeAlias = Proof | NoSuchRow | NotSealedYet | TakenByRetention


class NotAsSealed(Exception):
    """The database has other rows than those that were sealed: nothing can be shown by them."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.fault)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row and its place in its head's tree.

    `index` and `path` are None where all of the head's rows are at hand: they are the proof.
    """

    row: AuditRow
    index: int | None = None
    path: list[bytes] | None = None


class AuditProofs:
    """Makes proofs of single rows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def prove(self, row_id: int) -> ProveOutcome:
        """A proof of the row with this number. Raises NotAsSealed and StoreUnavailable."""
        return await self._store.read(partial(_prove, row_id))


def place(connection: Connection, head: HeadRow, rows: list[AuditRow]) -> list[PlacedRow]:
    """Rows of this head, in the order of their ids, with their places. Raises NotAsSealed."""
    if is_whole(head, rows):
        return [PlacedRow(row) for row in rows]
    packed = audit_heads.leaves_of(connection, head.number)
    if len(rows) >= head.size:
        raise NotAsSealed(first_difference(head, rows, packed))
    return _with_paths(head, rows, packed)


def _with_paths(head: HeadRow, rows: list[AuditRow], packed: bytes | None) -> list[PlacedRow]:
    sealed = list(LeafList(packed or b""))
    tree = Tree([leaf for _, leaf in sealed])
    if len(sealed) != head.size or tree.root() != head.root:
        raise NotAsSealed(Finding(Fault.ROWS_CHANGED, head.number))
    places = {row_id: index for index, (row_id, _) in enumerate(sealed)}
    placed = []
    for row in rows:
        index = places.get(row.id)
        if index is None:
            raise NotAsSealed(Finding(Fault.ROW_INSERTED, head.number, row.id))
        if sealed[index][1] != leaf_of(row):
            raise NotAsSealed(Finding(Fault.ROW_CHANGED, head.number, row.id))
        placed.append(PlacedRow(row, index, tree.path(index)))
    return placed


def _prove(row_id: int, connection: Connection) -> ProveOutcome:
    rows = audit.rows_between(connection, row_id, row_id, 1)
    head = audit_heads.head_over(connection, row_id)
    if head is None:
        return NotSealedYet() if rows else NoSuchRow()
    if head.dropped_at is not None:
        return TakenByRetention(head.number)
    if not rows:
        sealed = LeafList(audit_heads.leaves_of(connection, head.number) or b"")
        if any(number == row_id for number, _ in sealed):
            raise NotAsSealed(Finding(Fault.ROW_REMOVED, head.number, row_id))
        return NoSuchRow()
    [placed] = place(connection, head, rows)
    return Proof(
        entry=entry_of(placed.row),
        index=placed.index or 0,
        path=encode_path(placed.path or []),
        head=head.token,
    )
