"""The agency's form interface over HTTP: journeys, what is refused, and in which words."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from motp_verifier.store.tables import (
    audit_row,
    code_failure,
    registration,
    verification,
)
from tests.support.databases import Cluster, fresh_database
from tests.unit.verifier.device_world import World
from tests.unit.verifier.form_world import (
    ACCREDIT,
    FORM_TYPE,
    FROM_PAGE,
    PAGE,
    POLICY,
    RESET,
    SERVER,
    STRANGER,
    add_other_institution,
    ask,
    come_from,
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

CALLERS: dict[str, dict[str, str]] = {"server": {}, "page": FROM_PAGE}


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    with taking_forms(tmp_path, database_url) as verifier:
        yield verifier


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Over SQLite alone: for what no database has a say in."""
    with taking_forms(tmp_path) as verifier:
        yield verifier


@pytest.fixture(params=CALLERS)
def caller(request: pytest.FixtureRequest) -> dict[str, str]:
    return CALLERS[request.param]


def rows(world: World, table: Any) -> list[Any]:
    found: list[Any] = world.database(lambda c: c.execute(select(table)).all())
    return found


def test_a_right_code_is_accepted_with_a_receipt_and_kept_as_a_check(
    world: World, caller: dict[str, str]
) -> None:
    told = post(world, form(right_code(enrolled(world))), caller)
    assert (told["code"], told["receipt"].count(".")) == ("200", 2)
    (kept,) = rows(world, verification)
    assert (kept.result, kept.course, kept.occasion, kept.session) == (
        "accepted", "C-1", "lesson", 3,
    )  # fmt: skip
    # A page may say what it likes of its address.
    assert kept.client_ip == (SERVER if caller else "203.0.113.5")
    (audited,) = [each for each in rows(world, audit_row) if each.kind == "verification"]
    assert audited.actor == ("page:inst" if caller else "server:inst")


def test_an_accepted_form_is_answered_so_once_more_for_a_minute(
    world: World, caller: dict[str, str]
) -> None:
    device = enrolled(world)
    sent = form(right_code(device))
    first = post(world, sent, caller)
    world.pass_seconds(59.999)
    assert post(world, sent | {"USRDT": "2026-11-26 09:01:00"}, caller) == first
    assert post(world, sent | {"SESSIONID": "s-2"}, caller)["code"] == "AP001"
    world.pass_seconds(0.001)
    assert post(world, sent, caller)["code"] == "AP001"
    assert [each.result for each in rows(world, verification)].count("accepted") == 1


def test_a_wrong_form_is_not_repeated_but_counted_each_time(world: World) -> None:
    device = enrolled(world)
    for _ in range(3):
        assert ask(world, wrong_code(device)) == "AP001"
    assert len(rows(world, code_failure)) == 3


def test_four_equal_forms_at_once_are_one_acceptance_and_equal_answers(
    world: World, caller: dict[str, str]
) -> None:
    sent = form(right_code(enrolled(world)))

    async def burst() -> list[httpx.Response]:
        transport = httpx.ASGITransport(world.client.app, client=(SERVER, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            headers = {"Content-Type": FORM_TYPE} | caller
            asked = [client.post(ACCREDIT, data=sent, headers=headers) for _ in range(4)]
            return list(await asyncio.gather(*asked))

    told = [read(each) for each in world.client.blocking_portal.call(burst)]
    assert told[0]["code"] == "200"
    assert told == [told[0]] * 4
    (kept,) = rows(world, verification)
    assert kept.result == "accepted"


def test_forms_of_four_sessions_at_once_are_one_acceptance(world: World) -> None:
    code = right_code(enrolled(world))

    async def burst() -> list[httpx.Response]:
        transport = httpx.ASGITransport(world.client.app, client=(SERVER, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            asked = [
                client.post(
                    ACCREDIT,
                    data=form(code, SESSIONID=f"s-{each}"),
                    headers={"Content-Type": FORM_TYPE},
                )
                for each in range(4)
            ]
            return list(await asyncio.gather(*asked))

    codes = sorted(read(each)["code"] for each in world.client.blocking_portal.call(burst))
    assert codes == ["200", "AP001", "AP001", "AP001"]


@pytest.mark.parametrize("headers", CALLERS.values(), ids=CALLERS)
def test_equal_forms_at_two_processes_at_once_are_one_acceptance(
    tmp_path: Path, cluster: Cluster, headers: dict[str, str]
) -> None:
    with (
        fresh_database(cluster) as url,
        taking_forms(tmp_path, url) as one,
        taking_forms_again(tmp_path, url) as other,
        ThreadPoolExecutor(8) as threads,
    ):
        device = enrolled(one)
        for _ in range(5):
            sent = form(right_code(device))
            asked = [threads.submit(post, each, sent, headers) for each in (one, other) * 4]
            told = [each.result() for each in asked]
            assert told[0]["code"] == "200"
            assert told == [told[0]] * 8
            one.pass_seconds(90)
            other.pass_seconds(90)
        assert [each.result for each in rows(one, verification)] == ["accepted"] * 5
        strange = [
            threads.submit(post, each, form() | STRANGER, FROM_PAGE) for each in (one, other) * 4
        ]
        codes = [each.result()["code"] for each in strange]
        assert (codes.count("AP001"), codes.count("AP009")) == (4, 4)


def test_five_wrong_codes_lock_and_a_proven_number_lifts_the_lock(
    world: World, caller: dict[str, str]
) -> None:
    device = enrolled(world)
    told = [ask(world, wrong_code(device), caller) for _ in range(5)]
    assert told == ["AP001"] * 4 + ["AP009"]
    assert ask(world, right_code(device), caller) == "AP009"
    transaction = proven(world)
    assert reset(world, transaction, caller) == "200"
    assert "code-lock-lifted" in world.events()
    assert reset(world, transaction, caller) == "AP010"
    assert ask(world, wrong_code(device), caller) == "AP001"
    assert ask(world, right_code(device), caller) == "200"


def test_a_lock_at_every_institution_is_lifted_with_its_count(world: World) -> None:
    device = enrolled(world)
    for _ in range(4):
        assert [ask(world, wrong_code(device)) for _ in range(4)] == ["AP001"] * 4
        assert ask(world, right_code(device)) == "200"
        world.pass_seconds(90)
    assert [ask(world, wrong_code(device)) for _ in range(4)] == ["AP001"] * 3 + ["AP009"]
    assert rows(world, registration)[0].code_locked_at is not None
    assert reset(world, proven(world)) == "200"
    assert rows(world, registration)[0].code_locked_at is None
    assert [ask(world, wrong_code(device)) for _ in range(4)] == ["AP001"] * 4


def test_no_other_transaction_lifts_a_lock(world: World, caller: dict[str, str]) -> None:
    device = enrolled(world)
    add_other_institution(world)
    for _ in range(5):
        ask(world, wrong_code(device), caller)
    for transaction in (
        "",
        "aaaY",
        "txn_AAAAAAAAAAAAAAAAAAAAAA",
        proven(world, "other"),
        proven(world, purpose="check"),
    ):
        assert reset(world, transaction, caller) == "AP010"
    right = proven(world)
    assert reset(world, right, caller, USER_NM="아무개") == "AP010"
    world.pass_seconds(600)
    assert reset(world, right, caller) == "AP010"
    assert ask(world, right_code(device), caller) == "AP009"
    assert "code-lock-lifted" not in world.events()


def test_a_server_is_told_who_is_not_registered(world: World) -> None:
    assert post(world, form() | STRANGER)["code"] == "AP005"
    assert ask(world, "000000") == "AP005"
    device = enrolled(world)
    mine = registration.c.id == device.registration_id
    world.database(lambda c: c.execute(update(registration).where(mine).values(state="suspended")))
    assert ask(world, right_code(device)) == "AP005"
    assert ask(world, "000000", USER_TEL="02-123-4567") == "AP005"
    assert ask(world, "000000", USER_NM="123") == "AP005"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (PAGE, True),
        ("https://m.example.kr", True),
        ("null", False),
        ("", False),
        ("https://evil.example", False),
        ("http://www.example.kr", False),
        ("https://www.example.kr.evil.example", False),
        ("HTTPS://WWW.EXAMPLE.KR", False),
        ("https://www.example.kr:443", False),
        ("*", False),
    ],
)
@pytest.mark.parametrize("path", [ACCREDIT, RESET])
def test_only_pages_of_listed_origins_may_call_and_read(
    small: World, path: str, origin: str, allowed: bool
) -> None:
    come_from(small, "198.51.100.1")
    answer = small.client.post(
        path, data=form(), headers={"Origin": origin, "Content-Type": FORM_TYPE}
    )
    assert (read(answer)["code"] != "AP007") is allowed
    assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers
    preflight = small.client.options(
        path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 204
    assert preflight.headers["allow"] == "DELETE, GET, OPTIONS, PATCH, POST, PUT"
    assert preflight.headers.get("access-control-allow-origin") == (origin if allowed else None)
    assert preflight.headers.get("access-control-allow-methods") == ("POST" if allowed else None)


def test_two_origins_are_none(small: World) -> None:
    headers = [("Origin", PAGE), ("Origin", PAGE), ("Content-Type", FORM_TYPE)]
    answer = small.client.post(ACCREDIT, content="AGTID=inst", headers=headers)
    assert read(answer)["code"] == "AP007"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("address", "allowed"),
    [(SERVER, True), ("2001:db8::7", True), ("192.0.2.11", False), ("2001:db8:0:1::7", False)],
)
def test_only_servers_at_listed_addresses_may_call(
    small: World, address: str, allowed: bool
) -> None:
    come_from(small, address)
    assert (ask(small, "000000") != "AP007") is allowed
    assert (reset(small, "x") != "AP007") is allowed


def test_an_address_is_believed_from_a_trusted_proxy_alone(tmp_path: Path) -> None:
    with taking_forms(tmp_path, trusted_proxies="10.0.0.0/8") as world:
        named = {"X-Forwarded-For": SERVER}
        come_from(world, "198.51.100.1")
        assert ask(world, "000000", named) == "AP007"
        come_from(world, "10.0.0.1")
        assert ask(world, "000000", named) == "AP005"


@pytest.mark.parametrize(
    ("policy", "server", "page"),
    [
        ("", "AP007", "AP007"),
        (POLICY.replace("enabled = true", "enabled = false"), "AP007", "AP007"),
        (POLICY.replace("browser = true", "browser = false"), "AP005", "AP007"),
    ],
)
def test_the_interface_is_off_until_a_policy_turns_it_on(
    tmp_path: Path, policy: str, server: str, page: str
) -> None:
    with taking_forms(tmp_path, policy=policy) as world:
        assert (ask(world, "000000"), ask(world, "000000", FROM_PAGE)) == (server, page)
        if page == "AP007":
            answer = world.client.post(ACCREDIT, data=form(), headers=FROM_PAGE)
            assert "access-control-allow-origin" not in answer.headers


def test_a_policy_without_an_institution_lets_nobody_in(tmp_path: Path) -> None:
    with taking_forms(tmp_path) as world:
        (tmp_path / "policies" / "ghost.toml").write_text(POLICY)
        for agency in ("ghost", "nobody", "", "inst\0"):
            assert ask(world, "000000", AGTID=agency) == "AP007"


def test_who_may_not_call_counts_and_leaves_nothing(small: World) -> None:
    device = enrolled(small)
    come_from(small, "198.51.100.1")
    for _ in range(7):
        assert ask(small, wrong_code(device)) == "AP007"
        assert ask(small, wrong_code(device), {"Origin": "https://evil.example"}) == "AP007"
    assert rows(small, verification) == []
    come_from(small, SERVER)
    assert ask(small, right_code(device)) == "200"


@pytest.mark.parametrize("path", [ACCREDIT, RESET])
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_every_other_method_is_told_to_post(small: World, method: str, path: str) -> None:
    answer = small.client.request(method, path, headers={"Origin": PAGE})
    assert read(answer)["code"] == "WE002"
    assert answer.headers["access-control-allow-origin"] == PAGE


@pytest.mark.parametrize(
    ("content_type", "body", "code"),
    [
        ("application/json", b"{}", "WE001"),
        ("multipart/form-data; boundary=x", b"--x--", "WE001"),
        ("text/plain", b"AGTID=inst", "WE001"),
        ("", b"AGTID=inst", "WE001"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"AGTID=inst", "WE001"),
        (FORM_TYPE, b"", "AP007"),
        (FORM_TYPE, b"AGTID=inst&AGTID=inst", "AP007"),
        (FORM_TYPE, b"AGTID=inst&USER_NM=%C8%AB%B1%E6%B5%BF", "AP007"),
        (FORM_TYPE, b"AGTID=inst&USER_NM=\xb1\xe6", "AP007"),
        (FORM_TYPE, b"AGTID=inst&USER_NM=%", "AP007"),
        (FORM_TYPE, b"AGTID=inst", "AP002"),
        (FORM_TYPE, b"AGTID=inst&USER_NM=a", "AP003"),
        (FORM_TYPE, b"AGTID=inst&" + b"x" * 70_000, "AP007"),
    ],
)
@pytest.mark.parametrize("path", [ACCREDIT, RESET])
def test_whatever_is_sent_has_its_code(
    small: World, path: str, content_type: str, body: bytes, code: str
) -> None:
    answer = small.client.post(path, content=body, headers={"Content-Type": content_type})
    assert read(answer)["code"] == code


def test_a_declared_euc_kr_form_is_understood(small: World) -> None:
    device = enrolled(small)
    body = "&".join(f"{k}={v}" for k, v in form(right_code(device)).items()).encode("cp949")
    kind = "application/x-www-form-urlencoded; charset=euc-kr"
    answer = small.client.post(ACCREDIT, content=body, headers={"Content-Type": kind})
    assert read(answer)["code"] == "200"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"OTPNO": ""}, "AP004"),
        ({"OTPNO": "12345"}, "AP012"),
        ({"EVAL_CD": "08"}, "AP007"),
        ({"CLASS_TME": "00"}, "AP007"),
        ({"CLASS_AGENT_PK": "1,2,3"}, "AP007"),
    ],
)
def test_a_field_that_is_wrong_has_its_code(
    small: World, changes: dict[str, str], code: str
) -> None:
    assert post(small, form() | changes)["code"] == code


def test_too_many_requests_have_their_code_and_pages_leave_servers_theirs(tmp_path: Path) -> None:
    limit = '\n[limits]\nrequests = "2/minute"\n'
    with taking_forms(tmp_path, policy=POLICY + limit) as world:
        told = [ask(world, "000000", FROM_PAGE) for _ in range(4)]
        assert told == ["AP001", "AP001", "WE005", "WE005"]
        assert ask(world, "000000") == "AP005"


def test_a_fault_of_ours_is_told_without_a_traceback(
    small: World, caplog: pytest.LogCaptureFixture
) -> None:
    enrolled(small)
    small.database(lambda c: c.execute(update(registration).values(seed_sealed=b"broken")))
    told = post(small, form("123456"))
    assert told["code"] == "IE001"
    assert "123456" not in caplog.text
