"""The work in the background, and that it always ends."""

import asyncio
from pathlib import Path

from motp_verifier.services.background import Background
from motp_verifier.services.notices import NoticeDelivery
from tests.unit.verifier.device_world import Phones
from tests.unit.verifier.site_world import World


def test_it_ends_even_if_it_is_woken_just_then(tmp_path: Path) -> None:
    world = World(tmp_path)
    clock = lambda: world.now  # noqa: E731
    delivery = NoticeDelivery(world.store, world.keys, Phones(), clock)

    async def wake_and_end(turns: int) -> None:
        background = Background(world.store, delivery, clock)
        async with background.running():
            await asyncio.sleep(0.02)  # its first round is done, and it waits
            background.wake()
            for _ in range(turns):
                await asyncio.sleep(0)

    async def any_number_of_turns() -> None:
        for turns in range(5):
            ending = asyncio.create_task(wake_and_end(turns))
            done, _ = await asyncio.wait({ending}, timeout=5)
            assert done, f"it still works, woken {turns} turns before its end"

    asyncio.run(any_number_of_turns())
    world.close()
