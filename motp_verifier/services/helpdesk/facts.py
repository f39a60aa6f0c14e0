"""What is known of a person that may be the cause of a complaint. Times are in milliseconds."""

from dataclasses import dataclass, field

from motp_protocol.fields import RegistrationState, RejectionReason, RevocationReason


@dataclass(frozen=True, slots=True)
class RunFacts:
    """Wrong codes in a row at an institution, and how many of them were of earlier times."""

    institution: str
    run: int
    locked_at: int | None
    old: int
    last_at: int | None
    source: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PinFacts:
    """Wrong PINs in a row, when the last of them locked, and where it came from."""

    failures: int
    locked: bool
    locked_at: int | None = None
    source: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """A registration that was confirmed. `contact_at` is when it was heard of last.

    `consent_current` says whether the document in force was agreed to on it;
    `name_refused_at` when the carrier last denied the name.
    """

    id: str
    state: RegistrationState
    reason: RevocationReason | None
    app_version: str
    activated_at: int
    ended_at: int | None
    contact_at: int
    skew_ms: int
    pin: PinFacts
    runs: tuple[RunFacts, ...]
    locked_everywhere_at: int | None
    wrong_in_30_days: int
    old_in_30_days: int
    suspended_at: int | None
    name_verified: bool
    name_refused_at: int | None
    consent_current: bool
    consent_at: int | None

    @property
    def in_use(self) -> bool:
        """Whether it has not ended."""
        return self.state != "revoked"


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """How a check ended."""

    at: int
    institution: str
    registration_id: str | None
    accepted: bool
    reason: RejectionReason | None
    source: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """An enrolment of the last day."""

    created_at: int
    confirmed: bool
    refused_at: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it. Devices, checks and enrolments are newest first."""

    now: int
    oldest_app: str
    devices: tuple[DeviceFacts, ...] = ()
    checks: tuple[CheckFacts, ...] = ()
    enrolments: tuple[EnrolmentFacts, ...] = ()
