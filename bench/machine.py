"""What the figures were measured on."""

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
