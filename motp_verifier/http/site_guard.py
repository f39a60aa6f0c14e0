"""Which institution a request comes from, and whether it may send one more."""

import re
from typing import Any, TypeAlias

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from motp_protocol.problems import ProblemType
from motp_verifier.http.problems import ProblemError, problem_response
from motp_verifier.services.api_keys import ApiKeys
from motp_verifier.services.rate_limits.requests import RequestLimit

AnyRequest: TypeAlias = Request[Any, Any, Any]
_AnyConnection: TypeAlias = ASGIConnection[Any, Any, Any, Any]
_STATE_KEY = "motp_institution"
_BEARER = re.compile(r"bearer +([\x21-\x7e]+)", re.IGNORECASE)  # RFC 6750 §2.1, RFC 9110 §11.1


class BadApiKey(Exception):
    """No API key, or one that is not valid now."""


class SiteGuard:
    """Lets pass what comes with a valid API key and within the institution's rate."""

    def __init__(self, api_keys: ApiKeys, limit: RequestLimit) -> None:
        self._api_keys = api_keys
        self._limit = limit

    def admitted(self, authorization: str) -> str | None:
        """Which institution asks, where it may and this process knows without the database."""
        presented = _BEARER.fullmatch(authorization)
        holder = self._api_keys.known_holder(presented[1]) if presented else None
        return holder if holder is not None and self._limit.admit_at_once(holder) else None

    def by_api_key(self) -> Guard:
        """The guard of a route that sites call."""

        async def guard(connection: _AnyConnection, _handler: BaseRouteHandler) -> None:
            presented = _BEARER.fullmatch(connection.headers.get("authorization", ""))
            institution_id = await self._api_keys.holder(presented[1]) if presented else None
            if institution_id is None:
                raise BadApiKey
            wait = await self._limit.admit(institution_id)
            if wait is not None:
                raise ProblemError(ProblemType.TOO_MANY_REQUESTS, retry_after=wait)
            connection.scope["state"][_STATE_KEY] = institution_id

        return guard


def institution_of(request: AnyRequest) -> str:
    """The institution whose request the guard let pass."""
    return str(request.scope["state"][_STATE_KEY])


def _on_bad_key(_request: AnyRequest, _error: BadApiKey) -> Response[bytes]:
    response = problem_response(ProblemType.BAD_API_KEY)
    response.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110 §15.5.2
    return response


SITE_EXCEPTION_HANDLERS: dict[Any, Any] = {BadApiKey: _on_bad_key}
