"""The routes by which staff see and lock kiosks."""

from litestar import get, post
from litestar.params import FromPath, JSONBody

from motp_protocol.helpdesk import KioskActionRequest, StaffKiosk, StaffKiosks
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.helpdesk.guard import (
    SESSION_PROBLEMS,
    STAFF_EXCEPTION_HANDLERS,
    AnyRequest,
    StaffGuard,
    refusal,
    staff_of,
)
from motp_verifier.http.helpdesk.people import BODY_PROBLEMS
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.services.helpdesk.kiosks import KioskDone, StaffKioskDesk
from motp_verifier.services.kiosks.managing import NotPossible


def staff_kiosk_router(guard: StaffGuard, desk: StaffKioskDesk) -> Router:
    """All kiosks, and what may be done about one."""

    @get(
        "/",
        guards=[guard.signed_in("look")],
        responses=problem_specs(*SESSION_PROBLEMS),
    )
    async def kiosks() -> StaffKiosks:
        """All kiosks, the oldest first."""
        return await desk.all()

    @post(
        "/{kiosk_id:str}/actions",
        dto=WireBody[KioskActionRequest],
        return_dto=None,
        status_code=200,
        guards=[guard.signed_in("act")],
        responses=problem_specs(*BODY_PROBLEMS, ProblemType.ACTION_NOT_POSSIBLE),
    )
    async def act(
        kiosk_id: FromPath[str], data: JSONBody[KioskActionRequest], request: AnyRequest
    ) -> StaffKiosk:
        """Lock a kiosk, or unlock it."""
        match await desk.do(staff_of(request), kiosk_id, data):
            case KioskDone(kiosk):
                return kiosk
            case NotPossible():
                raise ProblemError(ProblemType.ACTION_NOT_POSSIBLE)
            case refused:
                raise refusal(refused)

    return Router(
        "/v1/helpdesk/kiosks",
        route_handlers=[kiosks, act],
        exception_handlers=STAFF_EXCEPTION_HANDLERS,
        tags=["helpdesk"],
    )
