"""What the log says, and what it never says."""

import asyncio
import json
import logging
from typing import Any, cast

import httpx
import pytest

from motp_verifier.http.access_log import AccessLog
from motp_verifier.logs import JsonFormatter
from tests.unit.verifier.device_world import NAME, Device, World, pin_auth


def test_a_line_is_json_with_what_was_asked_and_how_it_ended(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "motp_verifier")

    async def ask() -> None:
        transport = httpx.ASGITransport(cast(Any, AccessLog(world.client.app)))
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
    world.database(lambda c: c.exec_driver_sql("UPDATE trainee SET name_sealed = x'00'"))
    answer = device.sync()
    assert answer.status_code == 500
    assert "Seal" not in answer.text
    line = JsonFormatter().format(caplog.records[-1])
    assert "SealBroken" in json.loads(line)["traceback"]


def test_no_secret_and_no_person_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.phones.broken = True
    device = Device(world)
    device.begin()
    world.phones.broken = False
    device.enrol()
    device.unlock(pin="x")
    device.unlock(try_="b")
    world.database(lambda c: c.exec_driver_sql("UPDATE trainee SET name_sealed = x'00'"))
    device.sync()
    text = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert text
    for secret in (NAME, "1234-5678", "12345678", world.phones.code(), pin_auth("pin")):
        assert secret not in text
