"""A proof of a number is used once, by whom and for what it was issued."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from motp_verifier.services import phone_transactions
from motp_verifier.services.housekeeping import tidy
from motp_verifier.store import erasure
from motp_verifier.store.tables import institution, phone_transaction, trainee
from tests.unit.verifier.device_world import World

WRONG: dict[str, dict[str, Any]] = {
    "another institution": {"institution_id": "other"},
    "another trainee": {"trainee_id": "tra_other"},
    "another purpose": {"purpose": "check"},
    "an invented one": {"transaction_id": "txn_invented"},
    "one second too late": {"now": 1_795_500_000_000 + 600_000},
}


@pytest.fixture
def issued(world: World) -> dict[str, Any]:
    """What uses up a transaction that was just issued."""

    def work(connection: Any) -> dict[str, Any]:
        mine = {
            "institution_id": connection.execute(select(institution.c.id)).scalar_one(),
            "trainee_id": connection.execute(select(trainee.c.id)).scalar_one(),
            "purpose": "code-lock",
            "now": world.now,
        }
        return mine | {"transaction_id": phone_transactions.issue(connection, **mine)}

    found: dict[str, Any] = world.database(work)
    return found


def use(world: World, wanted: dict[str, Any]) -> bool:
    done: bool = world.database(lambda connection: phone_transactions.use(connection, **wanted))
    return done


def test_a_transaction_is_used_once(world: World, issued: dict[str, Any]) -> None:
    assert use(world, issued)
    assert not use(world, issued)


@pytest.mark.parametrize("what", WRONG)
def test_nothing_else_uses_a_transaction_up(
    world: World, issued: dict[str, Any], what: str
) -> None:
    assert not use(world, issued | WRONG[what])
    assert use(world, issued)


def test_four_uses_at_once_are_one(world: World, issued: dict[str, Any]) -> None:
    store = world.runtime.store

    async def together() -> list[bool]:
        work = [store.run("test", lambda c: phone_transactions.use(c, **issued)) for _ in range(4)]
        return list(await asyncio.gather(*work))

    portal = world.client.blocking_portal
    assert sorted(portal.call(together)) == [False, False, False, True]


def test_transactions_are_forgotten_a_day_after_they_expired(
    world: World, issued: dict[str, Any]
) -> None:
    def left() -> int:
        return len(world.database(lambda c: c.execute(select(phone_transaction)).all()))

    store, portal = world.runtime.store, world.client.blocking_portal
    portal.call(tidy, store, lambda: issued["now"] + 600_000 + 24 * 60 * 60 * 1000)
    assert left() == 1
    portal.call(tidy, store, lambda: issued["now"] + 600_001 + 24 * 60 * 60 * 1000)
    assert left() == 0


def test_transactions_go_with_the_person(world: World, issued: dict[str, Any]) -> None:
    counts = world.database(lambda c: erasure.erase_person(c, issued["trainee_id"]))
    assert counts["phone_transaction"] == 1
