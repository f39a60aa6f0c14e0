"""A verifier whose institution takes forms, and those who send them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from httpx import Response
from sqlalchemy import insert, select

from motp_verifier.services import phone_transactions
from motp_verifier.store.tables import institution, roster_entry, trainee
from tests.released.make import right, wrong
from tests.unit.verifier.device_world import (
    NAME,
    PHONE,
    Device,
    World,
    put_behind,
    running,
)

SERVER = "192.0.2.10"
PAGE = "https://www.example.kr"
POLICY = f"""\
[form_interface]
enabled = true
addresses = ["{SERVER}", "2001:db8::/64"]
browser = true
origins = ["{PAGE}", "https://m.example.kr"]
"""
FORM_TYPE = "application/x-www-form-urlencoded; charset=UTF-8"
ACCREDIT, RESET = "/api/v2/otp_accredit", "/api/v2/user_reset"
FROM_PAGE = {"Origin": PAGE}
STRANGER = {"USER_NM": "아무개", "USER_TEL": "010-9999-0000"}


@contextmanager
def taking_forms(
    folder: Path, database_url: str = "", *, policy: str = POLICY, **settings: Any
) -> Iterator[World]:
    """A verifier behind the institution's own server's address."""
    policies = folder / "policies"
    policies.mkdir()
    (policies / "inst.toml").write_text(policy, "utf-8")
    with taking_forms_again(folder, database_url, **settings) as world:
        world.add_trainee()
        yield world


@contextmanager
def taking_forms_again(folder: Path, database_url: str = "", **settings: Any) -> Iterator[World]:
    """Another process over what the first one left behind."""
    policies = str(folder / "policies")
    with running(folder, database_url=database_url, policy_dir=policies, **settings) as world:
        come_from(world, SERVER)
        yield world


def come_from(world: World, address: str) -> None:
    """Let all requests come from this address from now on."""
    app = world.client.app
    app.asgi_handler = app.state.setdefault("inner", app.asgi_handler)
    put_behind(world, address)


def form(code: str = "000000", **changes: str) -> dict[str, str]:
    """A form as the agency's sites send it."""
    return {
        "USER_NM": NAME,
        "USER_TEL": PHONE,
        "OTPNO": code,
        "AGTID": "inst",
        "USRID": "hong",
        "SESSIONID": "s-1",
        "EXIP": "203.0.113.5",
        "COURSE_AGENT_PK": "C-1",
        "CLASS_AGENT_PK": "C-1,2",
        "EVAL_CD": "01",
        "EVAL_TYPE": "진도",
        "CLASS_TME": "03",
        "USRDT": "2026-11-26 09:00:00",
    } | changes


def post(
    world: World,
    fields: dict[str, str],
    headers: dict[str, str] | None = None,
    path: str = ACCREDIT,
) -> dict[str, Any]:
    """What a form is answered, always by 200."""
    answer = world.client.post(
        path, data=fields, headers={"Content-Type": FORM_TYPE} | (headers or {})
    )
    return read(answer)


def read(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    told: dict[str, Any] = answer.json()
    assert list(told) == ["code", "msg", "status", "receipt"]
    assert any("가" <= letter <= "힣" for letter in told["msg"])
    assert told["status"] == ("SUCCESS" if told["code"] == "200" else "FAIL")
    return told


def ask(world: World, code: str, headers: dict[str, str] | None = None, **changes: str) -> str:
    """The code of the answer to a check."""
    said: str = post(world, form(code, **changes), headers)["code"]
    return said


def reset(
    world: World, transaction_id: str, headers: dict[str, str] | None = None, **changes: str
) -> str:
    """The code of the answer to a reset."""
    fields = {
        "USER_NM": NAME,
        "USER_TEL": PHONE,
        "AGTID": "inst",
        "USRID": "hong",
        "M_RET": "T",
        "M_RETCD": "0000",
        "M_TRNID": transaction_id,
        "M_TRNDT": "2026-11-26 09:00:00",
    } | changes
    said: str = post(world, fields, headers, RESET)["code"]
    return said


def enrolled(world: World) -> Device:
    """The trainee's device."""
    return Device(world).enrol()


def right_code(device: Device) -> str:
    assert device.secrets is not None
    return right(device.world.now, device.secrets.seed)


def wrong_code(device: Device) -> str:
    assert device.secrets is not None
    return wrong(device.world.now, device.secrets.seed)


def proven(world: World, institution_id: str = "inst", purpose: Any = "code-lock") -> str:
    """A transaction of the trainee, whose number was proven just now."""

    def work(connection: Any) -> str:
        return phone_transactions.issue(
            connection,
            institution_id=institution_id,
            trainee_id=connection.execute(select(trainee.c.id)).scalars().first(),
            purpose=purpose,
            now=world.now,
        )

    issued: str = world.database(work)
    return issued


def add_other_institution(world: World) -> None:
    """One that lists the same trainee, and takes no forms."""

    def work(connection: Any) -> None:
        mine = connection.execute(select(trainee.c.id)).scalar_one()
        connection.execute(insert(institution).values(id="other", name="다른 훈련원", created_at=1))
        connection.execute(
            insert(roster_entry).values(
                institution_id="other", trainee_id=mine, pairwise_id="x", added_at=1
            )
        )

    world.database(work)
