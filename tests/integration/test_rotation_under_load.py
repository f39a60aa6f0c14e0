"""The master key changes while codes are checked and people enrol, and nobody notices."""

import os
import threading
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import pytest
from click.testing import CliRunner

from motp_verifier.cli import main
from motp_verifier.config import load_config
from motp_verifier.sealing import load_or_create
from motp_verifier.services.key_rotation import RETIRE_AFTER_SECONDS
from tests.chaos.evidence import gather
from tests.chaos.fleet import verifiers
from tests.chaos.history import PATIENCE_SECONDS, History
from tests.chaos.judge import faults
from tests.chaos.load import Load
from tests.chaos.trainees import SCHOOL, Trainees
from tests.support.live_world import live_device, live_world
from tests.unit.verifier.device_world import Device
from tests.unit.verifier.site_world import World

PEOPLE = 400
"""More than can enrol meanwhile."""

ANSWERS = 100


class Enrolments:
    """One person after the other enrols and unlocks, for as long as the block lasts."""

    def __init__(self, config: Path, clients: list[httpx.Client]) -> None:
        self._config = load_config(config, {})
        self._worlds = cycle([live_world(self._config, each) for each in clients])
        self._changed = threading.Condition()
        self._ends = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="enrolments", daemon=True)
        self.devices: list[Device] = []

    def _run(self) -> None:
        try:
            for number in range(PEOPLE):
                if self._ends.is_set():
                    return
                device = live_device(next(self._worlds))
                begun = device.begin(name="김영희", phone=f"010-6{number:03d}-7777")
                assert begun.status_code == 202, begun.text
                assert device.prove().status_code == 200
                assert device.confirm().status_code == 201
                assert device.unlock().status_code == 200
                with self._changed:
                    self.devices.append(device)
                    self._changed.notify()
        except BaseException as error:
            with self._changed:
                self._error = error
                self._changed.notify()

    def wait_for_one(self) -> None:
        """Wait until somebody has enrolled who has not begun yet, or until it failed."""
        with self._changed:
            enough = len(self.devices) + 2
            self._changed.wait_for(
                lambda: len(self.devices) >= enough or self._error is not None, PATIENCE_SECONDS
            )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error


@pytest.fixture
def clients() -> Iterator[list[httpx.Client]]:
    made = [httpx.Client(timeout=40, trust_env=False) for _ in range(2)]
    yield made
    for each in made:
        each.close()


def keys(config: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["keys", *words, "--config", str(config)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_rotation_under_load_costs_no_check_and_no_enrolment(
    tmp_path: Path, database_url: str, clients: list[httpx.Client]
) -> None:
    config, key_file = tmp_path / "config.toml", tmp_path / "master.key"
    with verifiers(tmp_path, database_url, len(clients)) as fleet:
        world = World(
            tmp_path, load_or_create(key_file), time.time_ns() // 10**6, database_url=database_url
        )
        world.add_institution(SCHOOL)
        trainees = Trainees(world, 60, seed=1)
        lines = (f"김영희,010-6{number:03d}-7777,e{number}" for number in range(PEOPLE))
        world.add_to_roster(SCHOOL, *lines)
        for client, each in zip(clients, fleet, strict=True):
            client.base_url = each.origin
        history, enrolments = History(), Enrolments(config, clients)
        origins = [each.origin for each in fleet]
        with Load(origins, world.api_keys[SCHOOL], trainees.next, history, sites=4), enrolments:
            history.wait_for_more(ANSWERS)
            enrolments.wait_for_one()
            assert " values again under k2." in keys(config, "rotate")
            history.wait_for_more(ANSWERS)
            enrolments.wait_for_one()
        # What somebody sealed before the new key was seen may have come late.
        assert "under k2." in keys(config, "rotate", "--to", "k2")
        changed = time.time() - RETIRE_AFTER_SECONDS
        os.utime(key_file, (changed, changed))
        assert keys(config, "retire", "k1") == "Retired k1.\n"
        for device in enrolments.devices:
            assert device.unlock(try_="b").status_code == 200
        assert faults(gather(world, trainees, history)) == []
        assert {type(each.outcome).__name__ for each in history.attempts} == {"Answered"}
        world.close()
        for each in fleet:
            each.stop()
            assert each.errors() == []
