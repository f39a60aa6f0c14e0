"""Who signed a request: checked before anything else of it is believed.

RFC 9421 in the profile of `motp_protocol.signature`. The authority is the configured one,
never the Host field, so that a request for another verifier is of no use here.
"""

from typing import Any, Protocol, TypeAlias, TypeVar

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from motp_protocol import wire
from motp_protocol.encoding import b64url_decode, format_time
from motp_protocol.fields import Bytes32
from motp_protocol.problems import ProblemType
from motp_protocol.signature import (
    KIOSK_LABEL,
    MAX_CLOCK_DIFFERENCE_SECONDS,
    PresentedSignature,
    RequestParts,
    read_signature,
    verify_request,
)
from motp_verifier.http.client_address import ClientAddresses, block
from motp_verifier.http.problems import ProblemError
from motp_verifier.services.signed import Clock, Countersignature, SignedRequest

AnyConnection: TypeAlias = ASGIConnection[Any, Any, Any, Any]
_STATE_KEY = "motp_signed"

T = TypeVar("T", bound=msgspec.Struct)


class KeyFinder(Protocol):
    """Finds the raw public key that a keyid names."""

    async def public_key(self, keyid: str) -> bytes | None:
        """The key, or None where no device enrolled with it."""
        ...

    async def kiosk_key(self, keyid: str) -> bytes | None:
        """The same, where it is a kiosk's that is not revoked."""
        ...


class _KeyOfDevice(msgspec.Struct, frozen=True):
    public_key: Bytes32


class _KeyInBody(msgspec.Struct, frozen=True):
    """The one member of an enrolment request that its signature needs."""

    device: _KeyOfDevice


class SignatureCheck:
    """Guards for routes whose requests are signed."""

    def __init__(
        self, authority: str, keys: KeyFinder, now: Clock, addresses: ClientAddresses
    ) -> None:
        """`authority` is the verifier's own host and port, without a default port."""
        self._addresses = addresses
        self._authority = authority
        self._keys = keys
        self._now = now

    def by_known_key(self, *, with_kiosk: bool = False) -> Guard:
        """A guard that lets pass what a device signs that enrolled or is enrolling.

        `with_kiosk`: a kiosk's countersignature is read too, where there is one.
        """

        async def guard(connection: AnyConnection, _handler: BaseRouteHandler) -> None:
            request = _request(connection)
            presented = _presented(request)
            key = await self._keys.public_key(presented.keyid)
            await self._verify(request, presented, key, with_kiosk=with_kiosk)

        return guard

    def by_key_in_body(self) -> Guard:
        """A guard that lets pass what is signed by the very key that it enrols.

        A kiosk's countersignature is read too, where there is one.
        """

        async def guard(connection: AnyConnection, _handler: BaseRouteHandler) -> None:
            request = _request(connection)
            presented = _presented(request)
            found = await _decoded(request, _KeyInBody)
            key = b64url_decode(found.device.public_key)
            await self._verify(request, presented, key, with_kiosk=True)

        return guard

    def by_new_kiosk(self) -> Guard:
        """A guard that lets pass what is signed by the kiosk key that it enrols."""

        async def guard(connection: AnyConnection, _handler: BaseRouteHandler) -> None:
            request = _request(connection)
            presented = _presented(request)
            found = await _decoded(request, _KeyOfDevice)
            await self._verify(request, presented, b64url_decode(found.public_key))

        return guard

    async def _verify(
        self,
        request: Request[Any, Any, Any],
        presented: PresentedSignature,
        key: bytes | None,
        *,
        with_kiosk: bool = False,
    ) -> None:
        parts = await self._parts(request)
        headers = _headers(request)
        digest = headers.get("content-digest", "")
        if key is None or not verify_request(presented, key, parts, digest):
            raise ProblemError(ProblemType.BAD_SIGNATURE)
        self._check_time(presented)
        kiosk = None
        if with_kiosk:
            beside = read_signature(headers, KIOSK_LABEL)
            kiosk = None if beside is None else await self._countersigned(beside, parts, digest)
        address = self._addresses.of(request.scope)
        request.scope["state"][_STATE_KEY] = SignedRequest(
            presented.keyid,
            presented.nonce,
            presented.created,
            source=None if address is None else str(address),
            block=block(address),
            kiosk=kiosk,
        )

    async def _countersigned(
        self, presented: PresentedSignature, parts: RequestParts, digest: str
    ) -> Countersignature | None:
        """A kiosk's word for a request; None where no kiosk has this key."""
        key = await self._keys.kiosk_key(presented.keyid)
        if key is None:
            return None
        if not verify_request(presented, key, parts, digest):
            raise ProblemError(ProblemType.BAD_SIGNATURE)
        self._check_time(presented)
        return Countersignature(presented.keyid, presented.nonce, presented.created)

    def _check_time(self, presented: PresentedSignature) -> None:
        now = self._now()
        if abs(presented.created - now // 1000) > MAX_CLOCK_DIFFERENCE_SECONDS:
            raise ProblemError(ProblemType.CLOCK_SKEW, time=format_time(now))

    async def _parts(self, request: Request[Any, Any, Any]) -> RequestParts:
        scope = request.scope
        try:
            path = scope["raw_path"].partition(b"?")[0].decode("ascii")
            query = scope["query_string"].decode("ascii")
        except UnicodeDecodeError as error:
            raise ProblemError(ProblemType.BAD_SIGNATURE) from error
        return RequestParts(
            method=request.method,
            authority=self._authority,
            path=path,
            query=query,
            body=await request.body(),
        )


def signed_request(request: Request[Any, Any, Any]) -> SignedRequest:
    """Whose key signed a request that a guard let pass."""
    signed = request.scope["state"][_STATE_KEY]
    if not isinstance(signed, SignedRequest):
        raise TypeError("the route has no signature guard")
    return signed


async def _decoded(request: Request[Any, Any, Any], kind: type[T]) -> T:
    try:
        return wire.decode(await request.body(), kind)
    except ValueError as error:
        raise ProblemError(ProblemType.MALFORMED_REQUEST, str(error)) from error


def _request(connection: AnyConnection) -> Request[Any, Any, Any]:
    if not isinstance(connection, Request):
        raise TypeError("only HTTP requests are signed")
    return connection


def _presented(request: Request[Any, Any, Any]) -> PresentedSignature:
    presented = read_signature(_headers(request))
    if presented is None:
        raise ProblemError(ProblemType.BAD_SIGNATURE, "no signature of the documented form")
    return presented


def _headers(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Header fields by lower-case name; one sent twice is joined (RFC 9110 §5.3)."""
    joined: dict[str, str] = {}
    for name, value in request.headers.multi_items():
        key = name.lower()
        joined[key] = f"{joined[key]}, {value}" if key in joined else value
    return joined
