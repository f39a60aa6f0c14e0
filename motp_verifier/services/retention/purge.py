"""`motp-verifier purge`, which the verifier also does by itself once a day."""

import secrets
from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy import Connection

from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.retention.people import PeopleErasure
from motp_verifier.services.retention.policy import DAY_MS, Horizons, PurgeCounts, RetentionPolicy
from motp_verifier.services.retention.records import RecordsErasure
from motp_verifier.store import erasure, leases, retention
from motp_verifier.store.port import Store

LEASE = "purge"
LEASE_MS = 60 * 60_000
_DONE = "purge"


class Purge:
    """Deletes what is due. `now` is in milliseconds since 1970; `actor` is for the audit."""

    def __init__(
        self,
        store: Store,
        policy: RetentionPolicy,
        now: Callable[[], int],
        actor: str = SYSTEM,
    ) -> None:
        self._store = store
        self._policy = policy
        self._now = now
        self._actor = actor
        self._holder = secrets.token_hex(8)

    async def plan(self) -> PurgeCounts:
        """What `run` would delete now; nothing changes. Raises StoreUnavailable.

        What goes with a person (a roster entry, a check) may be counted for itself as well.
        """
        horizons = self._policy.horizons(self._now())
        return await self._store.read(lambda c: _plan(c, horizons))

    async def run(self) -> PurgeCounts | None:
        """Delete all that is due; None while another process does. Raises StoreUnavailable.

        Each transaction is short, so that nothing else waits for long; what was begun and
        not finished is taken up by the next run.
        """
        return await self._run_alone(lambda _connection, _now: True)

    async def daily(self) -> None:
        """Run, unless somebody did within the last day. Raises StoreUnavailable.

        The first run comes a day after the first start: whoever sets the times wrong has that
        long to notice.
        """
        now = self._now()
        done = await self._store.read(lambda c: retention.mark(c, _DONE))
        if not done:
            await self._store.run("purge-begin", lambda c: retention.set_mark(c, _DONE, now))
        elif now - done >= DAY_MS:
            await self._run_alone(_is_due)

    async def _run_alone(self, is_due: Callable[[Connection, int], bool]) -> PurgeCounts | None:
        started = self._now()

        def claim(connection: Connection) -> bool:
            if not leases.claim(connection, LEASE, self._holder, started, started + LEASE_MS):
                return False
            # Only now: whoever held it until a moment ago may have done the work.
            if is_due(connection, started):
                return True
            leases.release(connection, LEASE, self._holder)
            return False

        if not await self._store.run("purge-claim", claim):
            return None
        try:
            return await self._run(self._policy.horizons(started), started)
        finally:
            await self._store.run("purge-done", lambda c: leases.release(c, LEASE, self._holder))

    async def _run(self, horizons: Horizons, started: int) -> PurgeCounts:
        counts = PurgeCounts()
        await tidy(self._store, self._now)
        people = PeopleErasure(self._store, self._now, self._actor)
        counts.withdrawn = await people.withdrawn(horizons)
        counts.unused = await people.unused(horizons)
        counts.registrations = await people.ended_registrations(horizons)
        records = RecordsErasure(self._store, self._now, self._actor)
        await records.run(horizons, counts)

        def finish(connection: Connection) -> None:
            record(connection, self._now(), "purged", actor=self._actor, detail=asdict(counts))
            retention.set_mark(connection, _DONE, started)

        await self._store.run("purge-finish", finish)
        return counts


def _is_due(connection: Connection, now: int) -> bool:
    return now - retention.mark(connection, _DONE) >= DAY_MS


def _plan(connection: Connection, horizons: Horizons) -> PurgeCounts:
    due = retention.heads_to_drop(connection, horizons.audit)
    return PurgeCounts(
        withdrawn=erasure.count_withdrawn(connection, horizons.withdrawn),
        unused=erasure.count_unused(connection, horizons.unused),
        registrations=erasure.count_ended(connection, horizons.unused),
        roster_entries=erasure.count_delisted(connection, horizons.unused),
        checks=retention.count_checks(connection, horizons.verification),
        addresses=retention.count_addresses(connection, horizons.address),
        failures=retention.count_failures(connection, horizons.failure),
        audit_heads=0 if due is None else due[1],
        audit_rows=0 if due is None else due[2],
    )
