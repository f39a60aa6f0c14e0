"""The short way for usual checks: what it answers is what the framework's route answers.

The tests of the route's behaviour run both ways; here is what is about the way itself.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from motp_verifier.http.fast_checks import FastChecks
from motp_verifier.services.site_checks import SiteChecks
from motp_verifier.store import tables
from motp_verifier.store.port import StoreUnavailable
from tests.unit.verifier.site_world import World
from tests.unit.verifier.test_verification_http import bearer, body


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.add_institution("school")
    world.add_to_roster("school", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


def _client(world: World, way: str) -> TestClient[Litestar]:
    return TestClient(world.site_app(way), raise_server_exceptions=False)


def test_a_usual_check_carries_the_same_header_fields_either_way(world: World) -> None:
    device = world.register("school", "hong")
    fields = []
    for way in ("framework", "fast"):
        with _client(world, way) as site:
            wrong = body(world.wrong_code(device))
            # Nothing is known of the key before the first request.
            answers = [
                site.post("/v1/verifications", json=wrong, headers=bearer(world)) for _ in range(2)
            ]
        fields += [sorted(answer.headers.items()) for answer in answers]
    assert all(len(each) == len(fields[0]) for each in fields)
    assert {name for each in fields for name, _ in each} == {name for name, _ in fields[0]}
    variable = {"content-length"}
    assert len({tuple(x for x in each if x[0] not in variable) for each in fields}) == 1


@pytest.mark.parametrize(
    ("fields", "is_usual"),
    [
        ({}, True),
        ({"User-Agent": "site/1.0", "X-Forwarded-For": "192.0.2.1"}, True),
        ({"Idempotency-Key": "k-1"}, True),
        ({"Idempotency-Key": '"a'}, False),
        ({"Content-Type": "application/json; charset=utf-8"}, False),
        ({"Origin": "https://site.example.kr"}, False),
        ({"Cookie": "a=b"}, False),
        ({"Content-Encoding": "gzip"}, False),
    ],
)
def test_only_a_usual_request_takes_the_short_way(
    world: World, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], is_usual: bool
) -> None:
    device = world.register("school", "hong")
    taken = 0
    answer_fast = FastChecks.answer

    async def count(self: FastChecks, *arguments: Any) -> Any:
        nonlocal taken
        going_on = await answer_fast(self, *arguments)
        taken += going_on is None
        return going_on

    monkeypatch.setattr(FastChecks, "answer", count)
    with _client(world, "fast") as site:
        site.post("/v1/verifications", json=body(world.wrong_code(device)), headers=bearer(world))
        assert taken == 0
        headers = bearer(world) | fields
        site.post("/v1/verifications", json=body(world.wrong_code(device)), headers=headers)
    assert taken == is_usual


def test_a_check_that_was_begun_on_the_short_way_is_not_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = world.register("school", "hong")
    with _client(world, "fast") as site:
        site.post("/v1/verifications", json=body(world.wrong_code(device)), headers=bearer(world))
        begun = 0

        async def fail(*_arguments: Any) -> Any:
            nonlocal begun
            begun += 1
            raise StoreUnavailable("gone for a moment")

        monkeypatch.setattr(SiteChecks, "check", fail)
        answer = site.post("/v1/verifications", json=body(), headers=bearer(world))
    assert (answer.status_code, begun) == (503, 1)
    assert answer.headers["retry-after"]
    assert len(world.rows(tables.verification)) == 1
