"""Waiting for what another process does by itself."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 30.0


def wait_until(happened: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Come back as soon as it happened; AssertionError where it does not in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
