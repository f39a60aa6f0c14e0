"""What training sites call, with their institution's API key."""

import re
from typing import Any, TypeAlias, assert_never

from litestar import Request, Response, Router, post
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody
from litestar.types import Guard

from motp_protocol.encoding import format_time
from motp_protocol.messages import VerificationRequest, VerificationResult
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.problems import ProblemError, problem_response, problem_specs
from motp_verifier.services.institutions import Institutions
from motp_verifier.services.verification import (
    Accepted,
    BadName,
    BadPhone,
    Malformed,
    Rejected,
    Verification,
    VerificationOutcome,
)

_AnyRequest: TypeAlias = Request[Any, Any, Any]
_AnyConnection: TypeAlias = ASGIConnection[Any, Any, Any, Any]
_STATE_KEY = "motp_institution"
_BEARER = re.compile(r"bearer +([\x21-\x7e]+)", re.IGNORECASE)  # RFC 6750 §2.1, RFC 9110 §11.1
_PROBLEMS = problem_specs(
    ProblemType.MALFORMED_REQUEST,
    ProblemType.BAD_API_KEY,
    ProblemType.TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.INVALID_NAME,
    ProblemType.INVALID_PHONE,
    ProblemType.UNAVAILABLE,
)


class _BadApiKey(Exception):
    """No API key, or one that is not valid now."""


def site_router(institutions: Institutions, verification: Verification) -> Router:
    """The native site API."""

    @post(
        "/verifications",
        dto=WireBody[VerificationRequest],
        return_dto=None,
        status_code=200,
        responses=_PROBLEMS,
    )
    async def verify(
        data: JSONBody[VerificationRequest], request: _AnyRequest
    ) -> VerificationResult:
        """Whether a trainee's code is right. A code is accepted once."""
        return _result(await verification.verify(_institution(request), data))

    return Router(
        "/v1",
        route_handlers=[verify],
        guards=[_by_api_key(institutions)],
        exception_handlers={_BadApiKey: _on_bad_key},
        tags=["site"],
    )


def _by_api_key(institutions: Institutions) -> Guard:
    async def guard(connection: _AnyConnection, _handler: BaseRouteHandler) -> None:
        presented = _BEARER.fullmatch(connection.headers.get("authorization", ""))
        institution_id = await institutions.of_key(presented[1]) if presented else None
        if institution_id is None:
            raise _BadApiKey
        connection.scope["state"][_STATE_KEY] = institution_id

    return guard


def _institution(request: _AnyRequest) -> str:
    return str(request.scope["state"][_STATE_KEY])


def _on_bad_key(_request: _AnyRequest, _error: _BadApiKey) -> Response[bytes]:
    response = problem_response(ProblemType.BAD_API_KEY)
    response.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110 §15.5.2
    return response


def _result(outcome: VerificationOutcome) -> VerificationResult:
    match outcome:
        case Accepted():
            return VerificationResult(
                verification_id=outcome.verification_id,
                result="accepted",
                reason=None,
                attempts_left=outcome.attempts_left,
                verified_at=format_time(outcome.at),
            )
        case Rejected():
            return VerificationResult(
                verification_id=outcome.verification_id,
                result="rejected",
                reason=outcome.reason,
                attempts_left=outcome.attempts_left,
                verified_at=format_time(outcome.at),
            )
        case BadName():
            raise ProblemError(ProblemType.INVALID_NAME)
        case BadPhone():
            raise ProblemError(ProblemType.INVALID_PHONE)
        case Malformed(detail):
            raise ProblemError(ProblemType.MALFORMED_REQUEST, detail)
        case never:
            assert_never(never)
