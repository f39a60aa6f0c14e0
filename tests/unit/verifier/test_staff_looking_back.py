"""Auditors read and export the audit; devices show their status; the board counts today."""

import csv
import io
from typing import Any

import pytest

from motp_protocol.encoding import format_time
from motp_protocol.status_token import StatusClaims, short_code, sign_status
from tests.unit.verifier.device_world import Device, World, told
from tests.unit.verifier.helpdesk_world import WHY, Scene
from tests.unit.verifier.staff_world import Helper, signed_in


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


@pytest.fixture
def auditor(world: World) -> Helper:
    return signed_in(world, "park", "auditor")


def kinds(said: dict[str, Any]) -> list[str]:
    return [each["kind"] for each in said["lines"]]


def test_the_audit_is_read_newest_first_by_what_is_chosen(scene: Scene, auditor: Helper) -> None:
    assert scene.act("suspend").status_code == 200
    everything = auditor.told("GET", "audit")
    numbers = [each["number"] for each in everything["lines"]]
    assert numbers == sorted(numbers, reverse=True)
    assert everything["next"] is None
    chosen = {"kind": "staff-suspended,staff-resumed"}
    (line,) = auditor.told("GET", "audit", params=chosen)["lines"]
    assert (line["actor"], line["reason"]) == ("staff:kim", WHY)
    assert line["registration_id"] == scene.device.registration_id
    of_kim = auditor.told("GET", "audit", params={"actor": "staff:kim"})
    assert {each["actor"] for each in of_kim["lines"]} == {"staff:kim"}
    mine = auditor.told("GET", "audit", params={"trainee": scene.trainee_id})
    assert "registration-activated" in kinds(mine)
    assert "staff-signed-in" not in kinds(mine)
    later = {"since": format_time(scene.world.now + 1)}
    assert auditor.told("GET", "audit", params=later)["lines"] == []
    assert told(auditor.ask("GET", "audit", params={"since": "yesterday"})) == (
        400, "malformed-request",
    )  # fmt: skip
    nobody = auditor.ask("GET", "audit", params={"trainee": "tra_nobody"})
    assert told(nobody) == (404, "not-found")


def test_pages_of_the_audit_follow_each_other(scene: Scene, auditor: Helper) -> None:
    first = auditor.told("GET", "audit", params={"limit": 3})
    second = auditor.told("GET", "audit", params={"limit": 3, "cursor": first["next"]})
    assert len(first["lines"]) == 3
    assert first["lines"][-1]["number"] - 1 == second["lines"][0]["number"]


def test_an_auditor_exports_and_a_helper_neither_reads_nor_exports(
    scene: Scene, auditor: Helper
) -> None:
    assert scene.act("suspend", reason="=cmd|' /C calc'!A1").status_code == 200
    reason = {"reason": "정기 감사"}
    for path in ("audit", "audit/export"):
        answer = scene.helper.ask("GET", path, params=reason)
        assert told(answer) == (403, "role-not-allowed")
    answer = auditor.ask("GET", "audit/export", params=reason)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (acted,) = [row for row in rows if row["event"] == "staff-suspended"]
    assert acted["reason"].startswith("'=cmd")
    (exported,) = scene.audited("staff-audit-exported")
    assert (exported.actor, exported.reason) == ("staff:park", "정기 감사")
    numbered = auditor.ask("GET", "audit/export", params={"reason": "010-1234-5678"})
    assert told(numbered) == (422, "invalid-reason")
    assert told(auditor.ask("GET", "audit/export")) == (400, "malformed-request")


def test_what_a_device_shows_stands_beside_what_is_known(scene: Scene, auditor: Helper) -> None:
    device, now = scene.device, scene.world.now // 1000
    claims = StatusClaims(
        sub=device.registration_id, iat=now, exp=now + 600, jti="j1", app_version="0.1.0",
        skew=-240, state="active",
    )  # fmt: skip
    token = sign_status(device.key, claims)
    read = scene.helper.told("POST", "status-token", {"token": token})
    assert read["trainee_id"] == scene.trainee_id
    assert (read["claims"]["skew"], read["registration"]["state"]) == (-240, "active")
    code = short_code(device.registration_id)
    heard = auditor.told("POST", "status-token", {"short_code": code.lower()})
    assert (heard["claims"], heard["trainee_id"]) == (None, scene.trainee_id)
    other = Device(scene.world)
    for bad in (sign_status(other.key, claims), token[:-4], "a.b.c", "x"):
        answer = scene.helper.ask("POST", "status-token", {"token": bad})
        assert told(answer) == (422, "status-token-invalid"), bad
    scene.world.pass_seconds(601)
    answer = scene.helper.ask("POST", "status-token", {"token": token})
    assert told(answer) == (422, "status-token-invalid")
    unknown = {"short_code": "0000-0000"}
    assert told(scene.helper.ask("POST", "status-token", unknown)) == (404, "not-found")
    assert told(scene.helper.ask("POST", "status-token", {})) == (400, "malformed-request")


def test_the_board_counts_today(scene: Scene) -> None:
    assert scene.check(scene.code())["result"] == "accepted"
    assert scene.check(scene.code())["reason"] == "code-used"
    scene.lock_codes()
    board = scene.helper.told("GET", "board")
    assert sum(each["accepted"] for each in board["hours"]) == 1
    assert sum(each["rejected"] for each in board["hours"]) == 6
    assert {each["reason"]: each["count"] for each in board["reasons"]} == {
        "code-wrong": 5, "code-used": 1,
    }  # fmt: skip
    (school,) = board["institutions"]
    assert (school["accepted"], school["rejected"], school["locks"]) == (1, 6, 1)
    assert (board["locks"], board["enrolments"], board["cloned"]) == (1, 1, 0)
    scene.world.pass_seconds(24 * 3600)
    tomorrow = signed_in(scene.world, "lee").told("GET", "board")
    assert sum(each["accepted"] + each["rejected"] for each in tomorrow["hours"]) == 0
