"""How many messages leave in a day: exact, all or nothing, and the same for everybody."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from motp_verifier.sealing import MasterKeys
from motp_verifier.services.send_limits import LimitReached, Limits, Reserved, Sending, SendQuota
from motp_verifier.store import quota
from motp_verifier.store.location import Database
from motp_verifier.store.migrate import upgrade
from motp_verifier.store.opening import maintaining
from motp_verifier.store.tables import send_quota
from tests.support.revisions import upgrade_to
from tests.unit.verifier.device_world import START, Device, World, put_behind, running, told

DAY_MS = 24 * 60 * 60 * 1000
KEYS = MasterKeys({"k1": bytes(32)})


def sending(number: int = 1, device: str = "d1", block: str = "192.0.2.0/24") -> Sending:
    return Sending("enrolment", bytes([number]) * 32, device, block)


def counts(world: World) -> dict[str, int]:
    def work(connection: Connection) -> dict[str, int]:
        rows = connection.execute(select(send_quota.c.scope, send_quota.c.used))
        return {row.scope: row.used for row in rows}

    found: dict[str, int] = world.database(work)
    return found


@pytest.mark.parametrize(
    ("limits", "requests"),
    [
        (Limits(number=2), [sending(device=f"d{n}", block=f"b{n}") for n in range(3)]),
        (Limits(device=2), [sending(number=n, block=f"b{n}") for n in range(3)]),
        (Limits(address=2), [sending(number=n, device=f"d{n}") for n in range(3)]),
        (Limits(total=2), [sending(number=n, device=f"d{n}", block=f"b{n}") for n in range(3)]),
    ],
    ids=["number", "device", "address", "total"],
)
def test_each_limit_holds_by_itself_until_the_day_in_seoul_is_over(
    world: World, limits: Limits, requests: list[Sending]
) -> None:
    counter = SendQuota(KEYS, limits)

    def work(connection: Connection) -> None:
        first, second, third = requests
        assert isinstance(counter.reserve(connection, first, START), Reserved)
        assert isinstance(counter.reserve(connection, second, START), Reserved)
        refused = counter.reserve(connection, third, START)
        assert isinstance(refused, LimitReached)
        assert 0 < refused.retry_after <= DAY_MS // 1000
        later = START + refused.retry_after * 1000
        assert isinstance(counter.reserve(connection, third, later - 1000), LimitReached)
        assert isinstance(counter.reserve(connection, third, later), Reserved)

    world.database(work)


def test_what_one_count_refuses_costs_nothing_in_the_others(world: World) -> None:
    counter = SendQuota(KEYS, Limits(address=1))

    def work(connection: Connection) -> None:
        assert isinstance(counter.reserve(connection, sending(), START), Reserved)
        for _ in range(3):
            assert isinstance(counter.reserve(connection, sending(), START), LimitReached)

    world.database(work)
    assert counts(world) == {"number enrolment": 1, "device": 1, "address": 1, "total": 1}


def test_a_message_that_did_not_leave_is_given_back_in_every_count(world: World) -> None:
    counter = SendQuota(KEYS, Limits())

    def work(connection: Connection) -> None:
        reserved = counter.reserve(connection, sending(), START)
        assert isinstance(reserved, Reserved)
        counter.give_back(connection, reserved)
        counter.give_back(connection, reserved)  # a count is never below nothing

    world.database(work)
    assert set(counts(world).values()) == {0}


def test_a_number_has_its_own_count_for_each_purpose(world: World) -> None:
    counter = SendQuota(KEYS, Limits(number=1))
    other = Sending("name-proof", sending().phone_index, "d1", "192.0.2.0/24")

    def work(connection: Connection) -> None:
        assert isinstance(counter.reserve(connection, sending(), START), Reserved)
        assert isinstance(counter.reserve(connection, other, START), Reserved)
        assert isinstance(counter.reserve(connection, sending(), START), LimitReached)

    world.database(work)


def test_the_day_s_total_is_told_to_the_operator_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    counter = SendQuota(KEYS, Limits(total=1))

    def work(connection: Connection) -> None:
        for number in range(4):
            counter.reserve(connection, sending(number, device=str(number)), START)

    world.database(work)
    assert caplog.text.count("the limit of messages a day is reached") == 1


def _take(database: Database, times: int) -> int:
    taken = 0
    for _ in range(times):
        with maintaining(database) as connection:
            taken += quota.take(connection, "total", bytes(32), "2026-11-25", limit=40)
    return taken


def test_three_processes_take_exactly_as_many_as_there_are(database: Database) -> None:
    with ProcessPoolExecutor(3, multiprocessing.get_context("spawn")) as processes:
        taken = [processes.submit(_take, database, 30) for _ in range(3)]
        assert sum(each.result(60) for each in taken) == 40


def test_a_limit_of_an_old_day_is_forgotten(database: Database) -> None:
    with maintaining(database) as connection:
        assert quota.take(connection, "total", bytes(32), "2026-11-23", limit=1)
        assert quota.take(connection, "total", bytes(32), "2026-11-24", limit=1)
        quota.forget_before(connection, "2026-11-24")
        assert quota.take(connection, "total", bytes(32), "2026-11-23", limit=1)
        assert not quota.take(connection, "total", bytes(32), "2026-11-24", limit=1)


def test_the_messages_of_today_count_on_after_the_migration(empty_database: Database) -> None:
    with maintaining(empty_database) as connection:
        upgrade_to(connection, "0001")
        for number in (1, 2, 4):
            connection.execute(
                text("INSERT INTO message_sent VALUES (:index, 'enrolment', '2026-11-25', :n, 0)"),
                {"index": bytes(32), "n": number},
            )
        upgrade(connection)
        assert quota.take(connection, "number enrolment", bytes(32), "2026-11-25", limit=4)
        assert not quota.take(connection, "number enrolment", bytes(32), "2026-11-25", limit=4)


def test_a_network_that_floods_is_stopped_whoever_it_names(tmp_path: Path) -> None:
    with running(tmp_path, messages_per_address=2, trusted_proxies="127.0.0.0/8") as world:
        world.add_trainee()
        answers = [Device(world).begin(phone=f"010-0000-000{n}") for n in range(3)]
        # Whether the refused number belongs to a trainee makes no difference.
        answers.append(Device(world).begin())
        assert [each.status_code for each in answers] == [202, 202, 429, 429]
        assert told(answers[2]) == (429, "too-many-requests")
        stranger, trainee = (each.json() for each in answers[2:])
        assert stranger == trainee
        assert stranger["retry_after"] > 0


def test_the_address_comes_from_the_proxy_and_not_from_the_client(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"messages_per_address": 1, "trusted_proxies": "127.0.0.0/8, ::1"}
    with running(tmp_path, **settings) as world:
        put_behind(world, "127.0.0.1")

        def begin(number: int, *hops: str) -> int:
            headers = {"X-Forwarded-For": ", ".join(hops), "Forwarded": f"for=203.0.113.{number}"}
            device = Device(world, headers=headers)
            return device.begin(phone=f"010-0000-000{number}").status_code

        assert begin(1, "198.51.100.1", "192.0.2.1") == 202
        # Another claim before it, and a neighbour: the same block.
        assert begin(2, "198.51.100.2", "192.0.2.1") == 429
        assert begin(3, "192.0.2.77") == 429
        assert begin(4, "198.51.100.9") == 202
