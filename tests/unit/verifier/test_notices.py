"""Notices leave once, whoever else sends them at the same time."""

import asyncio
from dataclasses import dataclass, field

from sqlalchemy import func, select

from motp_verifier.services.messages.port import SendOutcome, Sent, TextMessage
from motp_verifier.services.notices import RETRY_MS, NoticeDelivery, enqueue
from motp_verifier.store.tables import outgoing_message
from tests.unit.verifier.device_world import E164, World


@dataclass
class SlowPhones:
    """Each message takes a quarter of the time after which another process tries it again.

    While the sixth one leaves, `other` begins to deliver.
    """

    world: World
    other: NoticeDelivery | None = None
    messages: list[str] = field(default_factory=list)

    async def send(self, message: TextMessage) -> SendOutcome:
        self.messages.append(message.text)
        if len(self.messages) == 6 and self.other is not None:
            await self.other.deliver()
        self.world.clock[0] += RETRY_MS // 4
        return Sent(str(len(self.messages)))


def delivery_of(world: World, phones: SlowPhones) -> NoticeDelivery:
    return NoticeDelivery(world.runtime.store, world.runtime.keys, phones, lambda: world.now)


def wait_to_leave(world: World, count: int) -> list[str]:
    texts = [f"notice {number}" for number in range(count)]
    for number, text in enumerate(texts):
        message = TextMessage(E164, text, "replaced")
        world.database(
            lambda c, m=message, n=number: enqueue(c, world.runtime.keys, m, world.now + n)
        )
    world.pass_seconds(1)
    return texts


def waiting(world: World) -> int:
    query = select(func.count()).select_from(outgoing_message)
    return int(world.database(lambda c: c.execute(query).scalar_one()))


def test_notices_that_wait_for_slow_ones_are_not_sent_by_another_process_as_well(
    world: World,
) -> None:
    texts = wait_to_leave(world, 8)
    phones = SlowPhones(world)
    phones.other = delivery_of(world, phones)
    asyncio.run(delivery_of(world, phones).deliver())
    assert sorted(phones.messages) == texts
    assert waiting(world) == 0
    assert world.events().count("notice-sent") == len(texts)


def test_the_oldest_notice_leaves_first(world: World) -> None:
    texts = wait_to_leave(world, 3)
    phones = SlowPhones(world)
    asyncio.run(delivery_of(world, phones).deliver())
    assert phones.messages == texts
