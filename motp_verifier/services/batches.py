"""Work that waits for its turn and is then done many at a time.

What comes in while a batch is under way makes up the next one, so that batches are as small
as the load allows and as large as it demands; nothing waits for a clock.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeAlias, TypeVar

from motp_verifier.store.port import StoreUnavailable

Item = TypeVar("Item")
Result = TypeVar("Result")

Together: TypeAlias = Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]]

BATCH_SIZE = 64
"""The most that share one transaction."""

WAITING_LIMIT = 1024
"""The most that wait for their turn: at some thousand a second it comes within a second."""


class Overloaded(StoreUnavailable):
    """Too much waits already; nothing was done."""


class Batches(Generic[Item, Result]):
    """Hands items to `together` in batches, each in the order in which they came.

    `together` answers each item by a result or by an exception that is that item's alone.
    Where it raises for a batch, each of its items is tried again by itself, so that none
    fails for its neighbour's sake; but not where the store is unavailable.
    """

    def __init__(
        self,
        together: Together[Item, Result],
        *,
        at_once: int,
        size: int = BATCH_SIZE,
        limit: int = WAITING_LIMIT,
    ) -> None:
        self._together = together
        self._at_once = at_once
        self._size = size
        self._limit = limit
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._start_is_due = False

    async def do(self, item: Item) -> Result:
        """The result for one item. Raises what `together` raises, and Overloaded."""
        if len(self._waiting) >= self._limit:
            raise Overloaded("too many wait already")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting.append((item, future))
        if not self._start_is_due and len(self._running) < self._at_once:
            # After what else this turn of the loop brings: it may come along.
            self._start_is_due = True
            loop.call_soon(self._start)
        return await future

    def _start(self) -> None:
        self._start_is_due = False
        while self._waiting and len(self._running) < self._at_once:
            count = min(self._size, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(count)]
            task = asyncio.get_running_loop().create_task(self._do(batch))
            self._running.add(task)
            task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._start()

    async def _do(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._together([item for item, _ in batch])
        except Exception as error:
            if len(batch) == 1 or isinstance(error, StoreUnavailable):
                for _, future in batch:
                    _settle(future, error)
                return
            for each in batch:
                await self._do([each])
            return
        for (_, future), result in zip(batch, results, strict=True):
            _settle(future, result)


def _settle(future: asyncio.Future[Result], result: Result | Exception) -> None:
    if future.done():
        return  # whoever asked has gone
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
