"""Two real verifier processes over one database: what one decides binds the other."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from demo.stack import VerifierProcess
from motp_verifier.sealing import load_or_create
from motp_verifier.store import tables
from tests.unit.verifier.site_world import Device, World

SCHOOL = "school"
TRAINEES = 50


def wall_clock() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture(scope="module")
def origins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    folder = tmp_path_factory.mktemp("verifiers") / "data"
    with VerifierProcess(folder) as one, VerifierProcess(folder) as other:
        yield folder, [one.origin, other.origin]


@pytest.fixture(scope="module")
def world(origins: tuple[Path, list[str]]) -> Iterator[World]:
    folder, _ = origins
    world = World(folder, load_or_create(folder / "master.key"), now=wall_clock())
    world.add_institution(SCHOOL)
    lines = [f"홍길동,010-1234-{n:04d},t{n}" for n in range(TRAINEES + 1)]
    world.add_to_roster(SCHOOL, *lines)
    yield world
    world.close()


def ask_both(world: World, origins: list[str], tries: list[tuple[str, str]]) -> list[Any]:
    """The answers to (trainee, code) tries, sent at once to both verifiers in turn."""

    async def run() -> list[Any]:
        headers = {"Authorization": f"Bearer {world.api_keys[SCHOOL]}"}
        async with httpx.AsyncClient(
            headers=headers, timeout=60, trust_env=False, limits=httpx.Limits(max_connections=24)
        ) as client:
            return await asyncio.gather(
                *(
                    ask(client, origins[number % len(origins)], trainee, code)
                    for number, (trainee, code) in enumerate(tries)
                )
            )

    async def ask(client: httpx.AsyncClient, origin: str, trainee: str, code: str) -> Any:
        answer = await client.post(
            f"{origin}/v1/verifications",
            json={
                "trainee": {"id": trainee},
                "course": "C-1",
                "class": "1",
                "session": 1,
                "occasion": "lesson",
                "code": code,
            },
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asyncio.run(run())


def test_equal_codes_at_once_are_accepted_exactly_once_for_each_trainee(
    world: World, origins: tuple[Path, list[str]]
) -> None:
    devices = {f"t{n}": world.register(SCHOOL, f"t{n}") for n in range(TRAINEES)}
    world.now = wall_clock()
    tries = [
        (trainee, world.right_code(device)) for trainee, device in devices.items() for _ in range(4)
    ]
    answers = ask_both(world, origins[1], tries)

    results: dict[str, Counter[str]] = {trainee: Counter() for trainee in devices}
    for (trainee, _), answer in zip(tries, answers, strict=True):
        results[trainee][answer["reason"] or answer["result"]] += 1
    assert set(map(str, results.values())) == {str(Counter({"code-used": 3, "accepted": 1}))}
    accepted = [row for row in world.rows(tables.verification) if row["result"] == "accepted"]
    assert len(accepted) == TRAINEES


def test_wrong_codes_at_once_are_counted_exactly_and_the_lock_holds_on_both(
    world: World, origins: tuple[Path, list[str]]
) -> None:
    trainee = f"t{TRAINEES}"
    device: Device = world.register(SCHOOL, trainee)
    world.now = wall_clock()
    answers = ask_both(world, origins[1], [(trainee, world.wrong_code(device))] * 50)

    said = Counter((answer["reason"], answer["attempts_left"]) for answer in answers)
    assert said == Counter({("locked", 0): 45, **{("code-wrong", left): 1 for left in range(5)}})
    (run,) = (r for r in world.rows(tables.code_run) if r["registration_id"] == device.id)
    failures = [f for f in world.rows(tables.code_failure) if f["registration_id"] == device.id]
    assert (run["run"], len(failures)) == (5, 5)

    world.now = wall_clock()
    right = ask_both(world, origins[1], [(trainee, world.right_code(device))] * 2)
    assert [answer["reason"] for answer in right] == ["locked", "locked"]
