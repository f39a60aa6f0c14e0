"""Which pages may read what their forms are answered (CORS, Fetch §3.2).

A form needs no preflight; a library that sets header fields of its own causes one. Either is
answered for listed origins alone, by name, and never with credentials: nothing here looks at
a cookie.
"""

from collections.abc import Callable

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

from motp_verifier.http.forms import PATHS

_MAX_AGE_SECONDS = 600


def page_forms(origins: Callable[[], frozenset[str]]) -> BeforeMessageSendHookHandler:
    """A hook that lets pages of these origins read answers to forms. `origins` may change."""

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start" or scope["path"] not in PATHS:
            return
        headers = MutableScopeHeaders.from_message(message)
        headers.add("Vary", "Origin")
        sent = Headers.from_scope(scope).getall("origin", [])
        if len(sent) != 1 or sent[0] not in origins():
            return
        headers["Access-Control-Allow-Origin"] = sent[0]
        if scope["type"] == ScopeType.HTTP and scope["method"] == "OPTIONS":
            headers["Access-Control-Allow-Methods"] = "POST"
            headers["Access-Control-Allow-Headers"] = "Content-Type, X-Requested-With"
            headers["Access-Control-Max-Age"] = str(_MAX_AGE_SECONDS)

    return add
