"""Everything that is refused leaves as problem details (RFC 9457)."""

import logging
from typing import Any, TypeAlias

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from motp_protocol import wire
from motp_protocol.fields import RevocationReason
from motp_protocol.problems import CONTENT_TYPE, Problem, ProblemType, Replaces, problem
from motp_verifier.metrics import Metrics
from motp_verifier.services.batches import Overloaded
from motp_verifier.sparing_log import SparingLog
from motp_verifier.store.port import StoreUnavailable

RETRY_AFTER_SECONDS = 5
OVERLOAD_SECONDS = 1
CLIENT_GONE = 499
"""Stands in the log and the metrics where a client left before its request was whole."""

AnyRequest: TypeAlias = Request[Any, Any, Any]

_log = logging.getLogger(__name__)

_BY_STATUS = {
    404: ProblemType.NOT_FOUND,
    405: ProblemType.METHOD_NOT_ALLOWED,
    413: ProblemType.TOO_LARGE,
    415: ProblemType.UNSUPPORTED_MEDIA_TYPE,
    503: ProblemType.UNAVAILABLE,
}
_SERVER_ERROR = 500
_GONE = "client disconnected prematurely"  # how the framework says so


class ProblemError(Exception):
    """A request is refused with this problem. Raised in the HTTP layer only."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str = "",
        *,
        attempts_left: int | None = None,
        retry_after: int | None = None,
        time: str | None = None,
        replaces: Replaces | None = None,
        reason: RevocationReason | None = None,
    ) -> None:
        super().__init__(kind.slug)
        self.problem = problem(
            kind,
            detail,
            attempts_left=attempts_left,
            retry_after=retry_after,
            time=time,
            replaces=replaces,
            reason=reason,
        )


def problem_response(
    kind: ProblemType, detail: str = "", *, retry_after: int | None = None
) -> Response[bytes]:
    """The response that says so. `retry_after` is in seconds."""
    return _response(problem(kind, detail, retry_after=retry_after))


def problem_specs(*kinds: ProblemType) -> dict[int, ResponseSpec]:
    """What an operation may refuse, for the OpenAPI document."""
    slugs: dict[int, list[str]] = {}
    for kind in kinds:
        slugs.setdefault(int(kind.status), []).append(kind.slug)
    return {
        status: ResponseSpec(
            Problem,
            description=", ".join(names),
            media_type=CONTENT_TYPE,
            generate_examples=False,
        )
        for status, names in slugs.items()
    }


def _response(told: Problem) -> Response[bytes]:
    headers = {} if told.retry_after is None else {"Retry-After": str(told.retry_after)}
    return Response(
        wire.encode(told), status_code=told.status, media_type=CONTENT_TYPE, headers=headers
    )


def exception_handlers(metrics: Metrics) -> dict[Any, Any]:
    """How each exception that leaves a route is answered."""
    log = SparingLog(_log)

    def on_problem(_request: AnyRequest, error: ProblemError) -> Response[bytes]:
        return _response(error.problem)

    def on_overload(_request: AnyRequest, error: Overloaded) -> Response[bytes]:
        # It comes by the thousand, and one by one tells nothing.
        metrics.turned_away("overload")
        log.say(logging.WARNING, "requests are refused", error)
        return problem_response(ProblemType.UNAVAILABLE, retry_after=OVERLOAD_SECONDS)

    def on_unavailable(_request: AnyRequest, error: StoreUnavailable) -> Response[bytes]:
        metrics.turned_away("database")
        log.say(logging.ERROR, "the database is unavailable", error)
        return problem_response(ProblemType.UNAVAILABLE, retry_after=RETRY_AFTER_SECONDS)

    return {
        ProblemError: on_problem,
        Overloaded: on_overload,
        StoreUnavailable: on_unavailable,
        HTTPException: _on_http,
        Exception: _on_fault,
    }


def gone_response(error: HTTPException) -> Response[bytes] | None:
    """What goes to a client that left: no fault of ours, and nobody is there to be told."""
    if error.detail != _GONE:
        return None
    return Response(b"", status_code=CLIENT_GONE, media_type=CONTENT_TYPE)


def _on_http(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """What the framework itself refuses; its own wording could repeat what was sent."""
    if gone := gone_response(error):
        return gone
    if error.status_code >= _SERVER_ERROR and error.status_code not in _BY_STATUS:
        return _on_fault(request, error)
    refused = problem_response(_BY_STATUS.get(error.status_code, ProblemType.MALFORMED_REQUEST))
    if allowed := (error.headers or {}).get("allow"):
        refused.headers["Allow"] = allowed  # RFC 9110 §15.5.6
    return refused


def _on_fault(request: AnyRequest, error: Exception) -> Response[bytes]:
    # The traceback shows lines of code, never values; a raw path could be one.
    route = request.scope.get("path_template") or "unmatched"
    _log.error("%s %s failed", request.method, route, exc_info=error)
    return problem_response(ProblemType.INTERNAL_ERROR)
