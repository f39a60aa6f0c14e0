"""The routes of the audit, of the board, of what devices show, and of what happens now."""

from functools import partial
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream

from motp_protocol import wire
from motp_protocol.encoding import parse_time
from motp_protocol.helpdesk import AuditLines, Board, StatusTokenRead, StatusTokenRequest
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.event_stream import event_stream
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
from motp_verifier.services.helpdesk.audit_reading import AuditReading, Choice, Export
from motp_verifier.services.helpdesk.boards import Boards
from motp_verifier.services.helpdesk.following import StaffFollowing
from motp_verifier.services.helpdesk.status_tokens import BadToken, NothingShown, StatusTokens
from motp_verifier.store.audit_search import RowFilter

_CSV = {"Content-Disposition": 'attachment; filename="audit.csv"', "X-Accel-Buffering": "no"}
_ID: Any = {"pattern": r"\A[A-Za-z0-9_-]{1,64}\Z"}
_TEXT: Any = {"min_length": 1, "max_length": 100, "pattern": r"\A[^\x00-\x1f\x7f-\x9f]*\Z"}
_TIME: Any = {"max_length": 40}

_Time = Annotated[str | None, QueryParameter(**_TIME)]
_Id = Annotated[str | None, QueryParameter(**_ID)]
_Text = Annotated[str | None, QueryParameter(**_TEXT)]


def audit_router(guard: StaffGuard, reading: AuditReading) -> Router:
    """The audit, for auditors."""

    @get(
        "/",
        guards=[guard.signed_in("audit")],
        responses=problem_specs(*SESSION_PROBLEMS, ProblemType.NOT_FOUND),
    )
    async def lines(
        request: AnyRequest,
        *,
        since: _Time = None,
        before: _Time = None,
        kind: _Text = None,
        actor: _Text = None,
        institution: _Id = None,
        registration: _Id = None,
        trainee: _Id = None,
        cursor: Annotated[str | None, QueryParameter(pattern=r"\A[0-9]{1,18}\Z")] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 100,
    ) -> AuditLines:
        """Rows of the audit, the newest first."""
        choice = _choice(since, before, kind, actor, institution, registration, trainee)
        below = None if cursor is None else int(cursor)
        outcome = await reading.page(staff_of(request), choice, below, limit)
        match outcome:
            case AuditLines():
                return outcome
            case refused:
                raise refusal(refused)

    @get(
        "/export",
        guards=[guard.signed_in("audit")],
        media_type="text/csv",
        responses=problem_specs(
            *SESSION_PROBLEMS, ProblemType.NOT_FOUND, ProblemType.INVALID_REASON
        ),
    )
    async def export(
        request: AnyRequest,
        *,
        reason: Annotated[str, QueryParameter(min_length=2, max_length=500)],
        since: _Time = None,
        before: _Time = None,
        kind: _Text = None,
        actor: _Text = None,
        institution: _Id = None,
        registration: _Id = None,
        trainee: _Id = None,
    ) -> Stream:
        """All of a choice as CSV, the newest first."""
        choice = _choice(since, before, kind, actor, institution, registration, trainee)
        outcome = await reading.export(staff_of(request), choice, reason)
        match outcome:
            case Export(lines):
                return Stream(lines, media_type="text/csv; charset=utf-8", headers=_CSV)
            case refused:
                raise refusal(refused)

    return Router(
        "/v1/helpdesk/audit",
        route_handlers=[lines, export],
        exception_handlers=STAFF_EXCEPTION_HANDLERS,
        tags=["helpdesk"],
    )


def watching_router(
    guard: StaffGuard, tokens: StatusTokens, boards: Boards, following: StaffFollowing
) -> Router:
    """What devices show, today in numbers, and what happens now."""

    @post(
        "/status-token",
        dto=WireBody[StatusTokenRequest],
        return_dto=None,
        status_code=200,
        guards=[guard.signed_in("look")],
        responses=problem_specs(
            *SESSION_PROBLEMS,
            ProblemType.NOT_FOUND,
            ProblemType.STATUS_TOKEN_INVALID,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ),
    )
    async def read_token(
        data: JSONBody[StatusTokenRequest], request: AnyRequest
    ) -> StatusTokenRead:
        """What a device says of itself, beside what the verifier knows of it."""
        outcome = await tokens.read(staff_of(request), data)
        match outcome:
            case StatusTokenRead():
                return outcome
            case BadToken(detail):
                raise ProblemError(ProblemType.STATUS_TOKEN_INVALID, detail)
            case NothingShown():
                raise ProblemError(ProblemType.MALFORMED_REQUEST, "`token` or `short_code`")
            case refused:
                raise refusal(refused)

    @get("/board", guards=[guard.signed_in("look")], responses=problem_specs(*SESSION_PROBLEMS))
    async def board() -> Board:
        """Today in numbers."""
        return await boards.today()

    return Router(
        "/v1/helpdesk",
        route_handlers=[read_token, board, _events(guard, following)],
        exception_handlers=STAFF_EXCEPTION_HANDLERS,
        tags=["helpdesk"],
    )


def _events(guard: StaffGuard, following: StaffFollowing) -> HTTPRouteHandler:
    @get(
        "/events",
        guards=[guard.signed_in("look")],
        include_in_schema=False,
    )
    async def events(request: AnyRequest) -> Response[bytes] | Stream:
        """What to look at again, as server-sent events (HTML Standard §9.2)."""
        if following.is_full:
            raise ProblemError(ProblemType.UNAVAILABLE, retry_after=5)
        return event_stream(partial(following.follow, staff_of(request)), wire.encode)

    return events


def _choice(  # noqa: PLR0917 - what rows can be chosen by
    since: str | None,
    before: str | None,
    kind: str | None,
    actor: str | None,
    institution: str | None,
    registration: str | None,
    trainee: str | None,
) -> Choice:
    try:
        wanted = RowFilter(
            since=None if since is None else parse_time(since),
            before=None if before is None else parse_time(before),
            kinds=() if kind is None else tuple(kind.split(",")),
            institution_id=institution,
            registration_id=registration,
            actor=actor,
        )
    except ValueError as error:
        raise ProblemError(
            ProblemType.MALFORMED_REQUEST, "`since` and `before` are times"
        ) from error
    return Choice(wanted, trainee)
