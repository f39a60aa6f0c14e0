"""What consoles are told while they watch."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy import Connection

from motp_protocol.helpdesk import StaffNotice
from motp_verifier.services.audit.record import record, staff
from motp_verifier.services.helpdesk.following import ROWS, StaffFollowing, notices_of
from motp_verifier.services.staff.who import Staff
from motp_verifier.store import staff_sessions
from motp_verifier.store.audit_tail import NewRow
from tests.unit.verifier.device_world import START, Device, World
from tests.unit.verifier.staff_world import signed_in


def told(world: World, scene: Callable[["Watching"], Coroutine[Any, Any, None]]) -> None:
    async def play() -> None:
        watching = Watching(world)
        try:
            await scene(watching)
        finally:
            await watching.stop()

    asyncio.run(play())


class Watching:
    """A console that watches a verifier, which looks again and again at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.draining = False
        self.following = StaffFollowing(
            world.runtime.store, world.runtime.now, lambda: self.draining, interval_seconds=0.01
        )
        session = world.database(lambda c: staff_sessions.open_sessions(c, world.now))[0]
        self.who = Staff(session.staff_id, session.name, "helpdesk", session.id, 0)
        self.notices: asyncio.Queue[StaffNotice | None] = asyncio.Queue()
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.task = asyncio.create_task(self._read())
        assert await self.notices.get() is None

    async def _read(self) -> None:
        async for notice in self.following.follow(self.who):
            self.notices.put_nowait(notice)

    async def next(self) -> StaffNotice:
        while True:
            notice = await asyncio.wait_for(self.notices.get(), 10)
            if notice is not None:
                return notice

    async def over(self) -> None:
        assert self.task is not None
        await asyncio.wait_for(self.task, 10)

    async def stop(self) -> None:
        self.draining = True
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)


def test_a_console_is_told_what_to_look_at_again(world: World) -> None:
    signed_in(world)
    device = Device(world).enrol()

    async def scene(watching: Watching) -> None:
        await watching.start()
        store = world.runtime.store

        def work(connection: Connection) -> None:
            record(
                connection,
                world.now,
                "staff-suspended",
                actor=staff("kim"),
                registration_id=device.registration_id,
            )

        await store.run("test", work)
        notice = await watching.next()
        assert (notice.kind, notice.trainee_id is not None) == ("registration", True)

    told(world, scene)


def test_a_stream_ends_with_its_session(world: World) -> None:
    signed_in(world)

    async def scene(watching: Watching) -> None:
        await watching.start()
        ended = await world.runtime.store.run(
            "test", lambda c: staff_sessions.end_session(c, watching.who.session_id, world.now)
        )
        assert ended == "kim"
        await watching.over()

    told(world, scene)


def test_a_stream_ends_when_the_verifier_shuts_down(world: World) -> None:
    signed_in(world)

    async def scene(watching: Watching) -> None:
        await watching.start()
        watching.draining = True
        assert watching.following.is_full
        await watching.over()

    told(world, scene)


def test_many_rows_at_once_are_told_as_one(world: World) -> None:
    signed_in(world)

    async def scene(watching: Watching) -> None:
        await watching.start()

        def work(connection: Connection) -> None:
            for _ in range(ROWS + 5):
                record(connection, world.now, "verification", actor="site:inst")

        await world.runtime.store.run("test", work)
        notice = await watching.next()
        assert (notice.kind, notice.trainee_id) == ("check", None)

    told(world, scene)


def test_readings_of_the_staff_are_told_to_nobody() -> None:
    def row(number: int, kind: str, trainee: str | None) -> NewRow:
        return NewRow(number, START + number, kind, None if trainee is None else "reg", trainee)

    rows = [
        row(1, "staff-searched", None),
        row(2, "staff-trainee-read", None),
        row(3, "staff-status-read", "a"),
        row(4, "verification", "a"),
        row(5, "verification", "a"),
        row(6, "pin-locked", "b"),
        row(7, "staff-signed-in", None),
    ]
    said = [(each.kind, each.trainee_id) for each in notices_of(rows)]
    assert said == [("check", "a"), ("registration", "b"), ("session", None)]
