"""What helpdesk staff are told, and what they may do: the messages of `/v1/helpdesk`.

`docs/protocol.md`, "Helpdesk", states them. Personal data are masked but in `PersonShown`.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from motp_protocol.fields import (
    CheckMethod,
    DeviceKind,
    FreeText,
    Id,
    Language,
    Lock,
    Occasion,
    RegistrationState,
    RejectionReason,
    RevocationReason,
    ShortText,
    SixDigits,
    Timestamp,
)
from motp_protocol.messages import Message
from motp_protocol.status_token import StatusClaims

StaffRole: TypeAlias = Literal["helpdesk", "auditor", "admin"]
Password: TypeAlias = Annotated[str, Meta(min_length=1, max_length=256)]
NewPassword: TypeAlias = Annotated[
    str, Meta(min_length=12, max_length=256, description="NIST SP 800-63B-4 §3.1.1.2: no rules")
]
Reason: TypeAlias = Annotated[str, Meta(min_length=2, max_length=500)]
StaffAction: TypeAlias = Literal["lift-pin-lock", "lift-code-lock", "suspend", "resume", "revoke"]

PeopleSort: TypeAlias = Literal["contact", "state", "created"]

# Signing in


class StaffSignIn(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/sessions`. `totp` is left out at the first sign-in alone.

    401 `sign-in-refused` whatever was wrong, and while the account is locked.
    """

    name: ShortText
    password: Password
    totp: SixDigits | None = None


class StaffSetup(Message, frozen=True, kw_only=True):
    """The answer (202) to a first sign-in: a second factor is to be set, and a new password.

    `otpauth` is for a QR code; `secret` is the same seed in base 32, to be typed.
    """

    setup_token: Id
    otpauth: str
    secret: str
    expires_at: Timestamp


class StaffSetupAnswer(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/setups/{setup_token}`: answered like a sign-in.

    403 `setup-code-wrong` + `attempts_left`; 410 `setup-expired`; 422 `password-too-common`.
    """

    totp: SixDigits
    new_password: NewPassword


class StaffSession(Message, frozen=True, kw_only=True):
    """The answer (201) to a sign-in; `GET /v1/helpdesk/sessions/current` has no token.

    `DELETE /v1/helpdesk/sessions/current` (204) signs out. All other requests show the token
    as `Authorization: Bearer`; 401 `bad-session` once it is over.
    """

    name: str
    role: StaffRole
    expires_at: Timestamp
    token: str | None = None


class OpenSession(Message, frozen=True, kw_only=True):
    """Somebody who is signed in."""

    session_id: Id
    name: str
    role: StaffRole
    created_at: Timestamp
    expires_at: Timestamp


class OpenSessions(Message, frozen=True, kw_only=True):
    """`GET /v1/helpdesk/sessions`, for admins, who end one by `DELETE …/sessions/{session_id}`."""

    sessions: list[OpenSession]


# People


class FoundTrainee(Message, frozen=True, kw_only=True):
    """A line of a search. `state` is None for somebody who never registered.

    Where a number was refused lately (`roster-mismatch`) and no roster has it, `trainee_id`
    is `enr_…`, the refused enrolment: its page has findings and nothing else.
    """

    trainee_id: Id
    name_masked: str
    phone_masked: str
    institutions: list[str]
    state: RegistrationState | None
    locks: list[Lock]
    last_contact_at: Timestamp | None


class FoundTrainees(Message, frozen=True, kw_only=True):
    """`GET /v1/helpdesk/trainees?q=&sort=&cursor=&limit=`.

    `next` is the cursor of the page that follows, None on the last one. `count` is how many
    there are in all, up to 10,000. `sort` is `contact` (the latest first, which it is without),
    `state` or `created`; `limit` 1 to 100, 50 without.
    """

    trainees: list[FoundTrainee]
    count: int
    next: str | None


Cause: TypeAlias = Literal[
    "all-well",
    "clock-wrong",
    "pin-locked",
    "code-locked",
    "code-locked-everywhere",
    "code-used",
    "code-old",
    "suspended",
    "revoked",
    "cloned",
    "replaced",
    "withdrawn",
    "roster-mismatch",
    "never-registered",
    "enrolment-unfinished",
    "consent-outdated",
    "offline",
    "name-not-verified",
    "app-outdated",
]
"""What may be wrong. The console words each, with its facts and the next step."""


class Finding(Message, frozen=True, kw_only=True):
    """One cause, with what the words need of it; what does not apply is None.

    `seconds` is a clock's skew (device less verifier) or the time since the last contact.
    `count` is how many wrong codes or PINs, `old` how many of these were codes of earlier
    times. `source` is the address that the last of them came from.
    """

    cause: Cause
    registration_id: Id | None = None
    at: Timestamp | None = None
    institution: str | None = None
    seconds: int | None = None
    count: int | None = None
    old: int | None = None
    source: str | None = None
    version: str | None = None


class TraineeInstitution(Message, frozen=True, kw_only=True):
    """A roster that lists the trainee. `trainee` is the institution's own id of them."""

    institution_id: Id
    name: str
    trainee: str
    listed_at: Timestamp | None


class InstitutionCount(Message, frozen=True, kw_only=True):
    """Wrong codes in a row at one institution; `locked_at` where they lock."""

    institution_id: Id
    institution: str
    run: int
    locked_at: Timestamp | None


class StaffRegistration(Message, frozen=True, kw_only=True):
    """A device, as the verifier knows it. `skew_seconds` is device less verifier."""

    registration_id: Id
    short_code: str
    kind: DeviceKind
    state: RegistrationState
    reason: RevocationReason | None
    label: str
    platform: str
    app_version: str
    created_at: Timestamp
    activated_at: Timestamp | None
    revoked_at: Timestamp | None
    last_contact_at: Timestamp | None
    skew_seconds: float
    locks: list[Lock]
    pin_attempts_left: int
    pin_lock_lifted: bool
    name_verified: bool
    counts: list[InstitutionCount]
    wrong_codes_in_30_days: int


class StaffConsent(Message, frozen=True, kw_only=True):
    """The consent that was given last. `current` is whether its version is in force."""

    version: str
    lang: Language
    agreed_at: Timestamp
    withdrawn_at: Timestamp | None
    current: bool


class StaffCheck(Message, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A check of the trainee's, for the time line."""

    verification_id: Id
    at: Timestamp
    institution: str
    course: str
    class_: str
    session: int
    occasion: Occasion
    method: CheckMethod
    result: Literal["accepted", "rejected"]
    reason: RejectionReason | None
    source: str | None


class StaffEvent(Message, frozen=True, kw_only=True):
    """A row of the audit about this trainee. `kind` is as in the audit."""

    at: Timestamp
    kind: str
    actor: str
    reason: str | None
    institution: str | None
    registration_id: Id | None


class DayCount(Message, frozen=True, kw_only=True):
    """One day in Asia/Seoul, `2026-11-26`."""

    day: str
    accepted: int
    rejected: int


class TraineePage(Message, frozen=True, kw_only=True):
    """`GET /v1/helpdesk/trainees/{id}`: the gravest finding first, the newest of all else.

    `days` are the last 30, the oldest first.
    """

    trainee_id: Id
    name_masked: str
    phone_masked: str
    findings: list[Finding]
    institutions: list[TraineeInstitution]
    registrations: list[StaffRegistration]
    consent: StaffConsent | None
    checks: list[StaffCheck]
    events: list[StaffEvent]
    days: list[DayCount]
    time: Timestamp


class WithReason(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/trainees/{id}/person`: why the person's data are to be shown."""

    reason: Reason


class PersonShown(Message, frozen=True, kw_only=True):
    """The answer: name and number in full."""

    name: str
    phone: str


# Doing


class ActionRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/registrations/{id}/actions`: answered by the registration.

    409 `lock-lifted-before` for a second `lift-pin-lock`; 409 `action-not-possible` where there
    is nothing to lift, suspend or resume; 410 `registration-revoked`; 422 `invalid-reason`.
    """

    action: StaffAction
    reason: Reason


class BypassRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/trainees/{id}/bypass`.

    403 `registration-suspended`, 423 `registration-locked`, 410 `registration-revoked` where
    there is no registration in use, 404 `not-found` where the institution has no such trainee.
    """

    institution_id: Id
    occasion: Occasion
    reason: Reason


class BypassCode(Message, frozen=True, kw_only=True):
    """The answer: a code that stands in for one of the app's, once."""

    code: SixDigits
    expires_at: Timestamp


class StatusTokenRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/status-token`: a token, or a short code and perhaps whose it may be.

    422 `status-token-invalid`, 404 `not-found`.
    """

    token: Annotated[str, Meta(max_length=1024)] | None = None
    short_code: FreeText | None = None
    trainee_id: Id | None = None


class StatusTokenRead(Message, frozen=True, kw_only=True):
    """The answer: what the device says of itself, beside what the verifier knows.

    `claims` is None for a short code, which proves nothing.
    """

    trainee_id: Id
    registration: StaffRegistration
    claims: StatusClaims | None


# Looking back


class AuditLine(Message, frozen=True, kw_only=True):
    """A row of the audit; `detail` has no personal data."""

    number: int
    at: Timestamp
    kind: str
    actor: str
    institution_id: Id | None
    registration_id: Id | None
    source: str | None
    reason: str | None
    detail: dict[str, str | int | None]


class AuditLines(Message, frozen=True, kw_only=True):
    """`GET /v1/helpdesk/audit?since=&before=&kind=&actor=&institution=&registration=&trainee=`.

    Newest first; `next` as in `FoundTrainees`, where `cursor` takes it: a page may be short, or
    empty, and have one. `since` and `before` are times. `GET …/audit/export` with the same
    choice and a `reason` is all of it as CSV.
    """

    lines: list[AuditLine]
    next: str | None


class HourCount(Message, frozen=True, kw_only=True):
    """One hour of today in Asia/Seoul, 0 to 23."""

    hour: int
    accepted: int
    rejected: int


class ReasonCount(Message, frozen=True, kw_only=True):
    """How many checks of today were rejected for this reason."""

    reason: RejectionReason
    count: int


class InstitutionDay(Message, frozen=True, kw_only=True):
    """Today at one institution."""

    institution_id: Id
    institution: str
    accepted: int
    rejected: int
    locks: int


class Board(Message, frozen=True, kw_only=True):
    """`GET /v1/helpdesk/board`: today in Asia/Seoul. `enrolments` were completed today."""

    day: str
    time: Timestamp
    hours: list[HourCount]
    reasons: list[ReasonCount]
    institutions: list[InstitutionDay]
    locks: int
    enrolments: int
    cloned: int


class StaffNotice(Message, frozen=True, kw_only=True):
    """A server-sent event of `GET /v1/helpdesk/events`: what to look at again."""

    kind: Literal["check", "registration", "session"]
    trainee_id: Id | None
    at: Timestamp


# Kiosks

StaffKioskState: TypeAlias = Literal["awaited", "expired", "active", "locked", "revoked"]
KioskAction: TypeAlias = Literal["lock", "unlock"]


class StaffKiosk(Message, frozen=True, kw_only=True):
    """A kiosk as staff see it. Who used it is not told, only how many today (Asia/Seoul).

    `awaited` until a PC enrols with its code, `expired` where none did in time.
    `config_known` is the version of its configuration that the kiosk had at its last
    contact; `skew_seconds` its clock less the verifier's then.
    """

    kiosk_id: Id
    institution: str
    label: str
    state: StaffKioskState
    created_at: Timestamp
    enrolled_at: Timestamp | None
    last_contact_at: Timestamp | None
    platform: str
    app_version: str
    skew_seconds: float
    config_version: int
    config_known: int
    users_today: int


class StaffKiosks(Message, frozen=True, kw_only=True):
    """`GET /v1/helpdesk/kiosks`: all of them, the oldest first. `time` is the verifier's."""

    time: Timestamp
    kiosks: list[StaffKiosk]


class KioskActionRequest(Message, frozen=True, kw_only=True):
    """`POST /v1/helpdesk/kiosks/{kiosk_id}/actions`: answered by the kiosk as it is then.

    409 `action-not-possible` where it is not in use; again is no error.
    """

    action: KioskAction
    reason: Reason
