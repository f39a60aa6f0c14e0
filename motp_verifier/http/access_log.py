"""Around every request: its id, one log line, its place in the metrics."""

import logging
import os
import re
import secrets
import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from motp_verifier.logs import request_id
from motp_verifier.metrics import Metrics

HEADER = b"x-request-id"

_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_OUR_ID = re.compile(r"[a-z]{2,4}_[A-Za-z0-9_-]{22,26}")
_log = logging.getLogger(__name__)


_ALIKE = vars(logging.LogRecord(__name__, logging.INFO, __file__, 0, "request", (), None))
"""What all lines have in common: to find it out again takes longer than to log."""


class _Line(logging.LogRecord):
    """A request's line."""

    def __init__(self, method: str, path: str, status: int, seconds: float) -> None:
        vars(self).update(_ALIKE)
        self.process = os.getpid()
        self.created = time.time()
        self.msecs = self.created % 1 * 1000
        self.method = method
        self.path = path
        self.status = status
        self.milliseconds = round(seconds * 1000, 1)


class AccessLog:
    """Wraps an application. Query strings, bodies and header fields are never logged."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, believe_request_id: bool = False) -> None:
        """`believe_request_id` takes the id from a proxy that sets it, where it is well formed."""
        self._app = app
        self._metrics = metrics
        self._believe = believe_request_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note how it ended."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0
        named = self._name(scope)
        token = request_id.set(named)

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER, named.encode())]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            seconds = time.perf_counter() - started
            route = scope.get("path_template") or None
            method = scope["method"]
            self._metrics.answered(method, route, status, seconds)
            if _log.isEnabledFor(logging.INFO):
                _log.handle(_Line(method, _path(scope, route), status, seconds))
            request_id.reset(token)

    def _name(self, scope: Scope) -> str:
        if self._believe:
            given = [value for name, value in scope["headers"] if name == HEADER]
            if len(given) == 1 and _WELL_FORMED.fullmatch(given[0]):
                return given[0].decode("ascii")
        return secrets.token_urlsafe(12)


def _path(scope: Scope, route: str | None) -> str:
    """The path as it was asked, where nothing in it can be a person's number or name."""
    if route is None:
        return "unmatched"
    values = scope.get("path_params", {}).values()
    return scope["path"] if all(_OUR_ID.fullmatch(str(each)) for each in values) else route
