"""A trainee with a device, a site that checks codes, and somebody of the helpdesk."""

from typing import Any

from sqlalchemy import select

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.store.tables import audit_row
from tests.unit.verifier.device_world import Device, World
from tests.unit.verifier.popup_world import Site
from tests.unit.verifier.staff_world import Helper, signed_in

WHY = "본인 확인 후 처리"


class Scene:
    """A trainee with a device, a site that checks codes, and somebody who helps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.helper = signed_in(world)
        self.device = Device(world).enrol()
        self.site = Site(world)
        (line,) = self.helper.told("GET", "trainees", params={"q": "5678"})["trainees"]
        self.trainee_id = line["trainee_id"]

    def act(self, action: str, reason: str = WHY, helper: Helper | None = None) -> Any:
        path = f"registrations/{self.device.registration_id}/actions"
        asker = self.helper if helper is None else helper
        return asker.ask("POST", path, {"action": action, "reason": reason})

    def bypass(self, occasion: str = "exam", institution: str = "inst") -> Any:
        body = {"institution_id": institution, "occasion": occasion, "reason": WHY}
        return self.helper.ask("POST", f"trainees/{self.trainee_id}/bypass", body)

    def check(self, code: str, occasion: str = "exam") -> dict[str, Any]:
        answer = self.site.ask(
            "POST",
            "/v1/verifications",
            json={
                "trainee": {"name": "홍길동", "phone": "010-1234-5678"},
                "course": "C-1",
                "class": "1",
                "session": 1,
                "occasion": occasion,
                "code": code,
                "client_ip": "203.0.113.9",
            },
        )
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def code(self, steps: int = 0) -> str:
        assert self.device.secrets is not None
        step = step_at(self.world.now, OtpProfile()) + steps
        return code_for_step(self.device.secrets.seed, step, OtpProfile())

    def wrong(self, *more: str) -> str:
        taken = {self.code(steps) for steps in range(-30, 3)} | set(more)
        return next(code for code in (f"{n:06d}" for n in range(99)) if code not in taken)

    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.helper.told("GET", f"trainees/{self.trainee_id}")[
            "findings"
        ]
        return found

    def lock_pin(self) -> None:
        for number in range(5):
            self.device.unlock(pin="wrong", try_=f"wrong {number} {self.world.now}")

    def lock_codes(self) -> None:
        for _ in range(5):
            assert self.check(self.wrong())["reason"] == "code-wrong"

    def audited(self, kind: str) -> list[Any]:
        query = select(audit_row).where(audit_row.c.kind == kind).order_by(audit_row.c.id)
        rows: list[Any] = self.world.database(lambda c: c.execute(query).all())
        return rows
