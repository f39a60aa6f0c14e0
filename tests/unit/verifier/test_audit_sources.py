"""Where a device's requests came from: in the audit for a while, and then gone for good."""

import asyncio
import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.services.audit.verifying import AuditVerification
from motp_verifier.services.retention.policy import DAY_MS, RetentionPolicy
from motp_verifier.services.retention.purge import Purge
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.store.tables import audit_row
from tests.unit.verifier.audit_world import ISSUER, Signer
from tests.unit.verifier.device_world import Device, World, put_behind, running

HOME = "192.0.2.7"
POLICY = RetentionPolicy(
    withdrawn_days=30, unused_days=999, verification_days=999, address_days=10, audit_days=999
)


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """Behind a trusted proxy, which names whom it sees."""
    settings: dict[str, Any] = {"trusted_proxies": "127.0.0.0/8", "identity": "outbox"}
    with running(tmp_path, database_url=database_url, **settings) as world:
        put_behind(world, "127.0.0.1")
        world.add_trainee()
        yield world


def _from(world: World, address: str) -> Device:
    # What the client itself claims stands first, and is not believed.
    return Device(world, headers={"X-Forwarded-For": f"198.51.100.9, {address}"})


def _rows(world: World) -> list[dict[str, Any]]:
    query = select(audit_row).where(audit_row.c.actor == "device").order_by(audit_row.c.id)
    return world.database(  # type: ignore[no-any-return]
        lambda c: [dict(row) for row in c.execute(query).mappings()]
    )


def _live(world: World) -> None:
    """Everything that a device does and the audit tells of."""
    first = _from(world, HOME).enrol()
    first.change_pin("new")
    first.use("name-proof", {"operator": "SKT", "birth_and_sex": "0001011"})
    world.pass_seconds(40)
    first.use("name-proof", {"operator": "SKT", "birth_and_sex": "9003011"})
    first.use("name-proof/confirm", {"code": world.phones.code()})
    for number in range(5):
        first.unlock(pin="wrong", try_=str(number))
    world.pass_seconds(40)
    failing = _from(world, HOME)
    failing.begin()
    for number in range(5):
        failing.prove(code=f"00000{number}")
    world.pass_seconds(40)
    second = _from(world, HOME).enrol(replaces=first.registration_id)
    second.unlock(share_id=1, try_="a")
    second.unlock(try_="b")
    second.unlock(share_id=1, try_="c")
    world.pass_seconds(40)
    third = _from(world, HOME).enrol()
    third.reset(withdraw=True)


def test_every_row_about_a_device_says_where_its_request_came_from(world: World) -> None:
    _live(world)
    rows = _rows(world)
    assert {row["kind"] for row in rows} >= {
        "enrolment-started", "enrolment-failed", "identity-proven", "consent-given",
        "registration-activated", "registration-replaced", "registration-cloned",
        "registration-withdrawn", "consent-withdrawn", "pin-changed", "pin-locked",
        "name-mismatch", "name-proof-sent", "name-verified",
    }  # fmt: skip
    assert {row["source"] for row in rows} == {HOME}
    assert len({row["source_salt"] for row in rows}) == len(rows)


def test_an_address_goes_after_its_time_and_the_chain_verifies(world: World) -> None:
    _live(world)
    runtime, signer = world.runtime, Signer()
    sealer = Sealer(runtime.store, runtime.keys, signer, ISSUER, runtime.now)
    asyncio.run(sealer.seal())
    world.pass_seconds(11 * DAY_MS / 1000)
    asyncio.run(Purge(runtime.store, POLICY, runtime.now).run())
    for row in _rows(world):
        assert row["source"] is None
        assert row["source_salt"] is None
        assert len(row["source_hash"]) == 32
    checking = AuditVerification(runtime.store, runtime.keys)
    known = asyncio.run(_known(world)) | {signer.kid: signer.public}
    assert asyncio.run(checking.run(known, iter(()))).findings == ()


async def _known(world: World) -> dict[str, bytes]:
    runtime = world.runtime
    return await SigningKeys(runtime.store, runtime.keys, runtime.now).public_keys()


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:192.0.2.7", HOME),
        ("'; DROP TABLE audit_row; --", "127.0.0.1"),
        ("a" * 500, "127.0.0.1"),
    ],
)
def test_only_an_address_is_ever_kept(world: World, claimed: str, kept: str) -> None:
    Device(world, headers={"X-Forwarded-For": claimed}).begin()
    [row] = _rows(world)
    assert row["source"] == kept
    ipaddress.ip_address(row["source"])
