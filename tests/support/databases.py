"""PostgreSQL for tests: a cluster of their own on loopback, and a fresh database for each test.

`python -m tests.support.databases` starts one by hand, says its address and waits.
"""

import contextlib
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import psycopg

from motp_verifier.store.location import Database, PostgresDatabase, SqliteFile
from motp_verifier.store.migrate import migrate

CONNECTIONS = 4
"""How many a verifier of the tests opens."""

_ACCOUNT = "postgres"
_PATIENCE_SECONDS = 30
_SETTINGS = {
    "shared_buffers": "32MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "warning",
    "timezone": "UTC",
    # Another than the verifier's, so that tests would notice if it relied on the default.
    "synchronous_commit": "off",
}
# Until the server is asked to end, or whoever started it is gone.
_GUARD = 'postgres -D "$0" "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'


class PostgresMissing(Exception):
    """PostgreSQL cannot be started here. The message says what to do."""


class Cluster:
    """A PostgreSQL server of one's own, as a context manager.

    With `durable` it writes through to the disk, as it would in earnest; without, it is
    faster, and only a crash of the whole machine would tell.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._binaries = _binaries()
        self._durable = durable
        self._numbers = count()
        self._password = secrets.token_hex(8)
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        # Not in pytest's folder: the account must be able to get there.
        self.folder = Path(tempfile.mkdtemp(prefix="motp-postgres-"))
        try:
            if os.geteuid() == 0:
                shutil.chown(self.folder, _ACCOUNT, _ACCOUNT)
            self._make()
            self.start()
            migrate(PostgresDatabase(self._new("template_motp"), 1))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server, on the port that it had, and wait until it answers."""
        for _ in range(3):
            self.port = self.port or _free_port()
            settings = _SETTINGS | {
                "fsync": "on" if self._durable else "off",
                "full_page_writes": "on" if self._durable else "off",
                "port": str(self.port),
                "unix_socket_directories": str(self.folder),
            }
            options = [word for item in settings.items() for word in ("-c", "=".join(item))]
            with (self.folder / "log").open("ab") as log:
                self._server = subprocess.Popen(
                    self._as_account("sh", "-c", _GUARD, str(self.folder / "data"), *options),
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    env=os.environ | {"PATH": f"{self._binaries}:{os.environ['PATH']}"},
                )
            if self._answers():
                return
            self.stop()
            self.port = 0
        raise PostgresMissing(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        """End the server and every session at once, in good order."""
        if self._server is not None:
            assert self._server.stdin is not None
            self._server.stdin.close()
            # Its last checkpoint can take long beside whatever else writes to the disk.
            self._server.wait(4 * _PATIENCE_SECONDS)
            self._server = None

    def crash(self) -> None:
        """End the server as a crash would (`pg_ctl stop -m immediate`): no session hears of it."""
        assert self._server is not None
        words = ("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))
        command = self._as_account(f"{self._binaries}/{words[0]}", *words[1:])
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder)
        self.stop()

    def restart(self) -> None:
        """Stop and start again at the same address."""
        self.stop()
        self.start()

    def new_database(self) -> str:
        """The address of a fresh database that is migrated."""
        return self._new(f"motp_{next(self._numbers)}", template="template_motp")

    def new_empty_database(self) -> str:
        """The address of a fresh database without any table."""
        return self._new(f"empty_{next(self._numbers)}")

    def drop(self, url: str) -> None:
        """Take a database away, and whoever is still connected to it."""
        self._order(f'DROP DATABASE "{_name(url)}" WITH (FORCE)')

    def content(self, url: str) -> bytes:
        """All that the server keeps of a database: its files, the write-ahead log, its own log."""
        name = _name(url)
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            found = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", (name,))
            (number,) = found.fetchone() or ("missing",)
        data = self.folder / "data"
        folders = (data / "base" / str(number), data / "pg_wal")
        files = [path for folder in folders for path in folder.iterdir() if path.is_file()]
        return b"".join(path.read_bytes() for path in [*files, self.folder / "log"])

    def url(self, name: str) -> str:
        """The address of a database. It is given the time that a busy machine may need."""
        server = f"{_ACCOUNT}:{self._password}@127.0.0.1:{self.port}"
        return f"postgresql://{server}/{name}?connect_timeout={_PATIENCE_SECONDS}"

    def _new(self, name: str, template: str = "template0") -> str:
        # Copying files is faster than logging every page where nothing is synchronised.
        self._order(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def _order(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _make(self) -> None:
        password = self.folder / "password"
        password.write_text(self._password)
        if os.geteuid() == 0:
            shutil.chown(password, _ACCOUNT, _ACCOUNT)
        words = (
            "initdb", "--username", _ACCOUNT, "--pwfile", str(password), "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--auth", "password", "--no-sync", "--no-instructions",
            "--pgdata", str(self.folder / "data"),
        )  # fmt: skip
        done = subprocess.run(
            self._as_account(f"{self._binaries}/{words[0]}", *words[1:]),
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
        )
        password.unlink()
        if done.returncode != 0:
            raise PostgresMissing(f"initdb failed: {done.stderr}")

    def _as_account(self, *words: str) -> list[str]:
        """The command as a user whom PostgreSQL takes: it refuses root."""
        if os.geteuid() != 0:
            return list(words)
        return ["runuser", "-u", _ACCOUNT, "--", *words]

    def _answers(self) -> bool:
        assert self._server is not None
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline and self._server.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres")).close()
                return True
            time.sleep(0.02)
        return False


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _binaries() -> Path:
    newest = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if newest:
        return newest[-1].parent
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    raise PostgresMissing(
        "these tests need PostgreSQL's server: as an administrator, apt-get install postgresql"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_of(folder: Path, url: str) -> Database:
    """The database that a verifier with this data folder and setting has."""
    return PostgresDatabase(url, CONNECTIONS) if url else SqliteFile(folder / "motp.sqlite3")


@contextlib.contextmanager
def fresh_database(cluster: Cluster) -> Iterator[str]:
    """The address of a database that is gone after the block."""
    url = cluster.new_database()
    try:
        yield url
    finally:
        cluster.drop(url)


if __name__ == "__main__":
    with Cluster() as running:
        print(running.new_database(), flush=True)  # noqa: T201
        input()


def prepare(database: Database) -> None:
    """Put a file with this version's tables where a new SQLite database is to be.

    PostgreSQL's databases come with them, from `Cluster`. Migrating finds nothing to do.
    """
    if isinstance(database, SqliteFile) and not database.path.exists():
        database.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        database.path.touch(mode=0o600)
        database.path.write_bytes(_migrated_file())


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory(prefix="motp-sqlite-") as folder:
        path = Path(folder) / "motp.sqlite3"
        migrate(SqliteFile(path))
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()
