"""What pages of other origins may read (CORS): of named origins, and public documents alone.

Nothing that asks for a signature, an API key or a token is opened to a page: a key in a page is
everybody's. No cookie is looked at anywhere, so that no credentials are allowed either. For any
other origin the answer is as without this, and the browser keeps it from the page.
"""

from collections.abc import Sequence

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

_PUBLIC_PATHS = frozenset({"/v1/service", "/.well-known/jwks.json", "/schema"})
_PUBLIC_FOLDERS = ("/v1/consents/", "/schema/")
_MAX_AGE_SECONDS = 600
_EXPOSED = "Retry-After, X-Request-Id"


def cross_origin_reading(origins: Sequence[str]) -> BeforeMessageSendHookHandler:
    """A hook that lets pages of these origins read the public documents.

    A browser that asks before (a preflight) is told that it may GET, with no header field beyond
    those that need no asking.
    """
    allowed = frozenset(origins)

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start" or not _is_public(scope["path"]):
            return
        headers = MutableScopeHeaders.from_message(message)
        headers.add("Vary", "Origin")
        asked = Headers.from_scope(scope)
        origin = asked.get("origin")
        if origin not in allowed:
            return
        headers["Access-Control-Allow-Origin"] = origin
        if scope["type"] == ScopeType.HTTP and scope["method"] == "OPTIONS":
            headers["Access-Control-Allow-Methods"] = "GET"
            headers["Access-Control-Max-Age"] = str(_MAX_AGE_SECONDS)
        else:
            headers["Access-Control-Expose-Headers"] = _EXPOSED

    return add


def _is_public(path: str) -> bool:
    return path in _PUBLIC_PATHS or path.startswith(_PUBLIC_FOLDERS)
