"""Several processes on one port: replaced when they die, stopped together, never orphaned."""

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from click.testing import CliRunner

from demo.stack import VerifierProcess
from motp_verifier.cli import main
from motp_verifier.config import ConfigError
from motp_verifier.server import reserve
from motp_verifier.worker_pauses import LONGEST_SECONDS, STEADY_SECONDS, WorkerPauses
from motp_verifier.worker_silence import Silences
from tests.support.databases import Cluster, fresh_database

PATIENCE = 20.0
WORKERS = 3


class Workers(VerifierProcess):
    """`motp-verifier serve --workers 3`."""

    def __init__(self, data_dir: Path, url: str, settings: str = "") -> None:
        data_dir.mkdir()
        config = data_dir / "config.toml"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.metrics_port = free.getsockname()[1]
        config.write_text(
            f'database_url = "{url}"\ndatabase_connections = 2\n'
            f"metrics_port = {self.metrics_port}\n{settings}",
            "utf-8",
        )
        super().__init__(data_dir, "--config", str(config), "--workers", str(WORKERS))

    def children(self) -> set[int]:
        path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return {int(each) for each in path.read_text().split()}

    def ask(self) -> int:
        """One request over a connection of its own."""
        url = f"{self.origin}/v1/service"
        return httpx.get(url, trust_env=False, timeout=PATIENCE).status_code

    def ask_half(self) -> socket.socket:
        """A request whose last byte is not sent yet."""
        client = socket.create_connection(("127.0.0.1", urlsplit(self.origin).port or 0), PATIENCE)
        client.sendall(
            b"POST /v1/verifications HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n"
            b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{"
        )
        return client

    def has_answered(self, worker: int) -> bool:
        """Whether the log knows of a request that this process answered."""
        lines = (json.loads(line) for line in self.log.read_text().splitlines() if line[0] == "{")
        return any(line["process"] == worker and "status" in line for line in lines)

    def counted(self) -> int:
        """How many requests for the service's description all processes together counted."""
        page = httpx.get(f"http://127.0.0.1:{self.metrics_port}/metrics", trust_env=False).text
        lines = [
            line
            for line in page.splitlines()
            if line.startswith("motp_http_requests_total") and 'route="/v1/service"' in line
        ]
        return sum(int(float(line.split()[-1])) for line in lines)


@pytest.fixture
def workers(tmp_path: Path, cluster: Cluster) -> Iterator[Workers]:
    with fresh_database(cluster) as url, Workers(tmp_path / "data", url) as running:
        yield running


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def is_listening(origin: str) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", urlsplit(origin).port or 0), PATIENCE).close()
        return True
    return False


def test_a_worker_that_is_killed_is_replaced_while_requests_go_on(workers: Workers) -> None:
    before = workers.children()
    assert len(before) == WORKERS
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: victim not in workers.children())
    asked = 0

    def the_new_one_answers() -> bool:
        nonlocal asked
        assert workers.ask() == 200
        asked += 1
        return any(workers.has_answered(each) for each in workers.children() - before)

    wait_until(the_new_one_answers)
    assert len(workers.children()) == WORKERS
    assert workers.counted() == asked
    assert "another one starts in 0 s" in workers.log.read_text("utf-8")


def test_a_worker_that_hangs_is_killed_and_replaced(tmp_path: Path, cluster: Cluster) -> None:
    with (
        fresh_database(cluster) as url,
        Workers(tmp_path / "data", url, "worker_silence_seconds = 3\n") as workers,
    ):
        before = workers.children()
        victim = min(before)
        os.kill(victim, signal.SIGSTOP)
        wait_until(lambda: victim not in workers.children())
        wait_until(lambda: len(workers.children()) == WORKERS)
        log = workers.log.read_text("utf-8")
        assert f"worker {victim} hangs: silent for" in log
        assert f"worker {victim} ended with -9" in log
        assert workers.ask() == 200


def test_the_parent_alone_speaks_with_the_service_manager(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        fresh_database(cluster) as url,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager,
    ):
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        manager.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "200000")
        told: dict[bytes, set[int]] = {}
        with Workers(tmp_path / "data", url) as workers:
            parent = workers.pid
            while not {b"READY=1", b"WATCHDOG=1"} <= told.keys():
                hear(manager, told)
            os.kill(workers.pid, signal.SIGTERM)
            while b"STOPPING=1" not in told:
                hear(manager, told)
            assert workers.wait_killed() == 0
            assert set.union(*told.values()) == {parent}


def hear(manager: socket.socket, told: dict[bytes, set[int]]) -> None:
    """What was told next, and by which process."""
    size = struct.calcsize("3i")
    message, extra, _, _ = manager.recvmsg(99, socket.CMSG_SPACE(size))
    (process, _, _) = struct.unpack("3i", extra[0][2][:size])
    told.setdefault(message, set()).add(process)


def test_workers_say_once_that_they_listen(workers: Workers) -> None:
    assert workers.log.read_text("utf-8").count("listening on") == 1


def test_connections_that_come_at_once_are_divided_among_the_workers(workers: Workers) -> None:
    def answered() -> list[int]:
        lines = workers.log.read_text("utf-8").splitlines()
        return [json.loads(line)["process"] for line in lines if '"/v1/service"' in line]

    with contextlib.ExitStack() as clients:
        port = urlsplit(workers.origin).port or 0
        asked = [
            clients.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
            for _ in range(20 * WORKERS)
        ]
        for client in asked:
            client.sendall(b"GET /v1/service HTTP/1.1\r\nHost: x\r\n\r\n")
        for client in asked:
            assert client.recv(12) == b"HTTP/1.1 200"
        wait_until(lambda: len(answered()) >= len(asked))
    # By chance one gets fewer than three once in some ten million runs.
    assert min(answered().count(each) for each in workers.children()) > 2


def test_a_port_of_several_workers_is_not_shared_with_another_verifier(workers: Workers) -> None:
    port = urlsplit(workers.origin).port or 0
    with pytest.raises(ConfigError, match=f"port: cannot listen on 127.0.0.1:{port}"):
        reserve("port", "127.0.0.1", port)


def test_a_request_under_way_is_finished_though_every_process_gets_the_signal(
    workers: Workers,
) -> None:
    with workers.ask_half() as client:
        # As from a terminal or a service manager.
        for process in (*workers.children(), workers.pid):
            os.kill(process, signal.SIGTERM)
        wait_until(lambda: not is_listening(workers.origin))
        client.sendall(b"}")
        assert client.recv(12) == b"HTTP/1.1 401"
    assert workers.wait_killed() == 0
    assert "ends" not in workers.log.read_text("utf-8")


def test_a_second_signal_ends_all_workers_at_once(tmp_path: Path, cluster: Cluster) -> None:
    with (
        fresh_database(cluster) as url,
        Workers(tmp_path / "data", url, "drain_seconds = 300\n") as workers,
        workers.ask_half(),
    ):
        os.kill(workers.pid, signal.SIGINT)
        wait_until(lambda: httpx.get(f"{workers.origin}/readyz").status_code == 503)
        os.kill(workers.pid, signal.SIGINT)
        assert workers.wait_killed() == 0
        assert not is_listening(workers.origin)


def test_workers_end_when_their_parent_is_killed(workers: Workers) -> None:
    orphans = workers.children()
    os.kill(workers.pid, signal.SIGKILL)
    assert workers.wait_killed() == -signal.SIGKILL
    wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in orphans))
    assert not is_listening(workers.origin)


def test_only_the_parent_migrates(tmp_path: Path, cluster: Cluster) -> None:
    url = cluster.new_empty_database()
    with Workers(tmp_path / "data", url) as workers:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("UPDATE alembic_version SET version_num = 'v9999'")
        before = workers.children()
        os.kill(min(before), signal.SIGKILL)

        # Of a newer version's database a migration would say that it can't be used.
        def the_new_one_answers() -> bool:
            assert workers.ask() == 200
            return any(workers.has_answered(each) for each in workers.children() - before)

        wait_until(the_new_one_answers)
    cluster.drop(url)


def test_workers_that_cannot_start_end_the_command_with_a_sentence(tmp_path: Path) -> None:
    supervised = (
        "from motp_verifier.logs import configure_logging\n"
        "from motp_verifier.supervisor import Supervisor\n"
        "configure_logging()\n"
        "def work(channel): raise LookupError('secret')\n"
        "Supervisor(2, work, ready=print, stopping=int, buried=int, stop_seconds=5,"
        " silence_seconds=5).run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", supervised],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "the worker ends" in done.stderr
    assert "WorkersFailed: a worker could not start" in done.stderr
    assert "secret" not in done.stderr


def test_a_worker_that_does_not_end_is_killed() -> None:
    supervised = (
        "import os, signal, time\n"
        "from motp_verifier.supervisor import SERVING, Supervisor\n"
        "def work(channel):\n"
        "    channel.sendall(SERVING)\n"
        "    time.sleep(300)\n"
        "stop = lambda: os.kill(os.getpid(), signal.SIGTERM)\n"
        "Supervisor(2, work, ready=stop, stopping=int, buried=int, stop_seconds=0.1,"
        " silence_seconds=5).run()\n"
    )
    done = subprocess.run([sys.executable, "-c", supervised], check=False, timeout=PATIENCE)
    assert done.returncode == 0


def test_sqlite_refuses_more_than_one_worker(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["serve", "--workers", "2", "--data-dir", str(tmp_path)])
    assert done.exit_code == 1
    assert "workers: more than one needs PostgreSQL" in done.output
    assert done.output.count("\n") == 1


def test_a_first_death_costs_no_pause_and_each_further_one_twice_as_long() -> None:
    pauses = WorkerPauses()
    assert [pauses.after_death(0.1) for _ in range(5)] == [0, 1, 2, 4, 8]
    assert max(pauses.after_death(0.1) for _ in range(2000)) == LONGEST_SECONDS
    assert pauses.after_death(STEADY_SECONDS) == 0


def test_a_worker_that_is_silent_for_too_long_hangs() -> None:
    silences = Silences(20, now=100)
    silences.heard(1, 100)
    silences.heard(2, 100)
    for now in range(105, 121, 5):
        silences.heard(2, now)
        assert silences.look(now) == []
    assert silences.look(121) == [1]
    silences.forget(1)
    assert silences.look(122) == []


def test_nobody_is_held_to_a_time_in_which_the_parent_stood_still() -> None:
    silences = Silences(20, now=100)
    silences.heard(1, 100)
    assert silences.look(1000) == []
    assert silences.look(1010) == []
    assert silences.look(1020) == []
    assert silences.look(1021) == [1]
