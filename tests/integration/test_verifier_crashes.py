"""`kill -9` at every step of every write: what a device repeats afterwards works.

A verifier process is told at which step to kill itself. The device's request gets no
answer; the verifier is started again; the device does what an app does, and goes on.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from motp_verifier.config import load_config
from tests.support.databases import Cluster, fresh_database
from tests.support.killing_verifier import MOMENTS, Killable, killable_verifier
from tests.support.live_verifier import Person
from tests.support.live_world import live_device, live_world
from tests.unit.verifier.device_world import Device

OPERATIONS = (
    "enrolment-start",
    "enrolment-identity",
    "enrolment-confirm",
    "unlock",
    "pin",
    "reset",
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def verifier(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Killable]:
    folder: Path = tmp_path_factory.mktemp("verifier") / "data"
    if request.param == "sqlite":
        with killable_verifier(folder) as running:
            yield running
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with fresh_database(cluster) as url, killable_verifier(folder, url) as running:
        yield running


def journey(device: Device, person: Person, after: int) -> int:
    """Do the steps from number `after`; the number of the step that got no answer."""
    steps: tuple[tuple[Callable[[], httpx.Response], int], ...] = (
        (lambda: device.begin(name=person.name, phone=person.phone), 202),
        (device.prove, 200),
        (device.confirm, 201),
        (device.unlock, 200),
        (lambda: device.change_pin("new", try_="b"), 200),
        (device.reset, 204),
    )
    for number, (step, expected) in enumerate(steps):
        if number < after:
            continue
        try:
            answer = step()
        except httpx.TransportError:
            return number
        assert answer.status_code == expected, (number, answer.text)
    return len(steps)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_device_goes_on_after_the_verifier_was_killed(
    operation: str, moment: str, verifier: Killable
) -> None:
    person, killed_in = verifier.new_person(), OPERATIONS.index(operation)
    with httpx.Client(base_url=verifier.origin, timeout=20, trust_env=False) as client:
        settings = {
            "data_dir": str(verifier.data_dir),
            "database_url": verifier.url,
            "identity": "outbox",
        }
        device = live_device(live_world(load_config(overrides=settings), client))
        with verifier.dying_at(f"{operation}:{moment}"):
            assert journey(device, person, 0) == killed_in
        if (operation, moment) == ("enrolment-start", "answer"):
            # The message never left: the device asks for another when it may.
            again = device.begin(name=person.name, phone=person.phone)
            assert again.json()["identity"]["resend_after"] > 0
            return
        assert journey(device, person, killed_in) == len(OPERATIONS)
