import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from motp_protocol import wire
from motp_protocol.messages import VerificationResult
from motp_protocol.problems import CONTENT_TYPE, Problem, ProblemType
from motp_verifier.store import tables
from tests.unit.verifier.site_world import World


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url=database_url)
    world.add_institution("school")
    world.add_to_roster("school", "홍길동,010-1234-5678,hong")
    yield world
    world.close()


@pytest.fixture(params=["framework", "fast"])
def site(world: World, request: pytest.FixtureRequest) -> Iterator[TestClient[Litestar]]:
    with TestClient(world.site_app(request.param), raise_server_exceptions=False) as client:
        yield client


def body(code: str = "123456", **changes: Any) -> dict[str, Any]:
    values = {
        "trainee": {"id": "hong"},
        "course": "C-1",
        "class": "1",
        "session": 3,
        "occasion": "lesson",
        "code": code,
    }
    return values | changes


def bearer(world: World, scheme: str = "Bearer") -> dict[str, str]:
    return {"Authorization": f"{scheme} {world.api_keys['school']}"}


def test_a_right_code_is_accepted_in_the_documented_form(
    world: World, site: TestClient[Litestar]
) -> None:
    device = world.register("school", "hong")
    answer = site.post(
        "/v1/verifications", json=body(world.right_code(device)), headers=bearer(world)
    )
    assert answer.status_code == 200
    told = answer.json()
    assert told.pop("receipt").count(".") == 2
    assert told == {
        "verification_id": world.rows(tables.verification)[0]["id"],
        "result": "accepted",
        "reason": None,
        "attempts_left": 5,
        "verified_at": "2026-09-21T14:13:20.000Z",
        "satisfied_until": "2026-09-21T15:00:00.000Z",
    }
    again = site.post(
        "/v1/verifications", json=body(world.right_code(device)), headers=bearer(world)
    )
    result = wire.decode(again.content, VerificationResult)
    assert (result.result, result.reason, result.attempts_left) == ("rejected", "code-used", 5)


def test_the_scheme_is_read_in_any_case_and_unknown_members_are_ignored(
    world: World, site: TestClient[Litestar]
) -> None:
    answer = site.post(
        "/v1/verifications", json=body(colour="red"), headers=bearer(world, "bEARER")
    )
    assert wire.decode(answer.content, VerificationResult).reason == "not-registered"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer motp_" + "A" * 43,
        "Bearer x y",
        "Basic {key}",
        "{key}",
        "Bearer {key}x",
        "Bearer {key} {key}",
    ],
)
def test_without_a_valid_key_nothing_is_read_or_kept(
    world: World, site: TestClient[Litestar], authorization: str | None
) -> None:
    headers = {}
    if authorization is not None:
        headers["Authorization"] = authorization.replace("{key}", world.api_keys["school"])
    answer = site.post("/v1/verifications", content=b"{", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert wire.decode(answer.content, Problem).known_type is ProblemType.BAD_API_KEY
    assert world.rows(tables.verification) == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ProblemType.MALFORMED_REQUEST),
        (b"{", ProblemType.MALFORMED_REQUEST),
        (b"\xff\xfe", ProblemType.MALFORMED_REQUEST),
        (b"[" * 10_000, ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(session=1000)).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(session="3")).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(occasion="party")).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body() | {"code": 123456}).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(code="1" * 17)).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(client_ip="1.2.3")).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(trainee={})).encode(), ProblemType.MALFORMED_REQUEST),
        (json.dumps(body(trainee={"id": "a b"})).encode(), ProblemType.MALFORMED_REQUEST),
        (
            json.dumps(body(trainee={"name": "7", "phone": "01012345678"})).encode(),
            ProblemType.INVALID_NAME,
        ),
        (
            json.dumps(body(trainee={"name": "홍길동", "phone": "119"})).encode(),
            ProblemType.INVALID_PHONE,
        ),
        (b" " * 70_000, ProblemType.TOO_LARGE),
    ],
)
def test_a_request_of_another_form_is_a_problem_and_no_check(
    world: World, site: TestClient[Litestar], content: bytes, kind: ProblemType
) -> None:
    headers = bearer(world) | {"Content-Type": "application/json"}
    answer = site.post("/v1/verifications", content=content, headers=headers)
    assert wire.decode(answer.content, Problem).known_type is kind
    assert answer.status_code == kind.status
    assert world.rows(tables.verification) == []


def test_a_form_is_refused_as_a_media_type(world: World, site: TestClient[Litestar]) -> None:
    answer = site.post("/v1/verifications", data={"code": "1"}, headers=bearer(world))
    assert wire.decode(answer.content, Problem).known_type is ProblemType.UNSUPPORTED_MEDIA_TYPE


def test_a_number_that_is_no_number_is_not_repeated_in_the_answer(
    world: World, site: TestClient[Litestar]
) -> None:
    trainee = {"name": "홍길동", "phone": "010-1234-567890"}
    answer = site.post("/v1/verifications", json=body(trainee=trainee), headers=bearer(world))
    assert "1234" not in answer.text
    assert "홍길동" not in answer.text
