"""What the use cases need from the outside world.

Each port has one real adapter in `services/adapters/` and small real stand-ins in the tests.
A boundary that breaks raises the one exception that its port names; all else is a value.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_protocol import messages
from motp_protocol.approvals import ApprovalAnswer, ApprovalAnswered, ApprovalRequest
from motp_protocol.consent import ConsentDocument
from motp_protocol.fields import Language
from motp_protocol.problems import Problem

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Clock(Protocol):
    """This PC's clocks. Milliseconds throughout."""

    def now_ms(self) -> int:
        """The system clock since 1970: may be wrong, and may jump."""

    def elapsed_ms(self) -> int:
        """Since a fixed moment: never jumps, and goes on while the PC sleeps."""


class KeyStoreFault(Enum):
    """Why a key store cannot be used."""

    NONE_FOUND = "none-found"
    LOCKED = "locked"
    FAILED = "failed"


class KeyStoreError(Exception):
    """The key store cannot be used now; nothing was changed."""

    def __init__(self, fault: KeyStoreFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class KeyStore(Protocol):
    """Where the device secret lies. Methods may block for long; never call them on the UI thread.

    All raise KeyStoreError.
    """

    @property
    def description(self) -> str:
        """Which store it is, for the helpdesk: `SecretService Keyring`, `key file`."""

    def load(self, name: str) -> bytes | None:
        """The secret of this name, or None where there is none."""

    def save(self, name: str, secret: bytes) -> None:
        """Keep a secret under a name, replacing any before it."""

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens where there is none."""


class KeyStoreChoice(Protocol):
    """Where the person decides which key store is used."""

    def choose_key_file(self) -> None:
        """Use the key file from now on, after a restart too. Raises KeyStoreError."""


class StorageFault(Enum):
    """Why the data folder cannot be used."""

    FULL = "full"
    DENIED = "denied"
    FAILED = "failed"


class StorageError(Exception):
    """The data folder cannot be read or written; what was there before still is."""

    def __init__(self, fault: StorageFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Slot(Enum):
    """The two places of a vault: the registration in use, and one not yet confirmed."""

    ACTIVE = "active"
    PENDING = "pending"


class VaultStore(Protocol):
    """Sealed vaults on disk. All raise StorageError."""

    def load(self, slot: Slot) -> bytes | None:
        """The sealed vault in this slot, or None where there is none."""

    def save(self, slot: Slot, sealed: bytes) -> None:
        """Replace the vault in this slot: after a crash the old or the new one is there, whole."""

    def promote(self) -> None:
        """Make the pending vault the active one, in one step; again does nothing."""

    def delete(self, slot: Slot) -> None:
        """Forget the vault in this slot, durably; nothing happens where there is none."""

    def set_aside(self, slot: Slot) -> None:
        """Rename a damaged vault, so that a new one can take its place and nothing is lost."""


class Installation(Protocol):
    """Which installation this data folder belongs to. All raise StorageError."""

    def load(self) -> str | None:
        """Its random id, or None before the first enrolment."""

    def create(self) -> str:
        """Its random id, made and kept durably where there is none."""


@dataclass(frozen=True, slots=True)
class DeviceDescription:
    """What this PC says of itself; `label` is how its owner will recognise it.

    Each has 1 to 64 characters.
    """

    platform: str
    label: str
    app_version: str


@dataclass(frozen=True, slots=True)
class Ok(Generic[T_co]):
    """The verifier did as it was asked."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Refused:
    """The verifier said no, and why."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No answer that can be used. `bad-answer`: something answered, but not a verifier.

    `tls-…` say what is wrong with the certificate: nobody here trusts its issuer, it is of
    another time, or of another name. `proxy`: it cannot be reached, or refuses to connect;
    `proxy-login`: it wants a name and password.
    """

    reason: Literal[
        "offline",
        "timeout",
        "tls",
        "tls-untrusted",
        "tls-date",
        "tls-name",
        "proxy",
        "proxy-login",
        "bad-answer",
        "failing",
    ]


Answer: TypeAlias = Ok[T] | Refused | NoAnswer


@dataclass(frozen=True, slots=True)
class Received(Generic[T_co]):
    """A message, and its bytes as they came."""

    value: T_co
    body: bytes = field(repr=False)


class VerifierApi(Protocol):
    """The verifier's device interface (docs/protocol.md). Every call is bounded in time.

    Signed calls are signed with the verifier's time; a `clock-skew` answer corrects it and
    the call is repeated once. Every answer that tells the time is learnt from.
    """

    def service(self) -> Answer[messages.ServiceInfo]: ...

    def consent(self, version: str, lang: Language) -> Answer[ConsentDocument]: ...

    def start_enrolment(
        self, key: Ed25519PrivateKey, request: messages.EnrolmentRequest
    ) -> Answer[messages.EnrolmentStarted]: ...

    def resend_code(
        self, key: Ed25519PrivateKey, enrolment_id: str
    ) -> Answer[messages.EnrolmentStarted]: ...

    def prove_identity(
        self, key: Ed25519PrivateKey, enrolment_id: str, proof: messages.IdentityProof
    ) -> Answer[messages.EnrolmentKeys]: ...

    def confirm(
        self, key: Ed25519PrivateKey, enrolment_id: str, request: messages.ConfirmRequest
    ) -> Answer[messages.Confirmed]: ...

    def unlock(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.UnlockRequest
    ) -> Answer[messages.Unlocked]: ...

    def change_pin(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.PinChangeRequest
    ) -> Answer[messages.Unlocked]: ...

    def sync(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.SyncRequest
    ) -> Answer[messages.Status]: ...

    def history(
        self, key: Ed25519PrivateKey, registration_id: str, limit: int
    ) -> Answer[messages.History]: ...

    def requirements(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.OwnRequirements]: ...

    def ask_name_proof(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofRequest
    ) -> Answer[messages.IdentityChallenge]: ...

    def resend_name_code(
        self, key: Ed25519PrivateKey, registration_id: str
    ) -> Answer[messages.IdentityChallenge]: ...

    def confirm_name(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.NameProofCode
    ) -> Answer[messages.Status]: ...

    def renew_consent(
        self, key: Ed25519PrivateKey, registration_id: str, consent: messages.ConsentGiven
    ) -> Answer[messages.Status]: ...

    def reset(
        self, key: Ed25519PrivateKey, registration_id: str, request: messages.ResetRequest
    ) -> Answer[None]: ...

    def approval(
        self, key: Ed25519PrivateKey, ticket: str
    ) -> Answer[Received[ApprovalRequest]]: ...

    def answer_approval(
        self, key: Ed25519PrivateKey, ticket: str, answer: ApprovalAnswer
    ) -> Answer[ApprovalAnswered]: ...


class Autostart(Protocol):
    """The entry by which this app starts with the person's session. All raise StorageError."""

    def is_on(self) -> bool:
        """Whether there is one that counts."""

    def turn_on(self) -> None:
        """Make one; again writes it anew, for the app may have moved."""

    def turn_off(self) -> None:
        """Take it away; nothing happens where there is none."""


class LinkHandler(Protocol):
    """By which the system opens `motp://` links with this app."""

    def register(self) -> None:
        """Be the one, for this user; again does nothing. Raises StorageError."""


Entropy: TypeAlias = Callable[[int], bytes]
"""So many random bytes, fit for keys: `secrets.token_bytes`."""

StepListener: TypeAlias = Callable[[str], None]
"""Told the name of each numbered step of a flow as it is reached, such as `unlock.2`."""


def no_listener(step: str) -> None:
    """A StepListener that does nothing."""
