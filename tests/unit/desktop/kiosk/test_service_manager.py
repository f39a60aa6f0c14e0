"""What the kiosk tells systemd, at a real datagram socket."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_desktop.services.adapters.service_manager import ServiceManager


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    """The name that systemd would give, and its end of the socket."""
    name = str(tmp_path / "notify") if request.param == "path" else f"@motp-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
        ours.bind(f"\0{name[1:]}" if name.startswith("@") else name)
        ours.settimeout(5)
        yield name, ours


def test_each_word_is_one_datagram(manager: tuple[str, socket.socket]) -> None:
    name, ours = manager
    kiosk = ServiceManager({"NOTIFY_SOCKET": name})
    for say in (kiosk.ready, kiosk.alive, kiosk.stopping):
        say()
    assert [ours.recv(99) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_a_process_hears_of_its_manager_by_its_environment(
    manager: tuple[str, socket.socket],
) -> None:
    name, ours = manager
    program = (
        "from motp_desktop.services.adapters.service_manager import ServiceManager as M;"
        "print(M().every_seconds); M().ready()"
    )
    told = {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "15000000", "WATCHDOG_PID": "1"}
    child = [sys.executable, "-c", program]
    done = subprocess.run(
        ["/usr/bin/env", "-u", "WATCHDOG_PID", *child],
        env={**os.environ, **told},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "7.5", "below the main process, WATCHDOG_PID is left out"
    assert ours.recv(99) == b"READY=1"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"WATCHDOG_USEC": "15000000"}, 7.5),
        ({"WATCHDOG_USEC": "15000000", "WATCHDOG_PID": "42"}, 7.5),
        ({"WATCHDOG_USEC": "15000000", "WATCHDOG_PID": "41"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "-1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_it_beats_twice_as_often_as_it_must(told: dict[str, str], seconds: float | None) -> None:
    assert ServiceManager({"NOTIFY_SOCKET": "/run/x", **told}, pid=42).every_seconds == seconds
    assert ServiceManager(told, pid=42).every_seconds is None, "nobody listens"


def test_without_a_manager_or_with_one_that_is_gone_nothing_happens(tmp_path: Path) -> None:
    for told in ({}, {"NOTIFY_SOCKET": str(tmp_path / "gone")}, {"NOTIFY_SOCKET": "@motp-gone"}):
        kiosk = ServiceManager(told)
        kiosk.ready()
        kiosk.alive()
        kiosk.stopping()


def test_a_manager_that_does_not_read_never_holds_the_screen_up(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
        ours.bind(str(tmp_path / "notify"))
        kiosk = ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        for _ in range(5000):
            kiosk.alive()
