"""What each process reads again every few seconds, so that a change needs no restart."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

from motp_verifier.store.port import StoreUnavailable

INTERVAL_SECONDS = 2.0

Look: TypeAlias = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


class Watching:
    """Looks again and again; what fails is tried again the next time."""

    def __init__(self, looks: Sequence[Look], interval_seconds: float = INTERVAL_SECONDS) -> None:
        self._looks = looks
        self._interval = interval_seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look once before the block begins, and then until it ends.

        Where the first look finds no database the block begins all the same.
        """
        await self._look()
        task = asyncio.create_task(self._go_on(), name="watching")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._look()

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            await self._look()

    async def _look(self) -> None:
        for look in self._looks:
            try:
                await look()
            except StoreUnavailable as error:
                _log.warning("cannot look for changes now: %s", error)
            except Exception:
                _log.exception("looking for changes failed")
