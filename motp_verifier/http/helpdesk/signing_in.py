"""The routes by which staff sign in and out, and admins see who is."""

from typing import assert_never, cast

from litestar import Response, delete, get, post, route
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from motp_protocol.encoding import format_time
from motp_protocol.helpdesk import (
    OpenSession,
    OpenSessions,
    StaffRole,
    StaffSession,
    StaffSetup,
    StaffSetupAnswer,
    StaffSignIn,
)
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
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.sessions import NoSession, SessionBegun, SessionEnded, Sessions
from motp_verifier.services.staff.setup import (
    PasswordTooCommon,
    SettingUp,
    SetupCodeWrong,
    SetupOver,
)
from motp_verifier.services.staff.signing_in import SetupBegun, SigningIn, SignInRefused

_TAGS = ["helpdesk"]
_COMMON = (
    ProblemType.MALFORMED_REQUEST,
    ProblemType.TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.UNAVAILABLE,
)


def session_router(
    guard: StaffGuard, signing_in: SigningIn, setting_up: SettingUp, sessions: Sessions
) -> Router:
    """Signing in, which needs no session yet, and what can be done with one's session."""
    return Router(
        "/v1/helpdesk",
        route_handlers=[
            # Before the others: see there.
            _methods("/sessions", "GET, OPTIONS, POST"),
            _methods("/sessions/current", "DELETE, GET, OPTIONS"),
            *_without_session(guard, signing_in, setting_up),
            *_with_session(guard, sessions),
        ],
        exception_handlers=STAFF_EXCEPTION_HANDLERS,
    )


def _without_session(
    guard: StaffGuard, signing_in: SigningIn, setting_up: SettingUp
) -> list[HTTPRouteHandler]:
    @post(
        "/sessions",
        tags=["helpdesk-sign-in"],
        dto=WireBody[StaffSignIn],
        return_dto=None,
        status_code=201,
        responses={
            202: ResponseSpec(StaffSetup, description="first sign-in", generate_examples=False),
            **problem_specs(*_COMMON, ProblemType.SIGN_IN_REFUSED),
        },
    )
    async def sign_in(data: JSONBody[StaffSignIn], request: AnyRequest) -> Response[StaffSession]:
        """Begin a session; at the first sign-in (202), the setting up of the account."""
        outcome = await signing_in.sign_in(data, guard.source(request), guard.block(request))
        match outcome:
            case SessionBegun():
                return Response(_begun(outcome), status_code=201)
            case SetupBegun():
                setup = StaffSetup(
                    setup_token=outcome.token,
                    otpauth=outcome.otpauth,
                    secret=outcome.secret,
                    expires_at=format_time(outcome.expires_at),
                )
                return cast(Response[StaffSession], Response(setup, status_code=202))
            case SignInRefused():
                raise ProblemError(ProblemType.SIGN_IN_REFUSED)
            case TooMany():
                raise refusal(outcome)
            case never:
                assert_never(never)

    @post(
        "/setups/{setup_token:str}",
        tags=["helpdesk-set-up"],
        dto=WireBody[StaffSetupAnswer],
        return_dto=None,
        status_code=201,
        responses=problem_specs(
            *_COMMON,
            ProblemType.SETUP_CODE_WRONG,
            ProblemType.SETUP_EXPIRED,
            ProblemType.PASSWORD_TOO_COMMON,
        ),
    )
    async def set_up(
        setup_token: FromPath[str], data: JSONBody[StaffSetupAnswer], request: AnyRequest
    ) -> StaffSession:
        """Set the second factor and a password of one's own, and begin a session."""
        outcome = await setting_up.finish(setup_token, data, guard.source(request))
        match outcome:
            case SessionBegun():
                return _begun(outcome)
            case SetupCodeWrong(left):
                raise ProblemError(ProblemType.SETUP_CODE_WRONG, attempts_left=left)
            case SetupOver():
                raise ProblemError(ProblemType.SETUP_EXPIRED)
            case PasswordTooCommon():
                raise ProblemError(ProblemType.PASSWORD_TOO_COMMON)
            case TooMany():
                raise refusal(outcome)
            case never:
                assert_never(never)

    return [sign_in, set_up]


def _with_session(guard: StaffGuard, sessions: Sessions) -> list[HTTPRouteHandler]:
    @get(
        "/sessions/current",
        tags=_TAGS,
        guards=[guard.signed_in()],
        responses=problem_specs(*SESSION_PROBLEMS),
    )
    async def current(request: AnyRequest) -> StaffSession:
        """Who is signed in by this session."""
        who = staff_of(request)
        return StaffSession(name=who.name, role=who.role, expires_at=format_time(who.expires_at))

    @delete(
        "/sessions/current",
        tags=_TAGS,
        guards=[guard.signed_in()],
        responses=problem_specs(*SESSION_PROBLEMS),
    )
    async def sign_out(request: AnyRequest) -> None:
        """End this session."""
        await sessions.sign_out(staff_of(request))

    @get(
        "/sessions",
        tags=_TAGS,
        guards=[guard.signed_in("administer")],
        responses=problem_specs(*SESSION_PROBLEMS),
    )
    async def all_sessions() -> OpenSessions:
        """Who is signed in, the latest first."""
        return OpenSessions(
            sessions=[
                OpenSession(
                    session_id=each.id,
                    name=each.name,
                    role=cast(StaffRole, each.role),
                    created_at=format_time(each.created_at),
                    expires_at=format_time(each.expires_at),
                )
                for each in await sessions.all()
            ]
        )

    @delete(
        "/sessions/{session_id:str}",
        tags=_TAGS,
        guards=[guard.signed_in("administer")],
        responses=problem_specs(*SESSION_PROBLEMS, ProblemType.NOT_FOUND),
    )
    async def end(session_id: FromPath[str], request: AnyRequest) -> None:
        """End somebody's session."""
        outcome = await sessions.end(staff_of(request), session_id)
        match outcome:
            case SessionEnded():
                return
            case NoSession():
                raise ProblemError(ProblemType.NOT_FOUND)
            case never:
                assert_never(never)

    return [
        current,
        sign_out,
        all_sessions,
        end,
    ]


def _methods(path: str, allowed: str) -> HTTPRouteHandler:
    @route(path, http_method=["OPTIONS"], include_in_schema=False)
    async def methods() -> Response[None]:
        """The framework's own would know of the first method alone."""
        return Response(None, status_code=204, headers={"Allow": allowed})

    return methods


def _begun(session: SessionBegun) -> StaffSession:
    return StaffSession(
        name=session.name,
        role=session.role,
        expires_at=format_time(session.expires_at),
        token=session.token,
    )
