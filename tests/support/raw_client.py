"""Requests written by hand, so that each part of them can be wrong."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.signature import RequestParts, sign_request
from tests.support.pc import Pc

NOT_SENT = object()


@dataclass(slots=True)
class RawClient:
    """A device's key, and requests that it signs."""

    origin: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    registration_id: str = "reg_none"
    share_id: int = 1

    @property
    def public_key(self) -> str:
        return b64url_encode(self.key.public_key().public_bytes_raw())

    def send(
        self,
        method: str,
        path: str,
        body: Any = NOT_SENT,
        *,
        raw: bytes | None = None,
        nonce: bytes | None = None,
        created: int | None = None,
        authority: str | None = None,
        signed_body: bytes | None = None,
        **headers: str,
    ) -> httpx.Response:
        """A signed request; `raw` goes out in place of the JSON of `body`."""
        content = raw if raw is not None else b"" if body is NOT_SENT else msgspec.json.encode(body)
        parts = RequestParts(
            method,
            authority or self.origin.partition("://")[2],
            path,
            "",
            content if signed_body is None else signed_body,
        )
        signed = sign_request(
            self.key,
            parts,
            created=int(time.time()) if created is None else created,
            nonce=nonce or secrets.token_bytes(16),
        )
        fields = httpx.Headers({"Content-Type": "application/json"} | signed)
        fields.update({name.replace("_", "-"): value for name, value in headers.items()})
        return httpx.request(
            method,
            self.origin + path,
            content=content,
            headers=fields,
            timeout=20,
            trust_env=False,
            verify=False,  # Loopback needs no authorities, which take long to load.
        )

    def use(self, step: str, body: Any = NOT_SENT, **options: Any) -> httpx.Response:
        """A request about the registration."""
        return self.send(
            "POST", f"/v1/registrations/{self.registration_id}/{step}", body, **options
        )

    def sync(self, **options: Any) -> httpx.Response:
        """A request without consequences."""
        return self.use("sync", a_sync(), **options)

    def unlock(
        self, pin_auth: bytes, *, share_id: int | None = None, created: int | None = None
    ) -> httpx.Response:
        """An unlock with this proof of a PIN, and a try of its own."""
        return self.use(
            "unlock",
            {
                "pin_auth": b64url_encode(pin_auth),
                "share_id": self.share_id if share_id is None else share_id,
                "try": b64url_encode(secrets.token_bytes(16)),
                "clock": format_time(time.time_ns() // 1_000_000),
                "app_version": "0.1.0",
            },
            created=created,
        )


def client_of(pc: Pc, origin: str | None = None) -> RawClient:
    """What a thief of a whole PC can send: the keys are those of its vault."""
    vault = pc.vault()
    return RawClient(origin or pc.origin, pc.signing_key(), vault.registration_id, vault.share_id)


def a_sync() -> dict[str, Any]:
    """A right body for sync."""
    now = format_time(time.time_ns() // 1_000_000)
    return {"clock": now, "app_version": "0.1.0", "platform": "Linux"}
