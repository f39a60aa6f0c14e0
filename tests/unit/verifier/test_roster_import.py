import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_protocol.person import normalise_name, normalise_phone
from motp_verifier.services.people import Person, open_person, person_index
from motp_verifier.services.roster.columns import Column
from motp_verifier.services.roster.importing import (
    Imported,
    ImportOutcome,
    NothingImported,
    UnknownInstitution,
)
from motp_verifier.services.roster.lines import LineFault, RefusedLine, RepeatedLine
from motp_verifier.services.roster.text import FileFault, UnreadableRoster
from motp_verifier.store import tables
from tests.unit.verifier.site_world import World

HEADER = "이름,전화번호,훈련생ID"
HONG = "홍길동,010-1234-5678,hong"
KIM = "김철수,010-2345-6789,"


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("school")
    world.add_institution("other")
    yield world
    world.close()


def imported(
    world: World, *lines: str, to: str = "school", skip_bad_lines: bool = False
) -> ImportOutcome:
    data = "\n".join([HEADER, *lines]).encode()
    return world.run(world.roster.run(to, data, skip_bad_lines=skip_bad_lines))


def people(world: World, institution: str = "school") -> dict[str, str]:
    """Names by the institution's id."""
    trainees = {row["id"]: row for row in world.rows(tables.trainee)}
    return {
        entry["pairwise_id"]: open_person(
            world.keys,
            trainees[entry["trainee_id"]]["name_sealed"],
            trainees[entry["trainee_id"]]["phone_sealed"],
            f"trainee:{entry['trainee_id']}",
        ).name
        for entry in world.rows(tables.roster_entry)
        if entry["institution_id"] == institution
    }


def test_trainees_are_added_with_the_institutions_id_or_a_generated_one(world: World) -> None:
    assert imported(world, HONG, KIM) == Imported(2, 0, 0, (), ())
    found = people(world)
    assert found["hong"] == "홍길동"
    (generated,) = set(found) - {"hong"}
    assert generated.startswith("p_")
    assert found[generated] == "김철수"


def test_names_and_numbers_are_nowhere_in_the_file_of_the_database(world: World) -> None:
    imported(world, HONG)
    world.close()
    stored = b"".join(path.read_bytes() for path in world.folder.iterdir())
    for secret in ("홍길동".encode(), b"12345678", b"1234-5678"):
        assert secret not in stored


def test_trainees_are_found_by_the_keyed_index_of_name_and_number(world: World) -> None:
    imported(world, HONG)
    person = Person(normalise_name("홍길동"), normalise_phone("01012345678"))
    (row,) = world.rows(tables.trainee)
    assert row["person_index"] == person_index(world.keys, person)


def test_importing_again_changes_nothing(world: World) -> None:
    imported(world, HONG, KIM)
    before = (world.rows(tables.trainee), world.rows(tables.roster_entry))
    world.now += 1000
    assert imported(world, HONG, KIM) == Imported(0, 0, 2, (), ())
    listed = [row | {"listed_at": world.now - 1000} for row in world.rows(tables.roster_entry)]
    assert (world.rows(tables.trainee), listed) == before


def test_a_person_in_two_institutions_is_one_trainee_with_two_ids(world: World) -> None:
    imported(world, HONG)
    imported(world, "홍길동,01012345678,gildong", to="other")
    assert len(world.rows(tables.trainee)) == 1
    assert set(people(world)) == {"hong"}
    assert set(people(world, "other")) == {"gildong"}


@pytest.mark.parametrize("bad", ["박영희,02-123-4567,", ",01011112222,", "홍길동,01012345678,h2"])
def test_one_bad_line_means_that_nothing_is_imported(world: World, bad: str) -> None:
    outcome = imported(world, HONG, bad, KIM)
    assert isinstance(outcome, NothingImported)
    assert [line.line for line in outcome.refused] == [3]
    assert world.rows(tables.trainee) == []
    assert world.rows(tables.roster_entry) == []


def test_bad_lines_are_skipped_when_asked_and_still_reported(world: World) -> None:
    outcome = imported(world, HONG, "박영희,02-123-4567,", HONG, KIM, skip_bad_lines=True)
    refused = RefusedLine(3, Column.PHONE, LineFault.PHONE_INVALID, "02-1**-****")
    assert outcome == Imported(2, 0, 0, (refused,), (RepeatedLine(4, 2),))
    assert set(people(world).values()) == {"홍길동", "김철수"}


def test_a_new_id_for_a_person_in_the_roster_replaces_the_old_one(world: World) -> None:
    imported(world, HONG, KIM)
    assert imported(world, "홍길동,01012345678,h-2") == Imported(0, 1, 0, (), ())
    assert people(world)["h-2"] == "홍길동"
    assert "hong" not in people(world)


def test_a_new_number_under_the_same_id_corrects_the_entry(world: World) -> None:
    imported(world, HONG)
    assert imported(world, "홍길동,010-9999-8888,hong") == Imported(0, 1, 0, (), ())
    assert people(world) == {"hong": "홍길동"}
    (entry,) = world.rows(tables.roster_entry)
    moved_to = next(row for row in world.rows(tables.trainee) if row["id"] == entry["trainee_id"])
    person = Person("홍길동", "+821099998888")
    assert moved_to["person_index"] == person_index(world.keys, person)


@pytest.mark.parametrize(
    "lines",
    [
        ("홍길동,01012345678,kim",),
        ("홍길동,01012345678,kim", "김철수,01023456789,hong"),
        ("박영희,01055556666,hong", "홍길동,01012345678,"),
    ],
)
def test_an_id_that_is_another_persons_is_refused_where_nothing_says_who_is_meant(
    world: World, lines: tuple[str, ...]
) -> None:
    imported(world, HONG, "김철수,01023456789,kim")
    before = people(world)
    outcome = imported(world, *lines)
    assert isinstance(outcome, NothingImported)
    assert {line.fault for line in outcome.refused} == {LineFault.ID_TAKEN}
    assert people(world) == before


def test_nobody_is_removed_by_a_file_that_does_not_name_them(world: World) -> None:
    imported(world, HONG)
    imported(world, KIM)
    assert len(people(world)) == 2


def test_an_unknown_institution_and_an_unreadable_file_are_said(world: World) -> None:
    assert imported(world, HONG, to="nobody") == UnknownInstitution()
    assert world.run(world.roster.run("school", b"")) == UnreadableRoster(FileFault.EMPTY)


def test_a_failure_in_the_middle_leaves_the_roster_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("motp_verifier.store.roster.insert_entries", fail)
    with pytest.raises(RuntimeError):
        imported(world, HONG)
    assert world.rows(tables.trainee) == []


def test_a_large_roster_in_any_order_is_idempotent(world: World) -> None:
    lines = [f"훈련생 가{chr(0xAC00 + n)},010-{n:04d}-0000,t{n}" for n in range(1500)]
    assert imported(world, *lines) == Imported(1500, 0, 0, (), ())
    random.Random(1).shuffle(lines)
    assert imported(world, *lines) == Imported(0, 0, 1500, (), ())
