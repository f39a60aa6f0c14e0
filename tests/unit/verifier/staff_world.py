"""Staff who sign in at the verifier of `device_world` and ask it things."""

import asyncio
from base64 import b32decode
from dataclasses import dataclass, field
from typing import Any

from httpx import Response

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.helpdesk import StaffRole
from motp_verifier.services.staff.accounts import FirstPassword, StaffAccounts
from motp_verifier.services.staff.passwords import Passwords
from tests.unit.verifier.device_world import QUICK, World

PASSWORD = "말벌과 숟가락 열두 개"


def accounts(world: World) -> StaffAccounts:
    """What an operator has."""
    store, now = world.runtime.store, world.runtime.now
    return StaffAccounts(store, Passwords(QUICK), now, "operator:root")


@dataclass(slots=True)
class Helper:
    """Somebody of the staff: an account, an authenticator, and perhaps a session."""

    world: World
    name: str
    first: str = field(repr=False)
    seed: bytes = field(default=b"", repr=False)
    token: str = field(default="", repr=False)

    def code(self, steps: int = 0) -> str:
        step = step_at(self.world.now, OtpProfile()) + steps
        return code_for_step(self.seed, step, OtpProfile())

    def sign_in(
        self, password: str = PASSWORD, totp: str | None = "", name: str | None = None
    ) -> Response:
        """Sign in; an empty `totp` stands for the right one."""
        body = {"name": self.name if name is None else name, "password": password}
        given = self.code() if totp == "" and self.seed else totp
        if given:
            body["totp"] = given
        answer = self.world.client.post("/v1/helpdesk/sessions", json=body)
        if answer.status_code == 201:
            self.token = answer.json()["token"]
        return answer

    def begin(self) -> str:
        """The first sign-in; the token of the setting up."""
        begun = self.sign_in(self.first, None)
        assert begun.status_code == 202, begun.text
        secret = begun.json()["secret"]
        self.seed = b32decode(secret + "=" * (-len(secret) % 8))
        return str(begun.json()["setup_token"])

    def finish(self, token: str, password: str = PASSWORD, totp: str | None = None) -> Response:
        body = {"totp": self.code() if totp is None else totp, "new_password": password}
        answer = self.world.client.post(f"/v1/helpdesk/setups/{token}", json=body)
        if answer.status_code == 201:
            self.token = answer.json()["token"]
        return answer

    def ask(self, method: str, path: str, body: Any = None, **options: Any) -> Response:
        """A request within the session."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            options["json"] = body
        return self.world.client.request(method, f"/v1/helpdesk/{path}", headers=headers, **options)

    def told(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The answer to a request that must succeed."""
        answer = self.ask(method, path, body, **options)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()


def new_helper(world: World, name: str = "kim", role: StaffRole = "helpdesk") -> Helper:
    """Somebody with an account that nobody has signed in to yet."""
    made = asyncio.run(accounts(world).add(name, role))
    assert isinstance(made, FirstPassword), made
    return Helper(world, name, made.password)


def signed_in(world: World, name: str = "kim", role: StaffRole = "helpdesk") -> Helper:
    """Somebody with a session."""
    helper = new_helper(world, name, role)
    assert helper.finish(helper.begin()).status_code == 201
    return helper
