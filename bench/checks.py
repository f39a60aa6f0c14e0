"""Checks a second, beside what the same machine can do at most at the same time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from bench.ceiling import Ceiling, pgbench, sqlite_single_writer
from bench.cpu import tree
from bench.data import DataSet
from bench.load import Measured, Tries, bare_route, check_codes
from bench.postgres import PostgresServer
from bench.verifier import Verifier

T = TypeVar("T")

CONNECTIONS = (1, 8, 32)
_MOST_A_SECOND = 8000
"""Prepared requests; a run ends early where they are used up."""


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """One database at one number of connections, each the median of the rounds.

    The ratios are medians of the ratios within a round.
    """

    data: DataSet
    connections: int
    valid: Measured
    wrong: Measured
    bare: Measured
    ceiling: Ceiling
    to_ceiling: float
    wrong_to_valid: float


def measure_checks(
    verifier: Verifier,
    tries: Tries,
    connections: int,
    *,
    seconds: float,
    rounds: int,
    server: PostgresServer | None,
) -> CheckFigures:
    """Take turns: what a shared machine loses for a while is lost by all."""
    data = verifier.data

    def database() -> set[int]:
        return set() if server is None else tree(server.process)

    most = int(_MOST_A_SECOND * seconds)

    def ceiling() -> Ceiling:
        if server is not None:
            return pgbench(server, data, connections, max(1, round(seconds)))
        return sqlite_single_writer(data, seconds)

    def checks(*, wrong: bool) -> Measured:
        return check_codes(
            verifier, tries, connections, seconds, most=most, wrong=wrong, database=database()
        )

    check_codes(verifier, tries, connections, min(seconds, 1), most=most)  # to warm up
    taken = [
        (
            ceiling(),
            checks(wrong=False),
            checks(wrong=True),
            bare_route(verifier, connections, min(seconds, 2)),
        )
        for _ in range(rounds)
    ]
    ceilings, valid, wrong, bare = zip(*taken, strict=True)
    return CheckFigures(
        data,
        connections,
        middle(valid, lambda each: each.per_second),
        middle(wrong, lambda each: each.per_second),
        middle(bare, lambda each: each.per_second),
        middle(ceilings, lambda each: each.per_second),
        median(each[1].per_second / each[0].per_second for each in taken),
        median(each[2].per_second / each[1].per_second for each in taken),
    )


def middle(taken: tuple[T, ...], by: Callable[[T], float]) -> T:
    """The one in the middle."""
    return sorted(taken, key=by)[len(taken) // 2]


def by_size(taken: Mapping[int, list[float]]) -> dict[int, float]:
    """The median of each size's turns, as a share of the smallest size's in the same turn."""
    smallest = taken[min(taken)]
    return {
        size: median(here / there for here, there in zip(each, smallest, strict=True))
        for size, each in taken.items()
    }
