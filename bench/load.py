"""Load from `wrk`: checks with codes of this moment, each (trainee, code) pair once.

wrk is a C program with a LuaJIT script: the cheapest way found to send prepared requests, on
cores that the load tool shares with what it measures.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.people import PROFILE, pairwise_id, seed
from motp_protocol.code import milliseconds_left, step_at
from motp_protocol.code import _code_bytes as fast_code

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. Latencies are in milliseconds, `cpu` in seconds by who used it."""

    per_second: float
    p50: float
    p99: float
    requests: int
    refused: int
    cpu: dict[str, float]

    def cpu_each(self, who: str) -> float:
        """Microseconds of processor time for each request."""
        return self.cpu.get(who, 0.0) * 1e6 / max(1, self.requests)


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def wait_for_a_whole(seconds: float) -> int:
    """Wait until the present step lasts so long; its number."""
    left = milliseconds_left(now_ms(), PROFILE) / 1000
    if left < seconds:
        time.sleep(left + 0.05)
    return step_at(now_ms(), PROFILE)


def bodies(numbers: Iterator[int], step: int, count: int, *, wrong: bool = False) -> Iterator[str]:
    """Requests with the code of one step, or with one that is wrong."""
    for number in (next(numbers) for _ in range(count)):
        secret = seed(number)
        code = fast_code(secret, step, PROFILE).decode()
        if wrong:
            window = {fast_code(secret, step + off, PROFILE).decode() for off in range(-2, 4)}
            code = next(each for each in ("000000", "000001", "000002", "000003", "000004",
                                          "000005", "000006") if each not in window)
        yield (
            f'{{"trainee":{{"id":"{pairwise_id(number)}"}},"course":"safety","class":"2026-1",'
            f'"session":12,"occasion":"lesson","code":"{code}","client_ip":"203.0.113.7"}}'
        )


def run_wrk(
    url: str, connections: int, seconds: float, script: str, environment: dict[str, str]
) -> tuple[dict[str, float], float]:
    """What wrk counted, and the processor time that it used itself."""
    before = os.times()
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "20s",
         "-s", str(HERE / script), url],
        check=True, capture_output=True, text=True, env=os.environ | environment,
    )  # fmt: skip
    after = os.times()
    used = after.children_user - before.children_user
    used += after.children_system - before.children_system
    return json.loads(done.stdout.strip().splitlines()[-1]), used
