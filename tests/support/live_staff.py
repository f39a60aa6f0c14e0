"""Somebody of the staff, signed in at a verifier in a process of its own."""

import time
from base64 import b32decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.cli import main

PASSWORD = "말벌과 숟가락 열두 개"


@dataclass(slots=True)
class LiveStaff:
    """A session, and what it was opened with."""

    origin: str
    name: str
    first: str = field(repr=False)
    seed: bytes = field(default=b"", repr=False)
    token: str = field(default="", repr=False)
    setup_token: str = field(default="", repr=False)

    def code(self) -> str:
        """The code of the second factor now."""
        step = step_at(time.time_ns() // 1_000_000, OtpProfile())
        return code_for_step(self.seed, step, OtpProfile())

    def ask(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """A request to the helpdesk's API, within the session if there is one."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            options["json"] = body
        with httpx.Client(base_url=self.origin, timeout=30, trust_env=False) as client:
            return client.request(method, f"/v1/helpdesk/{path}", headers=headers, **options)

    def set_up(self) -> "LiveStaff":
        """Sign in for the first time."""
        begun = self.ask("POST", "sessions", {"name": self.name, "password": self.first})
        assert begun.status_code == 202, begun.text
        secret = begun.json()["secret"]
        self.seed = b32decode(secret + "=" * (-len(secret) % 8))
        self.setup_token = begun.json()["setup_token"]
        done = self.ask(
            "POST", f"setups/{self.setup_token}", {"totp": self.code(), "new_password": PASSWORD}
        )
        assert done.status_code == 201, done.text
        self.token = done.json()["token"]
        return self


def live_staff(
    data_dir: Path, origin: str, name: str, role: str, database_url: str = ""
) -> LiveStaff:
    """A new account, made by the command, and signed in."""
    environment = {"MOTP_VERIFIER_DATABASE_URL": database_url} if database_url else {}
    words = ["staff", "add", "--name", name, "--role", role, "--data-dir", str(data_dir)]
    made = CliRunner(env=environment).invoke(main, words)
    assert made.exit_code == 0, made.output
    return LiveStaff(origin, name, made.output.splitlines()[-1]).set_up()
