"""Enrolments and unlocks a second, by devices of our own on the same cores.

Their keys, signatures and parsing are part of what is measured: a lower bound.
"""

import asyncio
import contextlib
import hashlib
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.people import name, phone
from bench.verifier import Verifier
from motp_protocol import wire
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.keys import agree, enrolment_secrets, new_agreement_key
from motp_protocol.messages import EnrolmentKeys
from motp_protocol.signature import RequestParts, sign_request

_PIN_AUTH = b64url_encode(hashlib.sha256(b"pin").digest())
_MOST_A_SECOND = 500


class Connection:
    """One kept connection to the verifier."""

    def __init__(self, authority: str) -> None:
        self.authority = authority
        self._host, _, port = authority.partition(":")
        self._port = int(port)

    async def __aenter__(self) -> "Connection":
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()

    async def send(self, key: Ed25519PrivateKey | None, method: str, path: str, body: Any) -> bytes:
        """A request, signed where there is a key; the answer's body. Raises RuntimeError."""
        content = b"" if body is None else msgspec.json.encode(body)
        signed: dict[str, str] = {}
        if key is not None:
            parts = RequestParts(method, self.authority, path, "", content)
            signed = sign_request(
                key, parts, created=int(time.time()), nonce=secrets.token_bytes(16)
            )
        fields = "".join(f"{name}: {value}\r\n" for name, value in signed.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.authority}\r\n{fields}"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self._writer.write(head.encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(answer.partition("content-length:")[2].partition("\r\n")[0])
        told = await self._reader.readexactly(length)
        if not answer.startswith("http/1.1 2"):
            raise RuntimeError(f"{method} {path}: {answer.splitlines()[0]} {told.decode()}")
        return told


class Outbox:
    """The messages that the verifier wrote to a file instead of sending them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._at = file.stat().st_size if file.exists() else 0
        self._codes: dict[str, str] = {}

    def code(self, phone: str) -> str:
        """The code that was sent last to a number."""
        with self._file.open("rb") as lines:
            lines.seek(self._at)
            new = lines.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._at += len(whole)
        for line in whole.splitlines():
            message = json.loads(line)
            words = "".join(each if each.isdigit() else " " for each in message["text"]).split()
            self._codes[message["to"]] = next(each for each in words if len(each) == 6)
        return self._codes[phone]


@dataclass(slots=True)
class Device:
    """A key, and what enrolment gave it."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    registration_id: str = ""
    share_id: int = 1

    async def enrol(
        self, connection: Connection, number: int, outbox: Outbox, consent: dict[str, Any]
    ) -> "Device":
        """All three requests of an enrolment."""
        public_key = self.key.public_key().public_bytes_raw()
        begun = msgspec.json.decode(
            await connection.send(
                self.key,
                "POST",
                "/v1/enrolments",
                {
                    "name": name(number),
                    "phone": phone(number),
                    "consent": consent,
                    "device": {
                        "public_key": b64url_encode(public_key),
                        "kind": "personal",
                        "platform": "bench",
                        "app_version": "0.1.0",
                        "label": "bench",
                    },
                    "lang": "ko",
                },
            )
        )
        path = f"/v1/enrolments/{begun['enrolment_id']}"
        private, share = new_agreement_key()
        proof = {
            "code": outbox.code(phone(number)),
            "key_share": b64url_encode(share),
            "pin_auth": _PIN_AUTH,
        }
        told = await connection.send(self.key, "POST", f"{path}/identity", proof)
        keys = wire.decode(told, EnrolmentKeys)
        server_share = b64url_decode(keys.key_share)
        derived = enrolment_secrets(
            shared=agree(private, server_share),
            enrolment_id=begun["enrolment_id"],
            device_public_key=public_key,
            client_key_share=share,
            server_key_share=server_share,
            seed_size=keys.otp.profile().seed_size,
        )
        confirmation = b64url_encode(derived.confirmation("client"))
        await connection.send(
            self.key, "POST", f"{path}/confirm", {"confirmation": confirmation, "replace": None}
        )
        self.registration_id, self.share_id = keys.registration_id, keys.share.id
        return self

    async def unlock(self, connection: Connection) -> "Device":
        """The PIN, and the next share."""
        body = {
            "pin_auth": _PIN_AUTH,
            "share_id": self.share_id,
            "try": b64url_encode(secrets.token_bytes(16)),
            "clock": format_time(time.time_ns() // 1_000_000),
            "app_version": "0.1.0",
        }
        path = f"/v1/registrations/{self.registration_id}/unlock"
        told = msgspec.json.decode(await connection.send(self.key, "POST", path, body))
        self.share_id = told["next_share"]["id"]
        return self


def measure_devices(
    verifier: Verifier, seconds: float, connections: int = 8
) -> tuple[float, float]:
    """Enrolments and unlocks a second."""
    return asyncio.run(_measure(verifier, seconds, connections))


async def _measure(verifier: Verifier, seconds: float, connections: int) -> tuple[float, float]:
    authority = verifier.origin.removeprefix("http://")
    outbox = Outbox(verifier.data.folder / "outbox.jsonl")
    async with Connection(authority) as asking:
        service = msgspec.json.decode(await asking.send(None, "GET", "/v1/service", None))
    consent = {
        "version": service["consent"]["version"],
        "lang": "ko",
        "sha256": service["consent"]["languages"]["ko"],
        "agreed": True,
        "agreed_at": format_time(time.time_ns() // 1_000_000),
    }
    devices: list[Device] = []
    newcomers = iter(verifier.data.newcomers(int(_MOST_A_SECOND * seconds) + connections))

    async def enrol(connection: Connection) -> None:
        devices.append(await Device().enrol(connection, next(newcomers), outbox, consent))

    enrolments = await _rate(authority, seconds, connections, enrol)
    idle = asyncio.Queue[Device]()
    for device in devices:
        idle.put_nowait(device)

    async def unlock(connection: Connection) -> None:
        # One request of a device at a time, as of an app: two with one share are a copied vault.
        device = await idle.get()
        idle.put_nowait(await device.unlock(connection))

    return enrolments, await _rate(authority, seconds, connections, unlock)


async def _rate(
    authority: str,
    seconds: float,
    connections: int,
    step: Callable[[Connection], Awaitable[object]],
) -> float:
    done = 0
    start = time.perf_counter()

    async def work() -> None:
        nonlocal done
        async with Connection(authority) as connection:
            while time.perf_counter() - start < seconds:
                await step(connection)
                done += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(work())
    return done / (time.perf_counter() - start)
