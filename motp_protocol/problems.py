"""Problem details (RFC 9457): everything that the verifier refuses, and how.

The app words a problem for people; `detail` is English for those who read logs.
"""

from enum import Enum
from http import HTTPStatus

import msgspec

from motp_protocol.fields import RevocationReason, Timestamp

CONTENT_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:motp:problem:"


class ProblemType(Enum):
    """A kind of problem: its slug, HTTP status and title."""

    MALFORMED_REQUEST = ("malformed-request", 400, "The request is not of the documented form")
    BAD_SIGNATURE = ("bad-signature", 401, "The request's signature does not verify")
    CLOCK_SKEW = ("clock-skew", 401, "The request was signed at another time than now")
    REPLAYED_REQUEST = ("replayed-request", 401, "The request was received before")
    BAD_API_KEY = ("bad-api-key", 401, "The API key is not valid")
    BAD_SESSION = ("bad-session", 401, "The session is not valid, or is over")
    SIGN_IN_REFUSED = (
        "sign-in-refused",
        401,
        "Name, password or code is wrong, or there were too many wrong tries",
    )
    SETUP_CODE_WRONG = ("setup-code-wrong", 403, "The code is not of the new second factor")
    ROLE_NOT_ALLOWED = ("role-not-allowed", 403, "The role does not allow this")
    IDENTITY_CODE_WRONG = ("identity-code-wrong", 403, "The identity code is wrong")
    IDENTITY_CODE_EXPIRED = ("identity-code-expired", 403, "The identity code is too old")
    NAME_MISMATCH = ("name-mismatch", 403, "The number is not known to be in this name")
    NAME_NOT_VERIFIED = (
        "name-not-verified",
        403,
        "The course needs a number that is proven to be in the trainee's own name",
    )
    PIN_WRONG = ("pin-wrong", 403, "The PIN is wrong")
    APPROVAL_NUMBER_WRONG = ("approval-number-wrong", 403, "Another number stands on the page")
    APPROVAL_PROOF_WRONG = ("approval-proof-wrong", 403, "The proof of the answer does not verify")
    ROSTER_MISMATCH = ("roster-mismatch", 403, "No roster has this name and number")
    APP_OUTDATED = ("app-outdated", 403, "This version of the app is served no more")
    KIOSK_CODE_WRONG = (
        "kiosk-code-wrong",
        403,
        "The kiosk's code is wrong, was used, or is older than its ten minutes",
    )
    KIOSK_LOCKED = ("kiosk-locked", 403, "The kiosk is locked")
    REGISTRATION_SUSPENDED = ("registration-suspended", 403, "The registration is suspended")
    NOT_FOUND = ("not-found", 404, "There is nothing here for this request")
    METHOD_NOT_ALLOWED = ("method-not-allowed", 405, "The method is not allowed here")
    APPROVAL_ANSWERED = ("approval-answered", 409, "The approval was answered before")
    OTHER_BROWSER = ("other-browser", 409, "The approval reached another browser than the pop-up's")
    ALREADY_REGISTERED = ("already-registered", 409, "Another registration is active")
    ENROLMENT_CONFLICT = ("enrolment-conflict", 409, "This step was done with other values")
    NAME_ALREADY_VERIFIED = ("name-already-verified", 409, "The name was verified before")
    NAME_PROOF_UNAVAILABLE = ("name-proof-unavailable", 409, "This verifier proves no names")
    DEVICE_CLONED = ("device-cloned", 409, "The device's data were copied")
    SHARE_UNKNOWN = ("share-unknown", 409, "The verifier never issued this share")
    IDEMPOTENCY_KEY_REUSED = (
        "idempotency-key-reused",
        409,
        "The idempotency key was used for another request",
    )
    LOCK_LIFTED_BEFORE = (
        "lock-lifted-before",
        409,
        "The PIN lock of this registration was lifted before; only a new enrolment ends it",
    )
    ACTION_NOT_POSSIBLE = (
        "action-not-possible",
        409,
        "The registration does not stand so that this could be done",
    )
    SETUP_EXPIRED = ("setup-expired", 410, "The setting up of the account is over")
    APPROVAL_EXPIRED = ("approval-expired", 410, "The approval is over")
    ENROLMENT_EXPIRED = ("enrolment-expired", 410, "The enrolment has expired")
    NAME_PROOF_EXPIRED = ("name-proof-expired", 410, "The proof of the name is over")
    REGISTRATION_REVOKED = ("registration-revoked", 410, "The registration is revoked")
    TOO_LARGE = ("too-large", 413, "The request is too large")
    UNSUPPORTED_MEDIA_TYPE = ("unsupported-media-type", 415, "The content type is not supported")
    CONSENT_REQUIRED = ("consent-required", 422, "Consent is required")
    CONSENT_OUTDATED = ("consent-outdated", 422, "The consent is for another version")
    INVALID_NAME = ("invalid-name", 422, "The name is not valid")
    INVALID_PHONE = ("invalid-phone", 422, "The number is not a Korean mobile number")
    ORIGIN_NOT_ALLOWED = ("origin-not-allowed", 422, "The institution lists no such origin")
    PASSWORD_TOO_COMMON = (
        "password-too-common",
        422,
        "The password is one of those that are tried first",
    )
    INVALID_REASON = ("invalid-reason", 422, "The reason cannot be kept as it is")
    STATUS_TOKEN_INVALID = (
        "status-token-invalid",
        422,
        "The status token is not one, not of this device, or not of these ten minutes",
    )
    KIOSK_REQUIRED = ("kiosk-required", 422, "Only an enrolled kiosk can do this")
    REGISTRATION_LOCKED = ("registration-locked", 423, "The registration is locked")
    TOO_MANY_REQUESTS = ("too-many-requests", 429, "Too many requests")
    INTERNAL_ERROR = ("internal-error", 500, "The verifier failed")
    UNAVAILABLE = ("unavailable", 503, "The verifier cannot do this now")

    def __init__(self, slug: str, status: int, title: str) -> None:
        self.slug = slug
        self.status = HTTPStatus(status)
        self.title = title


class Replaces(msgspec.Struct, frozen=True, kw_only=True):
    """The active registration that a new one would replace."""

    registration_id: str
    label: str
    since: Timestamp


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem as it is sent. Members that a type does not name are left out.

    `retry_after` is in seconds; `time` is the verifier's clock; `reason` says why a
    registration is revoked.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    attempts_left: int | None = None
    retry_after: int | None = None
    time: Timestamp | None = None
    replaces: Replaces | None = None
    reason: RevocationReason | None = None

    @property
    def known_type(self) -> ProblemType | None:
        """The kind of problem, or None for one that this version does not know."""
        return _BY_URN.get(self.type)


_BY_URN = {TYPE_PREFIX + kind.slug: kind for kind in ProblemType}


def problem(
    kind: ProblemType,
    detail: str = "",
    *,
    attempts_left: int | None = None,
    retry_after: int | None = None,
    time: str | None = None,
    replaces: Replaces | None = None,
    reason: RevocationReason | None = None,
) -> Problem:
    """A problem of this kind, with the members that it names."""
    return Problem(
        type=TYPE_PREFIX + kind.slug,
        title=kind.title,
        status=int(kind.status),
        detail=detail,
        attempts_left=attempts_left,
        retry_after=retry_after,
        time=time,
        replaces=replaces,
        reason=reason,
    )
