import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from motp_verifier.services.api_keys import KEPT_MS
from motp_verifier.services.institutions import (
    BadInstitutionId,
    BadInstitutionName,
    InstitutionAdded,
    InstitutionExists,
)
from motp_verifier.store import tables
from tests.unit.verifier.site_world import START, World


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    yield world
    world.close()


def test_an_institution_gets_one_key_of_which_only_the_hash_is_stored(world: World) -> None:
    added = world.run(world.institutions.add("school", " 한국  훈련원 "))
    assert isinstance(added, InstitutionAdded)
    assert re.fullmatch(r"motp_[A-Za-z0-9_-]{43}", added.api_key)
    assert added.api_key not in repr(added)
    (row,) = world.rows(tables.api_key)
    assert row["key_hash"] == hashlib.sha256(added.api_key.encode()).digest()
    assert world.run(world.site_keys.holder(added.api_key)) == "school"


def test_a_taken_id_is_refused_and_the_first_keeps_its_key(world: World) -> None:
    world.add_institution("school")
    assert world.run(world.institutions.add("school", "다른 곳")) == InstitutionExists()
    assert len(world.rows(tables.api_key)) == 1


@pytest.mark.parametrize("institution_id", ["", "a b", "학교", "a" * 65, "a\n"])
def test_an_id_that_the_protocol_cannot_carry_is_refused(world: World, institution_id: str) -> None:
    assert world.run(world.institutions.add(institution_id, "School")) == BadInstitutionId()


@pytest.mark.parametrize("name", ["", "  ", "a" * 101, "a\x1b[2J"])
def test_a_name_that_cannot_be_shown_is_refused(world: World, name: str) -> None:
    assert world.run(world.institutions.add("school", name)) == BadInstitutionName()


@pytest.mark.parametrize(
    "values",
    [{"revoked_at": START}, {"expires_at": START + KEPT_MS}, {"expires_at": START - 1}],
)
def test_a_revoked_or_expired_key_opens_nothing(world: World, values: dict[str, int]) -> None:
    world.add_institution("school")
    key = world.api_keys["school"]
    world.do(lambda c: c.execute(update(tables.api_key).values(expires_at=START + 9000)) and None)
    assert world.run(world.site_keys.holder(key)) == "school"
    world.do(lambda c: c.execute(update(tables.api_key).values(values)) and None)
    world.now += KEPT_MS
    assert world.run(world.site_keys.holder(key)) is None


@pytest.mark.parametrize("change", [str.upper, lambda key: key[:-1], lambda key: key + "\n"])
def test_a_key_that_differs_in_anything_opens_nothing(world: World, change: object) -> None:
    world.add_institution("school")
    assert callable(change)
    assert world.run(world.site_keys.holder(change(world.api_keys["school"]))) is None


def test_the_list_counts_trainees_and_valid_keys(world: World) -> None:
    world.add_institution("b-school")
    world.add_institution("a-school")
    world.add_to_roster("b-school", "홍길동,010-1234-5678,1", "김철수,010-2345-6789,2")
    listed = world.run(world.institutions.all())
    assert [(one.id, one.trainees, one.keys) for one in listed] == [
        ("a-school", 0, 1),
        ("b-school", 2, 1),
    ]
