"""What the databases do at most: a check's two statements, without a verifier around them.

They are the verifier's own tables, with their indexes and foreign keys, in the same database.
"""

import re
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from itertools import count

from bench.data import DataSet
from bench.people import INSTITUTION, row_id
from bench.postgres import PostgresServer

_ID = (
    "'{kind}_' || translate(encode(substr(sha256(('{kind} ' || :number)::text::bytea), 1, 16),"
    " 'base64'), '+/=', '-_')"
)
_COLUMNS = (
    "id, at, institution_id, trainee_id, registration_id, course, class, session, occasion, "
    "method, client_ip, result, reason, step"
)
_TRANSACTION = rf"""
\set number random(0, {{last}})
\set check random(1, 1000000000000000)
BEGIN;
UPDATE registration SET last_step = last_step
 WHERE id = {_ID.format(kind="reg")} AND (last_step IS NULL OR last_step < 9000000000);
INSERT INTO verification ({_COLUMNS}) VALUES ('ceil_' || (:check)::text, 1764000000000,
 '{INSTITUTION}', {_ID.format(kind="tra")}, {_ID.format(kind="reg")}, 'safety', '2026-1', 12,
 'lesson', 'code', '203.0.113.7', 'accepted', NULL, 1) ON CONFLICT DO NOTHING;
COMMIT;
"""  # noqa: S608 - pgbench sets the variables; no other value is in it
_RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_LATENCY = re.compile(r"^latency average = ([0-9.]+) ms", re.MULTILINE)
_numbers = count(time.time_ns())


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Transactions a second; the mean time of one in milliseconds."""

    per_second: float
    mean: float


def pgbench(server: PostgresServer, data: DataSet, clients: int, seconds: int) -> Ceiling:
    """The conditional UPDATE and the INSERT, one transaction each, `synchronous_commit=on`."""
    script = server.folder / "ceiling.sql"
    script.write_text(_TRANSACTION.format(last=data.size - 1))
    done = subprocess.run(
        [server.binary("pgbench"), "-n", "-M", "prepared", "-f", str(script),
         "-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds), data.url],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Ceiling(_number(_RATE, done.stdout), _number(_LATENCY, done.stdout))


def sqlite_single_writer(data: DataSet, seconds: float) -> Ceiling:
    """The same in SQLite: one writer, WAL, `synchronous=FULL`, a commit for each check."""
    values = ", ".join("?" * (_COLUMNS.count(",") + 1))
    file = data.folder / "motp.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None, timeout=20)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        done, start = 0, time.perf_counter()
        while (passed := time.perf_counter() - start) < seconds:
            number = done * 7_368_787 % data.size
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "UPDATE registration SET last_step = last_step "
                "WHERE id = ? AND (last_step IS NULL OR last_step < ?)",
                (row_id("reg", number), 9_000_000_000),
            )
            connection.execute(
                f"INSERT INTO verification ({_COLUMNS}) VALUES ({values})",  # noqa: S608 - marks
                (
                    f"ceil_{next(_numbers)}", 1_764_000_000_000, INSTITUTION,
                    row_id("tra", number), row_id("reg", number), "safety", "2026-1", 12,
                    "lesson", "code", "203.0.113.7", "accepted", None, 1,
                ),
            )  # fmt: skip
            connection.execute("COMMIT")
            done += 1
    return Ceiling(done / passed, passed * 1000 / done)


def _number(pattern: re.Pattern[str], text: str) -> float:
    found = pattern.search(text)
    if found is None:
        raise RuntimeError(f"pgbench said something else: {text}")
    return float(found[1])
