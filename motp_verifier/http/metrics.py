"""`GET /metrics`, for the operator's Prometheus and nobody else.

It is open on a listener of its own (`metrics_port`), which a proxy has no reason to pass on,
and elsewhere with a bearer token. Where the client's address is from tells nothing: behind a
proxy on the same machine everybody comes from loopback.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get
from litestar.enums import ScopeType
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ASGIApp, Receive, Scope, Send

from motp_protocol.problems import ProblemType
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_OPEN_PATHS = ("/metrics", "/healthz", "/readyz")


def metrics_router(page: Callable[[], Awaitable[bytes]], *, token: bytes, own_port: int) -> Router:
    """The route. `token` may be empty and `own_port` 0, where there is none."""

    @get(
        "/metrics",
        tags=["metrics"],
        responses={
            200: ResponseSpec(str, description="The metrics", media_type="text/plain"),
            **problem_specs(ProblemType.BAD_API_KEY, ProblemType.NOT_FOUND),
        },
    )
    async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
        """The verifier's numbers, in Prometheus's text format."""
        if not _came_by(request.scope, own_port):
            if not token:
                raise ProblemError(ProblemType.NOT_FOUND)
            given = request.headers.get("authorization", "").encode("latin-1")
            if not hmac.compare_digest(given, b"Bearer " + token):
                raise ProblemError(ProblemType.BAD_API_KEY, "send the metrics token")
        return Response(await page(), media_type=CONTENT_TYPE)

    return Router("/", route_handlers=[metrics])


class MetricsDoor:
    """Wraps an application: by the metrics' own listener nothing else of it is reached."""

    def __init__(self, app: ASGIApp, own_port: int) -> None:
        self._app = app
        self._own_port = own_port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or to where nothing is."""
        if (
            scope["type"] == ScopeType.HTTP
            and _came_by(scope, self._own_port)
            and scope["path"] not in _OPEN_PATHS
        ):
            scope["path"] = "/-"
            scope["raw_path"] = b"/-"
        await self._app(scope, receive, send)


def _came_by(scope: Scope, port: int) -> bool:
    server = scope.get("server")
    return port != 0 and server is not None and server[1] == port
