"""What the log says, and what it never says."""

import asyncio
import json
import logging
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import update

from motp_verifier.http.access_log import AccessLog
from motp_verifier.logs import JsonFormatter, without_values
from motp_verifier.metrics import NO_METRICS
from motp_verifier.store.tables import trainee
from tests.unit.verifier.device_world import NAME, Device, World, pin_auth


def test_a_line_is_json_with_what_was_asked_and_how_it_ended(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "motp_verifier")

    async def ask() -> None:
        transport = httpx.ASGITransport(cast(Any, AccessLog(world.client.app, NO_METRICS)))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            await client.get("/v1/service?phone=01012345678")

    asyncio.run(ask())
    record = next(each for each in caplog.records if each.getMessage() == "request")
    line = json.loads(JsonFormatter().format(record))
    assert (line["method"], line["path"], line["status"]) == ("GET", "/v1/service", 200)
    assert line["level"] == "info"
    assert "0101234" not in json.dumps(line)


def test_a_fault_is_logged_with_its_traceback_and_answered_without(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    device = Device(world).enrol()
    world.database(lambda c: c.execute(update(trainee).values(name_sealed=b"-")))
    answer = device.sync()
    assert answer.status_code == 500
    assert "Seal" not in answer.text
    line = JsonFormatter().format(caplog.records[-1])
    last = json.loads(line)["traceback"][-1]
    assert last.startswith("motp_verifier.sealing.SealBroken: ")
    assert "sealing.py:" in last


def test_a_traceback_shows_places_and_no_values() -> None:
    with pytest.raises(RuntimeError) as raised:
        try:
            int("010-1234-5678")
        except ValueError as error:
            raise RuntimeError(f"cannot read {NAME}") from error
    cause, last = without_values(raised.value)
    assert cause.startswith("ValueError\n")
    assert last.startswith("RuntimeError\n")
    assert "test_logs.py:" in last
    assert "1234" not in cause
    assert NAME not in last


def test_a_traceback_that_is_logged_as_text_shows_no_values() -> None:
    text = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nValueError: 010'
    record = logging.LogRecord("x", logging.ERROR, "", 1, "died: %s", (text,), None)
    assert json.loads(JsonFormatter().format(record))["message"] == (
        'died: traceback\nFile "a.py", line 1, in f'
    )


def ask(app: Any, path: str, headers: dict[str, str] | None = None, **options: Any) -> str:
    """A request through the access log, and the id that its answer names."""

    async def go() -> str:
        transport = httpx.ASGITransport(cast(Any, AccessLog(app, NO_METRICS, **options)))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return (await client.get(path, headers=headers)).headers["x-request-id"]

    return asyncio.run(go())


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [each.__dict__ for each in caplog.records if each.getMessage() == "request"]


def test_each_request_has_an_id_of_our_own_whatever_it_claims(world: World) -> None:
    claimed = {"X-Request-Id": "claimed-by-anyone"}
    first, second = (ask(world.client.app, "/v1/service", claimed) for _ in range(2))
    assert len({first, second, "claimed-by-anyone"}) == 3


def test_a_trusted_proxys_id_is_kept_where_it_is_well_formed(world: World) -> None:
    def told(claimed: str) -> str:
        headers = {"X-Request-Id": claimed}
        return ask(world.client.app, "/v1/service", headers, believe_request_id=True)

    assert told("abcdef-0123") == "abcdef-0123"
    for bad in ("short", "a" * 65, "with space", 'quote"000'):
        assert told(bad) != bad


def test_all_lines_of_a_request_carry_its_id(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    formatted: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            formatted.append(JsonFormatter().format(record))

    caplog.set_level(logging.INFO, "motp_verifier")
    keep = Keep()
    logging.getLogger("motp_verifier.http").addHandler(keep)
    try:
        world.runtime.store.close()
        named = ask(world.client.app, "/readyz")
    finally:
        logging.getLogger("motp_verifier.http").removeHandler(keep)
    told = [json.loads(line) for line in formatted]
    assert {line["message"].split(":")[0] for line in told} == {
        "the database is unavailable",
        "request",
    }
    assert {line["request_id"] for line in told} == {named}
    assert all(line["process"] for line in told)


def test_a_path_is_logged_only_where_nothing_in_it_can_be_a_persons(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "motp_verifier")
    ask(world.client.app, "/01012345678")
    ask(world.client.app, "/v1/consents/01012345678")
    assert [line["path"] for line in lines(caplog)] == ["unmatched", "/v1/consents/{version}"]


def test_no_secret_and_no_person_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.phones.broken = True
    device = Device(world)
    device.begin()
    world.phones.broken = False
    device.enrol()
    device.unlock(pin="x")
    device.unlock(try_="b")
    world.database(lambda c: c.execute(update(trainee).values(name_sealed=b"-")))
    device.sync()
    text = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert text
    for secret in (NAME, "1234-5678", "12345678", world.phones.code(), pin_auth("pin")):
        assert secret not in text
