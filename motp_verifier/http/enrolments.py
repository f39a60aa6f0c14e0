"""The routes of enrolment."""

from typing import Any, TypeAlias, assert_never

from litestar import Request, post
from litestar.params import FromPath, JSONBody

from motp_protocol.messages import (
    Confirmed,
    ConfirmRequest,
    EnrolmentKeys,
    EnrolmentRequest,
    EnrolmentStarted,
    IdentityProof,
)
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.problems import RETRY_AFTER_SECONDS, ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.services.enrolment import outcomes
from motp_verifier.services.enrolment.confirm import Confirmations
from motp_verifier.services.enrolment.prove import IdentityProofs
from motp_verifier.services.enrolment.start import EnrolmentStart
from motp_verifier.services.kiosks.witnessing import KioskLocked
from motp_verifier.services.outcomes import AppOutdated, Malformed, NotFound, Revoked, Suspended
from motp_verifier.services.signed import Replayed

AnyRequest: TypeAlias = Request[Any, Any, Any]
SIGNATURE_PROBLEMS = (
    ProblemType.MALFORMED_REQUEST,
    ProblemType.BAD_SIGNATURE,
    ProblemType.CLOCK_SKEW,
    ProblemType.REPLAYED_REQUEST,
    ProblemType.TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.UNAVAILABLE,
)
_STEP_PROBLEMS = (
    *SIGNATURE_PROBLEMS,
    ProblemType.NOT_FOUND,
    ProblemType.ENROLMENT_CONFLICT,
    ProblemType.ENROLMENT_EXPIRED,
)


def enrolment_router(
    signatures: SignatureCheck,
    start: EnrolmentStart,
    proofs: IdentityProofs,
    confirmations: Confirmations,
) -> Router:
    """The four requests of an enrolment, each signed by the key that is enrolled."""

    @post(
        "/",
        dto=WireBody[EnrolmentRequest],
        return_dto=None,
        guards=[signatures.by_key_in_body()],
        status_code=202,
        responses=problem_specs(
            *SIGNATURE_PROBLEMS,
            ProblemType.ENROLMENT_CONFLICT,
            ProblemType.ENROLMENT_EXPIRED,
            ProblemType.CONSENT_REQUIRED,
            ProblemType.CONSENT_OUTDATED,
            ProblemType.INVALID_NAME,
            ProblemType.INVALID_PHONE,
            ProblemType.KIOSK_REQUIRED,
            ProblemType.KIOSK_LOCKED,
            ProblemType.APP_OUTDATED,
            ProblemType.TOO_MANY_REQUESTS,
        ),
    )
    async def begin(data: JSONBody[EnrolmentRequest], request: AnyRequest) -> EnrolmentStarted:
        """Begin an enrolment: an identity code goes to the number."""
        return _started(await start.start(data, signed_request(request)))

    @post(
        "/{enrolment_id:str}/identity/resend",
        guards=[signatures.by_known_key()],
        status_code=202,
        responses=problem_specs(*_STEP_PROBLEMS, ProblemType.TOO_MANY_REQUESTS),
    )
    async def resend(enrolment_id: FromPath[str], request: AnyRequest) -> EnrolmentStarted:
        """Send another identity code; the one before is dead."""
        return _started(await start.resend(enrolment_id, signed_request(request)))

    @post(
        "/{enrolment_id:str}/identity",
        dto=WireBody[IdentityProof],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=200,
        responses=problem_specs(
            *_STEP_PROBLEMS,
            ProblemType.IDENTITY_CODE_WRONG,
            ProblemType.IDENTITY_CODE_EXPIRED,
            ProblemType.ROSTER_MISMATCH,
            ProblemType.KIOSK_REQUIRED,
            ProblemType.KIOSK_LOCKED,
            ProblemType.REGISTRATION_SUSPENDED,
        ),
    )
    async def prove(
        enrolment_id: FromPath[str], data: JSONBody[IdentityProof], request: AnyRequest
    ) -> EnrolmentKeys:
        """Give the identity code, and agree on the keys."""
        return _keys(await proofs.prove(enrolment_id, data, signed_request(request)))

    @post(
        "/{enrolment_id:str}/confirm",
        dto=WireBody[ConfirmRequest],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=201,
        responses=problem_specs(
            *_STEP_PROBLEMS,
            ProblemType.ALREADY_REGISTERED,
            ProblemType.REGISTRATION_SUSPENDED,
            ProblemType.REGISTRATION_REVOKED,
        ),
    )
    async def confirm(
        enrolment_id: FromPath[str], data: JSONBody[ConfirmRequest], request: AnyRequest
    ) -> Confirmed:
        """Make the registration active, in the place of the one it replaces."""
        return _confirmed(await confirmations.confirm(enrolment_id, data, signed_request(request)))

    return Router(
        "/v1/enrolments", route_handlers=[begin, resend, prove, confirm], tags=["enrolment"]
    )


def app_outdated(oldest: str) -> ProblemError:
    """The problem of an app that is served no more."""
    return ProblemError(ProblemType.APP_OUTDATED, f"the oldest version that is served is {oldest}")


_Refused: TypeAlias = (
    outcomes.Conflict
    | outcomes.Expired
    | outcomes.KioskRequired
    | KioskLocked
    | NotFound
    | Malformed
    | Suspended
    | Replayed
)


def _refuse(outcome: _Refused) -> ProblemError:
    match outcome:
        case outcomes.Conflict():
            return ProblemError(ProblemType.ENROLMENT_CONFLICT)
        case outcomes.Expired():
            return ProblemError(ProblemType.ENROLMENT_EXPIRED)
        case NotFound():
            return ProblemError(ProblemType.NOT_FOUND)
        case Malformed(what):
            return ProblemError(ProblemType.MALFORMED_REQUEST, f"{what} has no meaning")
        case Suspended():
            return ProblemError(ProblemType.REGISTRATION_SUSPENDED)
        case outcomes.KioskRequired():
            return ProblemError(ProblemType.KIOSK_REQUIRED)
        case KioskLocked():
            return ProblemError(ProblemType.KIOSK_LOCKED)
        case Replayed():
            return ProblemError(ProblemType.REPLAYED_REQUEST)
        case never:
            assert_never(never)


def _started(outcome: outcomes.StartOutcome | outcomes.ResendOutcome) -> EnrolmentStarted:
    match outcome:
        case outcomes.Started(answer):
            return answer
        case outcomes.ConsentMissing():
            raise ProblemError(ProblemType.CONSENT_REQUIRED)
        case outcomes.ConsentNotCurrent():
            raise ProblemError(ProblemType.CONSENT_OUTDATED)
        case outcomes.InvalidName():
            raise ProblemError(ProblemType.INVALID_NAME)
        case outcomes.InvalidPhone():
            raise ProblemError(ProblemType.INVALID_PHONE)
        case AppOutdated(oldest):
            raise app_outdated(oldest)
        case outcomes.TooManyMessages(retry_after):
            raise ProblemError(ProblemType.TOO_MANY_REQUESTS, retry_after=retry_after)
        case outcomes.NotSent():
            raise ProblemError(
                ProblemType.UNAVAILABLE,
                "the text message could not be sent",
                retry_after=RETRY_AFTER_SECONDS,
            )
        case refused:
            raise _refuse(refused)


def _keys(outcome: outcomes.ProveOutcome) -> EnrolmentKeys:
    match outcome:
        case outcomes.KeysAgreed(answer):
            return answer
        case outcomes.CodeWrong(attempts_left):
            raise ProblemError(ProblemType.IDENTITY_CODE_WRONG, attempts_left=attempts_left)
        case outcomes.CodeExpired(attempts_left):
            raise ProblemError(ProblemType.IDENTITY_CODE_EXPIRED, attempts_left=attempts_left)
        case outcomes.NotOnRoster():
            raise ProblemError(ProblemType.ROSTER_MISMATCH)
        case refused:
            raise _refuse(refused)


def _confirmed(outcome: outcomes.ConfirmOutcome) -> Confirmed:
    match outcome:
        case outcomes.Confirmed(registration_id, status):
            return Confirmed(registration_id=registration_id, status=status)
        case outcomes.AlreadyRegistered(replaces):
            raise ProblemError(ProblemType.ALREADY_REGISTERED, replaces=replaces)
        case Revoked(reason):
            raise ProblemError(ProblemType.REGISTRATION_REVOKED, reason=reason)
        case refused:
            raise _refuse(refused)
