"""The same request under the same key: one check, one answer, byte by byte."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from motp_protocol.messages import TraineeRef, VerificationRequest
from motp_verifier.http.idempotency_key import MAX_LENGTH, read_key
from motp_verifier.services.housekeeping import tidy
from motp_verifier.services.idempotency import LIFETIME_MS, KeyReused, Repeated
from motp_verifier.services.verification import Accepted
from motp_verifier.services.verification_answer import Rejected
from motp_verifier.store import tables
from tests.unit.verifier.device_world import told
from tests.unit.verifier.site_world import World
from tests.unit.verifier.test_verification_http import bearer, body


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    for school in ("school", "other"):
        world.add_institution(school)
        world.add_to_roster(school, "홍길동,010-1234-5678,hong", "김철수,010-2345-6789,kim")
    yield world
    world.close()


@pytest.fixture(params=["framework", "fast"])
def site(world: World, request: pytest.FixtureRequest) -> Iterator[TestClient[Litestar]]:
    with TestClient(world.site_app(request.param), raise_server_exceptions=False) as client:
        yield client


def post(site: TestClient[Litestar], world: World, key: str, **changes: Any) -> Any:
    headers = bearer(world) | {"Idempotency-Key": key}
    return site.post("/v1/verifications", json=body(**changes), headers=headers)


def asked(code: str, trainee: str = "hong") -> VerificationRequest:
    return VerificationRequest(
        trainee=TraineeRef(id=trainee), course="C-1", class_="1", occasion="lesson", code=code
    )


def test_a_repeated_request_gets_the_same_bytes_and_is_one_check(
    world: World, site: TestClient[Litestar]
) -> None:
    device = world.register("school", "hong")
    code = world.right_code(device)
    first = post(site, world, '"a"', code=code)
    assert first.json()["result"] == "accepted"
    world.now += LIFETIME_MS - 1
    again = post(site, world, "a", code=code)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["content-type"] == first.headers["content-type"]
    assert len(world.rows(tables.verification)) == 1


def test_a_wrong_code_is_counted_once_under_one_key(
    world: World, site: TestClient[Litestar]
) -> None:
    device = world.register("school", "hong")
    code = world.wrong_code(device)
    answers = {post(site, world, '"w"', code=code).content for _ in range(7)}
    assert len(answers) == 1
    assert len(world.rows(tables.code_failure)) == 1


def test_another_body_under_the_key_is_refused_and_checks_nothing(
    world: World, site: TestClient[Litestar]
) -> None:
    assert post(site, world, '"a"', code="000000").status_code == 200
    assert told(post(site, world, '"a"', code="000001")) == (409, "idempotency-key-reused")
    assert len(world.rows(tables.verification)) == 1


def test_the_order_of_members_and_blanks_does_not_make_another_request(
    world: World, site: TestClient[Litestar]
) -> None:
    headers = bearer(world) | {"Idempotency-Key": '"a"', "Content-Type": "application/json"}
    one = b'{"trainee":{"id":"x"},"course":"C","class":"1","occasion":"entry","code":"000000"}'
    two = b'{"code":"000000", "occasion":"entry","class":"1","course":"C","trainee":{"id":"x"}}'
    first = site.post("/v1/verifications", content=one, headers=headers)
    assert site.post("/v1/verifications", content=two, headers=headers).content == first.content


def test_another_institution_has_keys_of_its_own(world: World) -> None:
    async def both() -> list[object]:
        verify = world.verification.verify
        return [await verify(school, asked("000000"), "k") for school in ("school", "other")]

    assert all(isinstance(each, Rejected) for each in world.run(both()))


def test_after_a_day_a_key_is_free_whether_or_not_it_was_tidied_away(world: World) -> None:
    async def ask(code: str) -> object:
        return await world.verification.verify("school", asked(code), "k")

    world.run(ask("000000"))
    world.now += LIFETIME_MS
    assert isinstance(world.run(ask("000001")), Rejected)
    assert world.run(ask("000000")) == KeyReused()
    assert len(world.rows(tables.idempotent_answer)) == 1
    world.now += LIFETIME_MS
    world.run(tidy(world.store, lambda: world.now))
    assert world.rows(tables.idempotent_answer) == []


def test_equal_requests_at_once_are_one_check_and_other_bodies_are_refused(world: World) -> None:
    device = world.register("school", "hong")
    right, wrong = world.right_code(device), world.wrong_code(device)

    async def burst() -> list[object]:
        verify = world.verification.verify
        return await asyncio.gather(
            *(verify("school", asked(right if n % 5 else wrong, "hong"), "k") for n in range(40))
        )

    outcomes = world.run(burst())
    done = [each for each in outcomes if isinstance(each, (Accepted, Rejected))]
    repeated = {each.body for each in outcomes if isinstance(each, Repeated)}
    refused = [each for each in outcomes if isinstance(each, KeyReused)]
    assert (len(done), len(repeated)) == (1, 1)
    assert len(refused) in (8, 32)
    assert len(world.rows(tables.verification)) == 1


def test_what_is_stored_holds_neither_code_nor_name_nor_number(world: World) -> None:
    device = world.register("school", "hong")
    code = world.right_code(device)
    request = VerificationRequest(
        trainee=TraineeRef(name="홍길동", phone="010-1234-5678"),
        course="C-1",
        class_="1",
        occasion="lesson",
        code=code,
    )
    world.run(world.verification.verify("school", request, "my-own-key"))
    (row,) = world.rows(tables.idempotent_answer)
    stored = b"".join(value for value in row.values() if isinstance(value, bytes))
    for secret in (code, "홍길동", "12345678", "my-own-key"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    "value", ["", '""', "a b", '"a', 'a"', '"ä"', '"a" "b"', '"\\a"', '"' + "a" * 129 + '"', "a,b"]
)
def test_a_key_of_another_form_is_malformed(
    world: World, site: TestClient[Litestar], value: str
) -> None:
    answer = post(site, world, value.encode("latin-1"), code="000000")  # type: ignore[arg-type]
    assert told(answer) == (400, "malformed-request")
    assert world.rows(tables.verification) == []


def test_two_key_fields_are_malformed(world: World, site: TestClient[Litestar]) -> None:
    headers = [*bearer(world).items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    answer = site.post("/v1/verifications", json=body(), headers=headers)
    assert told(answer) == (400, "malformed-request")


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=140))
def test_every_printable_text_can_be_quoted_and_read(key: str) -> None:
    quoted = '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert read_key(quoted) == (key if len(key) <= MAX_LENGTH else None)
