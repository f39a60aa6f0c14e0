"""What training sites call about pop-ups, with their institution's API key."""

from typing import Annotated, Literal, assert_never, cast

from litestar import Response, get, post
from litestar.params import FromPath, HeaderParameter, JSONBody

from motp_protocol.encoding import format_time
from motp_protocol.fields import CheckMethod
from motp_protocol.popups import PopupCreated, PopupRequest, PopupResult, PopupState
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.idempotency_key import KEY_FORM, read_idempotency_key
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.http.site_guard import (
    SITE_EXCEPTION_HANDLERS,
    AnyRequest,
    SiteGuard,
    institution_of,
)
from motp_verifier.services.idempotency import KeyReused, Repeated
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.popups.opening import (
    Created,
    CreateOutcome,
    OriginNotAllowed,
    Popups,
    Standing,
)
from motp_verifier.services.trainee_lookup import BadName, BadPhone, Malformed

_COMMON = (
    ProblemType.MALFORMED_REQUEST,
    ProblemType.BAD_API_KEY,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.UNAVAILABLE,
)


def popup_site_router(guard: SiteGuard, popups: Popups) -> Router:
    """Make a pop-up, and read what came of it."""

    @post(
        "/",
        dto=WireBody[PopupRequest],
        return_dto=None,
        status_code=201,
        responses=problem_specs(
            *_COMMON,
            ProblemType.INVALID_NAME,
            ProblemType.INVALID_PHONE,
            ProblemType.ORIGIN_NOT_ALLOWED,
            ProblemType.IDEMPOTENCY_KEY_REUSED,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ),
    )
    async def create(
        data: JSONBody[PopupRequest],
        request: AnyRequest,
        idempotency_key: Annotated[  # noqa: ARG001 - documents it; read from the request
            str | None, HeaderParameter(name="Idempotency-Key", description=KEY_FORM)
        ] = None,
    ) -> Response[PopupCreated]:
        """Make a page on which a trainee answers; it is for the browser that opens it first."""
        outcome = await popups.create(institution_of(request), data, read_idempotency_key(request))
        body = Response(_body(outcome), status_code=201, media_type="application/json")
        return cast(Response[PopupCreated], body)

    @get("/{popup_id:str}", responses=problem_specs(*_COMMON, ProblemType.NOT_FOUND))
    async def state(popup_id: FromPath[str], request: AnyRequest) -> PopupState:
        """What came of a pop-up: the one thing that a site may believe."""
        outcome = await popups.of_site(institution_of(request), popup_id)
        match outcome:
            case Standing():
                return _state(outcome)
            case NotFound():
                raise ProblemError(ProblemType.NOT_FOUND)
            case never:
                assert_never(never)

    return Router(
        "/v1/popups",
        route_handlers=[create, state],
        guards=[guard.by_api_key()],
        exception_handlers=SITE_EXCEPTION_HANDLERS,
        tags=["site"],
    )


def _body(outcome: CreateOutcome) -> bytes:
    match outcome:
        case Created(body) | Repeated(body):
            return body
        case KeyReused():
            raise ProblemError(ProblemType.IDEMPOTENCY_KEY_REUSED)
        case OriginNotAllowed():
            raise ProblemError(ProblemType.ORIGIN_NOT_ALLOWED)
        case BadName():
            raise ProblemError(ProblemType.INVALID_NAME)
        case BadPhone():
            raise ProblemError(ProblemType.INVALID_PHONE)
        case Malformed(detail):
            raise ProblemError(ProblemType.MALFORMED_REQUEST, detail)
        case never:
            assert_never(never)


def _state(standing: Standing) -> PopupState:
    row = standing.row
    result = None
    if row.accepted_at is not None and row.verification_id and row.receipt:
        until = row.satisfied_until
        result = PopupResult(
            verification_id=row.verification_id,
            method=cast(CheckMethod, row.method),
            verified_at=format_time(row.accepted_at),
            satisfied_until=None if until is None else format_time(until),
            receipt=row.receipt,
            transaction_id=row.transaction_id,
        )
    over: Literal["expired", "open"] = "expired" if standing.now >= row.expires_at else "open"
    return PopupState(
        popup_id=row.id,
        state="accepted" if result else over,
        expires_at=format_time(row.expires_at),
        result=result,
    )
