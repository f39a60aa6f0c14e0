"""`motp-verifier serve` as people start it, over a data set."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.cpu import resident_mib, tree
from bench.data import DataSet

_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Verifier:
    """A running verifier; `started_in` is the time until it took requests, in seconds."""

    data: DataSet
    origin: str
    process: int
    started_in: float

    def processes(self) -> set[int]:
        """Its own processes."""
        return tree(self.process)

    def memory(self) -> float:
        """What the largest of its processes holds, in MiB."""
        return max(resident_mib(each) for each in self.processes())


@contextmanager
def running(data: DataSet, *, workers: int = 1) -> Iterator[Verifier]:
    """A verifier with so many processes, until the end of the block."""
    file = data.config_file(workers=workers)
    with (data.folder / "verifier.log").open("wb") as log:
        before = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "motp_verifier", "serve", "--config", str(file)],
            stdout=subprocess.PIPE, stderr=log, text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            line = _first_line(process)
            origin = line.rpartition(" ")[2]
            yield Verifier(data, origin, process.pid, time.perf_counter() - before)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE_SECONDS)
            if process.stdout is not None:
                process.stdout.close()


def _first_line(process: "subprocess.Popen[str]") -> str:
    if process.stdout is None:
        raise RuntimeError("its output is not piped")
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(_PATIENCE_SECONDS):
            raise RuntimeError("the verifier does not start: see verifier.log")
    line = process.stdout.readline().strip()
    if not line.startswith("listening on "):
        raise RuntimeError(f"the verifier does not start: see verifier.log ({line})")
    return line
