"""What comes in is verified before it is believed, and what is refused is a problem."""

import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motp_protocol import wire
from motp_protocol.consent import ConsentDocument
from motp_protocol.messages import ServiceInfo
from motp_protocol.signature import MAX_CLOCK_DIFFERENCE_SECONDS
from tests.unit.verifier.device_world import Device, World, told


def test_the_service_describes_itself(world: World) -> None:
    info = wire.decode(world.client.get("/v1/service").content, ServiceInfo)
    assert (info.protocol, info.time) == (1, "2026-11-24T06:00:00.000Z")
    assert (info.otp.algorithm, info.otp.digits, info.otp.period) == ("SHA1", 6, 30)
    assert (info.pin.min, info.pin.max) == (4, 8)
    for lang, sha256 in info.consent.languages.items():
        answer = world.client.get(f"/v1/consents/{info.consent.version}", params={"lang": lang})
        document = wire.decode(answer.content, ConsentDocument)
        assert document.is_intact()
        assert document.sha256 == sha256
        assert document.items


def test_a_consent_that_is_not_there_is_not_found(world: World) -> None:
    assert told(world.client.get("/v1/consents/1999-01")) == (404, "not-found")
    assert told(world.client.get("/v1/consents/2026-11?lang=fr")) == (404, "not-found")


def test_the_verifier_tells_its_health_and_its_schema(world: World) -> None:
    assert world.client.get("/healthz").json() == {"status": "ok"}
    assert world.client.get("/readyz").json() == {"status": "ready"}
    schema = world.client.get("/schema").json()
    assert schema["openapi"].startswith("3.1")
    assert "/v1/registrations/{registration_id}/unlock" in schema["paths"]
    assert "try" in schema["components"]["schemas"]["UnlockRequest"]["properties"]


def test_every_response_forbids_caching_and_sniffing(world: World) -> None:
    for path in ("/v1/service", "/nothing"):
        headers = world.client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "strict-transport-security" not in headers


def test_what_the_framework_refuses_is_a_problem_too(world: World) -> None:
    assert told(world.client.get("/nothing")) == (404, "not-found")
    assert told(world.client.post("/v1/service")) == (405, "method-not-allowed")
    assert told(world.client.get("/v1/enrolments")) == (405, "method-not-allowed")


def test_an_unsigned_request_is_refused(world: World) -> None:
    body = {"device": {"public_key": Device(world).public_key()}}
    assert told(world.client.post("/v1/enrolments", json=body)) == (401, "bad-signature")
    assert told(world.client.post("/v1/registrations/x/sync", json={})) == (401, "bad-signature")


def test_a_changed_body_is_refused(world: World) -> None:
    device = Device(world).enrol()
    clock = {"clock": device.clock(), "app_version": "1", "platform": "x"}
    other = msgspec.json.encode(clock | {"platform": "y"})
    signed = {"Content-Digest": "sha-256=:AAAA:"}
    assert told(device.use("sync", clock, headers=signed)) == (401, "bad-signature")
    path = f"/v1/registrations/{device.registration_id}/sync"
    fine = device.send("POST", path, clock).request
    headers = {
        name: value for name, value in fine.headers.items() if name.startswith(("sig", "content-d"))
    }
    assert told(world.client.post(path, content=other, headers=headers)) == (401, "bad-signature")


def test_a_request_for_another_verifier_is_refused_whatever_its_host_says(world: World) -> None:
    device = Device(world).enrol()
    device.authority = "other.example"
    refused = device.sync(headers={"Host": "other.example"})
    assert told(refused) == (401, "bad-signature")
    device.authority = "127.0.0.1:8470"
    assert device.sync(headers={"Host": "anything.example"}).status_code == 200


def test_the_path_and_the_query_are_signed_as_they_are_sent(world: World) -> None:
    device = Device(world).enrol()
    clock = {"clock": device.clock(), "app_version": "1", "platform": "x"}
    path = f"/v1/registrations/{device.registration_id}/sync"
    assert device.send("POST", path, clock, query="a=%20b&a").status_code == 200
    encoded = path.replace("reg_", "reg%5F")
    assert device.send("POST", encoded, clock).status_code == 200
    fine = device.send("POST", path, clock).request
    headers = dict(fine.headers)
    refused = world.client.post(f"{path}?more", content=fine.content, headers=headers)
    assert told(refused) == (401, "bad-signature")


def test_an_unknown_key_is_refused_whatever_it_asks_for(world: World) -> None:
    known = Device(world).enrol()
    stranger = Device(world, registration_id=known.registration_id)
    nowhere = Device(world, registration_id="reg_nothing")
    assert stranger.sync().content == nowhere.sync().content
    assert told(stranger.sync()) == (401, "bad-signature")


def test_an_enrolment_is_signed_by_the_key_that_it_enrols(world: World) -> None:
    device, other = Device(world), Device(world)
    info = {
        "public_key": other.public_key(),
        "kind": "personal",
        "platform": "x",
        "app_version": "1",
        "label": "x",
    }
    assert told(device.begin(device=info)) == (401, "bad-signature")


def test_a_replayed_request_is_not_done_again(world: World) -> None:
    device = Device(world).enrol()
    nonce = b"0123456789abcdef"
    assert device.unlock(pin="x", share_id=1, nonce=nonce).status_code == 403
    assert told(device.unlock(share_id=1, nonce=nonce)) == (401, "replayed-request")
    assert device.sync().json()["pin_attempts_left"] == 4


def test_two_keys_may_use_one_nonce(world: World) -> None:
    world.add_trainee("김철수", "+821087654321")
    first, second = Device(world).enrol(), Device(world)
    second.begin(name="김철수", phone="010-8765-4321")
    second.prove()
    second.confirm()
    nonce = b"0123456789abcdef"
    assert first.sync(nonce=nonce).status_code == 200
    assert second.sync(nonce=nonce).status_code == 200


@pytest.mark.parametrize("ahead", [-1, 1])
def test_a_clock_too_far_off_is_told_the_time(world: World, ahead: int) -> None:
    device = Device(world).enrol()
    device.offset = ahead * MAX_CLOCK_DIFFERENCE_SECONDS
    assert device.sync().status_code == 200
    device.offset += ahead
    refused = device.sync()
    assert told(refused) == (401, "clock-skew")
    assert refused.json()["time"] == "2026-11-24T06:00:00.000Z"


def test_a_forged_request_learns_nothing_of_the_time_it_was_refused(world: World) -> None:
    device = Device(world).enrol()
    device.authority = "other.example"
    device.offset = 4000
    assert told(device.sync()) == (401, "bad-signature")


def test_a_body_that_is_too_large_is_refused(world: World) -> None:
    device = Device(world).enrol()
    assert told(device.use("sync", None, raw=b" " * 70_000)) == (413, "too-large")


def test_another_content_type_is_refused(world: World) -> None:
    device = Device(world).enrol()
    body = {"clock": device.clock(), "app_version": "1", "platform": "x"}
    refused = device.use("sync", body, headers={"Content-Type": "text/plain"})
    assert told(refused) == (415, "unsupported-media-type")
    fine = device.use("sync", body, headers={"Content-Type": "application/json; charset=utf-8"})
    assert fine.status_code == 200


def test_a_number_written_as_text_is_refused(world: World) -> None:
    device = Device(world).enrol()
    body = {
        "pin_auth": "A" * 43,
        "share_id": "1",
        "try": "A" * 22,
        "clock": device.clock(),
        "app_version": "1",
    }
    assert told(device.use("unlock", body)) == (400, "malformed-request")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_no_body_makes_the_verifier_fail(world: World, raw: bytes) -> None:
    device = Device(world, enrolment_id="enr_x", registration_id="reg_x")
    assert told(device.send("POST", "/v1/enrolments", raw=raw))[0] in (400, 401)
    for name in ("identity", "confirm"):
        assert told(device.step(name, raw=raw))[0] == 401
    assert told(device.use("unlock", None, raw=raw))[0] == 401


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"[" * 20_000,
        b'{"a":' * 5_000,
        b'{"clock":1e999}',
        b'{"clock":"\\ud800"}',
    ],
    ids=repr,
)
def test_a_known_device_that_sends_rubbish_is_told_so(world: World, raw: bytes) -> None:
    device = Device(world).enrol()
    for name in ("unlock", "pin", "sync"):
        assert told(device.use(name, None, raw=raw)) == (400, "malformed-request")
    path = f"/v1/registrations/{device.registration_id}"
    assert told(device.send("DELETE", path, raw=raw)) == (400, "malformed-request")
    assert device.sync().json()["state"] == "active"


@pytest.mark.parametrize("name", ["signature", "signature-input", "content-digest", "content-type"])
@pytest.mark.parametrize("value", ["", "x", "motp=", "motp=:AA==:", '("@method")', "=" * 4000])
def test_rubbish_in_a_header_is_never_a_fault(world: World, name: str, value: str) -> None:
    device = Device(world).enrol()
    status, _ = told(device.sync(headers={name.title(): value}))
    assert status in (401, 415)


def test_a_database_that_cannot_be_used_is_told_as_unavailable(world: World) -> None:
    device = Device(world).enrol()
    world.runtime.store.close()
    refused = device.sync()
    assert told(refused) == (503, "unavailable")
    assert refused.headers["retry-after"] == "5"
    assert told(world.client.get("/readyz")) == (503, "unavailable")
    assert world.client.get("/healthz").status_code == 200


def test_every_operation_says_who_may_ask_and_has_a_name_of_its_own(world: World) -> None:
    schema = world.client.get("/schema").json()
    operations = {
        f"{method} {path}": operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }
    ids = [operation["operationId"] for operation in operations.values()]
    assert len(set(ids)) == len(ids)
    assert "postEnrolmentsIdentityResend" in ids
    known = schema["components"]["securitySchemes"]
    for name, operation in operations.items():
        asked = operation.get("security", [])
        assert bool(asked) == ("401" in operation["responses"]), name
        assert all(scheme in known for either in asked for scheme in either), name


def test_a_method_that_is_not_there_is_told_which_are(world: World) -> None:
    refused = world.client.request("PUT", "/v1/service")
    assert told(refused) == (405, "method-not-allowed")
    assert "GET" in refused.headers["allow"]
    override = {"X-HTTP-Method-Override": "DELETE"}
    assert world.client.get("/v1/service", headers=override).status_code == 200


def test_the_schema_speaks_the_regular_expressions_of_json_schema(world: World) -> None:
    text = world.client.get("/schema").text
    assert '"pattern":"^[A-Za-z0-9_-]{1,64}$"' in text.replace(": ", ":")
    assert r"\\A" not in text
    assert r"\\Z" not in text
    assert world.client.get("/schema/openapi.json").text == text


def test_options_tell_the_methods_of_a_path(world: World) -> None:
    told_methods = world.client.options("/v1/registrations/reg_x")
    assert told_methods.status_code == 204
    assert told_methods.headers["allow"] == "DELETE, OPTIONS"
