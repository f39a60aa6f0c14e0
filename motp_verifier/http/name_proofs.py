"""The routes by which an enrolled device proves that the number is in the trainee's name."""

from typing import TypeAlias

from litestar import post
from litestar.params import FromPath, JSONBody

from motp_protocol.messages import IdentityChallenge, NameProofCode, NameProofRequest, Status
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.enrolments import SIGNATURE_PROBLEMS, AnyRequest
from motp_verifier.http.problems import RETRY_AFTER_SECONDS, ProblemError, problem_specs
from motp_verifier.http.registrations import refuse
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.services import name_proof_outcomes as outcomes
from motp_verifier.services.name_proofs import NameProofs
from motp_verifier.services.outcomes import CurrentStatus, NotFound, Revoked, Suspended
from motp_verifier.services.signed import Replayed

_PROBLEMS = (
    *SIGNATURE_PROBLEMS,
    ProblemType.NOT_FOUND,
    ProblemType.NAME_MISMATCH,
    ProblemType.NAME_PROOF_UNAVAILABLE,
    ProblemType.NAME_PROOF_EXPIRED,
    ProblemType.REGISTRATION_SUSPENDED,
    ProblemType.REGISTRATION_REVOKED,
)
_SEND_PROBLEMS = problem_specs(
    *_PROBLEMS, ProblemType.NAME_ALREADY_VERIFIED, ProblemType.TOO_MANY_REQUESTS
)


def name_proof_router(signatures: SignatureCheck, proofs: NameProofs) -> Router:
    """Send, resend and confirm, signed by the registration's key."""

    @post(
        "/",
        dto=WireBody[NameProofRequest],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=202,
        responses=_SEND_PROBLEMS,
    )
    async def send(
        registration_id: FromPath[str], data: JSONBody[NameProofRequest], request: AnyRequest
    ) -> IdentityChallenge:
        """Have the carrier compare the person with its contract and send a code."""
        return _challenge(await proofs.send(registration_id, data, signed_request(request)))

    @post(
        "/resend",
        guards=[signatures.by_known_key()],
        status_code=202,
        responses=_SEND_PROBLEMS,
    )
    async def resend(registration_id: FromPath[str], request: AnyRequest) -> IdentityChallenge:
        """Have the code sent again; the count of tries stays."""
        return _challenge(await proofs.resend(registration_id, signed_request(request)))

    @post(
        "/confirm",
        dto=WireBody[NameProofCode],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=200,
        responses=problem_specs(
            *_PROBLEMS, ProblemType.IDENTITY_CODE_WRONG, ProblemType.IDENTITY_CODE_EXPIRED
        ),
    )
    async def confirm(
        registration_id: FromPath[str], data: JSONBody[NameProofCode], request: AnyRequest
    ) -> Status:
        """Give the code; the status then says that the name is verified."""
        return _status(await proofs.confirm(registration_id, data.code, signed_request(request)))

    return Router(
        "/v1/registrations/{registration_id:str}/name-proof",
        route_handlers=[send, resend, confirm],
        tags=["registration"],
    )


_Refused: TypeAlias = (
    outcomes.Unavailable
    | outcomes.Mismatch
    | outcomes.ProofOver
    | outcomes.Failed
    | Suspended
    | Revoked
    | NotFound
    | Replayed
)


def _refuse(outcome: _Refused) -> ProblemError:
    match outcome:
        case outcomes.Unavailable():
            return ProblemError(ProblemType.NAME_PROOF_UNAVAILABLE)
        case outcomes.Mismatch():
            return ProblemError(ProblemType.NAME_MISMATCH)
        case outcomes.ProofOver():
            return ProblemError(ProblemType.NAME_PROOF_EXPIRED)
        case outcomes.Failed():
            return ProblemError(
                ProblemType.UNAVAILABLE,
                "the identity service could not be asked",
                retry_after=RETRY_AFTER_SECONDS,
            )
        case Suspended():
            return ProblemError(ProblemType.REGISTRATION_SUSPENDED)
        case refused:
            return refuse(refused)


def _challenge(outcome: outcomes.SendOutcome) -> IdentityChallenge:
    match outcome:
        case outcomes.Challenged(answer):
            return answer
        case outcomes.AlreadyVerified():
            raise ProblemError(ProblemType.NAME_ALREADY_VERIFIED)
        case outcomes.TooMany(retry_after):
            raise ProblemError(ProblemType.TOO_MANY_REQUESTS, retry_after=retry_after)
        case refused:
            raise _refuse(refused)


def _status(outcome: outcomes.ConfirmedOutcome) -> Status:
    match outcome:
        case CurrentStatus(status):
            return status
        case outcomes.WrongCode(attempts_left):
            raise ProblemError(ProblemType.IDENTITY_CODE_WRONG, attempts_left=attempts_left)
        case outcomes.OldCode(attempts_left):
            raise ProblemError(ProblemType.IDENTITY_CODE_EXPIRED, attempts_left=attempts_left)
        case refused:
            raise _refuse(refused)
