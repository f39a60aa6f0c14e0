"""What the verifier does by itself, each minute."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.notices import NoticeDelivery
from motp_verifier.services.signed import Clock
from motp_verifier.store.port import Store, StoreUnavailable

INTERVAL_SECONDS = 60

_log = logging.getLogger(__name__)


class Background:
    """Delivers notices and forgets old things, at start and each minute, or when woken."""

    def __init__(self, store: Store, delivery: NoticeDelivery, now: Clock) -> None:
        self._store = store
        self._delivery = delivery
        self._now = now
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Do the work now: a notice was committed."""
        self._woken.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work in the background until the block ends."""
        task = asyncio.create_task(self._work(), name="background")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _work(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self._delivery.deliver()
                await tidy(self._store, self._now)
            except StoreUnavailable as error:
                _log.warning("background work waits: %s", error)
            except Exception:
                _log.exception("background work failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), INTERVAL_SECONDS)
