"""A verifier that kills itself at a step of its own, as `kill -9` would.

It is `motp_verifier.serve.serve` in a process of its own. A file, read at each step, names the
step at which to die: `<operation>:<moment>` (see `GroupedStore`). It is taken away first, so
that the next process lives.

`python -m tests.support.killing_verifier FOLDER PORT` runs one by hand.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from demo.stack import VerifierProcess
from motp_verifier.config import load_config
from motp_verifier.serve import serve
from tests.support.live_verifier import LiveVerifier, prepare
from tests.support.nursery import Nursery

MOMENTS = ("begin", "commit", "answer")
"""Of each write; of these only the last comes after the commit."""

_PATIENCE_SECONDS = 30


def run(folder: str, port: int, url: str = "") -> None:
    """Serve until told to stop, or until the fatal step."""
    fatal, idle = _fatal(Path(folder)), _idle(Path(folder))

    def on_step(step: str) -> None:
        if fatal.exists() and fatal.read_text("utf-8") == step:
            fatal.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        if step == "tidy:answer":
            idle.touch()

    settings = {"data_dir": folder, "port": port, "identity": "outbox", "database_url": url}
    if (policies := Path(folder) / "policies").is_dir():
        settings["policy_dir"] = str(policies)
    serve(load_config(overrides=settings), on_step=on_step)


class KillingVerifier(VerifierProcess):
    """The process as its parent sees it, who decides where it dies."""

    def __init__(self, data_dir: Path, nursery: Nursery, url: str = "") -> None:
        super().__init__(data_dir)
        self._nursery = nursery
        self._url = url
        self._child: int | None = None

    def start(self, port: int = 0) -> None:
        """Start, and wait until it listens and is done with the work that it begins with."""
        _idle(self.data_dir).unlink(missing_ok=True)
        begin = self.log.stat().st_size if self.log.exists() else 0
        self._child = self._nursery.start(
            "tests.support.killing_verifier:run",
            self.log,
            folder=str(self.data_dir),
            port=port,
            url=self._url,
        )
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not (said := self._announced(begin)) or not _idle(self.data_dir).exists():
            assert time.monotonic() < deadline, self.log.read_text("utf-8")
            time.sleep(0.005)
        self.origin = said

    def stop(self) -> None:
        """Ask it to stop, unless it is dead."""
        if self._child is not None:
            self._end(signal.SIGTERM, 0)

    def kill(self) -> None:
        """Kill it between two requests."""
        self._end(signal.SIGKILL, -signal.SIGKILL)

    def arm(self, step: str) -> None:
        """Make it die when it next reaches this step."""
        draft = self.data_dir / "fatal.draft"
        draft.write_text(step, "utf-8")
        draft.replace(_fatal(self.data_dir))

    def wait_killed(self) -> int:
        """Wait for a process that kills itself, and say how it ended."""
        assert self._child is not None
        ended, self._child = self._nursery.wait(self._child), None
        return ended

    def restart(self) -> None:
        """Start again where it was: the origin is part of every vault."""
        self.start(int(self.origin.rpartition(":")[2]))

    def _end(self, number: signal.Signals, expected: int) -> None:
        assert self._child is not None
        os.kill(self._child, number)
        ended = self.wait_killed()
        assert ended == expected, self.log.read_text("utf-8")

    def _announced(self, begin: int) -> str:
        said = self.log.read_bytes()[begin:].decode("utf-8", "replace") if self.log.exists() else ""
        listening = said.partition("listening on ")[2]
        return listening.split()[0] if "\n" in listening else ""


class Killable(LiveVerifier):
    """A verifier with a roster that dies where it is told to, and is started again."""

    process: KillingVerifier

    @contextlib.contextmanager
    def dying_at(self, step: str) -> Iterator[None]:
        """It dies in the block, and lives again after it."""
        self.process.arm(step)
        yield
        assert self.process.wait_killed() == -signal.SIGKILL
        self.process.restart()


@contextlib.contextmanager
def killable_verifier(folder: Path, url: str = "") -> Iterator[Killable]:
    """One that runs; `url` as in `prepare`."""
    api_key = prepare(folder, url)
    with Nursery() as nursery, KillingVerifier(folder, nursery, url) as process:
        yield Killable(process, api_key, url)


def _fatal(folder: Path) -> Path:
    return folder / "fatal-step"


def _idle(folder: Path) -> Path:
    return folder / "idle"


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
