"""Receipts, as a site checks them: a JWS (RFC 7515) signed with Ed25519 (RFC 8037)."""

import base64
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_KEEP_SECONDS = 300  # as long as the published keys may be kept
_ASK_AGAIN_SECONDS = 10  # so that invented key ids do not make us ask for each
_PARTS = 3


class BadReceiptError(Exception):
    """It is not a receipt of this verifier for this institution; the message says why."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the verifier answers for: who, for what, when, and by which method."""

    id: str
    trainee: str
    course: str
    class_: str
    session: int
    occasion: str
    method: str
    popup_id: str | None
    at: int


class ReceiptReader:
    """Reads the receipts of one verifier (`issuer`) for one institution (`audience`)."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        fetch_keys: Callable[[], list[dict[str, Any]]],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._fetch = fetch_keys
        self._now = now
        self._keys: dict[str, Ed25519PublicKey] = {}
        self._fetched_at: float | None = None
        self._lock = threading.Lock()

    def read(self, text: str) -> Receipt:
        """The receipt. Raises BadReceiptError. Whether it was used before is for the caller."""
        parts = text.split(".")
        if len(parts) != _PARTS:
            raise BadReceiptError("it is not a compact JWS")
        header = _object(parts[0])
        # Fixed here, not taken from the header: `none` and other types are no receipts.
        if header.get("alg") != "EdDSA" or header.get("typ") != "motp-receipt+jwt":
            raise BadReceiptError("it is of another algorithm or type")
        if "crit" in header:
            raise BadReceiptError("it demands what this reader does not know")
        key = self._key(str(header.get("kid")))
        try:
            key.verify(_bytes(parts[2]), f"{parts[0]}.{parts[1]}".encode("ascii"))
        except InvalidSignature as error:
            raise BadReceiptError("its signature is wrong") from error
        claims = _object(parts[1])
        if claims.get("iss") != self._issuer:
            raise BadReceiptError("it is of another verifier")
        if claims.get("aud") != self._audience:
            raise BadReceiptError("it is for another institution")
        return Receipt(
            id=claims["jti"],
            trainee=claims["sub"],
            course=claims["course"],
            class_=claims["class"],
            session=claims["session"],
            occasion=claims["occasion"],
            method=claims["method"],
            popup_id=claims["popup_id"],
            at=claims["iat"],
        )

    def _key(self, kid: str) -> Ed25519PublicKey:
        """The key of this id; where it is unknown, the keys are fetched once more."""
        with self._lock:
            age = None if self._fetched_at is None else self._now() - self._fetched_at
            patience = _ASK_AGAIN_SECONDS if kid not in self._keys else _KEEP_SECONDS
            if age is None or age >= patience:
                self._keys = {
                    key["kid"]: Ed25519PublicKey.from_public_bytes(_bytes(key["x"]))
                    for key in self._fetch()
                    if key.get("kty") == "OKP" and key.get("crv") == "Ed25519"
                }
                self._fetched_at = self._now()
            if kid not in self._keys:
                raise BadReceiptError("no such key is published")
            return self._keys[kid]


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except ValueError as error:
        raise BadReceiptError("it is not JSON") from error
    if not isinstance(found, dict):
        raise BadReceiptError("it is not a JSON object")
    return found


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BadReceiptError("it is not base64url") from error
