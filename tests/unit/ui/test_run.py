"""The app as a process: it ends when told to, and a second one gives way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def start(folder: Path) -> subprocess.Popen[str]:
    """The app, without a screen, for a verifier that is not there."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "motp_desktop", "--data-dir", str(folder)),
            *("--verifier", "http://127.0.0.1:9"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def wait_for(path: Path, seconds: float = 20) -> None:
    """Until a file is there."""
    until = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > until:
            pytest.fail(f"{path.name} did not appear")
        time.sleep(0.02)


def test_a_second_start_gives_way_and_a_signal_ends_the_first(tmp_path: Path) -> None:
    first = start(tmp_path / "data")
    try:
        wait_for(tmp_path / "data" / "instance.lock")
        second = start(tmp_path / "data")
        second.communicate(timeout=20)
        assert second.returncode == 0
        before = time.monotonic()
        first.send_signal(signal.SIGTERM)
        _, said = first.communicate(timeout=20)
    finally:
        first.kill()
    assert first.returncode == 0, said
    assert time.monotonic() - before < 5
    assert "unexpected" not in said
    assert not (tmp_path / "data" / "instance.lock").exists()
