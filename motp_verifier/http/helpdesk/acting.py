"""The routes by which staff do something for people."""

from litestar import post
from litestar.params import FromPath, JSONBody

from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import ActionRequest, BypassCode, BypassRequest, StaffRegistration
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.helpdesk.guard import (
    STAFF_EXCEPTION_HANDLERS,
    AnyRequest,
    StaffGuard,
    refusal,
    staff_of,
)
from motp_verifier.http.helpdesk.people import BODY_PROBLEMS
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.services.helpdesk.actions import Actions, Done, LiftedBefore, NotPossible
from motp_verifier.services.helpdesk.bypassing import Bypassing, BypassIssued
from motp_verifier.services.outcomes import Revoked, Suspended
from motp_verifier.services.shares import PinLocked


def acting_router(guard: StaffGuard, actions: Actions, bypassing: Bypassing) -> Router:
    """Locks, suspension and revocation, and codes that stand in for the app's."""

    @post(
        "/registrations/{registration_id:str}/actions",
        dto=WireBody[ActionRequest],
        return_dto=None,
        status_code=200,
        guards=[guard.signed_in("act")],
        responses=problem_specs(
            *BODY_PROBLEMS,
            ProblemType.LOCK_LIFTED_BEFORE,
            ProblemType.ACTION_NOT_POSSIBLE,
            ProblemType.REGISTRATION_REVOKED,
        ),
    )
    async def act(
        registration_id: FromPath[str], data: JSONBody[ActionRequest], request: AnyRequest
    ) -> StaffRegistration:
        """Lift a lock, suspend, resume or revoke."""
        outcome = await actions.do(staff_of(request), registration_id, data)
        match outcome:
            case Done(registration):
                return registration
            case LiftedBefore():
                raise ProblemError(ProblemType.LOCK_LIFTED_BEFORE)
            case NotPossible():
                raise ProblemError(ProblemType.ACTION_NOT_POSSIBLE)
            case Revoked(reason):
                raise ProblemError(ProblemType.REGISTRATION_REVOKED, reason=reason)
            case refused:
                raise refusal(refused)

    @post(
        "/trainees/{trainee_id:str}/bypass",
        dto=WireBody[BypassRequest],
        return_dto=None,
        status_code=201,
        guards=[guard.signed_in("act")],
        responses=problem_specs(
            *BODY_PROBLEMS,
            ProblemType.REGISTRATION_SUSPENDED,
            ProblemType.REGISTRATION_REVOKED,
            ProblemType.REGISTRATION_LOCKED,
        ),
    )
    async def give_bypass(
        trainee_id: FromPath[str], data: JSONBody[BypassRequest], request: AnyRequest
    ) -> BypassCode:
        """A code that stands in for one of the app's, once, within ten minutes."""
        outcome = await bypassing.issue(staff_of(request), trainee_id, data)
        match outcome:
            case BypassIssued(code, expires_at):
                return BypassCode(code=code, expires_at=format_time(expires_at))
            case Suspended():
                raise ProblemError(ProblemType.REGISTRATION_SUSPENDED)
            case PinLocked():
                raise ProblemError(ProblemType.REGISTRATION_LOCKED)
            case Revoked(reason):
                raise ProblemError(ProblemType.REGISTRATION_REVOKED, reason=reason)
            case refused:
                raise refusal(refused)

    return Router(
        "/v1/helpdesk",
        route_handlers=[act, give_bypass],
        exception_handlers=STAFF_EXCEPTION_HANDLERS,
        tags=["helpdesk"],
    )
