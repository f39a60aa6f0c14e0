"""A verifier on a real database with a clock of its own, and devices that really sign.

The sender keeps messages in a list; the rest is what runs in production.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from httpx import Response
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.testing import TestClient
from litestar.types import Receive, Scope, Send
from sqlalchemy import Connection, insert, select

from motp_protocol import wire
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.keys import (
    Argon2Parameters,
    EnrolmentSecrets,
    agree,
    enrolment_secrets,
    new_agreement_key,
)
from motp_protocol.messages import EnrolmentKeys, Unlocked
from motp_protocol.problems import CONTENT_TYPE, Problem
from motp_protocol.signature import KIOSK_LABEL, RequestParts, sign_request
from motp_verifier.app import create_app, load_consents
from motp_verifier.config import Config, load_config
from motp_verifier.prometheus import PrometheusMetrics
from motp_verifier.runtime import Runtime, open_runtime
from motp_verifier.services.messages.port import (
    SendFailed,
    SendFailure,
    SendOutcome,
    Sent,
    TextMessage,
)
from motp_verifier.services.name_policy import NO_NAME_POLICY, NamePolicy
from motp_verifier.services.people import (
    Person,
    person_index,
    phone_index,
    seal_person,
    search_indexes,
)
from motp_verifier.services.staff.passwords import Passwords
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import audit_row, institution, roster_entry, trainee
from tests.support.databases import prepare

NAME = "홍길동"
PHONE = "010-1234-5678"
E164 = "+821012345678"
START = 1_795_500_000_000
QUICK = Argon2Parameters(1, 64, 1)
"""As good as any for a test, which is not about how long a password resists."""


@dataclass(slots=True)
class Phones:
    """Takes messages, or refuses them."""

    messages: list[TextMessage] = field(default_factory=list)
    broken: bool = False

    async def send(self, message: TextMessage) -> SendOutcome:
        if self.broken:
            return SendFailed(SendFailure.UNREACHABLE, "the test broke it")
        self.messages.append(message)
        return Sent(str(len(self.messages)))

    def code(self) -> str:
        """The identity code in the newest message."""
        digits = "".join(each if each.isdigit() else " " for each in self.messages[-1].text)
        return next(each for each in digits.split() if len(each) == 6)


@dataclass(slots=True)
class World:
    """A running verifier and its surroundings. `now` is in milliseconds since 1970."""

    config: Config
    runtime: Runtime
    client: TestClient[Litestar]
    phones: Phones
    clock: list[int]

    @property
    def now(self) -> int:
        return self.clock[0]

    def pass_seconds(self, seconds: float) -> None:
        self.clock[0] += int(seconds * 1000)

    def database(self, work: Any) -> Any:
        """Do `work` in the database, as an operator might."""
        with maintaining(self.config.database()) as connection:
            return work(connection)

    def add_trainee(self, name: str = NAME, phone: str = E164, school: str = "한빛훈련원") -> None:
        """Put a person on the roster of an institution."""
        keys, person = self.runtime.keys, Person(name, phone)
        name_of, ending = search_indexes(keys, person)

        def work(connection: Connection) -> None:
            trainee_id = f"tra_{secrets.token_hex(4)}"
            name_sealed, phone_sealed = seal_person(keys, person, f"trainee:{trainee_id}")
            connection.execute(
                insert(trainee).values(
                    id=trainee_id,
                    person_index=person_index(keys, person),
                    phone_index=phone_index(keys, phone),
                    name_sealed=name_sealed,
                    phone_sealed=phone_sealed,
                    created_at=1,
                    name_index=name_of,
                    ending_index=ending,
                )
            )
            known = set(connection.execute(select(institution.c.id)).scalars())
            if "inst" not in known:
                connection.execute(insert(institution).values(id="inst", name=school, created_at=1))
            connection.execute(
                insert(roster_entry).values(
                    institution_id="inst", trainee_id=trainee_id, pairwise_id=trainee_id, added_at=1
                )
            )

        self.database(work)

    def events(self) -> list[str]:
        """The kinds of all audit events so far, but for the keys that it makes at its start."""
        query = (
            select(audit_row.c.kind)
            .where(audit_row.c.kind != "signing-key-added")
            .order_by(audit_row.c.id)
        )
        return list(self.database(lambda c: c.execute(query).scalars().all()))

    def consent(self, lang: str = "ko", **changes: Any) -> dict[str, Any]:
        """A consent to the text in force."""
        current = load_consents(self.config).current
        hashes = {str(known): sha256 for known, sha256 in current.languages.items()}
        given: dict[str, Any] = {
            "version": current.version,
            "lang": lang,
            "sha256": hashes[lang],
            "agreed": True,
            "agreed_at": format_time(self.now),
        }
        return given | changes


@contextmanager
def running(
    folder: Path, *, names: NamePolicy = NO_NAME_POLICY, **settings: Any
) -> Iterator[World]:
    """A verifier over a data folder."""
    clock = [START]
    config = load_config(overrides={"data_dir": str(folder / "data"), **settings})
    metrics = PrometheusMetrics()
    prepare(config.database())
    runtime = open_runtime(config, now=lambda: clock[0], metrics=metrics)
    phones = Phones()
    app = create_app(
        config,
        runtime,
        phones,
        names=names,
        passwords=Passwords(QUICK),
        render_metrics=metrics.render,
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield World(config, runtime, client, phones, clock)


def put_behind(world: World, proxy: str) -> None:
    """Let all requests come from this address."""
    app = world.client.app
    inner = app.asgi_handler

    async def from_proxy(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            scope["client"] = (proxy, 50_000)
        await inner(scope, receive, send)

    app.asgi_handler = from_proxy


@dataclass(slots=True)
class Device:
    """An app's side of the wire: a key, and what enrolment and unlock gave it."""

    world: World
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    authority: str = "127.0.0.1:8470"
    offset: int = 0
    enrolment_id: str = ""
    registration_id: str = ""
    secrets: EnrolmentSecrets | None = None
    share_id: int = 1
    unanswered: tuple[X25519PrivateKey, bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    kiosk_key: Ed25519PrivateKey | None = None
    """Of the kiosk that countersigns."""

    def public_key(self) -> str:
        return b64url_encode(self.key.public_key().public_bytes_raw())

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        nonce: bytes | None = None,
        created: int | None = None,
        raw: bytes | None = None,
        query: str = "",
        headers: dict[str, str] | None = None,
    ) -> Response:
        """A signed request. `raw` goes out in place of the JSON of `body`."""
        content = raw if raw is not None else b"" if body is None else msgspec.json.encode(body)
        parts = RequestParts(method, self.authority, path, query, content)
        signed = sign_request(
            self.key,
            parts,
            created=self.world.now // 1000 + self.offset if created is None else created,
            nonce=secrets.token_bytes(16) if nonce is None else nonce,
        )
        if self.kiosk_key is not None:
            signed = self._countersigned(signed, self.kiosk_key, parts)
        return self.world.client.request(
            method,
            path + (f"?{query}" if query else ""),
            content=content,
            headers={"Content-Type": "application/json", **self.headers} | signed | (headers or {}),
        )

    def _countersigned(
        self, signed: dict[str, str], key: Ed25519PrivateKey, parts: RequestParts
    ) -> dict[str, str]:
        created = self.world.now // 1000
        beside = sign_request(
            key, parts, created=created, nonce=secrets.token_bytes(16), label=KIOSK_LABEL
        )
        both = {
            name: f"{signed[name]}, {beside[name]}" for name in ("Signature-Input", "Signature")
        }
        return signed | both

    def begin(self, **changes: Any) -> Response:
        """Step 1."""
        body: dict[str, Any] = {
            "name": NAME,
            "phone": PHONE,
            "consent": self.world.consent(),
            "device": {
                "public_key": self.public_key(),
                "kind": "personal" if self.kiosk_key is None else "kiosk",
                "platform": "Debian 12",
                "app_version": "0.1.0",
                "label": "연구실 PC",
            },
            "lang": "ko",
        }
        response = self.send("POST", "/v1/enrolments", body | changes)
        if response.status_code == 202:
            self.enrolment_id = response.json()["enrolment_id"]
        return response

    def step(self, name: str, body: Any = None, **options: Any) -> Response:
        """A later step of the enrolment."""
        return self.send("POST", f"/v1/enrolments/{self.enrolment_id}/{name}", body, **options)

    def prove(self, code: str | None = None, pin: str = "pin", **proof: str) -> Response:
        """Step 3; on success the device derives its keys and checks the verifier's.

        Where no answer came, the same values go out again.
        """
        private, share = self.unanswered or new_agreement_key()
        self.unanswered = (private, share)
        body = {
            "code": self.world.phones.code() if code is None else code,
            "key_share": b64url_encode(share),
            "pin_auth": pin_auth(pin),
        }
        response = self.step("identity", body | proof)
        self.unanswered = None
        if response.status_code == 200:
            keys = wire.decode(response.content, EnrolmentKeys)
            self.registration_id = keys.registration_id
            self.share_id = keys.share.id
            server_share = b64url_decode(keys.key_share)
            self.secrets = enrolment_secrets(
                shared=agree(private, server_share),
                enrolment_id=self.enrolment_id,
                device_public_key=b64url_decode(self.public_key()),
                client_key_share=share,
                server_key_share=server_share,
                seed_size=keys.otp.profile().seed_size,
            )
            assert keys.confirmation == b64url_encode(self.secrets.confirmation("server"))
        return response

    def confirm(self, replaces: str | None = None) -> Response:
        """Step 4."""
        assert self.secrets is not None
        confirmation = b64url_encode(self.secrets.confirmation("client"))
        return self.step("confirm", {"confirmation": confirmation, "replace": replaces})

    def enrol(self, replaces: str | None = None, pin: str = "pin") -> "Device":
        """All steps."""
        assert self.begin().status_code == 202
        assert self.prove(pin=pin).status_code == 200
        confirmed = self.confirm(replaces)
        assert confirmed.status_code == 201, confirmed.text
        return self

    def use(self, name: str, body: Any, **options: Any) -> Response:
        """A request about the registration."""
        return self.send(
            "POST", f"/v1/registrations/{self.registration_id}/{name}", body, **options
        )

    def unlock(
        self, pin: str = "pin", try_: str = "a", share_id: int | None = None, **options: Any
    ) -> Response:
        """Unlock, keeping the next share's id as an app would."""
        return self._present("unlock", pin, try_, share_id, {}, options)

    def change_pin(
        self, new: str, pin: str = "pin", try_: str = "a", share_id: int | None = None
    ) -> Response:
        """Change the PIN."""
        return self._present("pin", pin, try_, share_id, {"new_pin_auth": pin_auth(new)}, {})

    def sync(self, **options: Any) -> Response:
        """Ask for the status."""
        body = {"clock": self.clock(), "app_version": "0.1.1", "platform": "Debian 12"}
        return self.use("sync", body, **options)

    def renew_consent(self, **changes: Any) -> Response:
        """Agree to the document in force."""
        return self.use("consent", self.world.consent(**changes))

    def reset(self, *, withdraw: bool = False) -> Response:
        """Give the registration up."""
        path = f"/v1/registrations/{self.registration_id}"
        return self.send("DELETE", path, {"withdraw_consent": withdraw})

    def clock(self) -> str:
        return format_time(self.world.now + self.offset * 1000)

    def pin_entry(self, pin: str, try_: str, share_id: int | None = None) -> dict[str, Any]:
        """What goes out with a PIN."""
        return {
            "pin_auth": pin_auth(pin),
            "share_id": self.share_id if share_id is None else share_id,
            "try": b64url_encode(hashlib.sha256(try_.encode()).digest()[:16]),
            "clock": self.clock(),
            "app_version": "0.1.0",
        }

    def _present(  # noqa: PLR0917 - private
        self,
        name: str,
        pin: str,
        try_: str,
        share_id: int | None,
        more: dict[str, Any],
        options: dict[str, Any],
    ) -> Response:
        response = self.use(name, self.pin_entry(pin, try_, share_id) | more, **options)
        if response.status_code == 200 and share_id is None:
            self.share_id = wire.decode(response.content, Unlocked).next_share.id
        return response


def beside_each_other(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """The header fields of two signatures of one request."""
    names = ("Signature-Input", "Signature")
    return first | {name: f"{first[name]}, {second[name]}" for name in names}


def pin_auth(pin: str) -> str:
    """What a PIN becomes on the wire, without the cost of stretching it."""
    return b64url_encode(hashlib.sha256(pin.encode()).digest())


def told(response: Response) -> tuple[int, str]:
    """Status and slug of a problem, whose form is checked."""
    assert response.headers["content-type"] == CONTENT_TYPE, response.text
    found = wire.decode(response.content, Problem)
    assert found.status == response.status_code
    assert found.known_type is not None
    return found.status, found.known_type.slug
