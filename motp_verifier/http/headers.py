"""Header fields that every response carries."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import BeforeMessageSendHookHandler, Message, Scope

_FIELDS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000"}


def fields(*, https: bool) -> dict[str, str]:
    """The fields. `https` says that devices reach the verifier by TLS (RFC 6797)."""
    return _FIELDS | _TRANSPORT if https else _FIELDS


def security_headers(*, https: bool) -> BeforeMessageSendHookHandler:
    """A hook that adds the fields that a response does not set itself."""
    added = fields(https=https)

    async def add(message: Message, _scope: Scope) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            for name, value in added.items():
                headers.setdefault(name, value)

    return add
