"""Rates: exact over several processes, without asking the database for each request."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from motp_verifier.services.rate_limits.failures import FailureLimit
from motp_verifier.services.rate_limits.requests import RequestLimit
from motp_verifier.services.rate_limits.shared import SharedCounts
from motp_verifier.services.site_policy.model import SitePolicy
from motp_verifier.store import tables
from tests.unit.verifier.device_world import told
from tests.unit.verifier.site_world import World
from tests.unit.verifier.test_verification_http import bearer, body


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("school")
    world.add_to_roster("school", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


def request_limit(world: World, rate: str) -> RequestLimit:
    counts = SharedCounts(world.store, lambda: world.now)
    return RequestLimit(counts, world.policies, rate, lambda: world.now)


def failure_limit(world: World, rate: str, alarms: list[None] | None = None) -> FailureLimit:
    counts = SharedCounts(world.store, lambda: world.now)
    heard = [] if alarms is None else alarms
    return FailureLimit(
        world.store,
        counts,
        world.policies,
        rate,
        lambda: world.now,
        on_throttled=lambda: heard.append(None),
    )


def test_three_processes_together_admit_what_the_limit_says(world: World) -> None:
    processes = [request_limit(world, "30/minute") for _ in range(3)]

    async def ask() -> list[int | None]:
        return await asyncio.gather(*(each.admit("school") for each in processes * 20))

    waits = world.run(ask())
    assert waits.count(None) == 30
    assert {each for each in waits if each is not None} == {60}


def test_after_the_window_there_is_room_again(world: World) -> None:
    limit = request_limit(world, "2/10 seconds")

    async def ask(times: int) -> list[int | None]:
        return [await limit.admit("school") for _ in range(times)]

    assert world.run(ask(3)) == [None, None, 10]
    world.now += 4001
    assert world.run(ask(1)) == [6]
    world.now += 6000
    assert world.run(ask(3)) == [None, None, 10]


def test_permits_are_taken_in_blocks_and_never_more_than_the_limit(world: World) -> None:
    processes = [request_limit(world, "2000/minute") for _ in range(2)]

    async def ask() -> int:
        waits = [await each.admit("school") for _ in range(1500) for each in processes]
        return waits.count(None)

    admitted = world.run(ask())
    assert 2000 - 4 * 10 <= admitted <= 2000
    (window,) = world.rows(tables.rate_window)
    assert window["count"] <= 2000 + 2 * 2 * 10


def test_institutions_have_windows_of_their_own_and_a_policy_may_say_how_large(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = SitePolicy(requests="1/minute")
    monkeypatch.setattr(
        world.policies, "of", lambda each: strict if each == "small" else SitePolicy()
    )
    limit = request_limit(world, "2/minute")

    async def ask() -> list[bool]:
        names = ["small", "small", "big", "big", "big"]
        return [await limit.admit(each) is None for each in names]

    assert world.run(ask()) == [True, False, True, True, False]


@pytest.mark.parametrize("way", ["framework", "fast"])
def test_a_site_that_asks_too_much_is_told_when_to_come_again(world: World, way: str) -> None:
    app = world.site_app(way, requests="3/minute")
    with TestClient(app, raise_server_exceptions=False) as site:
        for _ in range(3):
            answer = site.post("/v1/verifications", json=body(), headers=bearer(world))
            assert answer.status_code == 200
        refused = site.post("/v1/verifications", json=body(), headers=bearer(world))
    assert told(refused) == (429, "too-many-requests")
    assert refused.headers["retry-after"] == "60"
    assert len(world.rows(tables.verification)) == 3


def test_too_many_wrong_codes_stop_the_checks_of_one_institution_and_raise_one_alarm(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    alarms: list[None] = []
    here, there = failure_limit(world, "5/minute", alarms), failure_limit(world, "5/minute")
    for limit in (here, there):
        assert limit.retry_after("school") is None
        assert limit.retry_after("other") is None
    for _ in range(3):
        here.note("school")
        there.note("school")

    async def share() -> None:
        for limit in (here, there, here):
            await limit.share()

    with caplog.at_level(logging.WARNING):
        world.run(share())
    assert (here.retry_after("school"), there.retry_after("school")) == (60, 60)
    assert (here.retry_after("other"), there.retry_after("other")) == (None, None)
    assert len(alarms) == 1
    assert "school" in caplog.text
    world.now += 60_000
    assert here.retry_after("school") is None
    world.run(here.share())
    assert here.retry_after("school") is None


@pytest.mark.parametrize("way", ["framework", "fast"])
def test_wrong_codes_count_and_a_throttled_check_looks_at_no_code(world: World, way: str) -> None:
    device = world.register("school", "hong")
    app = world.site_app(way, failures="2/minute")
    with TestClient(app, raise_server_exceptions=False) as site:
        for _ in range(3):
            wrong = body(world.wrong_code(device))
            site.post("/v1/verifications", json=wrong, headers=bearer(world))
        world.run(world.failures.share())
        right = body(world.right_code(device))
        refused = site.post("/v1/verifications", json=right, headers=bearer(world))
        assert told(refused) == (429, "too-many-requests")
        world.now += 60_000
        right = body(world.right_code(device))
        answer = site.post("/v1/verifications", json=right, headers=bearer(world))
    assert answer.json()["result"] == "accepted"
