"""Versions of the app: the oldest that is served, and the newest that is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.services.app_versions import ANY_APP, SupportedApps, is_older
from tests.unit.verifier.device_world import Device, running, told

NUMBERS = st.tuples(*[st.integers(0, 999)] * 3)


def text(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


@given(NUMBERS, NUMBERS)
def test_versions_are_compared_number_by_number(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert is_older(text(one), text(other)) == (any(one) and one < other)


@pytest.mark.parametrize("version", ["dev", "", "0", "0.0.0+local"])
def test_a_version_without_numbers_is_taken_for_no_old_one(version: str) -> None:
    apps = SupportedApps(oldest="2.0", newest="3.0")
    assert apps.serves(version)
    assert apps.newer_than(version) is None


@given(st.text(max_size=64))
def test_where_nothing_is_said_every_version_is_served(version: str) -> None:
    assert ANY_APP.serves(version)
    assert ANY_APP.newer_than(version) is None


def test_an_app_that_is_too_old_neither_enrols_nor_unlocks(
    tmp_path: Path, database_url: str
) -> None:
    with running(tmp_path, database_url=database_url) as world:
        world.add_trainee()
        device = Device(world).enrol()
    with running(
        tmp_path, database_url=database_url, app_oldest="0.2.0", app_newest="0.3.0"
    ) as world:
        device.world = world
        for refused in (device.unlock(), device.change_pin("new"), Device(world).begin()):
            assert told(refused) == (403, "app-outdated")
            assert "0.2.0" in refused.json()["detail"]
        status = device.sync().json()
        assert (status["state"], status["newer_app"]) == ("active", "0.3.0")


def test_a_wrong_pin_of_an_old_app_is_not_counted(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url=database_url) as world:
        world.add_trainee()
        device = Device(world).enrol()
    with running(tmp_path, database_url=database_url, app_oldest="0.2.0") as world:
        device.world = world
        for number in range(9):
            assert told(device.unlock(pin="x", try_=f"t{number}")) == (403, "app-outdated")
    with running(tmp_path, database_url=database_url) as world:
        device.world = world
        assert device.unlock().json()["status"]["pin_attempts_left"] == 5


def test_the_newest_app_is_told_of_no_newer_one(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url=database_url, app_newest="0.1.1") as world:
        world.add_trainee()
        device = Device(world).enrol()
        assert device.unlock().json()["status"]["newer_app"] == "0.1.1"
        assert device.sync().json()["newer_app"] is None
