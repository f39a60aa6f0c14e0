"""Who of the staff asks, by the token of their session, and whether their role may."""

import re
from typing import Any, TypeAlias, assert_never, cast

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard, HTTPScope

from motp_protocol.problems import ProblemType
from motp_verifier.http.client_address import ClientAddresses, block
from motp_verifier.http.problems import ProblemError, problem_response
from motp_verifier.services.helpdesk.pages import ReasonRefused
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.staff.limits import TooMany
from motp_verifier.services.staff.sessions import Sessions
from motp_verifier.services.staff.who import Right, Staff

AnyRequest: TypeAlias = Request[Any, Any, Any]
_AnyConnection: TypeAlias = ASGIConnection[Any, Any, Any, Any]
_STATE_KEY = "motp_staff"
_BEARER = re.compile(r"bearer +([\x21-\x7e]+)", re.IGNORECASE)  # RFC 6750 §2.1, RFC 9110 §11.1

SESSION_PROBLEMS = (
    ProblemType.MALFORMED_REQUEST,
    ProblemType.BAD_SESSION,
    ProblemType.ROLE_NOT_ALLOWED,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.UNAVAILABLE,
)


class BadSession(Exception):
    """No token, or one of no session that goes on."""


class StaffGuard:
    """Lets pass what comes with the token of a session, and by a role that may."""

    def __init__(self, sessions: Sessions, addresses: ClientAddresses) -> None:
        self._sessions = sessions
        self._addresses = addresses

    def signed_in(self, *rights: Right) -> Guard:
        """The guard of a route that needs one of these rights; without any, a session alone."""

        async def guard(connection: _AnyConnection, _handler: BaseRouteHandler) -> None:
            presented = _BEARER.fullmatch(connection.headers.get("authorization", ""))
            source = self.source(connection)
            who = await self._sessions.holder(presented[1], source) if presented else None
            if who is None:
                raise BadSession
            if rights and not any(map(who.may, rights)):
                raise ProblemError(ProblemType.ROLE_NOT_ALLOWED)
            connection.scope["state"][_STATE_KEY] = who

        return guard

    def source(self, connection: _AnyConnection) -> str | None:
        """The address that a request came from, where it is known."""
        address = self._addresses.of(_http(connection))
        return None if address is None else str(address)

    def block(self, connection: _AnyConnection) -> str:
        """The network that counts as one client."""
        return block(self._addresses.of(_http(connection)))


def _http(connection: _AnyConnection) -> HTTPScope:
    return cast(HTTPScope, connection.scope)


def staff_of(request: AnyRequest) -> Staff:
    """Whose request the guard let pass."""
    who: Staff = request.scope["state"][_STATE_KEY]
    return who


def refusal(outcome: NotFound | ReasonRefused | TooMany) -> ProblemError:
    """The problem that stands for what may come of anything that staff ask."""
    match outcome:
        case NotFound():
            return ProblemError(ProblemType.NOT_FOUND)
        case ReasonRefused(detail):
            return ProblemError(ProblemType.INVALID_REASON, detail)
        case TooMany(retry_after):
            return ProblemError(ProblemType.TOO_MANY_REQUESTS, retry_after=retry_after)
        case never:
            assert_never(never)


def _on_bad_session(_request: AnyRequest, _error: BadSession) -> Response[bytes]:
    response = problem_response(ProblemType.BAD_SESSION)
    response.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110 §15.5.2
    return response


STAFF_EXCEPTION_HANDLERS: dict[Any, Any] = {BadSession: _on_bad_session}
