"""`kill -9` of a kiosk at every numbered step: the next start always finds a way on.

Each start is a process of its own, with the real services over a real data folder and one
real verifier on loopback.
"""

import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from motp_desktop.services.confirmation import CONFIRM_STEPS
from motp_desktop.services.enrolment import ENROLMENT_STEPS
from motp_desktop.services.kiosk.enrolling import ENROL_STEPS
from motp_desktop.services.unlock import UNLOCK_STEPS
from tests.support.live_kiosk import add_kiosk
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.nursery import Nursery

pytestmark = pytest.mark.xdist_group("kiosk-kills")


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("verifier") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@dataclass
class KilledKiosk:
    """What lasts across starts of the kiosk."""

    nursery: Nursery
    verifier: LiveVerifier
    person: Person
    folder: Path
    code: str

    def start(self, *deeds: str) -> dict[str, str]:
        """One start that nothing cuts off: how its deeds went."""
        assert self._run(deeds, fatal="") == 0, self._log.read_text("utf-8")
        news: dict[str, str] = json.loads((self.folder / "told.json").read_text("utf-8"))
        return news

    def die(self, *deeds: str, at: str) -> None:
        """One start that kills itself when it reaches a step."""
        ended = self._run(deeds, fatal=at)
        assert ended == -signal.SIGKILL, f"{at} was not reached\n{self._log.read_text('utf-8')}"

    @property
    def _log(self) -> Path:
        return self.folder / "kiosk.log"

    def _run(self, deeds: tuple[str, ...], *, fatal: str) -> int:
        child = self.nursery.start(
            "tests.support.kiosk_life:live",
            self._log,
            folder=str(self.folder / "data"),
            verifier_folder=str(self.verifier.data_dir),
            origin=self.verifier.origin,
            name=self.person.name,
            phone=self.person.phone,
            kiosk_code=self.code,
            deeds=deeds,
            fatal=fatal,
            told=str(self.folder / "told.json"),
        )
        return self.nursery.wait(child)


@pytest.fixture
def kiosk(nursery: Nursery, verifier: LiveVerifier, tmp_path: Path) -> KilledKiosk:
    return KilledKiosk(nursery, verifier, verifier.new_person(), tmp_path, add_kiosk(verifier))


@pytest.mark.parametrize("step", ENROL_STEPS)
def test_an_enrolment_of_the_kiosk_that_is_killed_is_finished(
    kiosk: KilledKiosk, step: str
) -> None:
    kiosk.die("enrol_kiosk", at=step)
    news = kiosk.start("look", "enrol_kiosk")
    assert news["look"] == ("KioskReady" if step == "kiosk.4" else "NotEnrolled")
    assert kiosk.start("look", "go_on", "unlock")["unlock"] == "PinRight"


@pytest.mark.parametrize("step", ENROLMENT_STEPS + CONFIRM_STEPS)
def test_a_trainee_s_enrolment_that_is_killed_is_finished(
    kiosk: KilledKiosk, verifier: LiveVerifier, step: str
) -> None:
    kiosk.start("enrol_kiosk")
    kiosk.die("arrive", "register", at=step)
    news = kiosk.start("go_on", "unlock")
    if step in {"enrol.6", "confirm.1", "confirm.2"}:
        assert news["go_on"] == "Unconfirmed"
    else:
        assert news["go_on"] == ("Registered" if step == "confirm.3" else "NoProfile")
    assert verifier.check(kiosk.person, news["code"]) == "accepted"


@pytest.mark.parametrize("step", UNLOCK_STEPS)
def test_an_unlock_that_is_killed_is_done_again(
    kiosk: KilledKiosk, verifier: LiveVerifier, step: str
) -> None:
    kiosk.start("enrol_kiosk", "go_on")
    kiosk.die("arrive", "unlock", at=step)
    news = kiosk.start("arrive", "unlock")
    assert news["unlock"] == "PinRight"
    assert verifier.check(kiosk.person, news["code"]) == "accepted"
    assert kiosk.start("arrive", "unlock", "end")["unlock"] == "PinRight"
