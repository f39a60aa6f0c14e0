"""Devices that do everything right, through the API: what a fuzzer cannot guess."""

import json
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from motp_protocol import wire
from motp_protocol.approvals import approval_proof
from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.keys import agree, approve_key, enrolment_secrets, new_agreement_key
from motp_protocol.messages import EnrolmentKeys
from motp_protocol.person import normalise_phone
from tests.support.raw_client import NOT_SENT, RawClient

SEATS = 2000
"""How many people the roster has. Whoever enrols again replaces their device."""

_TAIL_BYTES = 64 * 1024
_CODE = re.compile(r"\b[0-9]{6}\b")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Begun:
    """An enrolment whose code was sent."""

    client: RawClient
    enrolment_id: str
    person: Person


@dataclass(frozen=True, slots=True)
class Proven:
    """An enrolment that `confirmation` makes a device."""

    client: RawClient
    enrolment_id: str
    person: Person
    confirmation: dict[str, Any]
    share_id: int
    pin_auth: str
    seed: bytes
    profile: OtpProfile


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device in use: its client, and what its vault would hold."""

    client: RawClient
    person: Person
    share_id: int
    pin_auth: str
    seed: bytes
    profile: OtpProfile

    def code(self) -> str:
        """The code that is right now."""
        return code_for_step(self.seed, step_at(_now(), self.profile), self.profile)

    def refusal(self, ticket: str) -> dict[str, str]:
        """The answer that refuses what a ticket asks for."""
        asked = self.client.send("GET", f"/v1/approvals/{ticket}").raise_for_status()
        proof = approval_proof(
            approve_key(self.seed),
            ticket=ticket,
            popup_id=asked.json()["popup_id"],
            decision="refuse",
            number="",
            asked=asked.content,
        )
        return {"decision": "refuse", "number": "", "proof": proof}


class Devices:
    """Enrols people at the verifier that serves at `origin`, as far as one likes."""

    def __init__(self, origin: str, outbox: Path, seats: Iterable[int]) -> None:
        self._origin = origin
        self._outbox = outbox
        self._seats = list(seats)
        self._taken = 0
        service = httpx.get(f"{origin}/v1/service", trust_env=False).json()
        self._consent = {
            "version": service["consent"]["version"],
            "lang": "ko",
            "sha256": service["consent"]["languages"]["ko"],
            "agreed": True,
        }

    @property
    def consent_version(self) -> str:
        """The version in force."""
        return str(self._consent["version"])

    def consent(self) -> dict[str, Any]:
        """A consent to it, given now."""
        return self._consent | {"agreed_at": format_time(_now())}

    def next_person(self) -> Person:
        """One after the other, and from the beginning again."""
        seat = self._seats[self._taken % len(self._seats)]
        self._taken += 1
        return person(seat)

    def enrolment_of(self, somebody: Person, client: RawClient) -> dict[str, Any]:
        """A body that begins an enrolment."""
        return {
            "name": somebody.name,
            "phone": somebody.phone,
            "consent": self.consent(),
            "device": {
                "public_key": client.public_key,
                "kind": "personal",
                "platform": "Linux",
                "app_version": "0.1.0",
                "label": "PC",
            },
            "lang": "ko",
        }

    def begin(self, somebody: Person | None = None) -> Begun:
        """Ask for an identity code."""
        who = somebody or self.next_person()
        client = RawClient(self._origin)
        answer = self._send(client, "/v1/enrolments", self.enrolment_of(who, client))
        return Begun(client, answer.json()["enrolment_id"], who)

    def proof(self, begun: Begun) -> tuple[dict[str, Any], Any]:
        """A body that gives the right code, and the private key that goes with it."""
        private, share = new_agreement_key()
        return {
            "code": self.newest_code(begun.person),
            "key_share": b64url_encode(share),
            "pin_auth": b64url_encode(secrets.token_bytes(32)),
        }, private

    def prove(self, begun: Begun | None = None) -> Proven:
        """Give the right code."""
        begun = begun or self.begin()
        body, private = self.proof(begun)
        answer = self._send(begun.client, f"/v1/enrolments/{begun.enrolment_id}/identity", body)
        keys = wire.decode(answer.content, EnrolmentKeys)
        profile = keys.otp.profile()
        agreed = enrolment_secrets(
            shared=agree(private, b64url_decode(keys.key_share)),
            enrolment_id=begun.enrolment_id,
            device_public_key=b64url_decode(begun.client.public_key),
            client_key_share=b64url_decode(body["key_share"]),
            server_key_share=b64url_decode(keys.key_share),
            seed_size=profile.seed_size,
        )
        begun.client.registration_id = keys.registration_id
        return Proven(
            begun.client,
            begun.enrolment_id,
            begun.person,
            {
                "confirmation": b64url_encode(agreed.confirmation("client")),
                "replace": keys.replaces and keys.replaces.registration_id,
            },
            keys.share.id,
            body["pin_auth"],
            agreed.seed,
            profile,
        )

    def enrol(self, somebody: Person | None = None) -> Enrolled:
        """The whole enrolment."""
        proven = self.prove(self.begin(somebody))
        self._send(
            proven.client, f"/v1/enrolments/{proven.enrolment_id}/confirm", proven.confirmation
        )
        return Enrolled(
            proven.client,
            proven.person,
            proven.share_id,
            proven.pin_auth,
            proven.seed,
            proven.profile,
        )

    def begin_name_proof(self, device: Enrolled) -> None:
        """Have the carrier send a code."""
        body = {"operator": "SKT", "birth_and_sex": "9001011"}
        path = f"/v1/registrations/{device.client.registration_id}/name-proof"
        self._send(device.client, path, body)

    def newest_code(self, somebody: Person) -> str:
        """The code in the newest message to somebody that has one."""
        with self._outbox.open("rb") as outbox:
            outbox.seek(max(0, outbox.seek(0, 2) - _TAIL_BYTES))
            lines = outbox.read().splitlines()
        number = normalise_phone(somebody.phone)
        for line in reversed(lines):
            if number.encode() in line and (code := _CODE.search(json.loads(line)["text"])):
                return code[0]
        raise AssertionError(f"no code was sent to {number}")

    @staticmethod
    def _send(client: RawClient, path: str, body: Any = NOT_SENT) -> httpx.Response:
        answer = client.send("POST", path, body)
        assert answer.status_code in {200, 201, 202}, (path, answer.text)
        return answer


def person(seat: int) -> Person:
    """Who sits there."""
    return Person(f"훈련생{chr(ord('가') + seat)}", f"010-{2000 + seat}-{1000 + seat}")


def _now() -> int:
    return time.time_ns() // 1_000_000
