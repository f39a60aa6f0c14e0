"""Data sets of any size, on both databases, sealed as the verifier seals."""

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from bench.people import INSTITUTION, TABLES, rows
from bench.server import PostgresServer
from motp_verifier.config import Config
from motp_verifier.runtime import open_runtime
from motp_verifier.sealing import MasterKeys, load_or_create
from motp_verifier.services.institutions import InstitutionAdded, Institutions

_CHUNK = 20_000
_SEALED = 1_000_000
"""Beyond so many the rows have other bytes of the same length: nobody asks for them."""


def settings(folder: Path, url: str) -> dict[str, Any]:
    """What a verifier of the benchmark has in its configuration file.

    The limits of rate are on, at figures that the load does not reach.
    """
    return {
        "data_dir": str(folder),
        "database_url": url,
        "database_connections": 6,
        "site_requests": "50000000/minute",
        "site_failures": "50000000/minute",
        "messages_per_address": 1_000_000,
        "messages_per_day": 1_000_000,
    }


def write_config(folder: Path, url: str, **more: Any) -> Path:
    """The configuration file, in the data folder."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in (settings(folder, url) | more).items()]
    file = folder / "bench.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def make_postgres(server: PostgresServer, folder: Path, size: int) -> str:
    """A PostgreSQL database with so many trainees, kept for the next run; its API key."""
    name = f"bench_{size}"
    done = folder / f"{name}.key"
    if done.exists() and name in server.databases():
        return done.read_text()
    server.order(f'DROP DATABASE IF EXISTS "{name}"')
    server.order(f'CREATE DATABASE "{name}"')
    data = folder / name
    data.mkdir(parents=True, exist_ok=True)
    keys, api_key = _open(data, server.url(name))
    with psycopg.connect(server.url(name)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        for chunk in _chunks(rows(keys, range(min(size, _SEALED)))):
            for table, columns in TABLES.items():
                statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
                with connection.cursor().copy(statement.encode()) as copy:
                    copy.write("".join(_line(row[table]) for row in chunk))
        if size > _SEALED:
            _fill(connection, _SEALED, size)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    done.write_text(api_key)
    return api_key


def make_sqlite(folder: Path, size: int) -> str:
    """The same in a SQLite file."""
    data = folder / f"sqlite_{size}"
    done = data / "api.key"
    if done.exists():
        return done.read_text()
    data.mkdir(parents=True, exist_ok=True)
    for file in data.glob("motp.sqlite3*"):
        file.unlink()
    keys, api_key = _open(data, "")
    connection = sqlite3.connect(data / "motp.sqlite3")
    # While it is loaded only.
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-500000")
    for chunk in _chunks(rows(keys, range(size))):
        for table, columns in TABLES.items():
            marks = ", ".join("?" * len(columns))
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                (row[table] for row in chunk),
            )
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    done.write_text(api_key)
    return api_key


def _open(data: Path, url: str) -> tuple[MasterKeys, str]:
    """Migrate, and add the institution; the master keys and the institution's API key."""
    runtime = open_runtime(Config(**settings(data, url)))
    try:
        added = asyncio.run(Institutions(runtime.store, runtime.now).add(INSTITUTION, "벤치"))
    finally:
        runtime.close()
    assert isinstance(added, InstitutionAdded), added
    return runtime.keys, added.api_key


def _chunks(made: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(made)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _line(row: tuple[Any, ...]) -> str:
    return "\t".join(
        f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value) for value in row
    ) + "\n"


def _fill(connection: "psycopg.Connection[Any]", first: int, end: int) -> None:
    """Rows of the same form, made by the server itself."""
    numbers = f"generate_series({first}, {end - 1}) AS number"
    trainee, registration = "'tra_' || lpad(number::text, 22, '0')", "'reg_' || lpad(number::text, 22, '0')"

    def other(label: str) -> str:
        return f"sha256(('{label}' || number)::bytea)"

    columns = {table: ", ".join(names) for table, names in TABLES.items()}
    connection.execute(
        f"INSERT INTO trainee ({columns['trainee']}) SELECT {trainee}, {other('p')}, {other('n')}, "
        f"{other('a')} || substr({other('b')}, 1, 8), {other('c')} || substr({other('d')}, 1, 12), "
        f"1760000000000, {other('s')} FROM {numbers}".encode()
    )
    connection.execute(
        f"INSERT INTO roster_entry ({columns['roster_entry']}) SELECT '{INSTITUTION}', {trainee}, "
        f"'t' || lpad(number::text, 8, '0'), 1760000000000 FROM {numbers}".encode()
    )
    connection.execute(
        f"INSERT INTO registration ({columns['registration']}) SELECT {registration}, {trainee}, "
        f"'personal', 'active', {other('k')}, encode({other('i')}, 'hex'), 'linux', '0.1.0', "
        f"'데스크톱', 'SHA1', 6, 30, {other('e')} || substr({other('f')}, 1, 20), 1760000000000, "
        f"1760000000000, 0, 1, 1, 0, 0 FROM {numbers}".encode()
    )


def load_keys(folder: Path) -> MasterKeys:
    """The master keys of a data set."""
    return load_or_create(folder / "master.key")
