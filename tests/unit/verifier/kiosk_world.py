"""A kiosk's side of the wire, and the operator who awaits it."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx import Response
from sqlalchemy import insert

from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.kiosks import KioskClaims
from motp_verifier.services.jws import read_key_set, read_signed
from motp_verifier.services.kiosks.managing import KioskAwaited, KioskChanged, Kiosks
from motp_verifier.store.tables import institution
from tests.unit.verifier.device_world import Device, World

OPERATOR = "operator:root"


def kiosks(world: World) -> Kiosks:
    """What an operator has."""
    return Kiosks(world.runtime.store, world.runtime.keys, world.runtime.now, OPERATOR)


def await_kiosk(
    world: World, institution_id: str = "inst", label: str = "1층 로비"
) -> KioskAwaited:
    """A kiosk that nobody enrolled yet."""
    added = asyncio.run(kiosks(world).add(institution_id, label))
    assert isinstance(added, KioskAwaited)
    return added


def add_institution(world: World, institution_id: str) -> None:
    """One without anybody on its roster."""
    row = {"id": institution_id, "name": f"훈련원 {institution_id}", "created_at": 1}
    world.database(lambda c: c.execute(insert(institution).values(**row)))


def change(world: World, kiosk_id: str, what: Any) -> None:
    """What `motp-verifier kiosk lock`, `unlock` and `revoke` do."""
    done = asyncio.run(kiosks(world).change(kiosk_id, what))
    assert isinstance(done, KioskChanged)


@dataclass(slots=True)
class Kiosk:
    """A PC that wants to be a kiosk, or is one."""

    world: World
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    id: str = ""

    @property
    def sender(self) -> Device:
        return Device(self.world, self.key)

    def enrol(self, code: str, pin: str = "exit", **changes: Any) -> Response:
        """`POST /v1/kiosks`."""
        body = {
            "code": code,
            "public_key": self.sender.public_key(),
            "exit_auth": _auth(pin),
            "platform": "Debian 12",
            "app_version": "0.1.0",
        }
        answer = self.sender.send("POST", "/v1/kiosks", body | changes)
        if answer.status_code == 201:
            self.id = answer.json()["kiosk_id"]
        return answer

    def config(self) -> Response:
        """`GET /v1/kiosks/{id}/config`."""
        return self.sender.send("GET", f"/v1/kiosks/{self.id}/config")

    def claims(self, config: str | None = None) -> KioskClaims:
        """What the configuration says, once its signature was checked against the JWKS."""
        token = self.config().json()["config"] if config is None else config
        signed = read_signed(token, "motp-kiosk+jwt")
        keys = read_key_set(self.world.client.get("/.well-known/jwks.json").content)
        assert signed.is_signed_by(keys[signed.kid])
        return msgspec.json.decode(signed.payload, type=KioskClaims)

    def report(self, **changes: Any) -> Response:
        """`POST /v1/kiosks/{id}/report`."""
        body = {
            "clock": format_time(self.world.now + 1500),
            "platform": "Debian 12",
            "app_version": "0.1.1",
            "config_version": 1,
            "users_today": 7,
        }
        return self.sender.send("POST", f"/v1/kiosks/{self.id}/report", body | changes)

    def leave(self, pin: str = "exit", attempt: str = "a") -> Response:
        """`POST /v1/kiosks/{id}/exit`."""
        body = {"exit_auth": _auth(pin), "attempt": b64url_encode(_digest(attempt)[:16])}
        return self.sender.send("POST", f"/v1/kiosks/{self.id}/exit", body)

    def device(self) -> Device:
        """A trainee's device at this kiosk."""
        return Device(self.world, kiosk_key=self.key)


def enrolled(world: World, institution_id: str = "inst") -> Kiosk:
    """A kiosk in use."""
    kiosk = Kiosk(world)
    answer = kiosk.enrol(await_kiosk(world, institution_id).code)
    assert answer.status_code == 201, answer.text
    return kiosk


def _auth(pin: str) -> str:
    return b64url_encode(_digest(pin))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
