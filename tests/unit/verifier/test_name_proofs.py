"""An enrolled trainee proves, by the carrier, that the number is in their own name."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.store.tables import api_key, audit_row, name_proof, registration, send_quota
from tests.support.portone_server import CHANNEL, CODE, SECRET, STORE, Contract, PortOne, serving
from tests.unit.verifier.device_world import NAME, PHONE, Device, World, running, told

BIRTH = "9003011"
API_KEY = "motp_" + "A" * 43
HONG = Contract("홍길동", "01012345678", "SKT", BIRTH)


@dataclass
class Names:
    """What the institution of the test demands."""

    asked: set[str] = field(default_factory=set)

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        del course, class_
        return institution_id in self.asked

    def name_ever_required(self, institution_id: str) -> bool:
        return institution_id in self.asked


@pytest.fixture
def portone() -> Iterator[PortOne]:
    server = PortOne([HONG])
    with serving(server):
        yield server


def settings_for(portone: PortOne) -> dict[str, Any]:
    return {
        "identity": "portone",
        "portone_api_secret": SECRET,
        "portone_store_id": STORE,
        "portone_channel_key": CHANNEL,
        "portone_base_url": portone.origin,
    }


@pytest.fixture
def world(tmp_path: Path, portone: PortOne, database_url: str) -> Iterator[World]:
    settings = settings_for(portone) | {"database_url": database_url}
    with running(tmp_path, names=Names({"inst"}), **settings) as verifier:
        verifier.add_trainee()
        yield verifier


def ask(device: Device, operator: str = "SKT", birth: str = BIRTH) -> Response:
    return device.use("name-proof", {"operator": operator, "birth_and_sex": birth})


def confirm(device: Device, code: str = CODE) -> Response:
    return device.use("name-proof/confirm", {"code": code})


def resend(device: Device) -> Response:
    return device.use("name-proof/resend", None)


def proof_state(device: Device) -> str:
    answer = device.sync()
    assert answer.status_code == 200, answer.text
    return str(answer.json()["name_proof"])


def rows(world: World, table: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.database(
        lambda c: [dict(each) for each in c.execute(select(table)).mappings()]
    )
    return found


def quota_of(world: World, scope: str) -> int:
    return next((row["used"] for row in rows(world, send_quota) if row["scope"] == scope), 0)


def kinds(world: World) -> list[str]:
    return [row["kind"] for row in rows(world, audit_row) if row["kind"].startswith("name-")]


def test_the_number_is_proven_to_be_in_the_trainee_s_name(world: World) -> None:
    device = Device(world).enrol()
    assert proof_state(device) == "needed"
    answer = ask(device)
    assert answer.status_code == 202, answer.text
    told_ = answer.json()
    assert told_.pop("expires_at") > ""
    assert told_ == {
        "method": "carrier",
        "sent_to": "010-****-5678",
        "attempts_left": 5,
        "resend_after": 30,
    }
    answer = confirm(device)
    assert answer.status_code == 200, answer.text
    assert answer.json()["name_proof"] == "done"
    (row,) = rows(world, registration)
    assert (row["identity_method"], row["name_verified_at"]) == ("portone", world.now)
    assert rows(world, name_proof) == []
    assert kinds(world) == ["name-proof-sent", "name-verified"]


def test_nobody_is_asked_to_prove_it_where_no_institution_wants_it(
    tmp_path: Path, portone: PortOne
) -> None:
    with running(tmp_path, names=Names({"other"}), **settings_for(portone)) as world:
        world.add_trainee()
        device = Device(world).enrol()
        assert proof_state(device) == "none"
        # Whoever wants to may all the same.
        ask(device)
        assert confirm(device).json()["name_proof"] == "done"


def test_a_new_registration_is_to_be_proven_anew(world: World) -> None:
    first = Device(world).enrol()
    ask(first)
    confirm(first)
    second = Device(world).enrol(first.registration_id)
    assert proof_state(second) == "needed"


def test_what_the_carrier_does_not_know_is_a_mismatch_and_counts(world: World) -> None:
    device = Device(world).enrol()
    for number in range(5):
        birth = f"900301{number % 4 + 1}"
        assert told(ask(device, "KT", birth)) == (403, "name-mismatch")
    # Five guesses at somebody's date of birth or carrier are all that there are in a day.
    assert told(ask(device)) == (429, "too-many-requests")
    assert quota_of(world, "number name-proof") == 5
    assert kinds(world) == ["name-mismatch"] * 5
    assert proof_state(device) == "needed"


@pytest.mark.parametrize(
    ("called", "outcome"),
    [
        ("홍 길동", 200),
        ("홍길순", 403),
        ("홍길동동", 403),
    ],
)
def test_the_verified_name_must_be_the_trainee_s(
    world: World, portone: PortOne, called: str, outcome: int
) -> None:
    portone.called = called
    device = Device(world).enrol()
    ask(device)
    answer = confirm(device)
    assert answer.status_code == outcome
    if outcome == 403:
        assert told(answer) == (403, "name-mismatch")
        assert proof_state(device) == "needed"
        assert kinds(world)[-1] == "name-mismatch"
        # That proof is over: it cannot be confirmed again.
        assert told(confirm(device)) == (410, "name-proof-expired")


def test_the_verified_number_must_be_the_trainee_s(world: World, portone: PortOne) -> None:
    device = Device(world).enrol()
    ask(device)
    (found,) = portone.verifications.values()
    found["_contract"] = Contract(NAME, "01099998888", "SKT", BIRTH)
    assert told(confirm(device)) == (403, "name-mismatch")


def test_a_carrier_that_leaves_the_number_out_is_believed_of_the_one_it_was_asked_for(
    world: World, portone: PortOne
) -> None:
    portone.tells_phone = False
    device = Device(world).enrol()
    ask(device)
    assert confirm(device).status_code == 200


def test_wrong_codes_are_counted_and_the_fifth_ends_the_proof(world: World) -> None:
    device = Device(world).enrol()
    ask(device)
    for left in (4, 3, 2, 1):
        answer = confirm(device, f"00000{left}")
        assert told(answer) == (403, "identity-code-wrong")
        assert answer.json()["attempts_left"] == left
        # The very same code again is neither counted nor asked about.
        assert confirm(device, f"00000{left}").json() == answer.json()
    assert told(confirm(device, "000009")) == (410, "name-proof-expired")
    assert told(confirm(device)) == (410, "name-proof-expired")
    assert kinds(world)[-1] == "name-proof-failed"
    # Begun anew, there are five tries again.
    world.pass_seconds(30)
    assert ask(device).json()["attempts_left"] == 5
    assert confirm(device).status_code == 200


def test_parallel_wrong_codes_are_never_more_than_five(world: World, portone: PortOne) -> None:
    device = Device(world).enrol()
    ask(device)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda n: confirm(device, f"1000{n:02}"), range(12)))
    assert {each.status_code for each in answers} <= {403, 410}
    assert sum(step == "confirm" for step, _, _ in portone.requests) == 5
    assert told(confirm(device)) == (410, "name-proof-expired")


def test_a_code_that_is_too_old_costs_no_try(world: World, portone: PortOne) -> None:
    device = Device(world).enrol()
    ask(device)
    world.pass_seconds(180)
    answer = confirm(device)
    assert told(answer) == (403, "identity-code-expired")
    assert answer.json()["attempts_left"] == 5
    assert sum(step == "confirm" for step, _, _ in portone.requests) == 0
    assert resend(device).status_code == 202
    assert confirm(device).status_code == 200


def test_a_proof_lasts_ten_minutes(world: World) -> None:
    device = Device(world).enrol()
    ask(device)
    world.pass_seconds(600)
    assert told(confirm(device)) == (410, "name-proof-expired")
    assert told(resend(device)) == (410, "name-proof-expired")


def test_a_message_is_sent_again_after_half_a_minute_and_the_tries_stay(
    world: World, portone: PortOne
) -> None:
    device = Device(world).enrol()
    assert told(resend(device)) == (410, "name-proof-expired")
    ask(device)
    confirm(device, "000000")
    answer = resend(device)
    assert told(answer) == (429, "too-many-requests")
    assert answer.json()["retry_after"] == 30
    world.pass_seconds(30)
    answer = resend(device)
    assert answer.status_code == 202
    assert answer.json()["attempts_left"] == 4
    assert [step for step, _, _ in portone.requests] == ["send", "confirm", "resend"]
    assert quota_of(world, "number name-proof") == 2


def test_a_lost_answer_is_given_again_without_another_message(
    world: World, portone: PortOne
) -> None:
    device = Device(world).enrol()
    first = ask(device)
    assert ask(device).json() == first.json()
    assert len(portone.requests) == 1
    assert confirm(device).status_code == 200
    again = confirm(device)
    assert again.status_code == 200
    assert again.json()["name_proof"] == "done"
    assert told(ask(device)) == (409, "name-already-verified")
    assert told(resend(device)) == (409, "name-already-verified")
    assert kinds(world) == ["name-proof-sent", "name-verified"]


def test_an_answer_of_the_carrier_s_that_was_lost_is_fetched(
    world: World, portone: PortOne
) -> None:
    device = Device(world).enrol()
    portone.lose = 1
    answer = ask(device)
    assert told(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert quota_of(world, "number name-proof") == 0  # as far as is known, nothing left
    assert ask(device).status_code == 202
    portone.lose = 1
    assert told(confirm(device)) == (503, "unavailable")
    # The carrier verified it: whoever asks again with the same code is told so.
    assert confirm(device).status_code == 200


def test_a_verifier_that_died_before_it_kept_the_answer_fetches_it(
    world: World, portone: PortOne
) -> None:
    device = Device(world).enrol()
    ask(device)
    # The carrier has verified it, and of that the verifier knows only that a try was counted.
    (found,) = portone.verifications.values()
    found["status"] = "VERIFIED"
    world.database(lambda c: c.execute(name_proof.update().values(code_attempts=1)).rowcount)
    assert confirm(device).status_code == 200


def test_a_failing_service_costs_neither_a_message_nor_a_try(
    world: World, portone: PortOne
) -> None:
    device = Device(world).enrol()
    portone.tamper = lambda _, __: (500, b"down")
    assert told(ask(device)) == (503, "unavailable")
    assert quota_of(world, "total") == 1  # the enrolment's alone
    portone.tamper = lambda _, reply: reply
    assert ask(device).status_code == 202
    portone.tamper = lambda _, __: (500, b"down")
    for _ in range(6):
        assert told(confirm(device)) == (503, "unavailable")
    portone.tamper = lambda _, reply: reply
    assert confirm(device).status_code == 200


def test_a_suspended_or_ended_registration_proves_nothing(world: World) -> None:
    device = Device(world).enrol()
    ask(device)
    change = registration.update().values(state="suspended")
    world.database(lambda c: c.execute(change).rowcount)
    assert told(ask(device)) == (403, "registration-suspended")
    assert told(confirm(device)) == (403, "registration-suspended")
    back = registration.update().values(state="active")
    world.database(lambda c: c.execute(back).rowcount)
    assert device.reset().status_code == 204
    assert rows(world, name_proof) == []
    assert told(ask(device)) == (410, "registration-revoked")
    assert told(confirm(device)) == (410, "registration-revoked")
    assert told(resend(device)) == (410, "registration-revoked")


def test_another_s_registration_is_not_found(world: World) -> None:
    device, other = Device(world).enrol(), Device(world)
    other.registration_id = device.registration_id
    assert told(ask(other)) == (401, "bad-signature")
    world.add_trainee("김철수", "+821022223333")
    other = Device(world)
    other.begin(name="김철수", phone="010-2222-3333")
    other.prove()
    other.confirm()
    other.registration_id = device.registration_id
    assert told(ask(other)) == (404, "not-found")
    assert told(confirm(other)) == (404, "not-found")


@pytest.mark.parametrize(
    "body",
    [
        {"operator": "SKT"},
        {"operator": "SKTT", "birth_and_sex": BIRTH},
        {"operator": "SKT", "birth_and_sex": "900301"},
        {"operator": "SKT", "birth_and_sex": "9003010"},
        {"operator": "SKT", "birth_and_sex": "9003019"},
        {"operator": "SKT", "birth_and_sex": "90030１1"},
    ],
)
def test_a_malformed_request_is_refused_and_repeats_nothing(
    world: World, body: dict[str, str]
) -> None:
    answer = Device(world).enrol().use("name-proof", body)
    assert told(answer) == (400, "malformed-request")
    assert "900301" not in answer.text


def test_a_verifier_that_asks_no_carrier_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(tmp_path) as world:
        world.add_trainee()
        device = Device(world).enrol()
        assert proof_state(device) == "none"
        for answer in (ask(device), confirm(device), resend(device)):
            assert told(answer) == (409, "name-proof-unavailable")
    assert caplog.text.count("the setting identity is none") == 1


def test_the_carrier_is_told_the_device_s_address(world: World, portone: PortOne) -> None:
    ask(Device(world).enrol())
    customer = portone.requests[0][2]["customer"]
    assert customer["ipAddress"] == "0.0.0.0"


def test_neither_birth_nor_carrier_nor_code_is_kept_or_logged(
    world: World, portone: PortOne, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    device = Device(world).enrol()
    ask(device)
    confirm(device, "271828")
    confirm(device)
    ask(device)
    kept = b"".join(
        path.read_bytes() for path in world.config.data_folder().iterdir() if path.is_file()
    )
    for secret in (BIRTH, "271828", CODE, "CI-OF-THE", "DI-OF-THE"):
        assert secret.encode() not in kept
        assert secret not in caplog.text
    assert portone.requests


def check_code(world: World, code: str) -> dict[str, Any]:
    """What the training site is told of a code."""
    body = {
        "trainee": {"name": NAME, "phone": PHONE},
        "course": "refunded",
        "class": "1",
        "session": 1,
        "occasion": "lesson",
        "code": code,
    }
    headers = {"Authorization": f"Bearer {API_KEY}"}
    answer = world.client.post("/v1/verifications", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_code_that_was_refused_is_accepted_once_the_name_is_proven(world: World) -> None:
    key = {"id": "key", "institution_id": "inst", "created_at": world.now}
    hashed = hashlib.sha256(API_KEY.encode()).digest()
    world.database(lambda c: c.execute(api_key.insert().values(key_hash=hashed, **key)).rowcount)
    device = Device(world).enrol()
    assert device.secrets is not None
    profile = OtpProfile()
    code = code_for_step(device.secrets.seed, step_at(world.now, profile), profile)
    refused = check_code(world, code)
    assert (refused["result"], refused["reason"]) == ("rejected", "name-not-verified")
    assert refused["attempts_left"] is None
    # The app is told that it is needed, and leads the trainee through it.
    assert proof_state(device) == "needed"
    ask(device)
    assert confirm(device).json()["code_attempts_left"] == 5
    accepted = check_code(world, code)
    assert (accepted["result"], accepted["attempts_left"]) == ("accepted", 5)


# The stand-in


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[World]:
    with running(tmp_path, names=Names({"inst"}), identity="outbox") as verifier:
        verifier.add_trainee()
        yield verifier


def test_the_stand_in_sends_its_code_as_a_message(demo: World) -> None:
    device = Device(demo).enrol()
    assert ask(device).status_code == 202
    message = demo.phones.messages[-1]
    assert "명의" in message.text
    assert told(confirm(device, "000000"))[1] == "identity-code-wrong"
    demo.pass_seconds(30)
    assert resend(device).status_code == 202
    assert confirm(device, demo.phones.code()).json()["name_proof"] == "done"
    (row,) = rows(demo, registration)
    assert row["identity_method"] == "outbox"


def test_the_stand_in_can_be_made_to_refuse(demo: World) -> None:
    assert told(ask(Device(demo).enrol(), birth="0001013")) == (403, "name-mismatch")


def test_the_stand_in_s_trouble_with_messages_is_a_failure(demo: World) -> None:
    device = Device(demo).enrol()
    demo.phones.broken = True
    assert told(ask(device)) == (503, "unavailable")
