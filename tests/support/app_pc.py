"""A PC on which the app is started again and again, each time as a process that may be killed."""

import json
import signal
from pathlib import Path

from tests.support.live_verifier import LiveVerifier, Person
from tests.support.nursery import Nursery


class AppPc:
    """What lasts across starts of the app: a data folder, with a key file in it."""

    def __init__(
        self, nursery: Nursery, verifier: LiveVerifier, person: Person, folder: Path
    ) -> None:
        self._nursery = nursery
        self._verifier = verifier
        self._person = person
        self._folder = folder
        folder.mkdir()

    def start(self, *deeds: str) -> dict[str, str]:
        """One start that nothing cuts off: what it found, and how its deeds went."""
        told = self._folder / "told.json"
        ended = self._run(deeds, fatal="", told=told)
        assert ended == 0, self._log.read_text("utf-8")
        news: dict[str, str] = json.loads(told.read_text("utf-8"))
        return news

    def die(self, *deeds: str, at: str) -> None:
        """One start that kills itself when it reaches a step."""
        ended = self._run(deeds, fatal=at, told=self._folder / "told.json")
        assert ended == -signal.SIGKILL, f"{at} was not reached\n{self._log.read_text('utf-8')}"

    @property
    def _log(self) -> Path:
        return self._folder / "app.log"

    def _run(self, deeds: tuple[str, ...], *, fatal: str, told: Path) -> int:
        child = self._nursery.start(
            "tests.support.app_life:live",
            self._log,
            folder=str(self._folder / "data"),
            verifier_folder=str(self._verifier.data_dir),
            origin=self._verifier.origin,
            name=self._person.name,
            phone=self._person.phone,
            deeds=deeds,
            fatal=fatal,
            told=str(told),
        )
        return self._nursery.wait(child)
