"""The sample training site beside the verifier: a process of its own, as it is elsewhere."""

import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from demo.stack import INSTITUTION

ROOT = Path(__file__).parents[1]
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0


def policy(origin: str) -> str:
    """The institution's policy, for a site at this origin: pop-ups, and forms from its pages."""
    return (
        f'[popup]\norigins = ["{origin}"]\n\n'
        "[form_interface]\nenabled = true\nbrowser = true\n"
        f'origins = ["{origin}"]\naddresses = ["127.0.0.1"]\n'
    )


class SiteProcess:
    """`python -m examples.training_site` on a loopback port, as a context manager."""

    def __init__(self, folder: Path, accounts: Path, api_key: str, port: int) -> None:
        self._folder = folder
        self._accounts = accounts
        self._api_key = api_key
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        # Not 127.0.0.1: beside the verifier it then is another site, as it is on the Internet.
        self.origin = f"http://localhost:{port}"

    def start(self, verifier: str) -> None:
        """Start, and wait until it listens. RuntimeError where it does not."""
        self._folder.mkdir(parents=True, exist_ok=True)
        key = self._folder / "site.key"
        key.touch(mode=0o600)
        key.write_text(self._api_key, encoding="ascii")
        options = {
            "--verifier": verifier,
            "--institution": INSTITUTION,
            "--api-key-file": str(key),
            "--accounts": str(self._accounts),
            "--records": str(self._folder / "attendance.sqlite3"),
            "--port": str(self._port),
        }
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "examples.training_site"),
                *(word for option in options.items() for word in option),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._process = process
        assert process.stdout is not None  # noqa: S101 - it was asked for
        # Whatever hangs, the first line ends: with it, or with the process.
        too_late = threading.Timer(_START_SECONDS, process.kill)
        too_late.start()
        said = process.stdout.readline()
        too_late.cancel()
        if self.origin not in said:
            self.stop()
            raise RuntimeError(f"the training site did not start: {said}")

    def stop(self) -> None:
        """Ask it to stop, and make sure that it does."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.communicate(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
