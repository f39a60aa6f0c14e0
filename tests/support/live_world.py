"""Devices of `device_world`, with the verifier in a process of its own."""

import time
from typing import Any, cast

import httpx
import msgspec

from motp_verifier.config import load_config
from motp_verifier.runtime import open_runtime
from motp_verifier.services.messages.port import TextMessage
from tests.support.live_verifier import LiveVerifier
from tests.unit.verifier.device_world import Device, Phones, World


class _Outbox(Phones):
    """Reads what the verifier wrote instead of sending."""

    def __init__(self, live: LiveVerifier) -> None:
        super().__init__()
        self._path = live.data_dir / "outbox.jsonl"

    def code(self) -> str:
        lines = self._path.read_bytes().splitlines()
        self.messages = [TextMessage("", msgspec.json.decode(lines[-1])["text"])]
        return super().code()


class LiveWorld(World):
    """Its clock is this machine's, its surroundings are another process."""

    @property
    def now(self) -> int:
        return time.time_ns() // 1_000_000


def live_device(live: LiveVerifier, client: httpx.Client) -> Device:
    """A device that speaks with a running verifier by `client`, whose base URL is its origin."""
    config = load_config(overrides={"data_dir": str(live.data_dir), "database_url": live.url})
    runtime = open_runtime(config)
    runtime.close()
    world = LiveWorld(config, runtime, cast(Any, client), _Outbox(live), [])
    return Device(world, authority=live.origin.removeprefix("http://"))
