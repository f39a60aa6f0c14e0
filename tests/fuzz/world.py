"""A running verifier with devices in every state, written down for `tests.fuzz.hooks`."""

import json
import secrets
import time
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import update

from demo.stack import INSTITUTION
from motp_protocol import wire
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.keys import agree, enrolment_secrets, new_agreement_key
from motp_protocol.messages import EnrolmentKeys
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import registration
from tests.support.raw_client import RawClient

PEOPLE = [("홍길동", "010-1234-5678"), ("김영희", "010-2345-6789"), ("이산", "010-3456-7890")]


class FuzzWorld:
    """Fills a verifier that serves at `origin` with devices, through its own API."""

    def __init__(self, origin: str, data_dir: Path, database: Any, api_key: str) -> None:
        self._origin = origin
        self._data_dir = data_dir
        self._database = database
        self._api_key = api_key
        self._keys: dict[str, str] = {}
        service = httpx.get(f"{origin}/v1/service", trust_env=False).json()
        self._consent = {
            "version": service["consent"]["version"],
            "lang": "ko",
            "sha256": service["consent"]["languages"]["ko"],
            "agreed": True,
        }

    def write(self, file: Path) -> None:
        """Enrol, and write down what the hooks need."""
        for (name, phone), state in zip(PEOPLE, ("active", "suspended", "locked"), strict=True):
            self._enrol(name, phone, state)
        # The second device of the first person is the one that is active; the first is revoked.
        self._enrol(*PEOPLE[0], "active", replaces=next(iter(self._keys)))
        self._begin("박누구", "010-4567-8901")
        file.write_text(
            json.dumps(
                {
                    "authority": self._origin.partition("://")[2],
                    "keys": self._keys,
                    "api_key": self._api_key,
                    "consent": self._consent,
                    "phone": "010-5678-9012",
                    "trainee": {"name": PEOPLE[0][0], "phone": PEOPLE[0][1]},
                    "institution": INSTITUTION,
                }
            ),
            "utf-8",
        )

    def _begin(self, name: str, phone: str) -> tuple[RawClient, str]:
        client = RawClient(self._origin)
        begun = client.send(
            "POST",
            "/v1/enrolments",
            {
                "name": name,
                "phone": phone,
                "consent": self._consent | {"agreed_at": _now()},
                "device": {
                    "public_key": client.public_key,
                    "kind": "personal",
                    "platform": "Linux",
                    "app_version": "0.1.0",
                    "label": "PC",
                },
                "lang": "ko",
            },
        )
        assert begun.status_code == 202, begun.text
        enrolment_id = begun.json()["enrolment_id"]
        self._keys[enrolment_id] = b64url_encode(client.key.private_bytes_raw())
        return client, enrolment_id

    def _enrol(self, name: str, phone: str, state: str, replaces: str | None = None) -> None:
        client, enrolment_id = self._begin(name, phone)
        private, share = new_agreement_key()
        proven = client.send(
            "POST",
            f"/v1/enrolments/{enrolment_id}/identity",
            {
                "code": self._newest_code(),
                "key_share": b64url_encode(share),
                "pin_auth": b64url_encode(secrets.token_bytes(32)),
            },
        )
        assert proven.status_code == 200, proven.text
        keys = wire.decode(proven.content, EnrolmentKeys)
        agreed = enrolment_secrets(
            shared=agree(private, b64url_decode(keys.key_share)),
            enrolment_id=enrolment_id,
            device_public_key=b64url_decode(client.public_key),
            client_key_share=share,
            server_key_share=b64url_decode(keys.key_share),
            seed_size=keys.otp.profile().seed_size,
        )
        replaced = proven.json()["replaces"]
        confirmed = client.send(
            "POST",
            f"/v1/enrolments/{enrolment_id}/confirm",
            {
                "confirmation": b64url_encode(agreed.confirmation("client")),
                "replace": replaced and replaced["registration_id"],
            },
        )
        assert confirmed.status_code == 201, confirmed.text
        self._keys[keys.registration_id] = b64url_encode(client.key.private_bytes_raw())
        changes: dict[str, dict[str, Any]] = {
            "suspended": {"state": "suspended"},
            "locked": {"pin_failures": 5},
        }
        if state in changes:
            with maintaining(self._database) as connection:
                connection.execute(
                    update(registration)
                    .where(registration.c.id == keys.registration_id)
                    .values(changes[state])
                )

    def _newest_code(self) -> str:
        lines = (self._data_dir / "outbox.jsonl").read_text("utf-8").splitlines()
        codes = []
        for line in lines:
            text = "".join(each if each.isdigit() else " " for each in json.loads(line)["text"])
            codes += [word for word in text.split() if len(word) == 6]
        return codes[-1]


def _now() -> str:
    return format_time(time.time_ns() // 1_000_000)
