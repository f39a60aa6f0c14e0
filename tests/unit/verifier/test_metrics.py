"""What is counted, and who may see it."""

import asyncio
import re
import time
import timeit
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from motp_verifier.config import ConfigError
from motp_verifier.http.access_log import AccessLog
from motp_verifier.http.metrics import MetricsDoor
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.prometheus import PrometheusMetrics
from tests.unit.verifier import site_world
from tests.unit.verifier.device_world import Device, World, running, told

TOKEN = "t" * 32


def numbers(page: str) -> dict[str, float]:
    """The samples that are not zero, by their name and labels."""
    found = re.findall(r"^(motp_[^ ]+(?:\{.*\})?) (\S+)$", page, re.MULTILINE)
    return {name: float(value) for name, value in found if float(value)}


@pytest.fixture
def metrics() -> PrometheusMetrics:
    return PrometheusMetrics()


@pytest.fixture
def school(tmp_path: Path, metrics: PrometheusMetrics) -> Iterator[site_world.World]:
    world = site_world.World(tmp_path, metrics=metrics)
    world.add_institution("han")
    world.add_to_roster("han", "홍길동,010-1234-5678,a")
    yield world
    world.close()


def test_checks_are_counted_by_result_reason_and_occasion_and_a_lock_once(
    school: site_world.World, metrics: PrometheusMetrics
) -> None:
    device = school.register("han", "a")
    school.check("han", "a", school.right_code(device))
    school.check("han", "a", school.right_code(device))
    for _ in range(7):
        school.check("han", "a", school.wrong_code(device))
    counted = numbers(metrics.render().decode())
    name = "motp_verifications_total"
    assert counted[f'{name}{{occasion="lesson",reason="",result="accepted"}}'] == 1
    assert counted[f'{name}{{occasion="lesson",reason="code-used",result="rejected"}}'] == 1
    assert counted[f'{name}{{occasion="lesson",reason="code-wrong",result="rejected"}}'] == 5
    assert counted[f'{name}{{occasion="lesson",reason="locked",result="rejected"}}'] == 2
    assert counted['motp_locks_set_total{lock="code"}'] == 1
    assert counted["motp_store_commit_works_count"] >= 9


def page(world: World) -> dict[str, float]:
    answer = world.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return numbers(answer.text)


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return file


@pytest.fixture
def watched(tmp_path: Path, token_file: Path) -> Iterator[World]:
    with running(tmp_path, metrics_token_file=str(token_file)) as world:
        world.add_trainee()
        yield world


def test_a_devices_life_is_counted(watched: World) -> None:
    watched.phones.broken = True
    Device(watched).begin()
    watched.phones.broken = False
    device = Device(watched).enrol()
    device.offset = -45
    device.sync()
    for number in range(5):
        device.unlock(pin="x", try_=f"wrong {number}")
    counted = page(watched)
    sent = 'motp_messages_total{outcome="%s",provider="outbox",purpose="enrolment"}'
    assert counted[sent % "sent"] == 1
    assert counted[sent % "unreachable"] == 1
    assert counted['motp_locks_set_total{lock="pin"}'] == 1
    behind = 'motp_device_clock_skew_seconds_bucket{direction="behind",le="%s"}'
    assert behind % "30.0" not in counted
    assert counted[behind % "60.0"] == 1
    assert any(name.startswith("motp_build_info{") for name in counted)


def test_background_work_says_when_it_last_succeeded(watched: World) -> None:
    names = [
        f'motp_background_last_success_timestamp_seconds{{work="{work}"}}'
        for work in ("notices", "tidy")
    ]
    deadline = time.monotonic() + 10
    while not (counted := page(watched)).keys() >= set(names):
        assert time.monotonic() < deadline
    assert {counted[name] for name in names} == {watched.now / 1000}


def get(app: Any, path: str, port: int = 80, **headers: str) -> httpx.Response:
    """A request as it comes by a listener on `port`."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://x:{port}") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def test_latency_is_kept_by_route_and_never_by_path(
    world: World, metrics: PrometheusMetrics
) -> None:
    app = cast(Any, AccessLog(world.client.app, metrics))
    get(app, "/v1/consents/2026-12")
    get(app, "/v1/consents/01012345678")
    get(app, "/a-path-of-the-callers-own")
    rendered = metrics.render().decode()
    counted = numbers(rendered)
    name = 'motp_http_requests_total{method="GET",route="/v1/consents/{version}",status="%s"}'
    assert (counted[name % 200], counted[name % 404]) == (1, 1)
    assert counted['motp_http_request_seconds_count{method="GET",route="unmatched"}'] == 1
    assert "0101234" not in rendered
    assert "callers-own" not in rendered


def test_metrics_are_nowhere_unless_they_are_set_up(world: World) -> None:
    assert told(world.client.get("/metrics")) == (404, "not-found")
    headers = {"Authorization": "Bearer "}
    assert told(world.client.get("/metrics", headers=headers)) == (404, "not-found")


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_metrics_need_their_token(watched: World, given: str) -> None:
    refused = watched.client.get("/metrics", headers={"Authorization": given} if given else {})
    assert told(refused) == (401, "bad-api-key")
    assert page(watched)


def test_by_their_own_listener_metrics_need_no_token_and_nothing_else_is_there(
    tmp_path: Path,
) -> None:
    with running(tmp_path, metrics_port=9470) as world:
        door = cast(Any, MetricsDoor(cast(Any, world.client.app), 9470))
        assert get(door, "/metrics", 9470).status_code == 200
        assert get(door, "/readyz", 9470).status_code == 200
        for path in ("/v1/service", "/schema", "/nothing"):
            assert told(get(door, path, 9470)) == (404, "not-found")
        assert get(door, "/v1/service").status_code == 200
        forged = get(door, "/metrics", host="127.0.0.1:9470", x_forwarded_for="127.0.0.1")
        assert told(forged) == (404, "not-found")


@pytest.mark.parametrize("content", ["", "short", "x" * 20 + " y", "ü" * 20])
def test_a_token_that_is_none_is_refused_at_the_start(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_text(content, "utf-8")
    with (
        pytest.raises(ConfigError, match="metrics_token_file"),
        running(tmp_path, metrics_token_file=str(file)),
    ):
        pass


def test_no_metrics_takes_all_that_metrics_take() -> None:
    port = {name for name in vars(Metrics) if not name.startswith("_")}
    assert port == {name for name in vars(type(NO_METRICS)) if not name.startswith("_")}


def test_counting_a_check_costs_microseconds(metrics: PrometheusMetrics) -> None:
    def one_check() -> None:
        metrics.verified("lesson", "accepted", None)
        metrics.answered("POST", "/v1/verifications", 200, 0.004)

    one_check()
    seconds = min(timeit.repeat(one_check, number=2000, repeat=5)) / 2000
    assert seconds < 50e-6, "some 2 µs are usual; this is far from it"
