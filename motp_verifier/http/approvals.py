"""The routes by which the app answers for a pop-up on the same PC."""

from typing import assert_never, cast

from litestar import Response, get, post, route
from litestar.params import FromPath, JSONBody

from motp_protocol.approvals import ApprovalAnswer, ApprovalAnswered, ApprovalRequest
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.enrolments import SIGNATURE_PROBLEMS, AnyRequest
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.registrations import refuse
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.services.outcomes import Malformed, NotFound, Suspended
from motp_verifier.services.popups import approvals as outcomes
from motp_verifier.services.popups.approvals import Approvals
from motp_verifier.services.shares import PinLocked
from motp_verifier.services.signed import Replayed

_PROBLEMS = (
    *SIGNATURE_PROBLEMS,
    ProblemType.NOT_FOUND,
    ProblemType.REGISTRATION_SUSPENDED,
    ProblemType.REGISTRATION_LOCKED,
    ProblemType.NAME_NOT_VERIFIED,
    ProblemType.APPROVAL_NUMBER_WRONG,
    ProblemType.APPROVAL_ANSWERED,
    ProblemType.OTHER_BROWSER,
    ProblemType.APPROVAL_EXPIRED,
)


def approval_router(signatures: SignatureCheck, approvals: Approvals) -> Router:
    """What is asked of the app, and its answer, signed by the registration's key."""

    @get("/", guards=[signatures.by_known_key()], responses=problem_specs(*_PROBLEMS))
    async def request_of(ticket: FromPath[str], request: AnyRequest) -> Response[ApprovalRequest]:
        """Who asks, for what, and three numbers, of which one stands on the page."""
        outcome = await approvals.request(ticket, signed_request(request))
        match outcome:
            case outcomes.Asked(body):
                # The proof of the answer is over these very bytes.
                return cast(
                    Response[ApprovalRequest], Response(body, media_type="application/json")
                )
            case refused:
                raise _refuse(refused)

    @post(
        "/",
        dto=WireBody[ApprovalAnswer],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=200,
        responses=problem_specs(*_PROBLEMS, ProblemType.APPROVAL_PROOF_WRONG),
    )
    async def answer(
        ticket: FromPath[str], data: JSONBody[ApprovalAnswer], request: AnyRequest
    ) -> ApprovalAnswered:
        """Approve or refuse; equal values again get the equal answer."""
        outcome = await approvals.answer(ticket, data, signed_request(request))
        match outcome:
            case outcomes.Approved(url):
                return ApprovalAnswered(completion_url=url)
            case outcomes.Refused():
                return ApprovalAnswered(completion_url=None)
            case outcomes.ProofWrong():
                raise ProblemError(ProblemType.APPROVAL_PROOF_WRONG)
            case Malformed():
                raise refuse(outcome)
            case refused:
                raise _refuse(refused)

    @route("/", http_method=["OPTIONS"], include_in_schema=False)
    async def methods() -> Response[None]:
        """The framework's own would know of the first method alone."""
        return Response(None, status_code=204, headers={"Allow": "GET, OPTIONS, POST"})

    return Router(
        "/v1/approvals/{ticket:str}",
        route_handlers=[methods, request_of, answer],
        tags=["approval"],
    )


def _refuse(
    outcome: NotFound
    | Suspended
    | PinLocked
    | Replayed
    | outcomes.NameUnproven
    | outcomes.NumberWrong
    | outcomes.AnsweredBefore
    | outcomes.ReachedOther
    | outcomes.TicketOver,
) -> ProblemError:
    match outcome:
        case Suspended():
            return ProblemError(ProblemType.REGISTRATION_SUSPENDED)
        case PinLocked():
            return ProblemError(ProblemType.REGISTRATION_LOCKED)
        case outcomes.NameUnproven():
            return ProblemError(ProblemType.NAME_NOT_VERIFIED)
        case outcomes.NumberWrong():
            return ProblemError(ProblemType.APPROVAL_NUMBER_WRONG)
        case outcomes.AnsweredBefore():
            return ProblemError(ProblemType.APPROVAL_ANSWERED)
        case outcomes.ReachedOther():
            return ProblemError(ProblemType.OTHER_BROWSER)
        case outcomes.TicketOver():
            return ProblemError(ProblemType.APPROVAL_EXPIRED)
        case NotFound() | Replayed():
            return refuse(outcome)
        case never:
            assert_never(never)
