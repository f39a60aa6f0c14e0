"""The benchmark itself: a run of seconds on small data, whose figures nobody looks at."""

import asyncio
from pathlib import Path

import pytest

from bench.ceiling import Ceiling
from bench.checks import CheckFigures, by_size, measure_checks
from bench.data import DataSet, sqlite_set
from bench.devices import measure_devices
from bench.load import Measured, Tries
from bench.report import Report, page
from bench.searches import SearchFigures, measure_searches
from bench.verifier import running
from motp_verifier.config import load_config
from motp_verifier.runtime import open_runtime
from motp_verifier.store.search_indexes import people_without, registrations_without


@pytest.fixture
def small(tmp_path: Path) -> DataSet:
    return sqlite_set(tmp_path, 2_000)


def test_a_small_run_measures_checks_enrolments_and_unlocks(small: DataSet) -> None:
    with running(small) as verifier:
        figures = measure_checks(
            verifier, Tries(small.size, 1), 4, seconds=0.1, rounds=1, server=None
        )
        enrolments, unlocks = measure_devices(verifier, 0.1, connections=2)
        assert verifier.memory() > 1
    assert figures.valid.requests > 0
    assert figures.wrong.requests > 0
    assert figures.ceiling.per_second > 0
    assert min(enrolments, unlocks) > 0


def test_a_small_run_finds_people_in_every_way(small: DataSet) -> None:
    with running(small) as verifier:
        ways = measure_searches(verifier, 5)
    assert [each.by for each in ways] == ["a whole number", "four last digits", "a name"]
    assert [each.found for each in ways] == [1, 3, 9]
    assert all(0 < each.p50 <= each.p99 for each in ways)


def test_nobody_of_a_data_set_is_left_to_be_made_findable(small: DataSet) -> None:
    runtime = open_runtime(load_config(small.config_file(), {}, {}))
    try:
        found = asyncio.run(runtime.store.read(lambda c: people_without(c, 1)))
        assert not found
        assert not asyncio.run(runtime.store.read(lambda c: registrations_without(c, 1)))
    finally:
        runtime.close()


def test_a_data_set_is_made_once(small: DataSet) -> None:
    assert sqlite_set(small.folder.parent, 2_000) == small


def _figures(**changes: float) -> CheckFigures:
    values = {"rate": 4000.0, "p99": 40.0, "share": 0.8, "wrong": 0.9} | changes
    run = Measured(values["rate"], 10.0, values["p99"], 1)
    data = DataSet(Path(), "postgresql://h/x", 1, "key")
    ceiling = Ceiling(5000.0, 1.0)
    return CheckFigures(data, 32, run, run, run, ceiling, values["share"], values["wrong"])


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"share": 0.69}, ["70 %"]),
        ({"wrong": 0.49}, ["50 %"]),
        ({"p99": 51.0}, ["p99"]),
        ({"search": 101.0}, ["searches of staff"]),
    ],
)
def test_the_page_says_which_bar_is_missed(changes: dict[str, float], named: list[str]) -> None:
    search = changes.pop("search", 99.0)
    report = Report("a machine", 1, [_figures(**changes)], sizes={10_000: 1.0, 10_000_000: 0.95})
    report.searches.append(SearchFigures("PostgreSQL", "a name", 1, 1.0, search))
    missed = report.missed()
    assert len(missed) == len(named)
    assert all(each in told for each, told in zip(named, missed, strict=True))
    assert page(report).count("**no**") == len(named)


def test_sizes_are_compared_within_a_turn() -> None:
    taken = {10: [100.0, 50.0, 200.0], 1000: [90.0, 45.0, 190.0]}
    assert by_size(taken) == {10: 1.0, 1000: 0.9}
