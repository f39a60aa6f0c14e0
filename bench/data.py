"""Data sets of any size, on both databases, sealed as the verifier seals.

They are kept from one run to the next, for ten million rows take some minutes to make.
"""

import asyncio
import json
import multiprocessing
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from bench.people import INSTITUTION, TABLES, UNREGISTERED, rows
from bench.postgres import PostgresServer
from motp_verifier.config import Config
from motp_verifier.runtime import open_runtime
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.institutions import InstitutionAdded, Institutions

_CHUNK = 10_000
_ENROLLED = "enrolled"


@dataclass(frozen=True, slots=True)
class DataSet:
    """A verifier's data folder, and what is in its database: `size` registrations."""

    folder: Path
    url: str
    size: int
    api_key: str = field(repr=False)

    @property
    def database(self) -> str:
        """What people call the database."""
        return "PostgreSQL" if self.url else "SQLite"

    @property
    def name(self) -> str:
        """What PostgreSQL calls the database."""
        return self.url.rpartition("/")[2]

    def results_since(self, at: int) -> Counter[str]:
        """How checks have ended since a time in milliseconds: `accepted`, or why not."""
        checks = f"verification WHERE institution_id = '{INSTITUTION}' AND at >= {at}"
        counted = f"SELECT coalesce(reason, result), count(*) FROM {checks} GROUP BY 1"  # noqa: S608 - ours
        return Counter(dict(self._ask(counted)))

    def forget_wrong_codes(self) -> None:
        """Those of earlier runs, which would lock in the end."""
        for table in ("code_run", "code_failure"):
            self._ask(f"DELETE FROM {table} RETURNING 1")  # noqa: S608 - ours

    def _ask(self, statement: str) -> list[tuple[Any, ...]]:
        if self.url:
            with psycopg.connect(self.url) as session:
                return session.execute(statement.encode()).fetchall()
        file = self.folder / "motp.sqlite3"
        with closing(sqlite3.connect(file, timeout=20)) as connection, connection:
            return connection.execute(statement).fetchall()

    def newcomers(self, amount: int) -> range:
        """The numbers of so many people who never enrolled. Raises RuntimeError for too many."""
        file = self.folder / _ENROLLED
        first = _enrolled(self.folder)
        if first + amount > UNREGISTERED:
            raise RuntimeError(f"all have enrolled: remove {self.folder}")
        file.write_text(str(first + amount))
        return range(self.size + first, self.size + first + amount)

    def config_file(self, **more: Any) -> Path:
        """A configuration file for a verifier over it."""
        settings = _settings(self.folder, self.url) | more
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        file = self.folder / "bench.toml"
        file.write_text("\n".join(lines) + "\n", "utf-8")
        return file


def postgres_set(server: PostgresServer, folder: Path, size: int) -> DataSet:
    """A PostgreSQL database with so many trainees."""
    name = f"bench_{size}"
    data = folder / name
    done = data / "api.key"
    url = server.url(name)
    if done.exists() and name in server.databases() and not _is_used_up(data):
        return DataSet(data, url, size, done.read_text())
    server.order(f'DROP DATABASE IF EXISTS "{name}"')
    server.order(f'CREATE DATABASE "{name}"')
    data.mkdir(parents=True, exist_ok=True)
    (data / _ENROLLED).unlink(missing_ok=True)
    api_key = _prepare(data, url)
    cores = os.cpu_count() or 1
    people = size + UNREGISTERED
    step = -(-people // cores)
    parts = [
        (data, url, range(first, min(first + step, people)), size)
        for first in range(0, people, step)
    ]
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        pool.starmap(_copy, parts)
    server.order("VACUUM ANALYZE", name)
    server.order("CHECKPOINT", name)
    done.write_text(api_key)
    return DataSet(data, url, size, api_key)


def sqlite_set(folder: Path, size: int) -> DataSet:
    """The same in a SQLite file."""
    data = folder / f"sqlite_{size}"
    done = data / "api.key"
    if done.exists() and not _is_used_up(data):
        return DataSet(data, "", size, done.read_text())
    data.mkdir(parents=True, exist_ok=True)
    (data / _ENROLLED).unlink(missing_ok=True)
    for file in data.glob("motp.sqlite3*"):
        file.unlink()
    api_key = _prepare(data, "")
    connection = sqlite3.connect(data / "motp.sqlite3")
    connection.execute("PRAGMA synchronous=OFF")  # while it is loaded only
    connection.execute("PRAGMA cache_size=-500000")
    for chunk in _chunks(rows(_keys(data, ""), range(size + UNREGISTERED), size)):
        for table, columns in TABLES.items():
            marks = ", ".join("?" * len(columns))
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - no value
                (row[table] for row in chunk if table in row),
            )
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    done.write_text(api_key)
    return DataSet(data, "", size, api_key)


def _enrolled(data: Path) -> int:
    """How many have enrolled in earlier runs: nobody can a second time."""
    file = data / _ENROLLED
    return int(file.read_text()) if file.exists() else 0


def _is_used_up(data: Path) -> bool:
    return _enrolled(data) > UNREGISTERED // 2


def _settings(folder: Path, url: str) -> dict[str, Any]:
    """The limits of rate are on, at figures that the load does not reach."""
    return {
        "port": 0,
        "data_dir": str(folder),
        "database_url": url,
        "site_requests": "500000000/minute",
        "site_failures": "500000000/minute",
        "messages_per_address": 1_000_000_000,
        "messages_per_day": 1_000_000_000,
        "staff_requests": "500000000/minute",
    }


def _prepare(data: Path, url: str) -> str:
    """Migrate, and add the institution; its API key."""
    runtime = open_runtime(Config(**_settings(data, url)))
    try:
        added = asyncio.run(Institutions(runtime.store, runtime.now).add(INSTITUTION, "벤치"))
    finally:
        runtime.close()
    match added:
        case InstitutionAdded():
            return added.api_key
        case refused:
            raise RuntimeError(f"the institution could not be added: {refused}")


def _keys(data: Path, url: str) -> MasterKeys:
    runtime = open_runtime(Config(**_settings(data, url)))
    runtime.close()
    return runtime.keys


def _copy(data: Path, url: str, numbers: range, registered: int) -> None:
    keys = _keys(data, url)
    with psycopg.connect(url) as connection:
        # Nothing is asked of rows that are made to fit: no foreign keys are looked up.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        for chunk in _chunks(rows(keys, numbers, registered)):
            for table, columns in TABLES.items():
                statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
                with connection.cursor().copy(statement.encode()) as copy:
                    copy.write("".join(_line(row[table]) for row in chunk if table in row))
            connection.commit()


def _chunks(made: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(made)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _line(row: tuple[Any, ...]) -> str:
    values = (f"\\\\x{each.hex()}" if isinstance(each, bytes) else str(each) for each in row)
    return "\t".join(values) + "\n"
