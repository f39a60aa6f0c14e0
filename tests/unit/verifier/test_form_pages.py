"""What a page may learn by asking: whether a code was taken, and nothing of who is registered."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, insert, select, update

from motp_verifier.services.form_interface import refusals
from motp_verifier.services.form_interface.even_times import STEP_SECONDS, seconds_to_wait
from motp_verifier.services.form_interface.refusals import Withheld, withhold
from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.receipts import Receipt
from motp_verifier.services.verification_answer import Accepted, Rejected
from motp_verifier.store import browser_refusals, erasure
from motp_verifier.store.tables import (
    browser_refusal,
    code_run,
    metadata,
    registration,
    roster_entry,
    trainee,
)
from tests.unit.verifier.device_world import E164, NAME, Device, World
from tests.unit.verifier.form_world import (
    ACCREDIT,
    FORM_TYPE,
    FROM_PAGE,
    POLICY,
    SERVER,
    STRANGER,
    ask,
    enrolled,
    form,
    post,
    proven,
    read,
    reset,
    right_code,
    taking_forms,
    taking_forms_again,
    wrong_code,
)

SEQUENCE = ["AP001"] * 4 + ["AP009"] * 3


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    with taking_forms(tmp_path, database_url) as verifier:
        yield verifier


def change(world: World, table: Any, **values: Any) -> None:
    world.database(lambda c: c.execute(update(table).values(values)))


def refused(world: World) -> list[int]:
    query = select(browser_refusal.c.count).order_by(browser_refusal.c.at)
    found: list[int] = world.database(lambda c: list(c.execute(query).scalars()))
    return found


def of_stranger(world: World, device: Device) -> dict[str, str]:
    return STRANGER


def without_device(world: World, device: Device) -> dict[str, str]:
    world.add_trainee("김영희", "+821023456789")
    return {"USER_NM": "김영희", "USER_TEL": "010-2345-6789"}


def with_wrong_codes(world: World, device: Device) -> dict[str, str]:
    return {"OTPNO": wrong_code(device)}


def suspended(world: World, device: Device) -> dict[str, str]:
    change(world, registration, state="suspended")
    return {}


def revoked(world: World, device: Device) -> dict[str, str]:
    change(world, registration, state="revoked")
    return {}


def locked_by_pin(world: World, device: Device) -> dict[str, str]:
    change(world, registration, pin_failures=5)
    return {}


def locked_by_codes_elsewhere(world: World, device: Device) -> dict[str, str]:
    change(world, registration, code_locked_at=1)
    return {}


def locked_by_the_server(world: World, device: Device) -> dict[str, str]:
    assert [ask(world, wrong_code(device)) for _ in range(5)][-1] == "AP009"
    return {}


def no_longer_listed(world: World, device: Device) -> dict[str, str]:
    world.database(lambda c: c.execute(roster_entry.delete()))
    return {}


@pytest.mark.parametrize(
    "state",
    [
        of_stranger,
        without_device,
        with_wrong_codes,
        suspended,
        revoked,
        locked_by_pin,
        locked_by_codes_elsewhere,
        locked_by_the_server,
        no_longer_listed,
    ],
)
def test_whoever_it_is_a_page_hears_the_same(world: World, state: Any) -> None:
    device = enrolled(world)
    changes = {"OTPNO": right_code(device)} | state(world, device)
    told = [post(world, form() | changes, FROM_PAGE) for _ in range(7)]
    assert [each["code"] for each in told] == SEQUENCE
    assert len({str(each) for each in told}) == 2
    transaction = "txn_AAAAAAAAAAAAAAAAAAAAAA"
    assert reset(world, transaction, FROM_PAGE, **changes) == "AP010"


def test_a_name_that_is_not_verified_is_not_told_to_a_page(
    tmp_path: Path, database_url: str
) -> None:
    strict = (
        'require_name_verified = true\n[[courses]]\nids = ["lax"]\nrequire_name_verified = false\n'
    )
    options: Any = {"names": None}
    with taking_forms(tmp_path, database_url, policy=strict + POLICY, **options) as world:
        device = enrolled(world)
        assert ask(world, right_code(device)) == "AP005"
        told = [ask(world, right_code(device), FROM_PAGE) for _ in range(4)]
        lax = {"COURSE_AGENT_PK": "lax", "CLASS_AGENT_PK": "lax,1"}
        # Where the name does not matter the count goes on, as a stranger's would.
        told += [ask(world, wrong_code(device), FROM_PAGE, **lax) for _ in range(3)]
        assert told == SEQUENCE
        assert ask(world, right_code(device), FROM_PAGE, **lax) == "200"


def test_a_right_code_is_taken_whatever_pages_were_told(world: World) -> None:
    device = enrolled(world)
    world.pass_seconds(90)
    for _ in range(4):
        ask(world, wrong_code(device), FROM_PAGE)
    assert ask(world, right_code(device), FROM_PAGE) == "200"
    assert refused(world) == []
    told = [ask(world, wrong_code(device), FROM_PAGE) for _ in range(5)]
    assert told == SEQUENCE[:5]


def test_a_lock_that_others_lifted_does_not_stop_a_page(world: World) -> None:
    device = enrolled(world)
    for _ in range(6):
        ask(world, wrong_code(device), FROM_PAGE)
    change(world, code_run, run=0, locked_at=None)
    assert ask(world, wrong_code(device), FROM_PAGE) == "AP009"
    assert ask(world, right_code(device), FROM_PAGE) == "200"


def test_a_reset_begins_the_count_of_pages_anew(world: World) -> None:
    device = enrolled(world)
    for _ in range(6):
        ask(world, wrong_code(device), FROM_PAGE)
    assert reset(world, proven(world), FROM_PAGE) == "200"
    assert refused(world) == []
    assert ask(world, wrong_code(device), FROM_PAGE) == "AP001"


def test_another_institution_counts_for_itself(tmp_path: Path) -> None:
    with taking_forms(tmp_path) as world:
        (tmp_path / "policies" / "other.toml").write_text(POLICY)
        world.database(
            lambda c: c.execute(
                insert(metadata.tables["institution"]).values(
                    id="other", name="다른 훈련원", created_at=1
                )
            )
        )
    with taking_forms_again(tmp_path) as world:
        for agency in ("inst", "other"):
            told = [ask(world, "000000", FROM_PAGE, AGTID=agency, **STRANGER) for _ in range(7)]
            assert told == SEQUENCE


def test_counts_and_repeated_answers_outlive_the_process(tmp_path: Path, database_url: str) -> None:
    with taking_forms(tmp_path, database_url) as world:
        device = enrolled(world)
        told = [ask(world, "000000", FROM_PAGE, **STRANGER) for _ in range(3)]
        sent = form(right_code(device))
        first = post(world, sent)
    with taking_forms_again(tmp_path, database_url) as world:
        told += [ask(world, "000000", FROM_PAGE, **STRANGER) for _ in range(4)]
        assert told == SEQUENCE
        assert post(world, sent) == first


def test_parallel_refusals_of_a_stranger_are_counted_exactly(world: World) -> None:
    async def burst() -> list[httpx.Response]:
        transport = httpx.ASGITransport(world.client.app, client=(SERVER, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            asked = [
                client.post(
                    ACCREDIT,
                    data=form(f"{each:06d}", **STRANGER),
                    headers={"Content-Type": FORM_TYPE} | FROM_PAGE,
                )
                for each in range(12)
            ]
            return list(await asyncio.gather(*asked))

    codes = [read(each)["code"] for each in world.client.blocking_portal.call(burst)]
    assert (codes.count("AP001"), codes.count("AP009")) == (4, 8)
    assert refused(world) == [12]


def test_counts_are_forgotten_in_time_and_when_they_are_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def someone(number: int) -> dict[str, str]:
        return {"USER_NM": "아무개", "USER_TEL": f"010-9999-{number:04d}"}

    store, portal = world.runtime.store, world.client.blocking_portal
    for number in range(4):
        for _ in range(number + 1):
            ask(world, "000000", FROM_PAGE, **someone(number))
        world.pass_seconds(1)
    monkeypatch.setattr(refusals, "MOST", 2)
    portal.call(tidy, store, lambda: world.now)
    assert refused(world) == [3, 4]
    last = world.now - 1000
    portal.call(tidy, store, lambda: last + refusals.LIFETIME_MS)
    assert refused(world) == [4]
    portal.call(tidy, store, lambda: last + refusals.LIFETIME_MS + 1)
    assert refused(world) == []


def test_the_count_of_a_person_goes_with_the_person(world: World) -> None:
    ask(world, "000000", FROM_PAGE)
    ask(world, "000000", FROM_PAGE, **STRANGER)
    mine = world.database(lambda c: c.execute(select(trainee.c.id)).scalar_one())
    world.database(lambda c: erasure.erase_person(c, mine))
    assert refused(world) == [1]


def test_nothing_that_is_kept_of_a_stranger_names_them(world: World) -> None:
    ask(world, "000000", FROM_PAGE)
    (kept,) = world.database(lambda c: c.execute(select(browser_refusal)).all())
    assert len(kept.person_index) == 32
    for secret in (NAME, E164, "12345678"):
        assert secret.encode() not in bytes(kept.person_index)


def test_a_refusal_leaves_for_a_page_no_sooner_than_the_first_even_time(tmp_path: Path) -> None:
    with taking_forms(tmp_path) as world:
        device = enrolled(world)
        for sent in ({}, STRANGER, {"OTPNO": wrong_code(device)}):
            began = time.monotonic()
            assert post(world, form() | sent, FROM_PAGE)["code"] == "AP001"
            assert time.monotonic() - began >= STEP_SECONDS
            began = time.monotonic()
            assert reset(world, "txn_x", FROM_PAGE) == "AP010"
            assert time.monotonic() - began >= STEP_SECONDS


@given(st.floats(0, 1e6))
def test_the_next_even_time_is_never_past_and_less_than_a_step_away(elapsed: float) -> None:
    left = seconds_to_wait(elapsed)
    assert 0 < left <= STEP_SECONDS
    steps = (elapsed + left) / STEP_SECONDS
    assert abs(steps - round(steps)) < 1e-3


ACCEPTED = Accepted("ver_1", 1, 5, None, Receipt(b"{}", lambda *_: "receipt"))
REJECTED = Rejected("ver_2", 1, "code-wrong", 3)
STEPS = st.tuples(st.sampled_from("ab"), st.sampled_from([ACCEPTED, REJECTED]))


@settings(deadline=None)
@given(st.lists(st.lists(STEPS, max_size=8), max_size=5))
def test_refusals_count_since_the_last_acceptance_however_they_are_batched(
    batches: list[list[tuple[str, Any]]],
) -> None:
    counts = {"a": 0, "b": 0}
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for batch in batches:
            outcomes = [(("inst", who.encode()), outcome) for who, outcome in batch]
            told = withhold(connection, outcomes, 1)
            for (who, outcome), each in zip(batch, told, strict=True):
                counts[who] = counts[who] + 1 if outcome is REJECTED else 0
                expected = Withheld(counts[who], REJECTED) if outcome is REJECTED else ACCEPTED
                assert each == expected
        kept = connection.execute(select(func.count()).select_from(browser_refusal)).scalar_one()
        assert kept == sum(count > 0 for count in counts.values())
        browser_refusals.forget_refusals(connection, 0, 1)
