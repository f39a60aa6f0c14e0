"""Work that waits for its turn and is then done many at a time.

What comes in while a batch is under way makes up the next one, so that batches are as small
as the load allows and as large as it demands. Under load a next batch waits a moment for
those whom the last one has just answered, who may ask again: two halves that take turns cost
twice as much as one whole. What comes alone never waits.
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

LONGEST_PAUSE_SECONDS = 0.003
_PAUSE_SHARE = 0.5
"""Of the time that the last batch took: so much a pause may last at most."""
_RETURNING = 0.9
"""Of those who were answered or wait: with so many the next batch is as good as whole."""


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
        self._expected = 0
        self._expected_until = 0.0
        self._alarm: asyncio.TimerHandle | None = None

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
            if self._more_is_expected():
                return
            count = min(self._size, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(count)]
            task = asyncio.get_running_loop().create_task(self._run(batch))
            self._running.add(task)
            task.add_done_callback(self._on_done)

    def _more_is_expected(self) -> bool:
        """Whether a pause is worth while; its end is seen to then."""
        loop = asyncio.get_running_loop()
        if len(self._waiting) >= self._expected or loop.time() >= self._expected_until:
            if self._alarm is not None:
                self._alarm.cancel()
                self._alarm = None
            return False
        if self._alarm is None:
            self._alarm = loop.call_at(self._expected_until, self._on_alarm)
        return True

    def _on_alarm(self) -> None:
        self._alarm = None
        self._start()

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._start()

    async def _run(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await self._do(batch)
        ended = loop.time()
        # Whoever has just been answered may ask again at once.
        self._expected = min(self._size, round(_RETURNING * (len(batch) + len(self._waiting))))
        pause = min(_PAUSE_SHARE * (ended - began), LONGEST_PAUSE_SECONDS)
        self._expected_until = ended + pause

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
