"""All that an operator can do over both databases, and then a search: no secret lies about.

Beside `test_no_secrets_in_logs`, which lives with the app over SQLite: here every table is
read, the database's own files and log as well, and what each command printed and logged.
"""

import base64
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.encoding import b64url_decode
from motp_verifier.cli import main
from motp_verifier.key_file import KeyFile
from motp_verifier.store.tables import metadata
from tests.support.databases import Cluster
from tests.support.secret_hunt import SecretHunt
from tests.unit.verifier.device_world import Device, World, pin_auth, running
from tests.unit.verifier.kiosk_world import Kiosk

NAME, PHONE = "남궁비밀", "010-7391-4826"
OTHER_NAME, OTHER_PHONE = "선우숨김", "010-8264-9173"
BIRTH = "9107142"
METRICS_TOKEN = "metrics-token-that-nobody-may-see"
WHY = ("--reason", "정기 점검")
_TIMES = re.compile(r"(^|_)(at|expires_at|until|last_step|step)$")


@dataclass
class Office:
    """A verifier, what its operator does, and all that came of it."""

    folder: Path
    database_url: str
    hunt: SecretHunt = field(default_factory=SecretHunt)
    binary: SecretHunt = field(default_factory=SecretHunt)
    """Without the six digits of codes, which large binary files may have by chance."""
    places: dict[str, bytes] = field(default_factory=dict)

    def text(self, what: str, secret: str) -> None:
        self.hunt.add_text(what, secret)
        if not re.fullmatch(r"\d{6}", secret):
            self.binary.add_text(what, secret)

    def bytes_(self, what: str, secret: bytes) -> None:
        self.hunt.add_bytes(what, secret)
        self.binary.add_bytes(what, secret)

    def phone(self, number: str) -> None:
        self.hunt.add_phone("phone number", number)
        self.binary.add_phone("phone number", number)

    def run(self, *words: str, ends: int = 0, secret: bool = False) -> str:
        """A command. Where it prints a secret once, its own output is no place to search."""
        settings = {"MOTP_VERIFIER_DATABASE_URL": self.database_url} if self.database_url else {}
        arguments = [*words, "--data-dir", str(self.folder / "data")]
        done = CliRunner().invoke(main, arguments, env=settings)
        assert done.exit_code == ends, (words, done.output)
        if not secret:
            self.places[f"printed by {len(self.places)} {' '.join(words)}"] = done.output.encode()
        return done.output

    def keys(self) -> None:
        for key in KeyFile(self.folder / "data" / "master.key").read().values():
            self.bytes_("master key", key)

    def dump(self, moment: str, world: World) -> None:
        """Every value of every table; times aside, whose digits could be anything."""

        def read(connection: Any) -> None:
            for table in metadata.sorted_tables:
                columns = [each for each in table.columns if not _TIMES.search(each.name)]
                lines = []
                for row in connection.execute(select(*columns)):
                    cells = (
                        bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()
                        for cell in row
                    )
                    lines.append(b"\x1f".join(cells))
                self.places[f"{moment}: {table.name}"] = b"\x1e".join(lines)

        world.database(read)


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    office = Office(tmp_path, database_url)
    for name in (NAME, OTHER_NAME):
        office.text("name", name)
    for phone in (PHONE, OTHER_PHONE):
        office.phone(phone)
    office.text("birth date", BIRTH)
    office.text("metrics token", METRICS_TOKEN)
    for pin in ("first", "second", "wrong"):
        office.bytes_("PIN's half", b64url_decode(pin_auth(pin)))
    if database_url:
        office.text("database password", database_url.split(":")[2].partition("@")[0])
    yield office


class Life:
    """What trainees and a site do with a running verifier."""

    def __init__(self, office: Office, world: World, api_key: str) -> None:
        self.office, self.world, self.api_key = office, world, api_key

    def identity_code(self) -> str:
        code = self.world.phones.code()
        self.office.text("identity code", code)
        return code

    def enrol(self, name: str, phone: str, replaces: str | None = None) -> Device:
        device = Device(self.world)
        assert device.begin(name=name, phone=phone).status_code == 202
        right = self.identity_code()
        wrong = f"{(int(right) + 1) % 1_000_000:06d}"
        self.office.text("identity code", wrong)
        assert device.prove(code=wrong).status_code == 403
        keys = device.prove(code=right, pin="first")
        assert keys.status_code == 200
        self.office.bytes_("share", b64url_decode(keys.json()["share"]["value"]))
        assert device.confirm(replaces).status_code == 201
        assert device.secrets is not None
        self.office.bytes_("seed", device.secrets.seed)
        return device

    def unlock(self, device: Device, pin: str, try_: str) -> None:
        answer = device.unlock(pin=pin, try_=try_)
        if answer.status_code == 200:
            for member in ("share", "next_share"):
                self.office.bytes_("share", b64url_decode(answer.json()[member]["value"]))

    def check(self, device: Device, phone: str, name: str, steps: int = 0) -> str:
        assert device.secrets is not None
        step = step_at(self.world.now, OtpProfile()) + steps
        code = code_for_step(device.secrets.seed, step, OtpProfile())
        self.office.text("code", code)
        body = {
            "trainee": {"name": name, "phone": phone}, "course": "C-1", "class": "1",
            "occasion": "lesson", "code": code, "client_ip": "203.0.113.9",
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self.api_key}"}
        answer = self.world.client.post("/v1/verifications", json=body, headers=headers)
        return str(answer.json()["reason"] or answer.json()["result"])

    def prove_name(self, device: Device) -> None:
        mismatch = {"operator": "KT", "birth_and_sex": "0001011"}
        assert device.use("name-proof", mismatch).status_code == 403
        details = {"operator": "KT", "birth_and_sex": BIRTH}
        assert device.use("name-proof", details).status_code == 202
        assert device.use("name-proof/confirm", {"code": self.identity_code()}).status_code == 200

    def use_kiosk(self, code: str) -> None:
        """It enrols, somebody of it registers and unlocks, and its exit PIN is tried."""
        for pin in ("exit", "not the exit"):
            self.office.bytes_("exit PIN's half", b64url_decode(pin_auth(pin)))
        kiosk = Kiosk(self.world)
        assert kiosk.enrol(code).status_code == 201
        assert kiosk.enrol("0000000000").status_code == 403
        assert kiosk.report().status_code == 200
        assert kiosk.leave("not the exit").status_code == 403
        assert kiosk.leave().status_code == 204
        device = kiosk.device()
        assert device.begin(name=OTHER_NAME, phone=OTHER_PHONE).status_code == 202
        assert device.prove(code=self.identity_code(), pin="first").status_code == 200
        assert device.confirm().status_code == 201
        assert device.secrets is not None
        self.office.bytes_("seed", device.secrets.seed)
        self.unlock(device, "first", "k")

    def send_nonsense(self, device: Device) -> None:
        secrets: dict[str, Any] = {"name": NAME, "phone": PHONE, "code": 7, "pin_auth": "first"}
        for step in ("unlock", "pin", "sync", "name-proof", "consent"):
            assert device.use(step, secrets).status_code in {400, 422}
        assert device.send("POST", "/v1/enrolments", secrets).status_code == 400
        headers = {"Authorization": f"Bearer {self.api_key}"}
        post = self.world.client.post
        assert post("/v1/verifications", json=secrets, headers=headers).status_code == 400
        wrong = {"Authorization": f"Bearer {METRICS_TOKEN}x"}
        assert self.world.client.get("/metrics", headers=wrong).status_code == 401


def _roster(office: Office) -> None:
    good = office.folder / "roster.csv"
    good.write_text(f"이름,전화번호\n{NAME},{PHONE}\n{OTHER_NAME},{OTHER_PHONE}\n", "utf-8")
    office.run("roster", "import", "--institution", "inst-1", str(good))
    bad = office.folder / "bad.csv"
    bad.write_text(f"이름,전화번호\n{PHONE},{NAME}\n{NAME}\x07,{PHONE}x\n{NAME},{PHONE}\n", "utf-8")
    office.run("roster", "import", "--institution", "inst-1", str(bad), ends=1)
    office.run("roster", "import", "--institution", "none", str(good), ends=1)


def _before(office: Office) -> str:
    """What an operator does before anybody enrols; the API key of the institution."""
    office.run("migrate")
    office.run("check")
    added = office.run("institution", "add", "--id", "inst-1", "--name", "한빛", secret=True)
    second = office.run("api-key", "add", "--institution", "inst-1", secret=True)
    keys = [re.findall(r"motp_\S{20,}", output)[-1] for output in (added, second)]
    for key in keys:
        office.text("API key", key)
    _roster(office)
    listed = office.run("api-key", "list")
    office.run("api-key", "revoke", re.findall(r"^\S+", listed, re.MULTILINE)[-1])
    office.run("api-key", "list")
    office.run("institution", "list")
    return str(keys[0])


def _kiosk_code(office: Office) -> str:
    """An operator awaits a kiosk."""
    added = office.run("kiosk", "add", "--institution", "inst-1", "--label", "로비", secret=True)
    (shown,) = re.findall(r"^[0-9A-Z]{5}-[0-9A-Z]{5}$", added, re.MULTILINE)
    code = str(shown).replace("-", "")
    for spelling in (shown, code):
        office.text("kiosk code", spelling)
    return code


def _after(office: Office) -> None:
    """Each thing that an operator may do with what came of it."""
    office.run("audit", "verify")
    office.run("audit", "heads")
    for words in (("--phone", PHONE), ("--last-four", PHONE[-4:]), ("--event", "verification")):
        office.run("audit", "search", *words, *WHY)
        office.run("audit", "export", *words, *WHY)
    office.run("audit", "search", "--phone", "02-739-4826", *WHY, ends=2)
    office.run("audit", "search", "--reason", f"문의 {PHONE}", ends=2)
    office.run("audit", "export", "--format", "csv", "--addresses", *WHY)
    office.run("audit", "prove", "1")
    office.run("keys", "list")
    office.run("keys", "rotate")
    office.run("keys", "list")
    office.run("signing-key", "rotate")
    office.run("signing-key", "list")
    kiosk_id = office.run("kiosk", "list").split("\t")[0]
    office.run("kiosk", "configure", kiosk_id, "--idle", "60")
    office.run("kiosk", "revoke", kiosk_id)
    office.run("check")
    if office.database_url:
        office.run("backup", str(office.folder / "copy"), ends=1)
    else:
        office.run("backup", str(office.folder / "copy.sqlite3"))
    office.run("purge", "--dry-run")
    office.run("purge")
    office.run("purge", "--compact")


def test_no_secret_is_stored_printed_or_logged_by_anything_that_an_operator_does(
    office: Office, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.DEBUG)
    token_file = office.folder / "token"
    token_file.write_text(METRICS_TOKEN)
    settings: dict[str, Any] = {
        "database_url": office.database_url,
        "identity": "outbox",
        "metrics_token_file": str(token_file),
    }
    api_key = _before(office)
    kiosk_code = _kiosk_code(office)
    office.keys()
    with running(office.folder, **settings) as world:
        life = Life(office, world, api_key)
        first = life.enrol(NAME, PHONE)
        life.unlock(first, "wrong", "w")
        life.unlock(first, "first", "a")
        assert life.check(first, PHONE, NAME) == "accepted"
        assert life.check(first, PHONE, NAME) == "code-used"
        assert life.check(first, PHONE, NAME, steps=9) == "code-wrong"
        assert life.check(first, OTHER_PHONE, OTHER_NAME) == "not-registered"
        first.change_pin("second", pin="first", try_="b")
        life.prove_name(first)
        life.send_nonsense(first)
        world.pass_seconds(60)
        other = life.enrol(OTHER_NAME, OTHER_PHONE)
        life.use_kiosk(kiosk_code)
        world.pass_seconds(60)
        again = life.enrol(NAME, PHONE, replaces=first.registration_id)
        office.dump("in use", world)
        metrics = world.client.get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
        office.places["metrics"] = re.sub(r" \S+$", "", metrics.text, flags=re.MULTILINE).encode()
        assert other.reset(withdraw=True).status_code == 204
        assert again.reset().status_code == 204
    _after(office)
    office.keys()
    with running(office.folder, **settings) as world:
        office.dump("purged", world)
    office.places["logged"] = "\n".join(
        f"{each.getMessage()} {each.args!r} {each.exc_text}" for each in caplog.get_records("call")
    ).encode()
    files = {path.name: path.read_bytes() for path in office.folder.rglob("*.sqlite3*")}
    if office.database_url:
        cluster: Cluster = request.getfixturevalue("cluster")
        files = {"the server's files": cluster.content(office.database_url)}
    assert office.hunt.found_in(office.places) == []
    assert office.binary.found_in(files) == []
    assert len(office.places) > 2 * len(metadata.sorted_tables) + 30
    assert files


def test_the_search_finds_what_is_put_there(office: Office) -> None:
    office.bytes_("seed", bytes(range(20)))
    office.text("code", "482917")
    with running(office.folder, database_url=office.database_url) as world:
        world.add_trainee(NAME, "+821073914826", school=f"학교 {OTHER_NAME}")
        office.dump("now", world)
    assert office.hunt.found_in(office.places) == [("name", "now: institution")]
    planted = {
        "name in base64": base64.b64encode(f"x{NAME}y".encode()),
        "name in hex": NAME.encode().hex().encode(),
        "number in base64": base64.b64encode(b"tel +821073914826"),
        "seed inside": base64.urlsafe_b64encode(b"ab" + bytes(range(20)) + b"c"),
        "seed in hex": bytes(range(20)).hex().encode(),
        "number": b"(010) 7391 4826",
        "code": b'{"code":"482917"}',
        "code in base64": base64.b64encode(b"482917"),
        "code in hex": b"482917".hex().encode(),
    }
    assert {place for _, place in office.hunt.found_in(planted)} == planted.keys()
    chance = {"number": b"1764482917003", "hash": b"9f482917ac", "id": b"ver_0482917Q"}
    assert office.hunt.found_in(chance) == []
