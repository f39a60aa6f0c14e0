"""Two processes over one PostgreSQL are upgraded one after the other, and nobody notices."""

import os
import signal
import ssl
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psycopg
import pytest

from motp_verifier.sealing import load_or_create
from motp_verifier.store.revision import newest_revisions
from tests.chaos.evidence import gather
from tests.chaos.history import Answered, History, Refused
from tests.chaos.judge import faults
from tests.chaos.load import Load
from tests.chaos.trainees import SCHOOL, Trainees
from tests.support.databases import Cluster
from tests.support.nginx import free_ports, needs_nginx, nginx
from tests.support.waiting import wait_until
from tests.unit.verifier.site_world import World

ROOT = Path(__file__).parents[2]
VERSIONS = "motp_verifier/store/migrations/versions"
ANSWERS = 150
STOP_SECONDS = 30
SETTINGS = """\
data_dir = "{folder}"
database_url = "{url}"
database_connections = 4
drain_seconds = 1
site_requests = "100000000/minute"
site_failures = "100000000/minute"
"""


class Process:
    """`motp-verifier serve` of this tree, or of an older one."""

    def __init__(self, tree: Path, config: Path, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._log = config.with_name(f"{port}.log")
        self._begin = self._log.stat().st_size if self._log.exists() else 0
        command = ("serve", "--config", str(config), "--port", str(port))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "motp_verifier", *command],
                cwd=tree,
                env=os.environ | {"PYTHONPATH": str(tree)},
                stdout=log,
                stderr=log,
            )

    def wait_until_listening(self) -> None:
        def listens() -> bool:
            assert self._process.poll() is None, self.said()
            return "listening on " in self.said()

        wait_until(listens)

    def stop(self) -> None:
        """As a service manager does."""
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(STOP_SECONDS) == 0, self.said()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(STOP_SECONDS)

    def said(self) -> str:
        return self._log.read_bytes()[self._begin :].decode("utf-8", "replace")


def git(*words: str) -> bytes:
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", *words], cwd=ROOT, check=False, capture_output=True
    )
    if done.returncode != 0 or not done.stdout:
        pytest.skip("the history with the previous revision's code is not here")
    return done.stdout


def previous(folder: Path) -> Path:
    """The code of the last commit before the newest migration."""
    (newest,) = newest_revisions()
    (migration,) = (ROOT / VERSIONS).glob(f"v{newest}_*.py")
    added = git("log", "--diff-filter=A", "--format=%H", "--", str(migration.relative_to(ROOT)))
    commit = added.decode().split()[-1]
    packed = git("archive", f"{commit}^", "motp_verifier", "motp_protocol", "resources")
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    assert not list((folder / VERSIONS).glob(f"v{newest}_*.py"))
    return folder


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    made = cluster.new_empty_database()
    yield made
    cluster.drop(made)


def revision(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert row is not None
    return str(row[0])


@needs_nginx
def test_behind_nginx_nobody_sees_more_of_an_upgrade_than_a_503(tmp_path: Path, url: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(SETTINGS.format(folder=tmp_path, url=url), "utf-8")
    public, *ports = free_ports(3)
    running = [Process(ROOT, config, port) for port in ports]
    try:
        for each in running:
            each.wait_until_listening()
        keys = load_or_create(tmp_path / "master.key")
        world = World(tmp_path, keys, time.time_ns() // 10**6, database_url=url)
        world.add_institution(SCHOOL)
        trainees = Trainees(world, 40, seed=1)
        history = History()
        key = world.api_keys[SCHOOL]
        with nginx(tmp_path / "nginx", public, ports) as proxy:
            trust = ssl.create_default_context(cafile=str(proxy.root))
            with Load([proxy.origin], key, trainees.next, history, sites=4, trust=trust):
                history.wait_for_more(ANSWERS)
                for place, port in enumerate(ports):
                    running[place].stop()
                    running[place] = Process(ROOT, config, port)
                    running[place].wait_until_listening()
                    history.wait_for_more(ANSWERS)
        assert faults(gather(world, trainees, history)) == []
        for attempt in history.attempts:
            told = attempt.outcome
            assert isinstance(told, Answered) or (isinstance(told, Refused) and told.status == 503)
        world.close()
    finally:
        for each in running:
            each.kill()


@pytest.mark.parametrize("before", ["the-previous-revision", "this-version"])
def test_two_processes_are_upgraded_one_after_the_other_under_load(
    before: str, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = previous(tmp_path / "old") if before == "the-previous-revision" else ROOT
    config = tmp_path / "config.toml"
    config.write_text(SETTINGS.format(folder=tmp_path, url=url), "utf-8")
    running = [Process(old, config, port) for port in free_ports(2)]
    try:
        for each in running:
            each.wait_until_listening()
        first = revision(url)
        # The people are added to the tables that there are.
        monkeypatch.setattr("tests.unit.verifier.site_world.migrate", lambda _database: None)
        keys = load_or_create(tmp_path / "master.key")
        world = World(tmp_path, keys, time.time_ns() // 10**6, database_url=url)
        world.add_institution(SCHOOL)
        trainees = Trainees(world, 40, seed=1)
        history = History()
        origins = [each.origin for each in running]
        with Load(origins, world.api_keys[SCHOOL], trainees.next, history, sites=4):
            history.wait_for_more(ANSWERS)
            assert revision(url) == first
            for place, each in enumerate(running):
                port = int(each.origin.rpartition(":")[2])
                each.stop()
                assert "Traceback" not in each.said()
                running[place] = Process(ROOT, config, port)
                running[place].wait_until_listening()
                # Meanwhile the other one, of the version before, works over the new tables.
                assert {revision(url)} == newest_revisions()
                history.wait_for_more(ANSWERS)
        assert faults(gather(world, trainees, history)) == []
        # Who meets a listener that closes just then asks again; through nginx that is a 503.
        met = [each for each in history.attempts if not isinstance(each.outcome, Answered)]
        assert len(met) <= len(history.attempts) / 50
        world.close()
        for each in running:
            each.stop()
            assert "Traceback" not in each.said()
    finally:
        for each in running:
            each.kill()
