from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.services.code_counters import RUN_LIMIT, TOTAL_LIMIT, CodeCounters
from motp_verifier.store import tables
from motp_verifier.store import verifications as rows
from motp_verifier.store.sets import write_all
from tests.unit.verifier.site_world import World


@given(st.lists(st.booleans(), max_size=60))
def test_the_attempts_left_are_exactly_the_wrong_codes_until_a_lock(tries: list[bool]) -> None:
    counters = CodeCounters(0, 0)
    for is_right in tries:
        if counters.locks_pair or counters.locks_everywhere:
            break
        counters = counters.after_accepted() if is_right else counters.after_wrong()
    until_lock, ahead = 0, counters
    while not (ahead.locks_pair or ahead.locks_everywhere):
        ahead, until_lock = ahead.after_wrong(), until_lock + 1
    assert counters.attempts_left == until_lock
    assert 0 <= counters.attempts_left <= RUN_LIMIT


@given(st.lists(st.booleans(), max_size=80))
def test_no_sequence_of_tries_gets_past_either_limit(tries: list[bool]) -> None:
    counters, wrong_in_row, wrong = CodeCounters(0, 0), 0, 0
    for is_right in tries:
        if counters.locks_pair or counters.locks_everywhere:
            break
        counters = counters.after_accepted() if is_right else counters.after_wrong()
        wrong_in_row = 0 if is_right else wrong_in_row + 1
        wrong += not is_right
    assert wrong_in_row <= RUN_LIMIT
    assert wrong <= TOTAL_LIMIT


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.add_institution("school")
    world.add_to_roster("school", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


def test_the_statement_that_uses_up_a_step_succeeds_once_without_any_look_before(
    world: World,
) -> None:
    device = world.register("school", "hong")
    trainee = world.rows(tables.registration)[0]["trainee_id"]

    def accepts(step: int) -> bool:
        write = rows.accepted_steps([(trainee, device.id, step)])
        return world.do(lambda connection: write_all(connection, [write])) == [1]

    assert [accepts(step) for step in (7, 7, 6, 8, 8)] == [True, False, False, True, False]
