"""Who is in the bare Debian: a verifier as its unit starts it, and a trainee at the app."""

import json
import re
import shlex
import shutil
import socket
import subprocess
from types import TracebackType
from typing import Any, Self

from tests.architecture.imports import ROOT
from tests.packages.bare_debian import BareDebian

SETTINGS = "/etc/motp/verifier.toml"
UNIT = "/lib/systemd/system/motp-verifier.service"
_PATIENCE_SECONDS = 40
_DRIVER = (
    "tests/__init__.py",
    "tests/packages/__init__.py",
    "tests/packages/trainee.py",
    "tests/support/__init__.py",
    "tests/support/graphical_session.py",
    "tests/support/screen_reader.py",
)


class InstalledVerifier:
    """A context manager that runs what the unit says, as the user that it says."""

    def __init__(self, debian: BareDebian) -> None:
        self._debian = debian
        unit = debian.path(UNIT).read_text("utf-8")
        (user,) = re.findall(r"^User=(\w+)$", unit, re.MULTILINE)
        (command,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
        self._user, self._command = user, shlex.split(command)

    def __enter__(self) -> Self:
        self._process = self._debian.start(*self._command, user=self._user)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        found = re.match(r"listening on (\S+)", said)
        assert found is not None, said
        self.origin = found[1]
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        self._process.terminate()
        try:
            self._process.communicate(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        assert self._process.returncode == 0 or kind is not None

    def identity_code(self) -> str:
        """What the newest text message says."""
        outbox = self._debian.path("/var/lib/motp/outbox.jsonl").read_text("utf-8")
        found = re.search(r"\b\d{6}\b", json.loads(outbox.splitlines()[-1])["text"])
        assert found is not None
        return found[0]


class TraineeAtTheApp:
    """A context manager: somebody without rights, at a desktop of their own."""

    def __init__(self, debian: BareDebian, user: str) -> None:
        self._debian = debian
        self._user = user
        for name in _DRIVER:
            place = debian.path(f"/srv/driver/{name}")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place)
        subprocess.run(["chmod", "-R", "a+rX", debian.path("/srv/driver")], check=True)

    def __enter__(self) -> Self:
        python = "/usr/lib/motp-desktop/bin/python3"
        self._process = self._debian.start(
            *("env", "PYTHONPATH=/srv/driver", "PYTHONDONTWRITEBYTECODE=1"),
            *(python, "-m", "tests.packages.trainee", f"/home/{self._user}/session"),
            user=self._user,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate(timeout=_PATIENCE_SECONDS)  # nothing more is ordered
        assert self._process.returncode == 0 or kind is not None

    def do(self, order: str, *given: str) -> Any:
        """Have something done; what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([order, *given]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the trainee could not {order}"
        return json.loads(answer)


def free_port() -> int:
    """One on which nobody listens now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
