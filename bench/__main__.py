"""`python -m bench`: measure, print, and write `docs/performance.md`."""

import argparse
import random
import sys
from pathlib import Path

from bench.ceiling import pgbench
from bench.checks import CONNECTIONS, CheckFigures, by_size, measure_checks
from bench.data import DataSet, postgres_set, sqlite_set
from bench.desktop.__main__ import measure_app
from bench.devices import measure_devices
from bench.load import Tries, check_codes
from bench.machine import describe, forget_cached_files
from bench.postgres import PostgresServer
from bench.report import Report, page
from bench.searches import measure_searches
from bench.verifier import running

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"
PAGE = ROOT / "docs" / "performance.md"
_WORKERS = 2
_PIECE_BYTES = 1 << 24
_SEARCHES = 500
_FEW = 100_000
"""With no more registrations their codes of a moment are used up within a run."""


def main() -> int:
    """Everything in one run; status 1 where a bar is missed."""
    arguments = _parser().parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    _open_to_postgres(FOLDER)
    report = Report(describe(), arguments.size)
    if arguments.app:
        # Before the databases: they take the memory that holds programs ready to start.
        _say("the app")
        forget_cached_files()
        report.app = measure_app()
    with PostgresServer(FOLDER / "postgres") as server:
        _say("making the data sets (kept for the next run)")
        large = postgres_set(server, FOLDER, arguments.size)
        for data, workers in ((large, _WORKERS), (sqlite_set(FOLDER, arguments.size), 1)):
            _measure(report, data, workers, server, arguments)
        _compare_sizes(report, server, arguments)
    text = page(report)
    print(text)
    if arguments.write:
        PAGE.write_text(text, "utf-8")
    missed = report.missed()
    for bar in missed:
        print(f"The bar is missed: {bar}.")
    return 1 if missed else 0


def _measure(
    report: Report,
    data: DataSet,
    workers: int,
    server: PostgresServer,
    arguments: argparse.Namespace,
) -> None:
    data.forget_wrong_codes()
    _read_whole(data, server)
    # What one database has still to write must not make the other's commits wait.
    server.order("CHECKPOINT")
    with running(data, workers=workers) as verifier:
        tries = _tries(data)
        for connections in CONNECTIONS:
            _say(f"{data.database}, {connections} connections")
            figures: CheckFigures = measure_checks(
                verifier,
                tries,
                connections,
                seconds=arguments.seconds,
                rounds=arguments.rounds,
                server=server if data.url else None,
            )
            report.checks.append(figures)
        _say(f"{data.database}, searches")
        report.searches += measure_searches(verifier, _SEARCHES)
        _say(f"{data.database}, enrolments and unlocks")
        enrolments, unlocks = measure_devices(verifier, arguments.seconds * 2)
        report.add_database(
            data.database,
            workers=workers,
            enrolments=enrolments,
            unlocks=unlocks,
            memory=verifier.memory(),
            started_in=verifier.started_in,
        )


def _compare_sizes(report: Report, server: PostgresServer, arguments: argparse.Namespace) -> None:
    """The sizes take turns, each with a verifier of its own that the others leave alone."""
    sizes = sorted({10_000, arguments.size, *([arguments.largest] if arguments.largest else [])})
    sets = {size: postgres_set(server, FOLDER, size) for size in sizes}
    taken: dict[int, list[float]] = {size: [] for size in sizes}
    alone: dict[int, list[float]] = {size: [] for size in sizes}
    for data in sets.values():
        _read_whole(data, server)
    for turn in range(arguments.rounds):
        for size, data in sets.items():
            _say(f"{size:,} registrations, turn {turn + 1}")
            with running(data, workers=_WORKERS) as verifier:
                tries = _tries(data)
                # New sessions see each page of PostgreSQL's memory for the first time once.
                _forget_codes(server, data)
                seconds = arguments.seconds
                check_codes(
                    verifier, tries, 32, seconds, most=_once(data, 20_000), may_run_out=True
                )
                _forget_codes(server, data)
                found = check_codes(verifier, tries, 32, 1, most=_once(data, 8_500))
            taken[size].append(found.per_second)
            alone[size].append(pgbench(server, data, 32, 2).per_second)
    report.sizes, report.size_ceilings = by_size(taken), by_size(alone)


def _once(data: DataSet, wanted: int) -> int:
    """So many codes, of the trainees' one each at a time."""
    return min(wanted, data.size * 17 // 20)


def _forget_codes(server: PostgresServer, data: DataSet) -> None:
    """Where so few trainees have a code each that they are soon used up."""
    if data.size <= _FEW:
        server.order("UPDATE registration SET last_step = NULL", data.name)
        server.order("VACUUM ANALYZE registration", data.name)


def _tries(data: DataSet) -> Tries:
    """From somewhere else each time: a code is taken once."""
    return Tries(data.size, random.randrange(data.size))  # noqa: S311 - no secret


def _read_whole(data: DataSet, server: PostgresServer) -> None:
    """What is measured is the verifier, not how fast this disk fills an empty cache."""
    _say(f"{data.database}, {data.size:,} registrations: reading them once")
    if data.url:
        server.read_whole(data.name)
        return
    with (data.folder / "motp.sqlite3").open("rb") as file:
        while file.read(_PIECE_BYTES):
            pass


def _open_to_postgres(folder: Path) -> None:
    """PostgreSQL's server runs as another user where this one is root."""
    for each in (folder, folder.parent):
        each.chmod(each.stat().st_mode | 0o011)


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="registrations")
    parser.add_argument("--largest", type=int, default=10_000_000, help="0 leaves it out")
    parser.add_argument("--seconds", type=float, default=4, help="of each run")
    parser.add_argument("--rounds", type=int, default=5, help="that take turns")
    parser.add_argument(
        "--app", action=argparse.BooleanOptionalAction, default=True, help="measure the app too"
    )
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
