"""The route by which an enrolled device gives a new consent."""

from typing import assert_never

from litestar import post
from litestar.params import FromPath, JSONBody

from motp_protocol.messages import ConsentGiven, Status
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.enrolments import SIGNATURE_PROBLEMS, AnyRequest
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.registrations import refuse
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.services.consent_renewal import (
    ConsentRenewals,
    NotAgreed,
    Outdated,
    RenewalOutcome,
)
from motp_verifier.services.outcomes import CurrentStatus, Malformed, NotFound, Revoked
from motp_verifier.services.signed import Replayed


def consent_router(signatures: SignatureCheck, renewals: ConsentRenewals) -> Router:
    """Consent renewal, signed by the registration's key."""

    @post(
        "/{registration_id:str}/consent",
        dto=WireBody[ConsentGiven],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=200,
        responses=problem_specs(
            *SIGNATURE_PROBLEMS,
            ProblemType.NOT_FOUND,
            ProblemType.REGISTRATION_REVOKED,
            ProblemType.CONSENT_REQUIRED,
            ProblemType.CONSENT_OUTDATED,
        ),
    )
    async def renew_consent(
        registration_id: FromPath[str], data: JSONBody[ConsentGiven], request: AnyRequest
    ) -> Status:
        """Agree to the document in force; again is no error."""
        return _status(await renewals.renew(registration_id, data, signed_request(request)))

    return Router("/v1/registrations", route_handlers=[renew_consent], tags=["registration"])


def _status(outcome: RenewalOutcome) -> Status:
    match outcome:
        case CurrentStatus(status):
            return status
        case NotAgreed():
            raise ProblemError(ProblemType.CONSENT_REQUIRED)
        case Outdated():
            raise ProblemError(ProblemType.CONSENT_OUTDATED)
        case NotFound() | Malformed() | Revoked() | Replayed():
            raise refuse(outcome)
        case never:
            assert_never(never)
