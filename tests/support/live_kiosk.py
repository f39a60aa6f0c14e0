"""A shared PC: the kiosk's real services over a real data folder and a real verifier.

kiosk = LiveKiosk(verifier, tmp_path / "kiosk")
kiosk.enrol()
kiosk.register(person)
assert verifier.check(person, kiosk.unlock(person)) == "accepted"
"""

import re
from pathlib import Path

from click.testing import CliRunner

from motp_desktop.config import Settings
from motp_desktop.kiosk_services import KioskServices, build_kiosk
from motp_desktop.services.adapters.http_exchange import (
    Exchange,
    HttpAnswer,
    HttpExchange,
    HttpRequest,
)
from motp_desktop.services.kiosk.outcomes import HasProfile, KioskAdded, NoProfile
from motp_desktop.services.kiosk.use_cases import Kiosk, Visit, Visits
from motp_desktop.services.outcomes import (
    CodeSent,
    ConsentReady,
    Enrolled,
    EnrolmentForm,
    PinRight,
    Proven,
)
from motp_desktop.services.ports import NoAnswer, StepListener, no_listener
from motp_protocol.kiosks import KioskClaims
from motp_verifier.cli import main
from tests.support.desktop_fakes import CHEAP_ARGON2
from tests.support.live_verifier import INSTITUTION, LiveVerifier, Person
from tests.support.memory_ports import MemoryKeyStore
from tests.support.pc import PIN, OffsetClock

EXIT_PIN = "730518"
_CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b")


class Cable(HttpExchange):
    """The network, which can be pulled out, or lose answers on their way back."""

    def __init__(self) -> None:
        super().__init__()
        self.is_in = True
        self.answers_to_lose = 0
        self.sent: list[HttpRequest] = []

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """The answer, where there is a way."""
        if not self.is_in:
            return NoAnswer("offline")
        self.sent.append(request)
        answer = super().send(request)
        if self.answers_to_lose:
            self.answers_to_lose -= 1
            return NoAnswer("timeout")
        return answer


class LiveKiosk:
    """What lasts across restarts of the kiosk, and the services of the one that runs."""

    def __init__(
        self, verifier: LiveVerifier, folder: Path, *, exchange: Exchange | None = None
    ) -> None:
        self.verifier = verifier
        self.folder = folder
        self.cable = Cable()
        self.exchange: Exchange = exchange or self.cable
        self.key_store = MemoryKeyStore()
        self.clock = OffsetClock()
        self.on_step: StepListener = no_listener
        self.services: KioskServices
        self.restart()

    def restart(self, origin: str | None = None) -> None:
        """Start the kiosk anew over the same disk and keychain."""
        self.services = build_kiosk(
            Settings(origin or self.verifier.origin, self.folder),
            clock=self.clock,
            on_step=self._reach,
            argon2=CHEAP_ARGON2,
            key_store=self.key_store,
            exchange=self.exchange,
        )

    @property
    def kiosk(self) -> Kiosk:
        return self.services.kiosk

    @property
    def visits(self) -> Visits:
        return self.services.visits

    @property
    def visit(self) -> Visit:
        """The visit that goes on."""
        current = self.visits.current
        assert current is not None
        return current

    def enrol(self, label: str = "1층 로비") -> KioskClaims:
        """A kiosk in service."""
        added = self.kiosk.enrol(add_kiosk(self.verifier, label), EXIT_PIN)
        assert isinstance(added, KioskAdded), added
        return added.claims

    def send_code(self, person: Person, pin: str = PIN) -> None:
        """Somebody new comes and asks for an identity code."""
        assert self.visits.arrive(person.phone) == NoProfile()
        consent = self.visit.enrolment.load_consent("ko")
        assert isinstance(consent, ConsentReady), consent
        form = EnrolmentForm(person.name, person.phone, pin)
        sent = self.visit.enrolment.start(form, consent, "ko")
        assert isinstance(sent, CodeSent), sent

    def register(self, person: Person, pin: str = PIN) -> Enrolled:
        """Somebody new comes and registers; the visit goes on."""
        self.send_code(person, pin)
        proven = self.visit.enrolment.prove(self.verifier.identity_code(person))
        assert isinstance(proven, Proven), proven
        enrolled = self.visit.enrolment.confirm(replace=True)
        assert isinstance(enrolled, Enrolled), enrolled
        return enrolled

    def unlock(self, person: Person, pin: str = PIN) -> str:
        """Somebody who registered here comes for a code; the visit goes on."""
        assert self.visits.arrive(person.phone) == HasProfile()
        opened = self.visit.unlock.unlock(pin)
        assert isinstance(opened, PinRight), opened
        return self.code()

    def code(self) -> str:
        """The code of this moment."""
        now = self.visit.codes.now()
        assert now is not None
        return now.code

    def _reach(self, step: str) -> None:
        self.on_step(step)


def add_kiosk(verifier: LiveVerifier, label: str = "1층 로비") -> str:
    """The code that enrols another kiosk of the institution."""
    said = kiosk_command(verifier, "add", "--institution", INSTITUTION, "--label", label)
    found = _CODE.search(said)
    assert found is not None, said
    return found.group()


def kiosk_command(verifier: LiveVerifier, *arguments: str) -> str:
    """What `motp-verifier kiosk …` says, run beside the server as operators do."""
    environment = {"MOTP_VERIFIER_DATABASE_URL": verifier.url} if verifier.url else {}
    runner = CliRunner(env=environment)
    done = runner.invoke(main, ["kiosk", *arguments, "--data-dir", str(verifier.data_dir)])
    assert done.exit_code == 0, done.output
    return done.output
