"""Enough of systemd to run the kiosk's unit: notices, the watchdog, starting again.

supervisor = Supervisor(cage_unit(command, "kiosk"), environment, tmp_path, watchdog_seconds=2)
supervisor.start()
assert supervisor.outcome(30) == "watchdog"
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["ended", "failed", "watchdog", "runs"]

_CAGE = '#!/bin/sh\n[ "$1" = -- ] || exit 1\nshift\n"$@"\nexit 0\n'
"""As Debian 12's, which says 0 whatever became of its program, but without a screen."""


def exec_words(unit: str) -> list[str]:
    """`ExecStart=` taken apart, as systemd.service(5) has it for what is quoted here."""
    line = next(each for each in unit.splitlines() if each.startswith("ExecStart="))
    words: list[str] = []
    rest = line.removeprefix("ExecStart=")
    while rest := rest.lstrip():
        word, quoted = "", rest[0] == '"'
        rest = rest[1:] if quoted else rest
        while rest and rest[0] != ('"' if quoted else " "):
            if rest[0] == "\\" or rest[:2] in {"$$", "%%"}:
                rest = rest[1:]
            word, rest = word + rest[0], rest[1:]
        rest = rest[1:]
        words.append(word)
    return words


class Supervisor:
    """Runs one unit; whoever asks it decides when to start again."""

    def __init__(
        self, unit: str, environment: Mapping[str, str], folder: Path, watchdog_seconds: float
    ) -> None:
        cage = folder / "cage"
        cage.write_text(_CAGE)
        cage.chmod(0o755)
        self._words = exec_words(unit.replace("/usr/bin/cage", str(cage)))
        self._environment = dict(environment)
        self._folder = folder
        self._seconds = watchdog_seconds
        self._number = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def start(self, patience: float = 60) -> None:
        """Start, and wait for READY=1: after that the watchdog counts."""
        self.stop()
        self._number += 1
        place, runtime = self._folder / f"notify-{self._number}", self._folder / "runtime"
        shutil.rmtree(runtime, ignore_errors=True)
        runtime.mkdir()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(place))
        told = {
            "NOTIFY_SOCKET": str(place),
            "WATCHDOG_USEC": str(round(self._seconds * 1_000_000)),
            "RUNTIME_DIRECTORY": str(runtime),
        }
        with (self._folder / "unit.log").open("ab") as log:
            # The shell is the main process, as systemd's WATCHDOG_PID says.
            named = 'WATCHDOG_PID=$$ exec "$@"'
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", named, "unit", *self._words],
                env=self._environment | told,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._socket.settimeout(patience)
        assert self._socket.recv(64) == b"READY=1"

    def outcome(self, seconds: float) -> Outcome:
        """What becomes of it within this time. One that is silent is killed, group and all."""
        assert self._process is not None
        assert self._socket is not None
        self._socket.settimeout(0.05)
        end, heard = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < end:
            try:
                if self._socket.recv(64) == b"WATCHDOG=1":
                    heard = time.monotonic()
            except TimeoutError:
                pass
            code = self._process.poll()
            if code is not None:
                return "failed" if code else "ended"
            if time.monotonic() - heard > self._seconds:
                self.stop()
                return "watchdog"
        return "runs"

    def signal_app(self, number: signal.Signals) -> None:
        """To the kiosk itself, below the shells."""
        os.kill(self._app(), number)

    def stop(self) -> None:
        """Nothing of it stays."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _app(self) -> int:
        """The one of the group that is no shell."""
        assert self._process is not None
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                pid = int(folder.name)
                is_ours = os.getpgid(pid) == self._process.pid
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if is_ours and words[1:3] == [b"-m", b"motp_desktop"]:
                return pid
        raise AssertionError("the kiosk is not running")
