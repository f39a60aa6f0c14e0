"""Devices of `device_world`, with the verifier in a process of its own."""

import time
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec

from motp_verifier.config import Config
from motp_verifier.runtime import open_runtime
from motp_verifier.services.messages.port import TextMessage
from tests.unit.verifier.device_world import Device, Phones, World


class _Outbox(Phones):
    """Reads what the verifier wrote instead of sending."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def code(self) -> str:
        lines = self._path.read_bytes().splitlines()
        self.messages = [TextMessage("", msgspec.json.decode(lines[-1])["text"])]
        return super().code()


class LiveWorld(World):
    """Its clock is this machine's, its surroundings are another process."""

    @property
    def now(self) -> int:
        return time.time_ns() // 1_000_000


def live_world(config: Config, client: httpx.Client) -> LiveWorld:
    """What surrounds a running verifier that `client` asks; its base URL is the origin."""
    runtime = open_runtime(config)
    runtime.close()
    return LiveWorld(config, runtime, cast(Any, client), _Outbox(config.outbox()), [])


def live_device(world: World) -> Device:
    """A device that speaks with it."""
    return Device(world, authority=cast(httpx.Client, world.client).base_url.netloc.decode())
