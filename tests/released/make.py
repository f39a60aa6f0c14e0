"""Writes down a database of this version, with people, devices and checks in it.

`python -m tests.released.make` does so once for each revision, before the next one is made:
`tests/released/<revision>.json` is then never changed. Everything in it is made up, keys and
all. It is made over SQLite by the code of its time, by the commands and requests by which it
would be in earnest.
"""

import contextlib
import json
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from sqlalchemy import Connection, select

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.cli import main
from motp_verifier.services import phone_transactions
from motp_verifier.store.tables import trainee
from tests.unit.verifier.device_world import Device, World, running
from tests.unit.verifier.popup_world import Browser

FOLDER = Path(__file__).parent
SCHOOL = "school"
USUAL, LOCKED, GONE, PROVEN, ASKED, REPLACED = (
    ("홍길동", "010-1234-5678"),
    ("김영희", "010-2345-6789"),
    ("이산", "010-3456-7890"),
    ("박보라", "010-4567-8901"),
    ("최민수", "010-5678-9012"),
    ("정하나", "010-6789-0123"),
)
PAGE = "https://www.example.kr"
_POLICY = f"""\
[form_interface]
enabled = true
browser = true
origins = ["{PAGE}"]

[popup]
origins = ["{PAGE}"]
"""
_ROSTER = "\n".join(
    ["이름,전화번호", *(f"{n},{p}" for n, p in (USUAL, LOCKED, GONE, PROVEN, ASKED, REPLACED))]
)


def write(folder: Path = FOLDER) -> Path:
    """Make the file of the revision at hand."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        api_key = _prepare(data)
        policies = Path(name) / "policies"
        policies.mkdir()
        (policies / f"{SCHOOL}.toml").write_text(_POLICY, "utf-8")
        with running(Path(name), policy_dir=str(policies)) as world:
            happened = _live(world, api_key)
            _send_forms(world)
            _open_popup(world, api_key)
            world.database(lambda connection: _prove_number(connection, world.now))
            now = world.now
        tables = _tables(data / "motp.sqlite3")
        (version,) = tables.pop("alembic_version")
        revision = version["version_num"]
        dump = {
            "revision": revision,
            "now": now,
            "master_key_file": (data / "master.key").read_text("ascii"),
            "api_key": api_key,
            **happened,
            "tables": tables,
        }
    path = folder / f"{revision}.json"
    path.write_text(json.dumps(dump, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _prepare(data: Path) -> str:
    """An institution with a roster; its API key."""
    data.mkdir(mode=0o700)
    roster = data / "roster.csv"
    roster.write_text(_ROSTER, "utf-8")
    said = _run("institution", "add", "--id", SCHOOL, "--name", "한빛훈련원", data=data)
    _run("roster", "import", "--institution", SCHOOL, str(roster), data=data)
    _run("staff", "add", "--name", "helper", "--role", "helpdesk", data=data)
    return next(word for word in said.split() if word.startswith("motp_"))


def _run(*words: str, data: Path) -> str:
    done = CliRunner().invoke(main, [*words, "--data-dir", str(data)])
    assert done.exit_code == 0, done.output
    return done.output


def _live(world: World, api_key: str) -> dict[str, Any]:
    """Let things happen to people, and say what their devices keep of it."""
    usual, locked, gone, proven, asked = (Device(world) for _ in range(5))
    _begin(usual, USUAL, "prove", "confirm")
    assert usual.unlock().status_code == 200
    assert usual.sync().status_code == 200
    used_code = right(world.now, _seed(usual))
    assert check(world, api_key, USUAL, used_code, "kept")["result"] == "accepted"
    assert check(world, api_key, USUAL, wrong(world.now, _seed(usual)))["reason"] == "code-wrong"
    _begin(locked, LOCKED, "prove", "confirm")
    for _ in range(5):
        assert (
            check(world, api_key, LOCKED, wrong(world.now, _seed(locked)))["reason"] == "code-wrong"
        )
    _begin(gone, GONE, "prove", "confirm")
    assert gone.reset(withdraw=True).status_code == 204
    _begin(proven, PROVEN, "prove")
    _begin(asked, ASKED)
    newest_message = world.phones.messages[-1].text
    old, new = Device(world), Device(world)
    _begin(old, REPLACED, "prove", "confirm")
    _begin(new, REPLACED, "prove")
    # The notice of the replacement waits.
    world.phones.broken = True
    assert new.confirm(old.registration_id).status_code == 201
    devices = {"usual": usual, "locked": locked, "gone": gone, "proven": proven, "asked": asked}
    return {
        "newest_message": newest_message,
        "used_code": used_code,
        "people": {name: _kept(device) for name, device in devices.items()},
    }


def _send_forms(world: World) -> None:
    """A page asks twice for somebody whom nobody knows."""
    form = {"USER_NM": "아무개", "USER_TEL": "010-9999-0000", "OTPNO": "000000"}
    form |= {"AGTID": SCHOOL, "CLASS_AGENT_PK": "C-1,1", "EVAL_CD": "01", "CLASS_TME": "01"}
    for _ in range(2):
        answer = world.client.post("/api/v2/otp_accredit", data=form, headers={"Origin": PAGE})
        assert answer.json()["code"] == "AP001"


def _open_popup(world: World, api_key: str) -> None:
    """A page of a pop-up, on which the app is asked and a message is on its way."""
    name, phone = USUAL
    asked = {
        "trainee": {"name": name, "phone": phone},
        "course": "C-1",
        "class": "1",
        "occasion": "exam",
        "return_origin": PAGE,
    }
    answer = world.client.post(
        "/v1/popups", json=asked, headers={"Authorization": f"Bearer {api_key}"}
    )
    assert answer.status_code == 201, answer.text
    browser = Browser(world)
    path = f"/popup/{answer.json()['popup_id']}"
    assert browser.go(path).status == 200
    assert browser.post(f"{path}/phone").status == 200
    assert browser.ask_app(path.removeprefix("/popup/")).number


def _prove_number(connection: Connection, now: int) -> None:
    """Two proofs of somebody's number, of which one is used."""
    mine: Any = {
        "institution_id": SCHOOL,
        "trainee_id": connection.execute(select(trainee.c.id)).scalars().first(),
        "purpose": "code-lock",
        "now": now,
    }
    phone_transactions.issue(connection, **mine)
    assert phone_transactions.use(connection, phone_transactions.issue(connection, **mine), **mine)


def _begin(device: Device, person: tuple[str, str], *steps: str) -> None:
    name, phone = person
    assert device.begin(name=name, phone=phone).status_code == 202
    for step in steps:
        assert getattr(device, step)().status_code in {200, 201}


def right(now: int, seed: bytes) -> str:
    """The code of this moment."""
    return code_for_step(seed, step_at(now, OtpProfile()), OtpProfile())


def wrong(now: int, seed: bytes) -> str:
    """A code that is none of this moment's."""
    profile, present = OtpProfile(), step_at(now, OtpProfile())
    taken = {code_for_step(seed, present + n, profile) for n in (-1, 0, 1)}
    return next(code for code in (f"{n:06d}" for n in range(9)) if code not in taken)


def _seed(device: Device) -> bytes:
    assert device.secrets is not None
    return device.secrets.seed


def check(
    world: World, api_key: str, person: tuple[str, str], code: str, key: str | None = None
) -> dict[str, Any]:
    """What a site is told."""
    name, phone = person
    answer = world.client.post(
        "/v1/verifications",
        json={
            "trainee": {"name": name, "phone": phone},
            "course": "C-1",
            "class": "1",
            "session": 1,
            "occasion": "lesson",
            "code": code,
        },
        headers={"Authorization": f"Bearer {api_key}"}
        | ({} if key is None else {"Idempotency-Key": key}),
    )
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def _kept(device: Device) -> dict[str, Any]:
    secrets = device.secrets
    return {
        "private_key": device.key.private_bytes_raw().hex(),
        "enrolment_id": device.enrolment_id,
        "registration_id": device.registration_id,
        "share_id": device.share_id,
        "seed": None if secrets is None else secrets.seed.hex(),
        "confirmation": None if secrets is None else secrets.confirmation("client").hex(),
    }


def _tables(database: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table; bytes as `{"hex": …}`."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        return {
            name: [
                {column: _plain(row[column]) for column in row.keys()}  # noqa: SIM118 - not a dict
                for row in connection.execute(f'SELECT * FROM "{name}"')
            ]
            for (name,) in sorted(map(tuple, found))
        }


def _plain(value: Any) -> Any:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


if __name__ == "__main__":
    print(write())  # noqa: T201 - the command's answer
