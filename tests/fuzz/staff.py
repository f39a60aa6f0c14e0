"""Staff for the fuzzer: sessions to use and to throw away, and accounts to sign in to."""

import asyncio
import time
from base64 import b32decode
from itertools import count
from typing import Any

import httpx
from sqlalchemy import Connection

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.config import Config
from motp_verifier.runtime import open_runtime, system_clock
from motp_verifier.services.staff.accounts import FirstPassword, StaffAccounts
from motp_verifier.services.staff.passwords import Passwords
from motp_verifier.services.staff.sessions import begin
from motp_verifier.store import staff as rows
from motp_verifier.store import staff_sessions
from tests.support.live_staff import LiveStaff

NEW_ACCOUNTS = 12
SESSIONS = 1500
PASSWORD = "말벌과 숟가락 열두 개"


def staff_of_the_world(config: Config, origin: str) -> dict[str, Any]:
    """What the hooks need of them."""
    runtime = open_runtime(config)
    try:
        accounts = StaffAccounts(runtime.store, Passwords(), system_clock, "operator:fuzz")

        def add(name: str) -> str:
            made = asyncio.run(accounts.add(name, "admin"))
            assert isinstance(made, FirstPassword)
            return made.password

        new = [[f"new-{number}", add(f"new-{number}")] for number in range(NEW_ACCOUNTS)]
        known = LiveStaff(origin, "known", add("known")).set_up()

        def sessions(connection: Connection) -> list[str]:
            row = rows.staff_by_name(connection, "known")
            assert row is not None
            now = system_clock()
            return [
                begin(connection, row.id, row.name, "admin", now).token for _ in range(SESSIONS)
            ]

        tokens = asyncio.run(runtime.store.run("fuzz", sessions))
        found = asyncio.run(
            runtime.store.read(lambda c: staff_sessions.open_sessions(c, system_clock()))
        )
    finally:
        runtime.close()
    return {
        "token": known.token,
        "throwaway": tokens[: SESSIONS // 2],
        # Those of the second half, and perhaps some of the first: ending one twice is no harm.
        "sessions": [each.id for each in found if each.name == "known"][1:],
        "seed": known.seed.hex(),
        "new": new,
    }


class FuzzStaff:
    """Does right what a fuzzer cannot guess."""

    def __init__(self, origin: str, world: dict[str, Any]) -> None:
        self._origin = origin
        self._world = world
        self._throwaway = iter(world["throwaway"])
        self._sign_ins = count()
        self._set_ups = count()
        self.token = str(world["token"])

    def session_id(self, turn: int) -> str:
        """One that may be ended."""
        ids = self._world["sessions"]
        return str(ids[turn % len(ids)])

    def throwaway_token(self) -> str:
        """Of a session that may be ended, as long as there are any."""
        return str(next(self._throwaway, "motps_none"))

    def sign_in(self) -> dict[str, Any]:
        """A right sign-in: by turns of an account that is set up, and of one that is not."""
        turn = next(self._sign_ins)
        if turn % 2:
            name, first = self._world["new"][-1]
            return {"name": name, "password": first}
        return {"name": "known", "password": PASSWORD, "totp": _code(self._seed)}

    def set_up(self) -> tuple[str, dict[str, Any]]:
        """A setup that was begun, and what finishes it."""
        accounts = self._world["new"][:-1]
        name, first = accounts[next(self._set_ups) % len(accounts)]
        begun = self._ask("POST", "sessions", json={"name": name, "password": first}).json()
        secret = str(begun.get("secret", "A" * 32))
        seed = b32decode(secret + "=" * (-len(secret) % 8))
        answer = {"totp": _code(seed), "new_password": PASSWORD}
        return str(begun.get("setup_token", "over")), answer

    def trainee_id(self, phone: str) -> str:
        """Whose number this is."""
        found = self._ask("GET", "trainees", params={"q": phone}).json()
        return str(found["trainees"][0]["trainee_id"])

    @property
    def _seed(self) -> bytes:
        return bytes.fromhex(self._world["seed"])

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=self._origin, timeout=30, trust_env=False) as client:
            return client.request(method, f"/v1/helpdesk/{path}", headers=headers, **options)


def _code(seed: bytes) -> str:
    # The code that set the account up is used already: the next step's is taken as well.
    step = step_at(time.time_ns() // 1_000_000, OtpProfile()) + 1
    return code_for_step(seed, step, OtpProfile())
