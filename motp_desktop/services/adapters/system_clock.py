"""This PC's clocks."""

import sys
import time

# Elsewhere than on Windows, time.monotonic stands still while the PC sleeps.
_CLOCKS_THAT_RUN_IN_SLEEP = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}


class SystemClock:
    """Implements `ports.Clock`."""

    def now_ms(self) -> int:
        """The system clock since 1970, in milliseconds."""
        return time.time_ns() // 1_000_000

    def elapsed_ms(self) -> int:
        """Milliseconds since a fixed moment, sleep included."""
        return _elapsed_ns() // 1_000_000


def _elapsed_ns() -> int:
    name = _CLOCKS_THAT_RUN_IN_SLEEP.get(sys.platform)
    # Windows: the counter that time.monotonic reads goes on during sleep.
    return time.clock_gettime_ns(getattr(time, name)) if name else time.monotonic_ns()
