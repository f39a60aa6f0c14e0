"""A desktop without a window: the real use cases over ports in memory.

    pc = Desktop()
    pc.enrol()
    pc.unlock.unlock(PIN)

`restart` is a new process over the same disk, keychain and verifier; `crash_at` makes the
process die when a step is reached.
"""

import secrets

from motp_desktop.services.approvals import Approvals
from motp_desktop.services.codes import Codes
from motp_desktop.services.confirmation import Confirmation
from motp_desktop.services.consent_renewal import ConsentRenewal
from motp_desktop.services.device_secret import DeviceSecret
from motp_desktop.services.enrolment import Enrolment
from motp_desktop.services.name_proof import NameProof
from motp_desktop.services.opening import Opening
from motp_desktop.services.outcomes import (
    ApprovalAsked,
    CodeSent,
    ConsentReady,
    Enrolled,
    EnrolmentForm,
    Proven,
)
from motp_desktop.services.pin_entry import PinEntries
from motp_desktop.services.ports import DeviceDescription, Slot
from motp_desktop.services.records import Records
from motp_desktop.services.reset import Reset
from motp_desktop.services.session import Session
from motp_desktop.services.sync import Sync
from motp_desktop.services.unlock import Unlock
from motp_desktop.services.vault import VaultContents
from motp_desktop.services.vault_keeper import OpenVault, VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.keys import Argon2Parameters
from tests.support.memory_ports import (
    MemoryInstallation,
    MemoryKeyStore,
    MemoryVaults,
    TickingClock,
)
from tests.support.memory_verifier import CODE, ORIGIN, MemoryVerifier

CHEAP_ARGON2 = Argon2Parameters(passes=1, memory_kib=8, lanes=1)
DEVICE = DeviceDescription(platform="Linux 6.1", label="Linux · pc", app_version="0.1.0")
PIN = "482917"
NEW_PIN = "739158"
FORM = EnrolmentForm(name="홍길동", phone="010-1234-5678", pin=PIN)


class Crash(BaseException):
    """The process died here. No code of the app may catch it."""


class Desktop:
    """One PC: what lasts across restarts, and the use cases of the process that runs now."""

    def __init__(
        self,
        *,
        verifier: MemoryVerifier | None = None,
        clock: TickingClock | None = None,
        origin: str = ORIGIN,
    ) -> None:
        self.clock = clock or TickingClock()
        self.verifier = verifier or MemoryVerifier(self.clock)
        self.key_store = MemoryKeyStore()
        self.vaults = MemoryVaults()
        self.installation = MemoryInstallation()
        self.origin = origin
        self.steps: list[str] = []
        self.crash_at: str | None = None
        self.restart()

    def restart(self) -> None:
        """Start a new process over what the last one left behind."""
        self.steps = []
        entropy = secrets.token_bytes
        self.verifier_clock = VerifierClock(self.clock)
        self.verifier.teach(self.verifier_clock)
        self.device_secret = DeviceSecret(self.key_store, self.installation, entropy)
        self.keeper = VaultKeeper(
            vaults=self.vaults,
            device_secret=self.device_secret,
            verifier_clock=self.verifier_clock,
            verifier_origin=self.origin,
            entropy=entropy,
        )
        self.session = Session()
        self.opening = Opening(keeper=self.keeper, vaults=self.vaults, key_stores=self.key_store)
        self.enrolment = Enrolment(
            api=self.verifier,
            keeper=self.keeper,
            device_secret=self.device_secret,
            confirmation=Confirmation(
                api=self.verifier, keeper=self.keeper, vaults=self.vaults, on_step=self._reach
            ),
            verifier_clock=self.verifier_clock,
            verifier_origin=self.origin,
            entropy=entropy,
            device=DEVICE,
            argon2=CHEAP_ARGON2,
            on_step=self._reach,
        )
        self.unlock = Unlock(
            api=self.verifier,
            entries=PinEntries(
                keeper=self.keeper, verifier_clock=self.verifier_clock, entropy=entropy
            ),
            session=self.session,
            clock=self.clock,
            device=DEVICE,
            on_step=self._reach,
        )
        self.codes = Codes(self.session, self.verifier_clock)
        self.sync = Sync(
            api=self.verifier,
            keeper=self.keeper,
            clock=self.clock,
            verifier_clock=self.verifier_clock,
            device=DEVICE,
        )
        self.records = Records(api=self.verifier, keeper=self.keeper)
        self.name_proof = NameProof(
            api=self.verifier,
            keeper=self.keeper,
            verifier_clock=self.verifier_clock,
            sync=self.sync,
        )
        self.consent_renewal = ConsentRenewal(
            api=self.verifier, keeper=self.keeper, verifier_clock=self.verifier_clock
        )
        self.approvals = Approvals(
            api=self.verifier,
            keeper=self.keeper,
            session=self.session,
            verifier_clock=self.verifier_clock,
            verifier_origin=self.origin,
        )
        self.reset = Reset(
            api=self.verifier,
            keeper=self.keeper,
            vaults=self.vaults,
            device_secret=self.device_secret,
            session=self.session,
            on_step=self._reach,
        )

    def copy(self) -> "Desktop":
        """Another PC with a copy of this one's disk and keychain."""
        other = Desktop(verifier=self.verifier, clock=self.clock, origin=self.origin)
        other.key_store.secrets = dict(self.key_store.secrets)
        other.vaults.slots = dict(self.vaults.slots)
        other.installation.id = self.installation.id
        return other

    def ready_consent(self) -> ConsentReady:
        """The consent, loaded."""
        loaded = self.enrolment.load_consent("ko")
        assert isinstance(loaded, ConsentReady)
        return loaded

    def send_code(self) -> CodeSent:
        """An enrolment that waits for its identity code."""
        sent = self.enrolment.start(FORM, self.ready_consent(), "ko")
        assert isinstance(sent, CodeSent)
        return sent

    def prove(self) -> Proven:
        """An enrolment that waits to be confirmed."""
        self.send_code()
        proven = self.enrolment.prove(CODE)
        assert isinstance(proven, Proven)
        return proven

    def enrol(self) -> Enrolled:
        """A registration in good order."""
        self.prove()
        enrolled = self.enrolment.confirm(replace=True)
        assert isinstance(enrolled, Enrolled)
        return enrolled

    def open_link(self, *, popup_id: str = "popup_1", body: bytes = b"") -> ApprovalAsked:
        """The link of a pop-up that asks this trainee."""
        ticket = self.verifier.approvals.open(self.verifier.now_ms(), popup_id, body=body)
        return ApprovalAsked(popup_id, ticket)

    def contents(self, slot: Slot = Slot.ACTIVE) -> VaultContents:
        """What the vault in this slot holds."""
        vault = self.keeper.load(slot)
        assert isinstance(vault, OpenVault)
        return vault.contents

    def _reach(self, step: str) -> None:
        self.steps.append(step)
        if step == self.crash_at:
            self.crash_at = None
            raise Crash(step)
