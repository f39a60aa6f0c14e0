"""Recomputing the audit from the database: rows, heads, chain, and what was exported.

Heads are read in groups over one snapshot each, so that memory is bounded and a verifier
that goes on meanwhile does no harm.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import msgspec
from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.batches import first_difference, is_whole
from motp_verifier.services.audit.chain import ChainCheck
from motp_verifier.services.audit.findings import AuditReport, Fault, Finding
from motp_verifier.services.audit.heads import Head
from motp_verifier.services.audit.sealer import BATCH
from motp_verifier.store import audit, audit_heads
from motp_verifier.store.audit_heads import HeadRow
from motp_verifier.store.port import Store

MAX_FINDINGS = 100
_HEADS = 256
_MARGIN = 1024  # rows beyond a head's size that are looked at: the first one too many is enough
_LOWEST = -(2**63)


@dataclass(frozen=True, slots=True)
class _Group:
    """Heads that were read together, and what is wrong with the rows under them."""

    heads: list[HeadRow]
    findings: list[Finding]


class _DropNote(msgspec.Struct, frozen=True):
    through_head: int


class AuditVerification:
    """Checks the whole audit."""

    def __init__(self, store: Store, keys: MasterKeys) -> None:
        self._store = store
        self._keys = keys

    async def run(self, known: Mapping[str, bytes], exported: Iterator[Head]) -> AuditReport:
        """Check everything, and stop only after many faults.

        `known` are the public keys that may have signed, by their ids; `exported` are heads
        kept elsewhere, in order. Raises StoreUnavailable, NotAHead and UnsortedHeads.
        """
        chain = ChainCheck(self._keys, known, exported)
        findings = await self._store.read(_before_the_first)
        heads = rows = dropped = last_dropped = last_id = number = 0
        while len(findings) < MAX_FINDINGS:
            group = await self._store.read(partial(_read_group, number))
            if not group.heads:
                findings += chain.end()
                break
            for head in group.heads:
                findings += chain.check(head)
                heads += 1
                if head.dropped_at is None:
                    rows += head.size
                elif head.number == dropped + 1:
                    dropped += 1
                    last_dropped = head.number
                else:
                    findings.append(Finding(Fault.DROPPED_UNRECORDED, head.number))
            findings += group.findings
            number = group.heads[-1].number
            last_id = group.heads[-1].last_id
        if last_dropped > await self._store.read(_recorded_as_dropped):
            findings.append(Finding(Fault.DROPPED_UNRECORDED, last_dropped))
        return AuditReport(
            heads=heads,
            rows=rows,
            dropped=dropped,
            unsealed=await self._store.read(lambda c: audit.count_after(c, last_id)),
            compared=chain.compared,
            findings=tuple(sorted(findings, key=lambda each: each.head)[:MAX_FINDINGS]),
        )


def _before_the_first(connection: Connection) -> list[Finding]:
    """Rows with numbers that the database never gives."""
    rows = audit.rows_between(connection, _LOWEST, 0, 1)
    return [Finding(Fault.ROW_INSERTED, 1, row.id) for row in rows]


def _read_group(after: int, connection: Connection) -> _Group:
    """The heads that follow, as many as have no more rows than one may have."""
    heads: list[HeadRow] = []
    findings: list[Finding] = []
    size = 0
    for head in audit_heads.heads_after(connection, after, _HEADS):
        size += 0 if head.dropped_at is not None else head.size
        if heads and size > BATCH:
            break
        heads.append(head)
        if head.dropped_at is None:
            findings += _check_rows(connection, head)
    return _Group(heads, findings)


def _check_rows(connection: Connection, head: HeadRow) -> list[Finding]:
    limit = max(0, min(head.size, BATCH)) + _MARGIN
    rows = audit.rows_between(connection, head.first_id, head.last_id, limit)
    if is_whole(head, rows):
        return []
    return [first_difference(head, rows, audit_heads.leaves_of(connection, head.number))]


def _recorded_as_dropped(connection: Connection) -> int:
    """Up to which head audit rows say that retention deleted the rows."""
    note = audit.newest_of_kind(connection, "audit-dropped")
    if note is None:
        return 0
    try:
        return msgspec.json.decode(note.detail, type=_DropNote).through_head
    except msgspec.DecodeError:
        return 0
