"""Pages that follow their pop-ups."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from motp_verifier.services.popups.following import Following
from tests.unit.verifier.popup_world import Browser, Page, Scene, asked, completion, playing


@pytest.fixture
def scene(tmp_path: Path, database_url: str) -> Iterator[Scene]:
    with playing(tmp_path, database_url) as played:
        yield played


def following(scene: Scene, *, longest_seconds: float = 300, most: int = 500) -> Following:
    return Following(
        scene.world.runtime.store,
        lambda: scene.world.now,
        lambda: False,
        interval_seconds=0.01,
        # So that no sign of life makes up for a change that was not told.
        heartbeat_seconds=3600,
        longest_seconds=longest_seconds,
        most=most,
    )


def test_each_change_is_told_and_the_end_ends_it(scene: Scene) -> None:
    popup_id = scene.opened()
    told: list[str] = []
    page, path = Page(0, "", {}), ""

    async def follow() -> None:
        nonlocal page, path
        async with aclosing(following(scene).follow(popup_id)) as stages:
            async for stage in stages:
                if stage is None:
                    continue
                told.append(stage)
                if stage == "open":
                    page = await asyncio.to_thread(scene.browser.ask_app, popup_id)
                elif stage == "waiting":
                    await asyncio.to_thread(asked, scene.device, page.ticket)
                elif stage == "asked":
                    path = await asyncio.to_thread(completion, scene.device, page)
                elif stage == "approved":
                    await asyncio.to_thread(scene.browser.go, path)

    asyncio.run(asyncio.wait_for(follow(), 60))
    assert told == ["open", "waiting", "asked", "approved", "done"]


def test_time_that_passes_is_told_too(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.ask_app(popup_id)

    async def follow() -> list[str]:
        told: list[str] = []
        async with aclosing(following(scene).follow(popup_id)) as stages:
            async for stage in stages:
                if stage is not None:
                    told.append(stage)
                    scene.world.pass_seconds(2 * 60 if stage == "waiting" else 15 * 60)
        return told

    assert asyncio.run(follow()) == ["waiting", "ticket-expired", "expired"]


def test_it_ends_after_its_time_and_when_a_shutdown_begins(scene: Scene) -> None:
    popup_id = scene.opened()
    draining = False
    store = scene.world.runtime.store
    some = Following(store, lambda: scene.world.now, lambda: draining, interval_seconds=0.01)

    async def until_shutdown() -> list[str | None]:
        nonlocal draining
        told: list[str | None] = []
        async with aclosing(some.follow(popup_id)) as stages:
            async for stage in stages:
                told.append(stage)
                draining = True
        return told

    async def until_its_time() -> list[str | None]:
        return [each async for each in following(scene, longest_seconds=0).follow(popup_id)]

    assert asyncio.run(until_its_time()) == ["open"]
    assert asyncio.run(until_shutdown()) == ["open"]
    assert some.is_full


def test_no_more_follow_than_may(scene: Scene) -> None:
    popup_id = scene.opened()
    some = following(scene, most=1)

    async def work() -> None:
        async with aclosing(some.follow(popup_id)) as stages:
            assert await anext(stages) == "open"
            full = some.is_full
        assert (full, some.is_full) == (True, False)
        assert [each async for each in some.follow("pop_unknown")] == []

    asyncio.run(work())


def test_a_browser_without_the_cookie_hears_nothing(scene: Scene) -> None:
    popup_id = scene.opened()
    scene.browser.type_code(popup_id, scene.code())
    path = f"/popup/{popup_id}/events"
    assert Browser(scene.world).raw("GET", path, {}).status_code == 404
    heard = scene.browser.raw("GET", path, {})
    assert heard.headers["content-type"].startswith("text/event-stream")
    assert "data: accepted\n\n" in heard.text
