"""The use cases as the view models see them. All but `Codes` and `forget` may block for seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from motp_desktop.services import approval_outcomes, outcomes
from motp_desktop.services.device_facts import DeviceStatus, StatusSign
from motp_desktop.services.doctor import Finding
from motp_desktop.services.settings import BadAddress, Checked, Choices, SettingsNow
from motp_protocol.approvals import Decision
from motp_protocol.fields import Language


class Opening(Protocol):
    """What is on this PC."""

    def look(self) -> outcomes.Opened:
        """Read the vaults; does not ask the verifier."""

    def use_key_file(self) -> outcomes.Opened:
        """Keep the device secret in a file from now on (weaker; chosen knowingly), look again."""


class Enrolment(Protocol):
    """One enrolment, from the consent to the confirmation. Keeps its keys in memory only."""

    def load_consent(self, lang: Language) -> outcomes.LoadedConsent: ...

    def start(
        self, form: outcomes.EnrolmentForm, consent: outcomes.ConsentReady, lang: Language
    ) -> outcomes.Started:
        """Check the form, then ask for an identity code. The consent was agreed to just now."""

    def resend(self) -> outcomes.Resent: ...

    def prove(self, code: str) -> outcomes.Identified:
        """Prove the number, agree on the seed, and write the pending vault."""

    def confirm(self, *, replace: bool) -> outcomes.Confirmed:
        """Make the pending vault's registration the active one; works after a restart too.

        `replace`: the person agreed that the registration last told of ends.
        """

    def abandon(self) -> None:
        """Give the enrolment up; a pending vault is deleted, an older registration stays."""


class Unlock(Protocol):
    """From PIN to codes."""

    def unlock(self, pin: str) -> outcomes.UnlockOutcome: ...

    def change_pin(self, pin: str, new_pin: str) -> outcomes.PinChangeOutcome: ...


@dataclass(frozen=True, slots=True)
class CodeNow:
    """The code of this moment, and the one that follows it."""

    code: str = field(repr=False)
    next_code: str = field(repr=False)
    milliseconds_left: int
    period_seconds: int


class Codes(Protocol):
    """Codes while unlocked. Quick enough for the UI thread; the seed is in memory only."""

    def now(self) -> CodeNow | None:
        """The code by the verifier's time, or None while locked."""

    def skew_ms(self) -> int:
        """This PC's clock less the verifier's, as last learnt."""

    def forget(self) -> None:
        """Lock: drop the seed."""


class Sync(Protocol):
    """What the verifier says of this registration now."""

    def sync(self) -> outcomes.SyncOutcome: ...


class Records(Protocol):
    """What is on record of the trainee."""

    def read(self) -> outcomes.RecordsOutcome: ...


class NameProof(Protocol):
    """The number is proven to be in the trainee's own name."""

    def ask(self, details: outcomes.NameDetails) -> outcomes.NameAsked:
        """Check the form, then have the carrier compare it and send a code."""

    def resend(self) -> outcomes.NameSent: ...

    def confirm(self, code: str) -> outcomes.NameConfirmed: ...


class ConsentRenewal(Protocol):
    """A new consent, where the document has changed since the last."""

    def load(self, lang: Language) -> outcomes.LoadedConsent: ...

    def renew(self, consent: outcomes.ConsentReady) -> outcomes.RenewalOutcome:
        """The person agreed to it just now."""


class Reset(Protocol):
    """Forget this registration, here and on the verifier."""

    def reset(self, *, here_only: bool = False) -> outcomes.ResetOutcome:
        """Told to the verifier first; `here_only` goes on where it cannot be reached."""

    def withdraw(self, *, here_only: bool = False) -> outcomes.ResetOutcome:
        """A reset that takes the consent back: the verifier erases the person."""

    def start_over(self) -> outcomes.ResetOutcome:
        """Clear an ended registration away here, so that a new one can be made."""


class StatusDesk(Protocol):
    """What the helpdesk will ask about this PC."""

    def look(self) -> DeviceStatus:
        """Read what is here; asks nobody but the keychain."""

    def sign(self) -> StatusSign | None:
        """The status signed for a QR code, or None where there is no registration."""


class SettingsDesk(Protocol):
    """Settings as the person sees and changes them."""

    def look(self) -> SettingsNow:
        """What holds now."""

    def change(self, choices: Choices) -> SettingsNow | outcomes.StorageTrouble:
        """Choose these, leave the others; after a restart too. What is fixed stays."""

    def keep_proxy(self, address: str) -> SettingsNow | outcomes.StorageTrouble | BadAddress:
        """Choose the proxy at this address."""

    def check(self, address: str) -> Checked:
        """Ask whoever is at this address; takes seconds where nobody is."""


class Diagnostics(Protocol):
    """What the helpdesk can be sent."""

    def log(self) -> list[str]:
        """The newest lines of the app's log."""

    def save(self, path: str, findings: Sequence[Finding] | None = None) -> bool:
        """Keep a report without secrets there; whether it could be kept.

        It is of these findings, or of fresh ones, which takes seconds.
        """


class Doctor(Protocol):
    """What may keep the app from working on this PC."""

    def examine(self) -> list[Finding]:
        """Try each part out; takes seconds where something does not answer."""


class Links(Protocol):
    """What `motp://` links ask for. Quick: nothing is asked of anybody."""

    def read(self, text: str) -> outcomes.LinkOutcome: ...


class Approvals(Protocol):
    """Answering in the place of a pop-up on this PC, while unlocked."""

    def ask(self, link: outcomes.ApprovalAsked) -> approval_outcomes.ApprovalLoaded:
        """What the pop-up asks for."""

    def answer(
        self, question: approval_outcomes.ApprovalQuestion, decision: Decision, number: str
    ) -> approval_outcomes.ApprovalOutcome:
        """Say yes with one of the numbers, or no with an empty one."""


class SessionStart(Protocol):
    """Starting with the person's session, which is theirs to choose, and opening links."""

    def look(self) -> outcomes.SessionStartOutcome: ...

    def choose(self, *, on: bool) -> outcomes.SessionStartOutcome: ...

    def register_links(self) -> None:
        """Have `motp://` links opened with this app; a fault is only logged."""
