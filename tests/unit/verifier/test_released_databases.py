"""Whatever version a database is from, its people go on with this one."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.verifying import AuditVerification
from motp_verifier.services.messages.port import TextMessage
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.store import migrations, tables
from motp_verifier.store.opening import maintaining
from motp_verifier.store.sealed import SEALED
from tests.released import make
from tests.released.loading import Dump, dumps, read
from tests.support.databases import Cluster, database_of
from tests.unit.verifier.device_world import Device, World, running

LATER_MS = 60_000


class Upgraded:
    """This version over an older one's database, a minute later."""

    def __init__(self, world: World, dump: Dump) -> None:
        self.world = world
        self.dump = dump
        world.clock[0] = dump.now + LATER_MS

    def device(self, name: str) -> Device:
        kept = self.dump.people[name]
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept["private_key"]))
        return Device(
            self.world,
            key,
            enrolment_id=kept["enrolment_id"],
            registration_id=kept["registration_id"],
            share_id=kept["share_id"],
        )

    def seed(self, name: str) -> bytes:
        return bytes.fromhex(self.dump.people[name]["seed"])

    def code(self, name: str) -> str:
        return make.right(self.world.now, self.seed(name))

    def check(self, person: tuple[str, str], code: str, key: str | None = None) -> dict[str, Any]:
        return make.check(self.world, self.dump.api_key, person, code, key)


@pytest.fixture(params=dumps(), ids=lambda path: path.stem)
def dump(request: pytest.FixtureRequest) -> Dump:
    return read(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, dump: Dump, tmp_path: Path) -> Iterator[Upgraded]:
    data = tmp_path / "data"
    data.mkdir()
    key_file = data / "master.key"
    key_file.write_text(dump.master_key_file, "ascii")
    key_file.chmod(0o600)
    url = ""
    cluster: Cluster | None = None
    if request.param == "postgresql":
        cluster = request.getfixturevalue("cluster")
        assert cluster is not None
        url = cluster.new_empty_database()
    with maintaining(database_of(data, url)) as connection:
        dump.load(connection)
    with running(tmp_path, database_url=url) as world:
        yield Upgraded(world, dump)
    if cluster is not None:
        cluster.drop(url)


def test_the_people_of_a_released_database_go_on(upgraded: Upgraded) -> None:
    assert upgraded.world.database(_differences) == []
    assert_all_is_readable(upgraded)
    assert_devices_go_on(upgraded)
    assert_enrolments_go_on(upgraded)


def assert_all_is_readable(upgraded: Upgraded) -> None:
    world, dump = upgraded.world, upgraded.dump
    for where in SEALED:
        query = select(*where.key, where.column).where(where.column.is_not(None))
        for *key, sealed in world.database(lambda c, q=query: c.execute(q).all()):
            world.runtime.keys.open(sealed, where.place(*key))
    kept = world.database(lambda c: c.execute(select(tables.verification.c.id)).scalars().all())
    assert set(kept) == {row["id"] for row in dump.tables["verification"]}
    store, keys = world.runtime.store, world.runtime.keys
    known = asyncio.run(SigningKeys(store, keys, lambda: world.now).public_keys())
    report = asyncio.run(AuditVerification(store, keys).run(known, iter(())))
    assert report.findings == ()
    events = dump.tables.get("event") or dump.tables["audit_row"]
    assert report.rows + report.unsealed >= len(events)


def assert_devices_go_on(upgraded: Upgraded) -> None:
    """With the steps, the counts and the locks that they had."""
    usual = upgraded.device("usual")
    assert usual.sync().status_code == 200
    assert usual.unlock(try_="b").status_code == 200
    code, used = upgraded.code("usual"), upgraded.dump.used_code
    if upgraded.dump.tables.get("idempotent_answer"):
        assert upgraded.check(make.USUAL, used, "kept")["result"] == "accepted"
    first = upgraded.check(make.USUAL, make.wrong(upgraded.world.now, upgraded.seed("usual")))
    assert (first["reason"], first["attempts_left"]) == ("code-wrong", 3)
    assert upgraded.check(make.USUAL, code)["result"] == "accepted"
    assert upgraded.check(make.USUAL, code)["reason"] == "code-used"
    assert upgraded.check(make.LOCKED, upgraded.code("locked"))["reason"] == "locked"
    assert upgraded.device("gone").sync().status_code == 410
    assert upgraded.check(make.GONE, "000000")["reason"] == "revoked"


def assert_enrolments_go_on(upgraded: Upgraded) -> None:
    world = upgraded.world
    confirmation = b64url_encode(bytes.fromhex(upgraded.dump.people["proven"]["confirmation"]))
    body = {"confirmation": confirmation, "replace": None}
    assert upgraded.device("proven").step("confirm", body).status_code == 201
    assert upgraded.check(make.PROVEN, upgraded.code("proven"))["result"] == "accepted"
    asked = upgraded.device("asked")
    world.phones.messages.append(TextMessage("", upgraded.dump.newest_message))
    assert asked.prove().status_code == 200
    assert asked.confirm().status_code == 201
    # A person is found by name and number, and so is the device to be replaced.
    new, (name, phone) = Device(world), make.USUAL
    assert new.begin(name=name, phone=phone).status_code == 202
    replaces = new.prove().json()["replaces"]
    assert replaces["registration_id"] == upgraded.device("usual").registration_id


def test_no_revision_before_the_newest_that_was_written_down_is_missing() -> None:
    written = {path.stem for path in dumps()}
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.iterate_revisions(max(written), "base")}
    assert known == written, "python -m tests.released.make, at a commit with that revision"


def test_this_version_writes_a_database_down_as_older_ones_did(tmp_path: Path) -> None:
    newest = read(make.write(tmp_path))
    assert {name for name, rows in newest.tables.items() if rows} >= {
        "audit_row", "browser_refusal", "code_failure", "code_run", "consent", "enrolment",
        "phone_transaction", "popup", "popup_phone", "popup_ticket", "registration",
        "roster_entry", "share", "trainee", "verification",
    }  # fmt: skip


def _differences(connection: Any) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), tables.metadata))
