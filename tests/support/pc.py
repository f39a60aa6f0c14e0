"""A PC: the real services of the app over a real data folder, and a keychain in memory.

pc = Pc(verifier.origin, tmp_path / "pc")
pc.enrol(verifier, person)
assert verifier.check(person, pc.code()) == "accepted"
"""

import shutil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.bootstrap import Services, build_services
from motp_desktop.config import Settings
from motp_desktop.services.adapters.http_exchange import Exchange
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.outcomes import (
    CodeSent,
    ConsentReady,
    Enrolled,
    EnrolmentForm,
    PinRight,
    Proven,
)
from motp_desktop.services.ports import StepListener, no_listener
from motp_desktop.services.vault import VaultContents, open_vault
from tests.support.desktop_fakes import CHEAP_ARGON2
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.memory_ports import MemoryKeyStore

PIN = "482917"


class OffsetClock(SystemClock):
    """This machine's clocks, with the one that people set so much off.

    `passed_ms` makes that time seem to have passed, by both clocks.
    """

    def __init__(self, offset_ms: int = 0) -> None:
        self.offset_ms = offset_ms
        self.passed_ms = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.offset_ms + self.passed_ms

    def elapsed_ms(self) -> int:
        return super().elapsed_ms() + self.passed_ms


class Pc:
    """What lasts across restarts of the app, and the services of the one that runs."""

    def __init__(
        self, origin: str, folder: Path, *, offset_ms: int = 0, exchange: Exchange | None = None
    ) -> None:
        self.origin = origin
        self.folder = folder
        self.exchange = exchange
        self.key_store = MemoryKeyStore()
        self.clock = OffsetClock(offset_ms)
        self.on_step: StepListener = no_listener
        self.services: Services
        self.restart()

    def restart(self, origin: str | None = None) -> None:
        """Start the app anew over the same disk and keychain."""
        self.services = build_services(
            Settings(origin or self.origin, self.folder),
            clock=self.clock,
            on_step=self._reach,
            argon2=CHEAP_ARGON2,
            key_store=self.key_store,
            exchange=self.exchange,
        )

    def copied_to(self, folder: Path) -> "Pc":
        """Another PC with a copy of this one's disk and keychain."""
        shutil.copytree(self.folder, folder)
        other = Pc(self.origin, folder, exchange=self.exchange)
        other.key_store.secrets = dict(self.key_store.secrets)
        other.clock.passed_ms = self.clock.passed_ms
        return other

    def consent(self) -> ConsentReady:
        """The consent, loaded."""
        loaded = self.services.enrolment.load_consent("ko")
        assert isinstance(loaded, ConsentReady), loaded
        return loaded

    def send_code(self, person: Person, pin: str = PIN) -> CodeSent:
        """An enrolment that waits for its identity code."""
        form = EnrolmentForm(person.name, person.phone, pin)
        sent = self.services.enrolment.start(form, self.consent(), "ko")
        assert isinstance(sent, CodeSent), sent
        return sent

    def prove(self, verifier: LiveVerifier, person: Person, pin: str = PIN) -> Proven:
        """An enrolment that waits to be confirmed."""
        self.send_code(person, pin)
        proven = self.services.enrolment.prove(verifier.identity_code(person))
        assert isinstance(proven, Proven), proven
        return proven

    def enrol(self, verifier: LiveVerifier, person: Person, pin: str = PIN) -> Enrolled:
        """A registration in good order, in the place of any other."""
        self.prove(verifier, person, pin)
        enrolled = self.services.enrolment.confirm(replace=True)
        assert isinstance(enrolled, Enrolled), enrolled
        return enrolled

    def unlock(self, pin: str = PIN) -> PinRight:
        """Codes."""
        outcome = self.services.unlock.unlock(pin)
        assert isinstance(outcome, PinRight), outcome
        return outcome

    def code(self) -> str:
        """The code of this moment."""
        now = self.services.codes.now()
        assert now is not None
        return now.code

    def vault(self) -> VaultContents:
        """What the vault in use holds, opened with disk and keychain alone."""
        contents = open_vault((self.folder / "active.vault").read_bytes(), self.device_secret())
        assert isinstance(contents, VaultContents)
        return contents

    def device_secret(self) -> bytes:
        """What the keychain holds."""
        (secret,) = self.key_store.secrets.values()
        return secret

    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs this device's requests."""
        return Ed25519PrivateKey.from_private_bytes(self.vault().signing_key)

    def _reach(self, step: str) -> None:
        self.on_step(step)
