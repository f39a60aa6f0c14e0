"""What the figures were measured on."""

import contextlib
import os
import platform
from pathlib import Path


def describe() -> str:
    """One sentence: processor, cores, memory, system, Python."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"{os.cpu_count()} cores ({cpu}), {memory_mib() / 1024:.0f} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def memory_mib() -> int:
    """How much memory there is."""
    return int(Path("/proc/meminfo").read_text().split()[1]) // 1024


def forget_cached_files() -> None:
    """Let the system forget files that it holds in memory, where this user may have it do so.

    A run before may have filled the memory with databases. Then what sleeps a second loses its
    own pages, and waking up costs it three times as much.
    """
    with contextlib.suppress(OSError):
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
