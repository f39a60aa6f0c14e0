"""How much processor time processes have used."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> set[int]:
    """A process and all that it started, directly or not."""
    found, left = set(), [root]
    while left:
        process = left.pop()
        found.add(process)
        try:
            told = Path(f"/proc/{process}/task/{process}/children").read_text()
        except FileNotFoundError:
            continue
        left += [int(each) for each in told.split()]
    return found


def used(processes: Iterable[int]) -> float:
    """Seconds of user and system time of those that still run."""
    total = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def resident_mib(process: int) -> float:
    """Memory that is the process's alone or shared in part (proportional set size)."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
