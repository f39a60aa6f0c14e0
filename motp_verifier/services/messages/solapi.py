"""Text messages by SOLAPI, a Korean message provider.

Its reference for the request's signature is "API Key 인증 방식", for the request itself
"단일 메시지" (`POST /messages/v4/send`), both at developers.solapi.com.
"""

import asyncio
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import msgspec

from motp_protocol.encoding import format_time
from motp_protocol.person import split_phone
from motp_verifier.services.messages.port import (
    SendFailed,
    SendFailure,
    SendOutcome,
    Sent,
    TextMessage,
)

DEFAULT_BASE_URL = "https://api.solapi.com"
TOTAL_SECONDS = 10.0
_MAX_ANSWER_BYTES = 64 * 1024
_SALT_BYTES = 24  # as 48 hex characters: the provider takes 12 to 64
_KEY = re.compile(r"[A-Za-z0-9]{1,64}")
_SENDER = re.compile(r"\d{8,12}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
# Accepted, on its way to the carrier, delivered. An answer of HTTP 200 can have others.
_TAKEN = frozenset({"2000", "3000", "4000"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class SolapiAccount:
    """Whose account sends, and from which registered number.

    Raises ValueError, without naming a value, where one cannot be right. Plain HTTP is
    taken only to loopback.
    """

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    sender: str
    base_url: str = DEFAULT_BASE_URL

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.api_key):
            raise ValueError("the SOLAPI API key is not letters and digits")
        if not self.api_secret:
            raise ValueError("the SOLAPI API secret is empty")
        if not _SENDER.fullmatch(self.sender_digits):
            raise ValueError("the SOLAPI sender is not a telephone number")
        url = httpx.URL(self.base_url)
        if url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK):
            raise ValueError("the SOLAPI address does not start with https://")

    @property
    def sender_digits(self) -> str:
        """The sender's number as the provider wants it: digits alone."""
        return re.sub(r"[\s-]", "", self.sender)


class _Answer(msgspec.Struct, frozen=True):
    message_id: str = msgspec.field(name="messageId", default="")
    status_code: str = msgspec.field(name="statusCode", default="")
    error_code: str = msgspec.field(name="errorCode", default="")


class SolapiSender:
    """Sends by SOLAPI. Close it when the verifier stops.

    `now` is the time in milliseconds since 1970; the provider refuses requests more
    than 15 minutes away from its own.
    """

    def __init__(
        self,
        account: SolapiAccount,
        now: Callable[[], int],
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._account = account
        self._now = now
        self._total_seconds = total_seconds
        self._client = httpx.AsyncClient(base_url=account.base_url, timeout=total_seconds)

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def send(self, message: TextMessage) -> SendOutcome:
        """Hand the message to the provider; at most `total_seconds` in all."""
        body = {
            "message": {
                "to": "".join(split_phone(message.to)),
                "from": self._account.sender_digits,
                "text": message.text,
            }
        }
        try:
            async with asyncio.timeout(self._total_seconds):
                status, content = await self._post(msgspec.json.encode(body))
        except (TimeoutError, httpx.TimeoutException):
            return SendFailed(SendFailure.UNREACHABLE, "SOLAPI did not answer in time")
        except httpx.HTTPError as error:
            kind = type(error).__name__
            return SendFailed(SendFailure.UNREACHABLE, f"SOLAPI could not be reached ({kind})")
        return _outcome(status, content)

    async def _post(self, body: bytes) -> tuple[int, bytes]:
        headers = {
            "Authorization": self._authorization(),
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
        }
        request = self._client.stream("POST", "/messages/v4/send", content=body, headers=headers)
        async with request as response:
            content = b""
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > _MAX_ANSWER_BYTES:
                    break
            return response.status_code, content

    def _authorization(self) -> str:
        date = format_time(self._now())
        salt = secrets.token_hex(_SALT_BYTES)
        signature = hmac.new(
            self._account.api_secret.encode(), f"{date}{salt}".encode(), hashlib.sha256
        ).hexdigest()
        return (
            f"HMAC-SHA256 apiKey={self._account.api_key}, date={date}, "
            f"salt={salt}, signature={signature}"
        )


def _outcome(status: int, content: bytes) -> SendOutcome:
    try:
        answer = msgspec.json.decode(content, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        answer = None
    if status == httpx.codes.OK and answer is not None:
        if answer.status_code in _TAKEN and _CODE.fullmatch(answer.message_id):
            return Sent(answer.message_id)
        if answer.status_code:
            return _rejected(f"status {_quotable(answer.status_code)}")
    elif httpx.codes.is_client_error(status):
        # Its error message may repeat the number or the text: only the code is kept.
        code = answer.error_code if answer is not None else ""
        return _rejected(f"HTTP {status}, {_quotable(code)}")
    return SendFailed(
        SendFailure.BAD_ANSWER, f"SOLAPI answered something unexpected (HTTP {status})"
    )


def _rejected(why: str) -> SendFailed:
    return SendFailed(SendFailure.REJECTED, f"SOLAPI refused the message ({why})")


def _quotable(code: str) -> str:
    return code if _CODE.fullmatch(code) else "no known code"
