"""Identity verification by PortOne V2, over its REST API (본인인증, the SMS method).

By its API reference and server SDKs at developers.portone.io: `POST …/send`, `…/resend` and
`…/confirm`, `GET /identity-verifications/{id}`; errors are JSON with a `type`. Of the answer
only name and number are read: CI, DI, date of birth and sex are never looked at, so that
they can reach neither log nor database.
"""

import asyncio
import logging
import re
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

import httpx
import msgspec

from motp_protocol.person import split_phone
from motp_verifier.services.identity.port import (
    Attempt,
    AttemptOver,
    CodeRefused,
    CodeSent,
    ConfirmOutcome,
    Details,
    DetailsRefused,
    ResendOutcome,
    SendOutcome,
    ServiceFailed,
    ServiceFailure,
    Verified,
)

DEFAULT_BASE_URL = "https://api.portone.io"
TOTAL_SECONDS = 15.0
_MAX_ANSWER_BYTES = 256 * 1024
_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_SECRET = re.compile(r"[\x21-\x7e]{1,256}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_ALREADY_SENT = "IDENTITY_VERIFICATION_ALREADY_SENT"
_ALREADY_VERIFIED = "IDENTITY_VERIFICATION_ALREADY_VERIFIED"
_NOT_UNDER_WAY = frozenset({"IDENTITY_VERIFICATION_NOT_FOUND", "IDENTITY_VERIFICATION_NOT_SENT"})
_FROM_CARRIER = "PG_PROVIDER"

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PortOneAccount:
    """Whose store asks, by which channel.

    `test_channel` takes what a test channel verified, which is nothing. Raises ValueError,
    without naming a value, where one cannot be right. Plain HTTP is taken only to loopback.
    """

    api_secret: str = field(repr=False)
    store_id: str
    channel_key: str
    test_channel: bool = False
    base_url: str = DEFAULT_BASE_URL

    def __post_init__(self) -> None:
        if not _SECRET.fullmatch(self.api_secret):
            raise ValueError("the PortOne API secret is empty or has blanks")
        if not _ID.fullmatch(self.store_id):
            raise ValueError("the PortOne store id is not letters, digits, - and _")
        if not _ID.fullmatch(self.channel_key):
            raise ValueError("the PortOne channel key is not letters, digits, - and _")
        url = httpx.URL(self.base_url)
        if url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK):
            raise ValueError("the PortOne address does not start with https://")


class _AnyObject(msgspec.Struct, frozen=True):
    """What `send` and `resend` answer has no members that are documented."""


class _Error(msgspec.Struct, frozen=True):
    type: str
    pg_code: str = msgspec.field(name="pgCode", default="")


class _Customer(msgspec.Struct, frozen=True):
    name: str
    phone: str | None = msgspec.field(name="phoneNumber", default=None)


class _Channel(msgspec.Struct, frozen=True):
    type: str


class _Verification(msgspec.Struct, frozen=True):
    id: str
    status: Literal["READY", "VERIFIED", "FAILED"]
    customer: _Customer | None = msgspec.field(name="verifiedCustomer", default=None)
    channel: _Channel | None = None


class _Confirmed(msgspec.Struct, frozen=True):
    verification: _Verification = msgspec.field(name="identityVerification")


@dataclass(frozen=True, slots=True, repr=False)
class _Done:
    content: bytes


@dataclass(frozen=True, slots=True)
class _Refused:
    kind: str
    pg_code: str


_Reply: TypeAlias = _Done | _Refused | ServiceFailed


class PortOneIdentity:
    """Implements `IdentityService`. Close it when the verifier stops."""

    name = "portone"

    def __init__(self, account: PortOneAccount, total_seconds: float = TOTAL_SECONDS) -> None:
        """Each call takes at most `total_seconds` in all."""
        self._account = account
        self._total_seconds = total_seconds
        self._client = httpx.AsyncClient(base_url=account.base_url, timeout=total_seconds)

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def send(self, attempt: Attempt, details: Details) -> SendOutcome:
        """See `IdentityService`."""
        body = {
            "storeId": self._account.store_id,
            "channelKey": self._account.channel_key,
            "customer": {
                "name": attempt.person.name,
                "phoneNumber": "".join(split_phone(attempt.person.phone)),
                "identityNumber": details.birth_and_sex,
                "ipAddress": details.client_ip,
            },
            "operator": details.operator,
            "method": "SMS",
        }
        match await self._ask("POST", attempt, "/send", body=body):
            case _Done():
                return CodeSent()
            case _Refused(kind) if kind == _ALREADY_SENT:
                return CodeSent()  # an earlier call arrived whose answer was lost
            case _Refused(kind) as refused if kind == _FROM_CARRIER:
                _tell_operator("send", refused)
                return DetailsRefused()
            case _Refused() as refused:
                return _rejected(refused)
            case ServiceFailed() as failed:
                return failed

    async def resend(self, attempt: Attempt) -> ResendOutcome:
        """See `IdentityService`."""
        match await self._ask(
            "POST", attempt, "/resend", query={"storeId": self._account.store_id}
        ):
            case _Done():
                return CodeSent()
            case _Refused(kind) if kind in _NOT_UNDER_WAY or kind == _ALREADY_VERIFIED:
                return AttemptOver()
            case _Refused() as refused:
                return _rejected(refused)
            case ServiceFailed() as failed:
                return failed

    async def confirm(self, attempt: Attempt, code: str) -> ConfirmOutcome:
        """See `IdentityService`."""
        body = {"storeId": self._account.store_id, "otp": code}
        match await self._ask("POST", attempt, "/confirm", body=body):
            case _Done(content):
                confirmed = _decode(content, _Confirmed)
                found = None if confirmed is None else confirmed.verification
                return self._verified(attempt, found)
            case _Refused(kind) if kind == _ALREADY_VERIFIED:
                return await self._look(attempt)  # an earlier call whose answer was lost
            case _Refused(kind) if kind in _NOT_UNDER_WAY:
                return AttemptOver()
            case _Refused(kind) as refused if kind == _FROM_CARRIER:
                _tell_operator("confirm", refused)
                return CodeRefused()
            case _Refused() as refused:
                return _rejected(refused)
            case ServiceFailed() as failed:
                return failed

    async def _look(self, attempt: Attempt) -> ConfirmOutcome:
        match await self._ask("GET", attempt, "", query={"storeId": self._account.store_id}):
            case _Done(content):
                return self._verified(attempt, _decode(content, _Verification))
            case _Refused() as refused:
                return _rejected(refused)
            case ServiceFailed() as failed:
                return failed

    def _verified(self, attempt: Attempt, found: _Verification | None) -> ConfirmOutcome:
        if found is None or found.id != attempt.reference:
            return _bad_answer("no verification of this reference")
        if found.status != "VERIFIED":
            return AttemptOver()
        if found.customer is None:
            return _bad_answer("a verification of nobody")
        if found.channel is not None and found.channel.type != "LIVE":
            if not self._account.test_channel:
                return ServiceFailed(ServiceFailure.REJECTED, "PortOne verified by a test channel")
            _log.warning("a name was taken that a test channel verified")
        return Verified(found.customer.name, found.customer.phone)

    async def _ask(
        self,
        method: str,
        attempt: Attempt,
        step: str,
        *,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
    ) -> _Reply:
        path = f"/identity-verifications/{attempt.reference}{step}"
        request = self._client.build_request(
            method,
            path,
            params=query,
            content=None if body is None else msgspec.json.encode(body),
            headers=self._headers(with_body=body is not None),
        )
        try:
            async with asyncio.timeout(self._total_seconds):
                status, content = await self._send(request)
        except (TimeoutError, httpx.TimeoutException):
            return ServiceFailed(ServiceFailure.UNREACHABLE, "PortOne did not answer in time")
        except httpx.HTTPError as error:
            kind = type(error).__name__
            return ServiceFailed(
                ServiceFailure.UNREACHABLE, f"PortOne could not be reached ({kind})"
            )
        if status == httpx.codes.OK and _decode(content, _AnyObject) is not None:
            return _Done(content)
        error_told = _decode(content, _Error) if httpx.codes.is_error(status) else None
        if error_told is None:
            return _bad_answer(f"HTTP {status}")
        return _Refused(error_told.type, error_told.pg_code)

    def _headers(self, *, with_body: bool) -> dict[str, str]:
        headers = {
            "Authorization": f"PortOne {self._account.api_secret}",
            "Accept": "application/json",
        }
        if with_body:
            headers["Content-Type"] = "application/json; charset=utf-8"
        return headers

    async def _send(self, request: httpx.Request) -> tuple[int, bytes]:
        response = await self._client.send(request, stream=True)
        try:
            content = b""
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > _MAX_ANSWER_BYTES:
                    return response.status_code, b""
            return response.status_code, content
        finally:
            await response.aclose()


def _decode(content: bytes, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _tell_operator(step: str, refused: _Refused) -> None:
    # Its messages may repeat what was sent: only the carrier's code is kept.
    _log.warning("the carrier refused at %s (%s)", step, _quotable(refused.pg_code))


def _rejected(refused: _Refused) -> ServiceFailed:
    return ServiceFailed(ServiceFailure.REJECTED, f"PortOne refused ({_quotable(refused.kind)})")


def _bad_answer(what: str) -> ServiceFailed:
    return ServiceFailed(
        ServiceFailure.BAD_ANSWER, f"PortOne answered something unexpected ({what})"
    )


def _quotable(code: str) -> str:
    return code if _CODE.fullmatch(code) else "no known code"
