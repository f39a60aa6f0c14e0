"""What can come of each use case: values that the view models match on.

`Trouble` is what may pass: the person can try again. `Ended` is what cannot be mended on
this PC but by a new registration.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from motp_protocol.consent import ConsentDocument
from motp_protocol.fields import Carrier
from motp_protocol.messages import OwnRequirement, PastCheck, ServiceInfo, Status
from motp_protocol.pin import PinFault
from motp_protocol.problems import Replaces


@dataclass(frozen=True, slots=True)
class KeyStoreTrouble:
    """This PC's key store cannot be used."""

    fault: KeyStoreFault


@dataclass(frozen=True, slots=True)
class StorageTrouble:
    """The data folder cannot be read or written; what was there before still is."""

    fault: StorageFault


@dataclass(frozen=True, slots=True)
class Busy:
    """Asked too often; `retry_after` is in seconds."""

    retry_after: int


@dataclass(frozen=True, slots=True)
class UnexpectedRefusal:
    """The verifier refused in a way that this step does not know; `slug` is for the helpdesk."""

    slug: str


Trouble: TypeAlias = NoAnswer | KeyStoreTrouble | StorageTrouble | Busy | UnexpectedRefusal


@dataclass(frozen=True, slots=True)
class Ended:
    """This registration cannot be used any more."""

    reason: Literal[
        "replaced",
        "reset",
        "withdrawn",
        "staff",
        "cloned",
        "share-unknown",
        "unknown",
        "vault-damaged",
        "key-lost",
    ]


@dataclass(frozen=True, slots=True)
class Suspended:
    """Staff have suspended the registration; they can resume it."""


@dataclass(frozen=True, slots=True)
class PinLocked:
    """Too many wrong PINs; the helpdesk can lift this once."""


# Opening: what is on this PC


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """Nothing here yet."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration waits for its PIN."""

    name_masked: str
    phone_masked: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An enrolment was cut off before its last step; `replaces` is asked about again."""

    replaces: Replaces | None


@dataclass(frozen=True, slots=True)
class ResetUnfinished:
    """A reset was cut off; it goes on. `withdrawing`: it also takes the consent back."""

    withdrawing: bool = False


Opened: TypeAlias = NotRegistered | Registered | Unconfirmed | ResetUnfinished | Ended | Trouble


# Enrolment


@dataclass(frozen=True, slots=True)
class EnrolmentForm:
    """What the trainee typed. The PIN was typed twice alike."""

    name: str
    phone: str
    pin: str = field(repr=False)

    def __repr__(self) -> str:
        return "<EnrolmentForm>"


@dataclass(frozen=True, slots=True)
class ConsentReady:
    """The verifier's terms, and the document to agree to."""

    service: ServiceInfo
    document: ConsentDocument


@dataclass(frozen=True, slots=True)
class InvalidForm:
    """What is wrong with which field."""

    name: bool = False
    phone: bool = False
    pin: PinFault | None = None


@dataclass(frozen=True, slots=True)
class ConsentOutdated:
    """The document changed while it was read: read the new one."""


@dataclass(frozen=True, slots=True)
class CodeSent:
    """An identity code is on its way. Times are `Clock.elapsed_ms` moments."""

    sent_to: str
    expires_at: int
    resend_at: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class IdentityCodeWrong:
    """Not the code that was sent last."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class IdentityCodeExpired:
    """The code is too old; it was not looked at and cost no try. Another must be asked for."""


@dataclass(frozen=True, slots=True)
class EnrolmentExpired:
    """Too late, or too many wrong codes: start again."""


@dataclass(frozen=True, slots=True)
class RosterMismatch:
    """The number is proven, but no institution has this name with this number."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The number is proven and the new vault written; `replaces` would end by confirming."""

    replaces: Replaces | None


@dataclass(frozen=True, slots=True)
class MustReplace:
    """Another registration is active: ask before it is replaced."""

    replaces: Replaces


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The registration is active; the PIN opens it."""

    status: Status


LoadedConsent: TypeAlias = ConsentReady | Trouble
Started: TypeAlias = CodeSent | InvalidForm | ConsentOutdated | Trouble
Resent: TypeAlias = CodeSent | EnrolmentExpired | Trouble
Identified: TypeAlias = (
    Proven
    | IdentityCodeWrong
    | IdentityCodeExpired
    | EnrolmentExpired
    | RosterMismatch
    | Suspended
    | Trouble
)
Confirmed: TypeAlias = Enrolled | MustReplace | EnrolmentExpired | Ended | Trouble


# Unlocking and after


@dataclass(frozen=True, slots=True)
class PinRight:
    """The vault is open; codes can be made."""

    status: Status


@dataclass(frozen=True, slots=True)
class WrongPin:
    """Not the PIN; so many tries are left before the registration locks."""

    attempts_left: int


@dataclass(frozen=True, slots=True)
class PinChanged:
    """The new PIN opens the vault from now on."""

    status: Status


@dataclass(frozen=True, slots=True)
class PinUnsuitable:
    """The new PIN is one that must not be used; so many digits are asked for."""

    fault: PinFault
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What the verifier says of the registration now."""

    status: Status


# What is on record


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """The newest checks first, what is needed today, and when that was so (RFC 3339)."""

    checks: tuple[PastCheck, ...]
    needs: tuple[OwnRequirement, ...]
    time: str


# The name that the number is in


@dataclass(frozen=True, slots=True, repr=False)
class NameDetails:
    """What a carrier compares, as typed: passed on and kept nowhere.

    `birth` is `YYMMDD`, `sex` the digit that follows it in a resident registration number.
    """

    carrier: Carrier | None
    birth: str
    sex: str


@dataclass(frozen=True, slots=True)
class InvalidNameDetails:
    """Which field is missing or of no good form."""

    carrier: bool = False
    birth: bool = False
    sex: bool = False


@dataclass(frozen=True, slots=True)
class NameMismatch:
    """The carrier does not know this number in this name."""


@dataclass(frozen=True, slots=True)
class NameProofExpired:
    """Too late, or too many wrong codes: ask anew."""


@dataclass(frozen=True, slots=True)
class NameProven:
    """The number is in the trainee's own name."""

    status: Status


NameSent: TypeAlias = (
    CodeSent | NameMismatch | NameProofExpired | NameProven | Suspended | Ended | Trouble
)
NameAsked: TypeAlias = NameSent | InvalidNameDetails
NameConfirmed: TypeAlias = (
    NameProven
    | NameMismatch
    | IdentityCodeWrong
    | IdentityCodeExpired
    | NameProofExpired
    | Suspended
    | Ended
    | Trouble
)

UnlockOutcome: TypeAlias = PinRight | WrongPin | PinLocked | Suspended | Ended | Trouble
PinChangeOutcome: TypeAlias = (
    PinChanged | PinUnsuitable | WrongPin | PinLocked | Suspended | Ended | Trouble
)
SyncOutcome: TypeAlias = Synced | Ended | Trouble
RecordsOutcome: TypeAlias = OwnRecords | Ended | Trouble


@dataclass(frozen=True, slots=True)
class ResetDone:
    """Nothing of the registration is left here; `verifier_told` whether it is revoked too.

    `withdrawn` where it was to take the consent back: without `verifier_told`, it did not.
    """

    verifier_told: bool
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ConsentRenewed:
    """The new document is agreed to."""

    status: Status


RenewalOutcome: TypeAlias = ConsentRenewed | ConsentOutdated | Ended | Trouble
ResetOutcome: TypeAlias = ResetDone | Trouble


# Links


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """A pop-up of a training site asks this app to answer in its place; `ticket` works once."""

    popup: str
    ticket: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LinkForAnother:
    """A good link, but for another verifier than the one in use."""


@dataclass(frozen=True, slots=True)
class LinkIgnored:
    """Not a link of this app's."""


LinkOutcome: TypeAlias = ApprovalAsked | LinkForAnother | LinkIgnored


# The person's session


@dataclass(frozen=True, slots=True)
class StartsWithSession:
    """Whether the app starts by itself when the person logs in."""

    on: bool


SessionStartOutcome: TypeAlias = StartsWithSession | StorageTrouble
