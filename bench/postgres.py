"""PostgreSQL for the measurement: a durable cluster of its own on loopback."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from bench.machine import memory_mib

ACCOUNT = "postgres"
SETTINGS = {
    # What docs/verifier.md tells operators, by the manual's rule (PostgreSQL 15, 20.4.1).
    "shared_buffers": f"{memory_mib() // 4}MB",
    "max_connections": "100",
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "wal_compression": "lz4",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}
"""The same for pgbench and for the verifier; everything else is PostgreSQL's default."""

_PATIENCE_SECONDS = 60


class PostgresServer:
    """Keeps its data in `folder` from one run to the next, as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def process(self) -> int:
        """The server's own process; the sessions are its children."""
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def url(self, database: str) -> str:
        """The address of a database."""
        password = (self.folder / "password").read_text()
        return f"postgresql://{ACCOUNT}:{password}@127.0.0.1:{self.port}/{database}"

    def binary(self, name: str) -> str:
        """One of PostgreSQL's programs."""
        return str(self._binaries / name)

    def order(self, statement: str, database: str = "postgres") -> None:
        """A statement outside a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def read_whole(self, database: str) -> None:
        """Have PostgreSQL's memory hold it, as where a server has run for a while."""
        self.order("CREATE EXTENSION IF NOT EXISTS pg_prewarm", database)
        self.order(
            "SELECT sum(pg_prewarm(oid::regclass)) FROM pg_class "
            "WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace",
            database,
        )

    def databases(self) -> set[str]:
        """Those that there are."""
        with psycopg.connect(self.url("postgres")) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def __enter__(self) -> Self:
        if not (self.folder / "data").exists():
            self._make()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        settings = SETTINGS | {
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
        }
        options = [word for item in settings.items() for word in ("-c", "=".join(item))]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                self._as_account(
                    self.binary("postgres"), "-D", str(self.folder / "data"), *options
                ),
                stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                self.order("SELECT 1")
                return self
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._server.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from None
                time.sleep(0.1)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            subprocess.run(
                self._as_account(
                    self.binary("pg_ctl"), "-D", str(self.folder / "data"), "-m", "fast", "stop"
                ),
                check=False, capture_output=True, cwd=self.folder,
            )  # fmt: skip
            self._server.wait(_PATIENCE_SECONDS)
            self._server = None

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        password = self.folder / "password"
        password.write_text(secrets.token_hex(12))
        if os.geteuid() == 0:
            for path in (self.folder, password):
                shutil.chown(path, ACCOUNT, ACCOUNT)
        subprocess.run(
            self._as_account(
                self.binary("initdb"), "--username", ACCOUNT, "--pwfile", str(password),
                "--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "scram-sha-256",
                "--pgdata", str(self.folder / "data"),
            ),
            check=True, capture_output=True, cwd=self.folder,
        )  # fmt: skip

    def _as_account(self, *words: str) -> list[str]:
        """As a user whom PostgreSQL takes: it refuses root."""
        return list(words) if os.geteuid() != 0 else ["runuser", "-u", ACCOUNT, "--", *words]
