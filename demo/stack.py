"""A verifier of one's own: a real process on loopback, with a sample institution and roster."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

INSTITUTION = "hanbit"
INSTITUTION_NAME = "한빛훈련원"
TRAINEE_NAME = "홍길동"
TRAINEE_PHONE = "010-1234-5678"
ROSTER = """\
아이디,이름,전화번호
hong,홍길동,010-1234-5678
kim,김영희,010-2345-6789
lee,이산,010-3456-7890
"""

_START_SECONDS = 30.0
_STOP_SECONDS = 10.0


class VerifierProcess:
    """`motp-verifier serve` on a free loopback port, as a context manager."""

    def __init__(self, data_dir: Path, *arguments: str) -> None:
        self.data_dir = data_dir
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None
        self.origin = ""

    @property
    def log(self) -> Path:
        """Where the process writes what it has to say."""
        return self.data_dir / "verifier.log"

    @property
    def pid(self) -> int:
        """The process's number, for those who mean to kill it."""
        assert self._process is not None  # noqa: S101 - started before
        return self._process.pid

    def start(self, port: int = 0) -> None:
        """Start, and wait until it listens. RuntimeError, with its last words, if it does not."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        begin = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_command("serve", self.data_dir), "--port", str(port), *self._arguments],
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            said = self.log.read_bytes()[begin:].decode("utf-8", "replace")
            listening = said.partition("listening on ")[2]
            if "\n" in listening:
                self.origin = listening.split()[0]
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the verifier did not start: {self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        """Ask it to stop, and make sure that it does."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_STOP_SECONDS)
        self._process = None

    def wait_killed(self) -> int:
        """Wait for a process that kills itself, and say how it ended."""
        assert self._process is not None  # noqa: S101 - started before
        code = self._process.wait(_STOP_SECONDS)
        self._process = None
        return code

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


@dataclass(frozen=True, slots=True)
class Site:
    """A training site: it holds an API key and asks the verifier about codes."""

    origin: str
    api_key: str

    def check(self, code: str, *, name: str = TRAINEE_NAME, phone: str = TRAINEE_PHONE) -> str:
        """`accepted`, or the reason why the code was not."""
        answer = requests.post(
            f"{self.origin}/v1/verifications",
            json={
                "trainee": {"name": name, "phone": phone},
                "course": "safety",
                "class": "2026-1",
                "session": 0,
                "occasion": "entry",
                "code": code,
            },
            headers={"Authorization": f"Bearer {self.api_key}"},
            timeout=10,
        )
        result = answer.json()
        return str(result.get("reason") or result.get("result") or result.get("type"))


def add_institution(data_dir: Path, *arguments: str, roster: str = ROSTER) -> str:
    """Add the sample institution with its roster; its API key."""
    data_dir.mkdir(parents=True, exist_ok=True)
    said = _run(
        "institution", "add", data_dir, "--id", INSTITUTION, "--name", INSTITUTION_NAME, *arguments
    )
    key = next(word for word in said.split() if word.startswith("motp_"))
    import_roster(data_dir, *arguments, roster=roster)
    return key


def import_roster(data_dir: Path, *arguments: str, roster: str = ROSTER) -> Path:
    """Give the sample institution this roster; the file that it was read from."""
    file = data_dir / "roster.csv"
    file.write_text(roster, encoding="utf-8")
    _run("roster", "import", data_dir, "--institution", INSTITUTION, str(file), *arguments)
    return file


def text_messages(data_dir: Path) -> list[str]:
    """The text messages sent so far, the oldest first."""
    outbox = data_dir / "outbox.jsonl"
    if not outbox.exists():
        return []
    lines = outbox.read_text(encoding="utf-8").splitlines()
    return [str(json.loads(line)["text"]) for line in lines]


def _run(group: str, command: str, data_dir: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*_command(group, data_dir, command), *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    if done.returncode != 0:
        raise RuntimeError(f"motp-verifier {group} {command}: {done.stderr or done.stdout}")
    return done.stdout


def _command(first: str, data_dir: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "motp_verifier", first, *more, "--data-dir", str(data_dir)]
