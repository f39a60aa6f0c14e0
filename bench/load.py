"""Load from `wrk`: checks with codes of this moment, each (trainee, code) pair once.

wrk is a C program with a LuaJIT script: the cheapest way found to send prepared requests, on
cores that the load tool shares with what it measures.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.cpu import used
from bench.people import PROFILE, pairwise_id, seed
from bench.verifier import Verifier
from motp_protocol.code import WINDOW_STEPS, matching_step, step_at
from motp_protocol.code import _code_bytes as fast_code

HERE = Path(__file__).parent
_AS_WANTED = 0.99
"""Where a run begins among those of the one before it, a code is refused."""

_WRK = shutil.which("wrk") or "wrk"
_PRIME = 7_368_787
"""Steps through a data set so that neighbours in time are no neighbours in the database."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. Latencies are in milliseconds, processor times in microseconds a request."""

    per_second: float
    p50: float
    p99: float
    requests: int
    cpu_server: float = 0.0
    cpu_database: float = 0.0
    cpu_load: float = 0.0


class Tries:
    """An endless row of trainees of a data set, each of them at most once in `size`."""

    def __init__(self, size: int, first: int) -> None:
        self._size = size
        self._numbers = count(first)

    def bodies(self, amount: int, *, wrong: bool = False) -> Iterator[str]:
        """Requests with the present code, or with one that is wrong."""
        step = step_at(_now_ms(), PROFILE)
        for _ in range(amount):
            number = next(self._numbers) * _PRIME % self._size
            code = _wrong_code(number) if wrong else fast_code(seed(number), step, PROFILE).decode()
            yield (
                f'{{"trainee":{{"id":"{pairwise_id(number)}"}},"course":"safety",'
                f'"class":"2026-1","session":12,"occasion":"lesson","code":"{code}",'
                '"client_ip":"203.0.113.7"}'
            )


def check_codes(
    verifier: Verifier, tries: Tries, connections: int, seconds: float, *,
    most: int, wrong: bool = False, database: set[int] | None = None, may_run_out: bool = False,
) -> Measured:  # fmt: skip
    """Have codes checked for so long, at most so many. `database` are its processes.

    Raises RuntimeError where they did not end as they should, and where they were used up
    before the end: wrk's time goes on, and the rate would be too low.
    """
    file = verifier.data.folder / "bodies.jsonl"
    with file.open("w", encoding="ascii") as lines:
        lines.writelines(f"{body}\n" for body in tries.bodies(most, wrong=wrong))
    began = _now_ms()
    measured = run_wrk(
        verifier,
        "/v1/verifications",
        "checks.lua",
        connections=connections,
        seconds=seconds,
        environment={"MOTP_BENCH_BODIES": str(file), "MOTP_BENCH_KEY": verifier.data.api_key},
        database=database or set(),
    )
    used_up = measured.requests >= most - connections
    if used_up and seconds >= 1 and not may_run_out:  # a shorter one is no measurement
        raise RuntimeError(f"{most} requests were used up before {seconds} seconds were over")
    results = verifier.data.results_since(began)
    wanted = "code-wrong" if wrong else "accepted"
    if results[wanted] < _AS_WANTED * results.total():
        raise RuntimeError(f"other checks were measured than {wanted}: {dict(results)}")
    return measured


def bare_route(verifier: Verifier, connections: int, seconds: float) -> Measured:
    """The service's description: a JSON route of the same server that asks no database."""
    return run_wrk(verifier, "/v1/service", "report.lua", connections=connections, seconds=seconds)


def run_wrk(
    verifier: Verifier,
    path: str,
    script: str,
    *,
    connections: int,
    seconds: float,
    environment: dict[str, str] | None = None,
    database: set[int] | None = None,
) -> Measured:
    """What wrk counted. Raises RuntimeError where anything but 200 was answered."""
    own = verifier.processes()
    before = os.times(), used(own), used(database or ())
    done = subprocess.run(
        [_WRK, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s",
         "-s", str(HERE / script), f"{verifier.origin}{path}"],
        check=True, capture_output=True, text=True, env=os.environ | (environment or {}),
    )  # fmt: skip
    after = os.times(), used(own), used(database or ())
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if told["refused"] or told["broken"]:
        raise RuntimeError(f"not every request was answered by 200: {told}")
    requests = told["requests"]
    load = sum(after[0][2:4]) - sum(before[0][2:4])
    each = 1e6 / max(1, requests)
    return Measured(
        requests / told["seconds"], told["p50"], told["p99"], requests,
        (after[1] - before[1]) * each, (after[2] - before[2]) * each, load * each,
    )  # fmt: skip


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _wrong_code(number: int) -> str:
    """One that is wrong now and for some minutes to come."""
    now = _now_ms()
    step_ms = PROFILE.period * 1000
    secret = seed(number)
    return next(
        code
        for code in (f"{guess:06}" for guess in count(number % 1000))
        if all(
            matching_step(secret, code, now + steps * step_ms, PROFILE) is None
            for steps in range(0, 10, 2 * WINDOW_STEPS + 1)
        )
    )
