"""API keys by the commands that operators type, and what running verifiers make of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motp_verifier.cli import main
from motp_verifier.services.api_keys import KEPT_MS, ApiKeyAdded, ApiKeyRevoked, NoSuchKey
from motp_verifier.store import tables
from tests.unit.verifier.site_world import START, World

HOUR = 3_600_000
DAY = 24 * HOUR


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("school")
    yield world
    world.close()


def add(world: World, days: int | None = None) -> ApiKeyAdded:
    added = world.run(world.site_keys.add("school", " 새  사이트 ", days))
    assert isinstance(added, ApiKeyAdded)
    return added


def test_several_keys_are_valid_at_once_and_are_listed_by_their_ending_alone(world: World) -> None:
    added = add(world, days=30)
    assert added.api_key not in repr(added)
    for key in (added.api_key, world.api_keys["school"]):
        assert world.run(world.site_keys.holder(key)) == "school"
    by_id = {each.id: each for each in world.run(world.site_keys.all("school"))}
    assert len(by_id) == 2
    listed = by_id[added.id]
    assert (listed.label, listed.state, listed.ending) == ("새 사이트", "valid", added.api_key[-4:])
    assert listed.expires_at == START + 30 * DAY


def test_a_key_ends_at_its_time(world: World) -> None:
    key = add(world, days=1).api_key
    world.now += DAY - 1
    assert world.run(world.site_keys.holder(key)) == "school"
    world.now += 1
    assert world.run(world.site_keys.holder(key)) is None


def test_a_revoked_key_stops_within_two_seconds_and_is_audited_once(world: World) -> None:
    added = add(world)
    assert world.run(world.site_keys.holder(added.api_key)) == "school"
    for _ in range(2):
        assert world.run(world.site_keys.revoke(added.id)) == ApiKeyRevoked("school", START)
    world.now += KEPT_MS
    assert world.run(world.site_keys.holder(added.api_key)) is None
    kinds = [row["kind"] for row in world.rows(tables.audit_row)]
    assert kinds.count("api-key-revoked") == 1
    assert world.run(world.site_keys.revoke("key_none")) == NoSuchKey()


def test_the_last_use_is_kept_to_the_hour(world: World) -> None:
    key = world.api_keys["school"]
    world.run(world.site_keys.holder(key))
    (listed,) = world.run(world.site_keys.all())
    assert listed.last_used_at == START // HOUR * HOUR
    world.now += HOUR
    world.run(world.site_keys.holder(key))
    (listed,) = world.run(world.site_keys.all())
    assert listed.last_used_at == START // HOUR * HOUR + HOUR


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data-dir", str(folder / "data")])


def test_the_commands_add_list_and_revoke_keys_and_show_one_once(tmp_path: Path) -> None:
    run(tmp_path, "institution", "add", "--id", "school", "--name", "한빛")
    added = run(tmp_path, "api-key", "add", "--institution", "school", "--label", "LMS")
    assert added.exit_code == 0, added.output
    key_id, key = re.findall(r"key_\S+?(?=\.)|motp_\S+", added.stdout)
    listed = run(tmp_path, "api-key", "list", "--institution", "school")
    (line,) = [each for each in listed.stdout.splitlines() if each.startswith(key_id)]
    assert line.split("\t")[1:4] == ["school", f"…{key[-4:]}", "valid"]
    assert line.endswith("\tnever\tnever\tLMS")
    assert key not in listed.output
    revoked = run(tmp_path, "api-key", "revoke", key_id)
    assert (revoked.exit_code, "is revoked since" in revoked.stdout) == (0, True)
    assert "\trevoked\t" in run(tmp_path, "api-key", "list").stdout
    for wrong in (("add", "--institution", "nowhere"), ("revoke", "key_none")):
        result = run(tmp_path, "api-key", *wrong)
        assert (result.exit_code, "there is no" in result.stderr) == (1, True)


def test_the_commands_rotate_and_list_signing_keys(tmp_path: Path) -> None:
    first = run(tmp_path, "signing-key", "rotate")
    assert first.exit_code == 0, first.output
    second = run(tmp_path, "signing-key", "rotate")
    assert "signs from" in second.stdout
    assert "is published already" in run(tmp_path, "signing-key", "rotate").stderr
    states = [
        line.split("\t")[1] for line in run(tmp_path, "signing-key", "list").stdout.splitlines()
    ]
    assert states == ["active", "pending"]
