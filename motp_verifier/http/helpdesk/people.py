"""The routes by which staff find people and look at them."""

from typing import Annotated

from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from motp_protocol.helpdesk import FoundTrainees, PeopleSort, PersonShown, TraineePage, WithReason
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
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.services.helpdesk.pages import PersonPages
from motp_verifier.services.helpdesk.searching import BadQuery, Searching

BODY_PROBLEMS = (
    *SESSION_PROBLEMS,
    ProblemType.NOT_FOUND,
    ProblemType.INVALID_REASON,
    ProblemType.TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
)


def people_router(guard: StaffGuard, searching: Searching, pages: PersonPages) -> Router:
    """Search, the page of one person, and their name and number in full."""

    @get("/", guards=[guard.signed_in("look")], responses=problem_specs(*SESSION_PROBLEMS))
    async def search(
        request: AnyRequest,
        *,
        q: Annotated[str, QueryParameter(min_length=1, max_length=100)],
        sort: Annotated[PeopleSort, QueryParameter()] = "contact",
        cursor: Annotated[str | None, QueryParameter(max_length=400)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
    ) -> FoundTrainees:
        """People by number, last four digits, name, short code or registration."""
        outcome = await searching.find(staff_of(request), q, sort, cursor, limit)
        match outcome:
            case FoundTrainees():
                return outcome
            case BadQuery(detail):
                raise ProblemError(ProblemType.MALFORMED_REQUEST, detail)
            case refused:
                raise refusal(refused)

    @get(
        "/{trainee_id:str}",
        operation_id="getHelpdeskTrainee",
        guards=[guard.signed_in("look")],
        responses=problem_specs(*SESSION_PROBLEMS, ProblemType.NOT_FOUND),
    )
    async def page(trainee_id: FromPath[str], request: AnyRequest) -> TraineePage:
        """What may be wrong, and everything that shows it."""
        outcome = await pages.page(staff_of(request), trainee_id)
        match outcome:
            case TraineePage():
                return outcome
            case refused:
                raise refusal(refused)

    @post(
        "/{trainee_id:str}/person",
        dto=WireBody[WithReason],
        return_dto=None,
        status_code=200,
        guards=[guard.signed_in("act")],
        responses=problem_specs(*BODY_PROBLEMS),
    )
    async def show(
        trainee_id: FromPath[str], data: JSONBody[WithReason], request: AnyRequest
    ) -> PersonShown:
        """Name and number in full."""
        outcome = await pages.show(staff_of(request), trainee_id, data.reason)
        match outcome:
            case PersonShown():
                return outcome
            case refused:
                raise refusal(refused)

    return Router(
        "/v1/helpdesk/trainees",
        route_handlers=[search, page, show],
        exception_handlers=STAFF_EXCEPTION_HANDLERS,
        tags=["helpdesk"],
    )
