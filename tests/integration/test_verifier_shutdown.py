"""How a verifier stops: not ready first, then closed, with nothing cut off on the way."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from demo.stack import VerifierProcess

PATIENCE = 20.0


class Verifier(VerifierProcess):
    """A verifier that takes long to close its listener."""

    def __init__(self, data_dir: Path, drain_seconds: int) -> None:
        data_dir.mkdir()
        config = data_dir / "config.toml"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.metrics_port = free.getsockname()[1]
        config.write_text(
            f"drain_seconds = {drain_seconds}\nmetrics_port = {self.metrics_port}\n", "utf-8"
        )
        super().__init__(data_dir, "--config", str(config))

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        os.kill(self.pid, number)

    def ready(self) -> int:
        return httpx.get(f"{self.origin}/readyz", trust_env=False, timeout=PATIENCE).status_code

    def wait_not_ready(self) -> None:
        while self.ready() != 503:
            pass

    def ask_half(self) -> socket.socket:
        """A request whose last byte is not sent yet."""
        client = socket.create_connection(("127.0.0.1", urlsplit(self.origin).port or 0), PATIENCE)
        client.sendall(
            b"POST /v1/verifications HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n"
            b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{"
        )
        return client


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Verifier]:
    with Verifier(tmp_path / "data", drain_seconds=1) as verifier:
        yield verifier


def test_a_stopping_verifier_is_not_ready_but_serves_until_it_has_drained(
    patient: Verifier,
) -> None:
    metrics = f"http://127.0.0.1:{patient.metrics_port}"
    assert "motp_build_info" in httpx.get(f"{metrics}/metrics", trust_env=False).text
    assert httpx.get(f"{patient.origin}/metrics", trust_env=False).status_code == 404
    assert patient.ready() == 200
    patient.signal()
    patient.wait_not_ready()
    assert httpx.get(f"{patient.origin}/v1/service", trust_env=False).status_code == 200
    assert httpx.get(f"{metrics}/readyz", trust_env=False).status_code == 503
    assert patient.wait_killed() == 0
    with pytest.raises(httpx.ConnectError):
        patient.ready()


def test_a_stopping_verifier_says_in_each_answer_that_the_connection_ends(
    patient: Verifier,
) -> None:
    with httpx.Client(base_url=patient.origin, trust_env=False) as client:
        assert "connection" not in client.get("/v1/service").headers
        patient.signal()
        patient.wait_not_ready()
        assert client.get("/v1/service").headers["connection"] == "close"


def test_a_request_under_way_is_finished(patient: Verifier) -> None:
    with patient.ask_half() as client:
        patient.ready()
        patient.signal()
        patient.wait_not_ready()
        client.sendall(b"}")
        assert client.recv(9) == b"HTTP/1.1 "
        assert client.recv(3) == b"401"
    assert patient.wait_killed() == 0


def test_the_supervisor_is_told_that_it_is_ready_that_it_lives_and_that_it_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "100000")
        with Verifier(tmp_path / "data", drain_seconds=0) as verifier:
            assert [supervisor.recv(99) for _ in range(3)] == [
                b"READY=1",
                b"WATCHDOG=1",
                b"WATCHDOG=1",
            ]
            verifier.signal()
            while supervisor.recv(99) != b"STOPPING=1":
                pass
            assert verifier.wait_killed() == 0


def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    with Verifier(tmp_path / "data", drain_seconds=300) as verifier:
        with verifier.ask_half():
            verifier.signal()
            verifier.wait_not_ready()
            verifier.signal(signal.SIGINT)
            assert verifier.wait_killed() == 0
        assert "Traceback" not in verifier.log.read_text("utf-8")
