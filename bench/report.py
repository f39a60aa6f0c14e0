"""The page that a run leaves: figures beside their ceilings, and the bars."""

from dataclasses import dataclass, field

from bench.checks import CheckFigures
from bench.desktop.figures import Figure, table
from bench.searches import SearchFigures

_BAR_CONNECTIONS = 32
_LONGEST_SEARCH_MS = 100


@dataclass(frozen=True, slots=True)
class DatabaseFigures:
    """What one database's verifier does besides checks; memory in MiB, start in seconds."""

    name: str
    workers: int
    enrolments: float
    unlocks: float
    memory: float
    started_in: float


@dataclass(slots=True)
class Report:
    """All that one run has found."""

    machine: str
    size: int
    checks: list[CheckFigures] = field(default_factory=list)
    databases: list[DatabaseFigures] = field(default_factory=list)
    searches: list[SearchFigures] = field(default_factory=list)
    sizes: dict[int, float] = field(default_factory=dict)
    size_ceilings: dict[int, float] = field(default_factory=dict)
    app: list[Figure] = field(default_factory=list)

    def add_database(
        self,
        name: str,
        *,
        workers: int,
        enrolments: float,
        unlocks: float,
        memory: float,
        started_in: float,
    ) -> None:
        """Note what a database's verifier does besides checks."""
        self.databases.append(
            DatabaseFigures(name, workers, enrolments, unlocks, memory, started_in)
        )

    def bars(self) -> list[tuple[str, str, bool]]:
        """What was promised, what was measured, and whether it holds."""
        lines: list[tuple[str, str, bool]] = []
        for each in self.checks:
            if each.connections != _BAR_CONNECTIONS:
                continue
            name = each.data.database
            reached = each.to_ceiling >= 0.7
            promise = "valid checks ≥ 70 % of the ceiling"
            if not each.data.url:
                reached = reached or each.valid.per_second >= 3000
                promise = "valid checks ≥ 3,000/s or ≥ 70 % of the single writer"
            measured = f"{each.valid.per_second:,.0f}/s, {each.to_ceiling:.0%}"
            lines.append((f"{name}: {promise}", measured, reached))
            lines.append(
                (
                    f"{name}: wrong codes ≥ 50 % of that",
                    f"{each.wrong_to_valid:.0%}",
                    each.wrong_to_valid >= 0.5,
                )
            )
            tail = each.valid.p99 / each.valid.p50
            lines.append((f"{name}: p99 ≤ 5 × p50", f"{tail:.1f} ×", tail <= 5))
        for database in sorted({each.database for each in self.searches}):
            late = max(each.p99 for each in self.searches if each.database == database)
            promise = f"{database}: searches of staff < {_LONGEST_SEARCH_MS} ms, p99"
            lines.append((promise, f"{late:.0f} ms", late < _LONGEST_SEARCH_MS))
        if self.sizes:
            largest = max(self.sizes)
            share = self.sizes[largest]
            lines.append(
                (
                    f"{largest:,} registrations ≥ 90 % of {min(self.sizes):,}",
                    f"{share:.0%}",
                    share >= 0.9,
                )
            )
        return lines

    def missed(self) -> list[str]:
        """The bars that do not hold."""
        missed = [f"{what} ({measured})" for what, measured, holds in self.bars() if not holds]
        return missed + [f"the app: {each.name}" for each in self.app if not each.holds]


def page(report: Report) -> str:
    """The run as a page of Markdown."""
    checks = [
        "| database | clients | valid/s | p50 ms | p99 ms | wrong/s | ceiling/s | share | bare/s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    checks += [
        f"| {each.data.database} | {each.connections} | {each.valid.per_second:,.0f} "
        f"| {each.valid.p50:.1f} | {each.valid.p99:.1f} | {each.wrong.per_second:,.0f} "
        f"| {each.ceiling.per_second:,.0f} | {each.to_ceiling:.0%} "
        f"| {each.bare.per_second:,.0f} |"
        for each in report.checks
    ]
    others = [
        "| database | processes | enrolments/s | unlocks/s | memory of a process | cold start |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    others += [
        f"| {each.name} | {each.workers} | {each.enrolments:,.0f} | {each.unlocks:,.0f} "
        f"| {each.memory:.0f} MiB | {each.started_in:.1f} s |"
        for each in report.databases
    ]
    searches = ["| database | by | found | p50 ms | p99 ms |", "| --- | --- | --- | --- | --- |"]
    searches += [
        f"| {each.database} | {each.by} | {each.found:,} | {each.p50:.1f} | {each.p99:.1f} |"
        for each in report.searches
    ]
    sizes = ["| registrations | checks/s | the two statements alone |", "| --- | --- | --- |"]
    sizes += [
        f"| {size:,} | {share:.0%} | {report.size_ceilings.get(size, float('nan')):.0%} |"
        for size, share in sorted(report.sizes.items())
    ]
    bars = ["| bar | measured | holds |", "| --- | --- | --- |"]
    bars += [
        f"| {what} | {measured} | {'yes' if holds else '**no**'} |"
        for what, measured, holds in report.bars()
    ]
    return _TEXT.format(
        machine=report.machine,
        size=report.size,
        checks="\n".join(checks),
        others="\n".join(others),
        searches="\n".join(searches),
        sizes="\n".join(sizes),
        bars="\n".join(bars),
        app=table(report.app) if report.app else "Not measured in this run.",
    )


_TEXT = """\
# Performance

**Of four equal codes sent at once, exactly one is accepted**: for each of 300 trainees, on
SQLite and on PostgreSQL with one and with three processes, and of fifty wrong codes at once
exactly five are counted. That is a test (`tests/integration/test_races.py`), not a figure.

Everything below is one run of `make bench`, which wrote this page, on {machine}.
Absolute figures are this machine's at that hour; shares are what to look at, for what is
compared took turns within the run (medians).

## Checks of codes
{size:,} registrations. Everything is on: policy, locks, limits of rate, audit rows, receipts,
the access log, metrics. The load tool (`wrk`), the database and the verifier share the cores:
two processes on PostgreSQL, one on SQLite. A valid check is a code of this moment, each
trainee's once; a wrong one is counted against its trainee. The data were read once before,
so that memory holds them, as where a server has run for a while; PostgreSQL has a quarter of it.

{checks}

*Ceiling*: a check's two durable statements alone (conditional `UPDATE` of the registration,
`INSERT` of the check) on the same tables of the same database, in a transaction each: by
`pgbench -M prepared` with as many clients and `synchronous_commit=on`; on SQLite by one writer,
`synchronous=FULL`, a commit each. *Bare*: the service's description from the same server,
a JSON answer without a database.

## Size
Valid checks at 32 connections on PostgreSQL, the sizes in turns, as shares of the smallest.

{sizes}

## Searches of staff
Among {size:,} people, one search after the other; *found* is how many at the median. The time
is the asker's: it holds the transport, the audit's row about the search, and its commit.

{searches}

## The rest
Devices of the benchmark's own, written in Python, sign and parse on the same cores: a lower
bound. Memory is the proportional set size of the largest process after the load; a cold start
is from the command to the line that says that it listens.

{others}

## The app
{app}

## Bars of the verifier
{bars}
"""
