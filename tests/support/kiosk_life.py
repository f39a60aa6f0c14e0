"""One life of a kiosk in a process of its own: the real services, without a window.

`live` is what a child of `tests.support.nursery` runs, as that of `app_life`: a step can be
fatal, and what came of a life that was not cut off is written to a file of JSON.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from demo.stack import VerifierProcess
from motp_desktop.config import Settings
from motp_desktop.kiosk_services import KioskServices, build_kiosk
from motp_desktop.services.kiosk.outcomes import KioskAdded, NoProfile
from motp_desktop.services.kiosk.use_cases import Visit
from motp_desktop.services.outcomes import (
    CodeSent,
    ConsentReady,
    Enrolled,
    EnrolmentForm,
    NotRegistered,
    Proven,
    Unconfirmed,
)
from tests.support.app_life import dies_at
from tests.support.desktop_fakes import CHEAP_ARGON2, PIN
from tests.support.live_kiosk import EXIT_PIN
from tests.support.live_verifier import LiveVerifier, Person


@dataclass(frozen=True, slots=True)
class Life:
    """The services of one process, the trainee who comes, and the kiosk's code."""

    services: KioskServices
    verifier: LiveVerifier
    person: Person
    kiosk_code: str

    def enrol_kiosk(self) -> str:
        """With the code; again goes on."""
        self.services.key_store_choice.choose_key_file()
        outcome = self.services.kiosk.enrol(self.kiosk_code, EXIT_PIN)
        assert isinstance(outcome, KioskAdded), outcome
        return "KioskAdded"

    def look(self) -> str:
        """What the kiosk is."""
        return type(self.services.kiosk.look()).__name__

    def arrive(self) -> str:
        """The trainee types the number."""
        return type(self.services.visits.arrive(self.person.phone)).__name__

    def go_on(self) -> str:
        """What the trainee does until there is a registration; the answer is what was found."""
        self.services.visits.sweep()
        found = self.services.visits.arrive(self.person.phone)
        if found == NoProfile():
            self.register()
            return "NoProfile"
        match self.visit.opening.look():
            case Unconfirmed():
                self.confirm()
                return "Unconfirmed"
            case there:
                return type(there).__name__

    def register(self) -> None:
        """All steps."""
        assert isinstance(self.visit.opening.look(), NotRegistered)
        consent = self.visit.enrolment.load_consent("ko")
        assert isinstance(consent, ConsentReady), consent
        form = EnrolmentForm(self.person.name, self.person.phone, PIN)
        sent = self.visit.enrolment.start(form, consent, "ko")
        assert isinstance(sent, CodeSent), sent
        proven = self.visit.enrolment.prove(self.verifier.identity_code(self.person))
        assert isinstance(proven, Proven), proven
        self.confirm()

    def confirm(self) -> None:
        """The last step; what it replaces is agreed to."""
        enrolled = self.visit.enrolment.confirm(replace=True)
        assert isinstance(enrolled, Enrolled), enrolled

    def unlock(self) -> str:
        """With the PIN."""
        return type(self.visit.unlock.unlock(PIN)).__name__

    def end(self) -> None:
        """The trainee goes."""
        self.services.visits.end()

    @property
    def visit(self) -> Visit:
        current = self.services.visits.current
        assert current is not None
        return current


def live(
    *,
    folder: str,
    verifier_folder: str,
    origin: str,
    name: str,
    phone: str,
    kiosk_code: str,
    deeds: list[str],
    fatal: str,
    told: str,
) -> None:
    """One start of the kiosk: do the deeds, and tell how they went."""
    services = build_kiosk(
        Settings(origin, Path(folder)), argon2=CHEAP_ARGON2, on_step=dies_at(fatal)
    )
    verifier = LiveVerifier(VerifierProcess(Path(verifier_folder)), api_key="")
    life = Life(services, verifier, Person(name, phone), kiosk_code)
    news: dict[str, str] = {}
    for deed in deeds:
        outcome = getattr(life, deed)()
        if outcome is not None:
            news[deed] = outcome
    visit = services.visits.current
    code = None if visit is None else visit.codes.now()
    if code is not None:
        news["code"] = code.code
    Path(told).write_text(json.dumps(news))
