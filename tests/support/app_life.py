"""One life of the app in a process of its own: the real services, without a window.

`live` is what a child of `tests.support.nursery` runs. A step can be fatal: the process kills
itself when it reaches it, as `kill -9` would. What came of a life that was not cut off is
written to a file of JSON.
"""

import json
import os
import signal
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from demo.stack import VerifierProcess
from motp_desktop.bootstrap import Services, build_services
from motp_desktop.config import Settings
from motp_desktop.services.outcomes import (
    CodeSent,
    ConsentReady,
    Ended,
    Enrolled,
    EnrolmentForm,
    NotRegistered,
    PinChanged,
    Proven,
    Registered,
    ResetDone,
    ResetUnfinished,
    Unconfirmed,
    UnlockOutcome,
)
from motp_desktop.services.ports import StepListener
from tests.support.desktop_fakes import CHEAP_ARGON2, NEW_PIN, PIN
from tests.support.live_verifier import LiveVerifier, Person


@dataclass(frozen=True, slots=True)
class Life:
    """The services of one process and the person who uses them."""

    services: Services
    verifier: LiveVerifier
    person: Person

    def prove(self) -> None:
        """Enrol as far as the pending vault."""
        consent = self.services.enrolment.load_consent("ko")
        assert isinstance(consent, ConsentReady), consent
        form = EnrolmentForm(self.person.name, self.person.phone, PIN)
        sent = self.services.enrolment.start(form, consent, "ko")
        assert isinstance(sent, CodeSent), sent
        proven = self.services.enrolment.prove(self.verifier.identity_code(self.person))
        assert isinstance(proven, Proven), proven

    def confirm(self) -> None:
        """The last step; what it replaces is agreed to."""
        enrolled = self.services.enrolment.confirm(replace=True)
        assert isinstance(enrolled, Enrolled), enrolled

    def enrol(self) -> None:
        """All steps."""
        self.prove()
        self.confirm()

    def unlock(self) -> str:
        """With the PIN of the enrolment."""
        return _word(self.services.unlock.unlock(PIN))

    def unlock_anew(self) -> str:
        """With the PIN of the change."""
        return _word(self.services.unlock.unlock(NEW_PIN))

    def change_pin(self) -> None:
        """To the new PIN."""
        outcome = self.services.unlock.change_pin(PIN, NEW_PIN)
        assert isinstance(outcome, PinChanged), outcome

    def reset(self) -> None:
        """Told to the verifier."""
        outcome = self.services.reset.reset()
        assert outcome == ResetDone(verifier_told=True), outcome

    def withdraw(self) -> None:
        """Told to the verifier."""
        outcome = self.services.reset.withdraw()
        assert outcome == ResetDone(verifier_told=True, withdrawn=True), outcome

    def go_on(self) -> None:
        """What a person does with what the app shows, until there is a registration."""
        match self.services.opening.look():
            case ResetUnfinished(withdrawing=True):
                self.withdraw()
            case ResetUnfinished():
                self.reset()
            case _:
                pass
        match self.services.opening.look():
            case NotRegistered():
                self.enrol()
            case Unconfirmed():
                self.confirm()
            case found:
                assert isinstance(found, Registered), found

    def start_over(self) -> None:
        """Clear away a registration that has ended, and enrol."""
        self.services.reset.start_over()
        self.enrol()

    def give_up(self) -> None:
        """Abandon an enrolment that was cut off."""
        if isinstance(self.services.opening.look(), Unconfirmed):
            self.services.enrolment.abandon()


def _word(outcome: UnlockOutcome) -> str:
    return f"Ended {outcome.reason}" if isinstance(outcome, Ended) else type(outcome).__name__


def live(
    *,
    folder: str,
    verifier_folder: str,
    origin: str,
    name: str,
    phone: str,
    deeds: list[str],
    fatal: str,
    told: str,
) -> None:
    """One start of the app: look, do the deeds, and tell how it went.

    `fatal` names a step, and after a `#` which of its times is meant where it comes again.
    """
    services = build_services(
        Settings(origin, Path(folder)), argon2=CHEAP_ARGON2, on_step=dies_at(fatal)
    )
    process = VerifierProcess(Path(verifier_folder))
    life = Life(services, LiveVerifier(process, api_key=""), Person(name, phone))
    news = {"found": type(services.opening.use_key_file()).__name__}
    for deed in deeds:
        outcome = getattr(life, deed)()
        if outcome is not None:
            news[deed] = outcome
    code = services.codes.now()
    if code is not None:
        news["code"] = code.code
    Path(told).write_text(json.dumps(news))


def dies_at(fatal: str) -> StepListener:
    """A listener that kills its process when it hears of a step, or of its nth time."""
    step, _, number = fatal.partition("#")
    times = count(1)

    def listen(reached: str) -> None:
        if reached == step and next(times) == int(number or 1):
            os.kill(os.getpid(), signal.SIGKILL)

    return listen
