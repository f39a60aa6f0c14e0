"""The verifier's processes: started by forking, killed at any moment, started again in place."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from motp_verifier.config import load_config
from motp_verifier.serve import serve
from tests.support.nursery import Nursery

_PATIENCE_SECONDS = 40.0
_SETTINGS = """\
data_dir = "{folder}"
database_connections = 4
site_requests = "100000000/minute"
site_failures = "100000000/minute"
"""


def run(config: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    serve(load_config(Path(config), {}, {"port": port, "workers": workers}))


class Verifier:
    """One `serve`: by one process, or by several workers under a parent."""

    def __init__(self, nursery: Nursery, config: Path, number: int, workers: int) -> None:
        self._nursery = nursery
        self._config = config
        self._workers = workers
        self._log = config.with_name(f"verifier-{number}.log")
        self._victims = 0
        self._begin = 0
        self._process: int | None = None
        self.origin = ""

    def start(self) -> None:
        """Start where it was, and wait until it listens."""
        self.launch()
        self.wait_until_listening()

    def launch(self) -> None:
        """Begin to start where it was."""
        self._log.touch()
        self._begin = self._log.stat().st_size
        self._process = self._nursery.start(
            "tests.chaos.fleet:run",
            self._log,
            config=str(self._config),
            port=int(self.origin.rpartition(":")[2] or 0),
            workers=self._workers,
        )

    def wait_until_listening(self) -> None:
        """Wait for what was launched. Raises RuntimeError, with its log, where it ends."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not (said := self._announced()):
            if time.monotonic() > deadline or self._has_ended():
                raise RuntimeError(self._log.read_text("utf-8"))
            time.sleep(0.005)
        self.origin = said

    def kill(self) -> None:
        """`kill -9` of the process that serves, or of one worker after the other."""
        assert self._process is not None
        children = _children(self._process) if self._workers > 1 else []
        if children:
            # Whose parent replaces it.
            os.kill(children[self._victims % len(children)], signal.SIGKILL)
            self._victims += 1
            return
        os.kill(self._process, signal.SIGKILL)
        self._nursery.wait(self._process)
        self._process = None
        self.start()

    def stop(self) -> None:
        """End it in good order."""
        if self._process is None:
            return
        os.kill(self._process, signal.SIGTERM)
        ended, self._process = self._nursery.wait(self._process), None
        if ended != 0:
            raise RuntimeError(f"ended with {ended}: {self._log.read_text('utf-8')}")

    def seal_all(self, is_sealed: Callable[[], bool]) -> None:
        """Start one process, which begins by sealing what there is, and stop it then."""
        self._workers = 1
        self.start()
        self.wait_for(is_sealed)
        self.stop()

    def wait_for(self, happened: Callable[[], bool]) -> None:
        """Wait for what it does by itself. Raises RuntimeError, with its log."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not happened():
            if time.monotonic() > deadline:
                raise RuntimeError(self._log.read_text("utf-8"))
            time.sleep(0.02)

    def errors(self) -> list[str]:
        """What the log tells of faults of the program's own."""
        lines = self._log.read_text("utf-8").splitlines()
        return [line for line in lines if "Traceback" in line]

    def _announced(self) -> str:
        said = self._log.read_bytes()[self._begin :].decode("utf-8", "replace")
        listening = said.partition("listening on ")[2]
        return listening.split()[0] if "\n" in listening else ""

    def _has_ended(self) -> bool:
        # A child that nobody waited for yet is a zombie.
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self._process}/stat").read_text().rpartition(")")[2][1] == "Z"
        return True


@contextlib.contextmanager
def verifiers(folder: Path, url: str, number: int, workers: int = 1) -> Iterator[list[Verifier]]:
    """So many servers over one database; SQLite where `url` is empty."""
    config = folder / "config.toml"
    database = f'database_url = "{url}"\n' if url else ""
    config.write_text(_SETTINGS.format(folder=folder) + database, "utf-8")
    with Nursery() as nursery:
        fleet = [Verifier(nursery, config, each, workers) for each in range(number)]
        for each in fleet:
            each.launch()
        for each in fleet:
            each.wait_until_listening()
        yield fleet


def _children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return sorted(int(each) for each in path.read_text().split())
