"""What the verifier does by itself, each minute."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.notices import NoticeDelivery
from motp_verifier.services.retention.purge import Purge
from motp_verifier.services.search_filling import SearchFilling
from motp_verifier.services.signed import Clock
from motp_verifier.store import audit_heads
from motp_verifier.store.port import Store, StoreUnavailable

INTERVAL_SECONDS = 60
RETENTION_SECONDS = 60 * 60

_log = logging.getLogger(__name__)


class Background:
    """Delivers notices, forgets old things and seals the audit.

    At the start, each minute, and when woken; and purges once a day, beside it all.
    """

    def __init__(
        self,
        store: Store,
        delivery: NoticeDelivery,
        now: Clock,
        metrics: Metrics = NO_METRICS,
        sealer: Sealer | None = None,
        *,
        purge: Purge | None = None,
        filling: SearchFilling | None = None,
    ) -> None:
        """`sealer`, `purge` and `filling` are left out where they have nothing to do."""
        self._filling = filling
        self._sealer = sealer
        self._purge = purge
        self._store = store
        self._delivery = delivery
        self._now = now
        self._metrics = metrics
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Do the work now: a notice was committed."""
        self._woken.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work in the background until the block ends."""
        tasks = [asyncio.create_task(self._work(), name="background")]
        if self._purge is not None:
            tasks.append(asyncio.create_task(self._retain(self._purge), name="retention"))
        if self._filling is not None:
            tasks.append(asyncio.create_task(self._fill(self._filling), name="search-indexes"))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    async def _work(self) -> None:
        while True:
            self._woken.clear()
            await self._do("notices", self._delivery.deliver())
            await self._do("tidy", tidy(self._store, self._now))
            if self._sealer is not None:
                await self._do("audit-seal", self._sealer.seal())
                await self._do("audit-watch", self._watch_audit())
            # Not `wait_for`: in Python 3.11 it swallows a cancellation that comes with the wake.
            with suppress(TimeoutError):
                async with asyncio.timeout(INTERVAL_SECONDS):
                    await self._woken.wait()

    async def _watch_audit(self) -> None:
        waiting = await self._store.read(audit_heads.waiting)
        self._metrics.audit(waiting.rows, waiting.head_at)

    async def _retain(self, purge: Purge) -> None:
        """Beside the rest: the first purge of a large database takes long."""
        while True:
            await self._do("purge", purge.daily())
            await asyncio.sleep(RETENTION_SECONDS)

    async def _fill(self, filling: SearchFilling) -> None:
        """Beside the rest as well: a large database of an older version takes minutes."""
        while True:
            await self._do("search-indexes", filling.run())
            await asyncio.sleep(RETENTION_SECONDS)

    async def _do(self, work: str, doing: Coroutine[Any, Any, None]) -> None:
        """One piece of work, whose failure leaves the others alone."""
        succeeded = False
        try:
            await doing
            succeeded = True
        except StoreUnavailable as error:
            _log.warning("%s: background work waits: %s", work, error)
        except Exception:
            _log.exception("%s: background work failed", work)
        self._metrics.worked(work, self._now(), succeeded=succeeded)
