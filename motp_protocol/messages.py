"""What goes over the wire, as types that both sides decode strictly.

Unknown members are ignored, so that a newer peer can say more. Bytes and times stay text
here; `motp_protocol.encoding` reads them.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from motp_protocol.code import OtpAlgorithm, OtpProfile
from motp_protocol.fields import (
    BirthAndSex,
    Bytes16,
    Bytes32,
    Carrier,
    CheckMethod,
    DeviceKind,
    FreeText,
    Id,
    IdentityMethod,
    IpText,
    Language,
    Lock,
    NameProofState,
    Occasion,
    RegistrationState,
    RejectionReason,
    RequirementRule,
    RevocationReason,
    Sha256Hex,
    ShareId,
    ShortText,
    SixDigits,
    Timestamp,
)
from motp_protocol.problems import Replaces


class Message(Struct, frozen=True, kw_only=True):
    """The base of all messages. Their representation shows no values: many are secret."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Nothing for rich either: its tracebacks show local variables."""
        return []


# Service


class OtpInfo(Message, frozen=True, kw_only=True):
    """How codes are made: see `OtpProfile`."""

    algorithm: OtpAlgorithm
    digits: Literal[6]
    period: Literal[30, 60]

    def profile(self) -> OtpProfile:
        """The same, for making codes."""
        return OtpProfile(self.algorithm, self.digits, self.period)


class PinPolicy(Message, frozen=True, kw_only=True):
    """How many digits a PIN has."""

    min: Annotated[int, Meta(ge=4, le=8)]
    max: Annotated[int, Meta(ge=4, le=8)]


class ConsentVersion(Message, frozen=True, kw_only=True):
    """The consent document in force, and the hash of its text in each language."""

    version: Id
    languages: dict[Language, Sha256Hex]


class AppVersions(Message, frozen=True, kw_only=True):
    """The newest app there is and the oldest that is still served."""

    newest: ShortText
    oldest: ShortText


class ServiceInfo(Message, frozen=True, kw_only=True):
    """`GET /v1/service`."""

    protocol: int
    name: str
    time: Timestamp
    otp: OtpInfo
    pin: PinPolicy
    consent: ConsentVersion
    app: AppVersions


# Enrolment


class ConsentGiven(Message, frozen=True, kw_only=True):
    """A consent as the person gave it."""

    version: Id
    lang: Language
    sha256: Sha256Hex
    agreed: bool
    agreed_at: Timestamp


class DeviceInfo(Message, frozen=True, kw_only=True):
    """The device that enrols; `label` is how its owner will recognise it."""

    public_key: Bytes32
    kind: DeviceKind
    platform: ShortText
    app_version: ShortText
    label: ShortText


class EnrolmentRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/enrolments`. Name and number are checked after decoding."""

    name: FreeText
    phone: FreeText
    device: DeviceInfo
    lang: Language
    consent: ConsentGiven | None = None


class IdentityChallenge(Message, frozen=True, kw_only=True):
    """Where the identity code went. `resend_after` is in seconds.

    `sms` proves who holds the telephone, `carrier` also in whose name it is.
    """

    method: IdentityMethod
    sent_to: str
    expires_at: Timestamp
    attempts_left: int
    resend_after: int


class EnrolmentStarted(Message, frozen=True, kw_only=True):
    """The answer to `POST /v1/enrolments` and to a resend."""

    enrolment_id: Id
    expires_at: Timestamp
    identity: IdentityChallenge


class IdentityProof(Message, frozen=True, kw_only=True):
    """`POST /v1/enrolments/{id}/identity`."""

    code: SixDigits
    key_share: Bytes32
    pin_auth: Bytes32


class Share(Message, frozen=True, kw_only=True):
    """The verifier's part of a vault key."""

    id: ShareId
    value: Bytes32


class EnrolmentKeys(Message, frozen=True, kw_only=True):
    """The answer to a right identity code."""

    registration_id: Id
    key_share: Bytes32
    otp: OtpInfo
    share: Share
    confirmation: Bytes32
    replaces: Replaces | None


class ConfirmRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/enrolments/{id}/confirm`."""

    confirmation: Bytes32
    replace: Id | None


# Status


class DevicePolicy(Message, frozen=True, kw_only=True):
    """What the app may do, and when it locks itself.

    `hide_code`: a code is shown only on request, for half a minute.
    """

    auto_lock_seconds: Annotated[int, Meta(ge=10, le=3600)]
    copy_code: bool
    always_on_top: bool
    hide_code: bool = False


class ConsentState(Message, frozen=True, kw_only=True):
    """The consent on record; `renew` where a newer document asks for a new one."""

    version: str
    renew: bool


class MaskedTrainee(Message, frozen=True, kw_only=True):
    """Who the registration belongs to, as far as a screen may show it."""

    name_masked: str
    phone_masked: str


class Status(Message, frozen=True, kw_only=True):
    """A registration as the verifier sees it.

    `skew_seconds` is the device's clock less the verifier's. `name_proof` says whether the
    number is proven to be in the trainee's own name, and if not, whether an institution of
    theirs asks for that. `newer_app` is the newest version of the app, where the device's last
    word was of an older one.
    """

    state: RegistrationState
    reason: RevocationReason | None
    locks: list[Lock]
    pin_attempts_left: int
    code_attempts_left: int
    time: Timestamp
    skew_seconds: float
    policy: DevicePolicy
    consent: ConsentState
    trainee: MaskedTrainee
    institutions: list[str]
    name_proof: NameProofState = "none"
    newer_app: ShortText | None = None


class Confirmed(Message, frozen=True, kw_only=True):
    """The answer to a confirmation."""

    registration_id: Id
    status: Status


# Registration


class UnlockRequest(Message, frozen=True, kw_only=True, rename={"try_": "try"}):
    """`POST /v1/registrations/{id}/unlock`. `clock` is the device's own, uncorrected."""

    pin_auth: Bytes32
    share_id: ShareId
    try_: Bytes16
    clock: Timestamp
    app_version: ShortText


class PinChangeRequest(Message, frozen=True, kw_only=True, rename={"try_": "try"}):
    """`POST /v1/registrations/{id}/pin`."""

    pin_auth: Bytes32
    new_pin_auth: Bytes32
    share_id: ShareId
    try_: Bytes16
    clock: Timestamp
    app_version: ShortText


class Unlocked(Message, frozen=True, kw_only=True):
    """The answer to a right PIN: this vault's share, and the one to seal it under next."""

    share: Share
    next_share: Share
    status: Status


class SyncRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/registrations/{id}/sync`."""

    clock: Timestamp
    app_version: ShortText
    platform: ShortText


class ResetRequest(Message, frozen=True, kw_only=True):
    """`DELETE /v1/registrations/{id}`."""

    withdraw_consent: bool


class NameProofRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/registrations/{id}/name-proof`. Passed on to the carrier and never kept."""

    operator: Carrier
    birth_and_sex: BirthAndSex


class NameProofCode(Message, frozen=True, kw_only=True):
    """`POST /v1/registrations/{id}/name-proof/confirm`."""

    code: SixDigits


class PastCheck(Message, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A check of the trainee's own. `institution` is its name."""

    verification_id: Id
    verified_at: Timestamp
    institution: str
    course: str
    class_: str
    session: int
    occasion: Occasion
    method: CheckMethod
    result: Literal["accepted", "rejected"]
    reason: RejectionReason | None


class History(Message, frozen=True, kw_only=True):
    """`GET /v1/registrations/{id}/history`: the newest first."""

    checks: list[PastCheck]


class OwnRequirement(Message, frozen=True, kw_only=True, rename={"class_": "class"}):
    """What one class asks of the trainee, as `Requirement` has it."""

    institution: str
    course: str
    class_: str
    occasion: Occasion
    required: bool
    rule: RequirementRule
    satisfied_by: Id | None
    satisfied_until: Timestamp | None


class OwnRequirements(Message, frozen=True, kw_only=True):
    """`GET /v1/registrations/{id}/requirements`: what is known to be needed today."""

    time: Timestamp
    requirements: list[OwnRequirement]


# Training sites


class TraineeRef(Message, frozen=True, kw_only=True):
    """A trainee by the institution's own id, or by name and number."""

    id: Id | None = None
    name: FreeText | None = None
    phone: FreeText | None = None


class VerificationRequest(Message, frozen=True, kw_only=True, rename={"class_": "class"}):
    """`POST /v1/verifications`."""

    trainee: TraineeRef
    course: ShortText
    occasion: Occasion
    code: Annotated[str, Meta(max_length=16)]
    class_: ShortText
    session: Annotated[int, Meta(ge=0, le=999)] = 0
    client_ip: IpText | None = None


class VerificationResult(Message, frozen=True, kw_only=True):
    """What the verifier makes of a code.

    `satisfied_until` is when the next check of this kind is needed: None where each time,
    or where this one was rejected. `receipt` is a JWS, for accepted checks.
    """

    verification_id: Id
    result: Literal["accepted", "rejected"]
    reason: RejectionReason | None
    attempts_left: int | None
    verified_at: Timestamp
    satisfied_until: Timestamp | None
    receipt: str | None


class Requirement(Message, frozen=True, kw_only=True):
    """`GET /v1/requirements`: whether a check is needed now, by which rule, and what met it.

    `satisfied_by` is a verification's id; `satisfied_until` is as in its answer.
    """

    required: bool
    rule: RequirementRule
    satisfied_by: Id | None
    satisfied_until: Timestamp | None
