"""`kill -9` at every step of every write: what a device repeats afterwards works.

A verifier process is told at which step to kill itself. The device's request gets no
answer; the verifier is started again; the device does what an app does, and goes on.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
import pytest

from motp_verifier.config import load_config
from motp_verifier.runtime import open_runtime
from motp_verifier.services.messages.port import TextMessage
from tests.unit.verifier.device_world import Device, Phones, World

_SERVE = """
import os, signal, sys
from motp_verifier.config import load_config
from motp_verifier.serve import serve

def on_step(step):
    if step == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

config = load_config(overrides={"data_dir": sys.argv[1], "port": sys.argv[2]})
serve(config, on_step=on_step)
"""
_OPERATIONS = (
    "enrolment-start",
    "enrolment-identity",
    "enrolment-confirm",
    "unlock",
    "pin",
    "reset",
)
_STEPS = [f"{each}:{at}" for each in _OPERATIONS for at in ("begin", "commit", "answer")]


class _Outbox(Phones):
    """Reads what the verifier wrote instead of sending."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def code(self) -> str:
        lines = self.path.read_bytes().splitlines()
        self.messages = [TextMessage("", msgspec.json.decode(line)["text"]) for line in lines]
        return super().code()


class _LiveWorld(World):
    """The verifier is another process; its clock is this machine's."""

    @property
    def now(self) -> int:
        return time.time_ns() // 1_000_000


@contextmanager
def _verifier(folder: Path, port: int, fatal: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(folder), str(port), fatal],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        yield process, int(line.rpartition(":")[2])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        cast(Any, process.stdout).close()


def _world(folder: Path, port: int, client: httpx.Client) -> World:
    config = load_config(overrides={"data_dir": str(folder), "port": port})
    runtime = open_runtime(config)
    runtime.close()
    return _LiveWorld(config, runtime, cast(Any, client), _Outbox(config.outbox()), [])


def _journey(device: Device, after: int) -> int:
    """Do the steps from number `after`; the number of the step that got no answer."""
    steps: tuple[tuple[Callable[[], httpx.Response], int], ...] = (
        (device.begin, 202),
        (device.prove, 200),
        (device.confirm, 201),
        (device.unlock, 200),
        (lambda: device.change_pin("new", try_="b"), 200),
        (device.reset, 204),
    )
    for number, (step, expected) in enumerate(steps):
        if number < after:
            continue
        try:
            answer = step()
        except httpx.TransportError:
            return number
        assert answer.status_code == expected, (number, answer.text)
    return len(steps)


@pytest.mark.parametrize("fatal", _STEPS)
def test_a_device_goes_on_after_the_verifier_was_killed(tmp_path: Path, fatal: str) -> None:
    folder = tmp_path / "data"
    killed_in = _OPERATIONS.index(fatal.partition(":")[0])
    with httpx.Client(timeout=20) as client, _verifier(folder, 0, fatal) as (process, port):
        client.base_url = f"http://127.0.0.1:{port}"
        world = _world(folder, port, client)
        world.add_trainee()
        device = Device(world, authority=f"127.0.0.1:{port}")
        assert _journey(device, 0) == killed_in
        assert process.wait(20) == -signal.SIGKILL
        client.close()
    with httpx.Client(timeout=20) as client, _verifier(folder, port, "") as (process, _):
        client.base_url = f"http://127.0.0.1:{port}"
        device.world = _world(folder, port, client)
        if fatal == "enrolment-start:answer":
            # The message never left: the device asks for another when it may.
            assert device.begin().json()["identity"]["resend_after"] > 0
            return
        assert _journey(device, killed_in) == len(_OPERATIONS)
