"""A session of the staff ends within a second, whatever it has open, in every process."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from demo.stack import VerifierProcess
from motp_verifier.cli import main
from tests.support.live_staff import LiveStaff, live_staff

PATIENCE_SECONDS = 20


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[str]:
    with VerifierProcess(tmp_path) as process:
        yield process.origin


def watched(origin: str, token: str, opened: threading.Event, ended: list[float]) -> None:
    """Follow the events until the stream ends, and note when that was."""
    headers = {"Authorization": f"Bearer {token}"}
    with (
        httpx.Client(base_url=origin, headers=headers, timeout=30, trust_env=False) as client,
        client.stream("GET", "/v1/helpdesk/events") as stream,
    ):
        for line in stream.iter_lines():
            if line.startswith(":"):
                opened.set()
    ended.append(time.monotonic())


@pytest.mark.parametrize("how", ["sign-out", "admin", "disable", "reset"])
def test_a_session_and_its_stream_end_within_a_second(
    tmp_path: Path, origin: str, how: str
) -> None:
    helper = live_staff(tmp_path, origin, "kim", "helpdesk")
    opened, ended = threading.Event(), list[float]()
    watching = threading.Thread(
        target=watched, args=(origin, helper.token, opened, ended), daemon=True
    )
    watching.start()
    assert opened.wait(PATIENCE_SECONDS)
    end = ending(tmp_path, origin, helper, how)
    end()
    began = time.monotonic()
    assert helper.ask("GET", "sessions/current").status_code == 401
    assert time.monotonic() - began < 1
    watching.join(PATIENCE_SECONDS)
    assert ended, "the stream goes on"
    assert ended[0] - began < 1


def ending(tmp_path: Path, origin: str, helper: LiveStaff, how: str) -> Callable[[], object]:
    """What ends the session of the helper."""
    if how == "sign-out":
        return lambda: helper.ask("DELETE", "sessions/current")
    if how == "admin":
        admin = live_staff(tmp_path, origin, "root", "admin")
        sessions = admin.ask("GET", "sessions").json()["sessions"]
        (kims,) = (each["session_id"] for each in sessions if each["name"] == "kim")
        return lambda: admin.ask("DELETE", f"sessions/{kims}")
    words = ["staff", how, "kim", "--data-dir", str(tmp_path)]
    return lambda: CliRunner().invoke(main, words)
