"""Deleting old checks, addresses and audit batches, a few rows in each transaction."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from motp_verifier.services.audit.leaf import source_hash
from motp_verifier.services.retention.policy import Horizons, PurgeCounts
from motp_verifier.store import audit, erasure, retention
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.port import Store

CHUNK = 500
"""The most rows that are deleted or changed in one transaction."""
_AUDIT_MARK = "address audit_row"


class RecordsErasure:
    """Deletes what is not a person. `actor` is for the audit."""

    def __init__(self, store: Store, now: Callable[[], int], actor: str) -> None:
        self._store = store
        self._now = now
        self._actor = actor

    async def run(self, horizons: Horizons, counts: PurgeCounts) -> None:
        """Delete all that is due, and count it."""
        counts.roster_entries = await self._all(
            "purge-roster", lambda c: erasure.delist(c, horizons.unused, CHUNK)
        )
        counts.failures = await self._all(
            "purge-failures", lambda c: retention.delete_failures(c, horizons.failure, CHUNK)
        )
        for institution_id in await self._store.read(retention.institution_ids):
            counts.checks += await self._all(
                "purge-checks",
                partial(_delete_checks, institution_id, horizons.verification),
            )
            counts.addresses += await self._all(
                "purge-addresses", partial(_forget_addresses, institution_id, horizons.address)
            )
        counts.addresses += await self._sources(horizons.address)
        await self._audit(horizons.audit, counts)

    async def _all(self, operation: str, work: Callable[[Connection], int]) -> int:
        total = 0
        while done := await self._store.run(operation, work):
            total += done
        return total

    async def _sources(self, before: int) -> int:
        total = 0
        while True:
            work = partial(_replace_sources, before)
            looked_at, replaced = await self._store.run("purge-sources", work)
            total += replaced
            if not looked_at:
                return total

    async def _audit(self, before: int, counts: PurgeCounts) -> None:
        counts.audit_heads, counts.audit_rows = await self._store.run(
            "purge-audit-heads", partial(self._drop_heads, before)
        )
        await self._all("purge-audit-rows", lambda c: retention.delete_dropped_rows(c, CHUNK))

    def _drop_heads(self, before: int, connection: Connection) -> tuple[int, int]:
        due = retention.heads_to_drop(connection, before)
        if due is None:
            return 0, 0
        last, heads, rows = due
        now = self._now()
        retention.drop_heads(connection, last.number, now)
        note = AuditEntry(
            at=now,
            kind="audit-dropped",
            actor=self._actor,
            reason="retention",
            detail={"through_head": last.number, "through_row": last.last_id, "rows": rows},
        )
        audit.append(connection, [note])
        return heads, rows


def _delete_checks(institution_id: str, before: int, connection: Connection) -> int:
    return retention.delete_checks(connection, institution_id, before, CHUNK)


def _forget_addresses(institution_id: str, before: int, connection: Connection) -> int:
    name = f"address {institution_id}"
    since = retention.mark(connection, name)
    found = retention.checks_with_address(connection, institution_id, since, before, CHUNK)
    if not found:
        if before > since:
            retention.set_mark(connection, name, before)
        return 0
    retention.forget_check_addresses(connection, [check_id for check_id, _ in found])
    retention.set_mark(connection, name, found[-1][1])
    return len(found)


def _replace_sources(before: int, connection: Connection) -> tuple[int, int]:
    rows = retention.rows_after(connection, retention.mark(connection, _AUDIT_MARK), CHUNK)
    old = []
    for row in rows:
        if row.at >= before:
            break
        old.append(row)
    hashes = {row.id: source_hash(row) for row in old if row.source is not None}
    retention.replace_sources(
        connection, {row_id: hashed for row_id, hashed in hashes.items() if hashed is not None}
    )
    if old:
        retention.set_mark(connection, _AUDIT_MARK, old[-1].id)
    return len(old), len(hashes)
