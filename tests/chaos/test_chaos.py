"""Processes are killed and the database goes away under load, and no code is accepted twice."""

from functools import partial
from pathlib import Path

import pytest

from tests.chaos.monkey import after_answers, plan
from tests.chaos.trial import Scenario, hold
from tests.support.databases import Cluster

ANSWERS = 150
"""Between one mischief and the next."""


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_codes_locks_and_the_audit_are_exact_whatever_dies(
    store: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    over_postgresql = store == "postgresql"
    cluster: Cluster | None = request.getfixturevalue("cluster") if over_postgresql else None
    scenario = Scenario(
        servers=2 if over_postgresql else 1,
        workers=1,
        cluster=cluster,
        trainees=100,
        plan=plan(4, database=over_postgresql),
        pause=partial(after_answers, answers=ANSWERS),
    )
    report = hold(scenario, tmp_path)
    assert report.faults == []
    assert {"accepted", "code-used", "code-wrong", "locked", "cut off"} <= report.said.keys()
