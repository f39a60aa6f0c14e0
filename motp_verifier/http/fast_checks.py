"""The usual check of a code, past the web framework: ADR 22.

A well-formed request from a site that may ask, and an answer that is no error, need none of
what the framework does between them, which costs as much as the check itself. Whatever is
unusual goes on to the framework's route, together with what was found out already: there is
one place that words refusals, and nothing is checked twice.
"""

from typing import Any, cast

import msgspec
from litestar.types import HTTPScope, Receive, Send

from motp_protocol import wire
from motp_protocol.messages import VerificationRequest
from motp_verifier.http.body import MAX_BODY_BYTES
from motp_verifier.http.headers import fields
from motp_verifier.http.idempotency_key import read_key
from motp_verifier.http.site_guard import SiteGuard
from motp_verifier.services.idempotency import Repeated
from motp_verifier.services.site_checks import SiteCheckOutcome, SiteChecks
from motp_verifier.services.verification_answer import Accepted, Rejected, answer_message

PATH = "/v1/verifications"

_SETTLED = "motp_settled_check"
_KNOWN_FIELDS = frozenset(
    {
        b"accept", b"accept-encoding", b"authorization", b"connection", b"content-length",
        b"content-type", b"host", b"idempotency-key", b"user-agent", b"x-forwarded-for",
        b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip", b"x-request-id",
    }
)  # fmt: skip
"""Requests with any other field are for the framework: cookies and origins, say."""


def settled_check(scope: Any) -> SiteCheckOutcome | None:
    """What this check came to already, if it was begun here. Raises what it raised."""
    found = scope["state"].pop(_SETTLED, None)
    if isinstance(found, Exception):
        raise found
    return cast(SiteCheckOutcome | None, found)


class FastChecks:
    """Answers the usual check."""

    def __init__(self, guard: SiteGuard, checks: SiteChecks, *, https: bool) -> None:
        self._guard = guard
        self._checks = checks
        self._decode = msgspec.json.Decoder(VerificationRequest).decode
        self._headers = [
            (name.lower().encode(), value.encode()) for name, value in fields(https=https).items()
        ]

    async def answer(self, scope: HTTPScope, receive: Receive, send: Send) -> Receive | None:
        """Answer, or give what the framework is to read instead of `receive`."""
        if scope["path"] != PATH or scope["method"] != "POST":
            return receive
        sent = list(scope["headers"])
        headers = dict(sent)
        if len(headers) != len(sent) or not headers.keys() <= _KNOWN_FIELDS:
            return receive
        if headers.get(b"content-type") != b"application/json":
            return receive
        message = await receive()
        if message["type"] != "http.request" or message["more_body"]:
            return _again(message, receive)
        outcome = await self._settle(headers, message["body"])
        match outcome:
            case Accepted() | Rejected():
                body = wire.encode(answer_message(outcome))
            case Repeated(body):
                pass
            case None:
                return _again(message, receive)
            case _:
                scope["state"][_SETTLED] = outcome
                return _again(message, receive)
        cast(Any, scope)["path_template"] = PATH
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"application/json"),
                    (b"content-length", b"%d" % len(body)),
                    *self._headers,
                ],
            }
        )
        await send({"type": "http.response.body", "body": body, "more_body": False})
        return None

    async def _settle(
        self, headers: dict[bytes, bytes], body: bytes
    ) -> SiteCheckOutcome | Exception | None:
        """What the check comes to; None where it was not begun."""
        if len(body) > MAX_BODY_BYTES:
            return None
        try:
            request = self._decode(body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return None
        sent = headers.get(b"idempotency-key")
        key = None if sent is None else read_key(sent.decode("latin-1"))
        if sent is not None and key is None:
            return None
        institution_id = self._guard.admitted(headers.get(b"authorization", b"").decode("latin-1"))
        if institution_id is None:
            return None
        try:
            return await self._checks.check(institution_id, request, key)
        except Exception as error:
            return error


def _again(message: Any, receive: Receive) -> Receive:
    """What gives the message once more, and then what follows it."""
    waiting = [message]

    async def receive_again() -> Any:
        return waiting.pop() if waiting else await receive()

    return receive_again
