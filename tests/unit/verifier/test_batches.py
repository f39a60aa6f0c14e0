"""What waits together is done together, and nobody suffers for a neighbour."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from motp_verifier.services.batches import Batches, Overloaded
from motp_verifier.store.port import StoreUnavailable


@dataclass
class Doubler:
    """Doubles numbers, when it is let; 13 is a number that it cannot take."""

    batches: list[list[int]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    fault: type[Exception] | None = None
    under_way: int = 0
    most_under_way: int = 0

    async def together(self, items: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(items))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await self.gate.wait()
        self.under_way -= 1
        if self.fault is not None and 13 in items:
            raise self.fault(f"{len(items)} items")
        return [ValueError("unlucky") if item == 13 else item * 2 for item in items]


@dataclass
class Slow(Doubler):
    """Takes so long that a pause is worth while."""

    async def together(self, items: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(items))
        await asyncio.sleep(0.01)
        return [item * 2 for item in items]


async def _all(batches: Batches[int, int], *items: int) -> list[int | BaseException]:
    return await asyncio.gather(*(batches.do(item) for item in items), return_exceptions=True)


def test_what_comes_in_one_turn_of_the_loop_is_one_batch() -> None:
    async def story() -> None:
        work = Doubler()
        work.gate.set()
        batches = Batches(work.together, at_once=1)
        assert await _all(batches, 1, 2, 3) == [2, 4, 6]
        assert work.batches == [[1, 2, 3]]

    asyncio.run(story())


def test_what_comes_while_a_batch_is_under_way_makes_up_the_next_ones() -> None:
    async def story() -> None:
        work = Doubler()
        batches = Batches(work.together, at_once=1, size=3)
        first = asyncio.create_task(batches.do(1))
        while not work.batches:
            await asyncio.sleep(0)
        rest = asyncio.create_task(_all(batches, 2, 3, 4, 5))
        await asyncio.sleep(0)
        work.gate.set()
        assert await first == 2
        assert await rest == [4, 6, 8, 10]
        assert work.batches == [[1], [2, 3, 4], [5]]

    asyncio.run(story())


def test_those_who_were_just_answered_may_come_along_with_those_who_wait() -> None:
    """Two who ask again and again end up in one batch, not in two that take turns."""

    async def story() -> None:
        work = Slow()
        batches = Batches(work.together, at_once=1)

        async def ask_again_and_again(item: int) -> None:
            for _ in range(6):
                await batches.do(item)

        first = asyncio.create_task(ask_again_and_again(1))
        while not work.batches:
            await asyncio.sleep(0)
        await asyncio.gather(first, ask_again_and_again(2))
        assert work.batches[:2] == [[1], [2, 1]]
        assert [len(each) for each in work.batches[2:6]] == [2, 2, 2, 2]

    asyncio.run(story())


def test_who_comes_alone_never_waits() -> None:
    """The clock stands still but while work is done, so that no timer ever ends."""

    async def story() -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        loop.time = lambda: now  # type: ignore[method-assign]

        async def together(items: Sequence[int]) -> list[int | Exception]:
            nonlocal now
            now += 1
            return list(items)

        batches = Batches(together, at_once=1)
        assert [await batches.do(each) for each in (1, 2, 3)] == [1, 2, 3]

    asyncio.run(story())


def test_a_pause_ends_though_nobody_comes_back() -> None:
    async def story() -> None:
        work = Slow()
        batches = Batches(work.together, at_once=1)
        first = asyncio.create_task(_all(batches, 1, 2, 3))
        while not work.batches:
            await asyncio.sleep(0)
        assert await batches.do(4) == 8
        await first
        assert work.batches == [[1, 2, 3], [4]]

    asyncio.run(story())


def test_no_more_batches_are_under_way_than_may_be() -> None:
    async def story() -> None:
        work = Doubler()
        batches = Batches(work.together, at_once=2, size=1)
        waiting = asyncio.create_task(_all(batches, *range(6)))
        while len(work.batches) < 2:
            await asyncio.sleep(0)
        work.gate.set()
        assert await waiting == [0, 2, 4, 6, 8, 10]
        assert work.most_under_way == 2

    asyncio.run(story())


def test_an_item_that_fails_fails_alone() -> None:
    async def story() -> None:
        work = Doubler()
        work.gate.set()
        first, unlucky, last = await _all(Batches(work.together, at_once=1), 1, 13, 2)
        assert (first, last) == (2, 4)
        assert isinstance(unlucky, ValueError)

    asyncio.run(story())


def test_a_batch_that_fails_is_done_again_one_by_one() -> None:
    async def story() -> None:
        work = Doubler(fault=RuntimeError)
        work.gate.set()
        first, unlucky, last = await _all(Batches(work.together, at_once=1), 1, 13, 2)
        assert (first, last) == (2, 4)
        assert isinstance(unlucky, RuntimeError)
        assert work.batches == [[1, 13, 2], [1], [13], [2]]

    asyncio.run(story())


def test_a_batch_without_a_database_is_not_done_again() -> None:
    async def story() -> None:
        work = Doubler(fault=StoreUnavailable)
        work.gate.set()
        outcomes = await _all(Batches(work.together, at_once=1), 1, 13, 2)
        assert [type(each) for each in outcomes] == [StoreUnavailable] * 3
        assert len(work.batches) == 1

    asyncio.run(story())


def test_where_too_many_wait_the_next_is_refused_at_once() -> None:
    async def story() -> None:
        work = Doubler()
        batches = Batches(work.together, at_once=1, size=1, limit=2)
        waiting = [asyncio.create_task(batches.do(item)) for item in (1, 2)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await batches.do(3)
        work.gate.set()
        assert [await each for each in waiting] == [2, 4]
        assert await batches.do(4) == 8

    asyncio.run(story())


def test_whoever_goes_away_leaves_the_others_their_answers() -> None:
    async def story() -> None:
        work = Doubler()
        batches = Batches(work.together, at_once=1)
        going, staying = (asyncio.create_task(batches.do(item)) for item in (1, 2))
        while not work.batches:
            await asyncio.sleep(0)
        going.cancel()
        work.gate.set()
        assert await staying == 4
        assert going.cancelled()

    asyncio.run(story())
