"""Every refusal that docs/protocol.md names, as a third party meets it on the wire."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from motp_protocol.encoding import b64url_encode, format_time, parse_time
from motp_protocol.problems import CONTENT_TYPE, TYPE_PREFIX, ProblemType
from motp_verifier.store import tables
from tests.support.live_verifier import LiveVerifier, Person
from tests.support.pc import Pc
from tests.support.raw_client import RawClient, a_sync, client_of

pytestmark = pytest.mark.xdist_group("problems")

MEMBERS = {
    "clock-skew": {"time"},
    "identity-code-wrong": {"attempts_left"},
    "identity-code-expired": {"attempts_left"},
    "pin-wrong": {"attempts_left"},
    "already-registered": {"replaces"},
    "registration-revoked": {"reason"},
    "too-many-requests": {"retry_after"},
}
"""What each problem tells beside its type, title, status and detail: exactly this."""

ELSEWHERE = {
    *("internal-error", "unavailable", "name-proof-unavailable"),
    *("approval-answered", "approval-expired", "approval-number-wrong", "approval-proof-wrong"),
    *("name-not-verified", "other-browser", "origin-not-allowed"),
    *("bad-session", "sign-in-refused", "setup-code-wrong", "setup-expired"),
    *("password-too-common", "role-not-allowed", "invalid-reason", "status-token-invalid"),
    *("lock-lifted-before", "action-not-possible", "kiosk-locked"),
}
"""The first must never happen; the second is met on a full disk (test_verifier_on_a_full_disk),
the third where no identity service is configured (test_name_proofs). The others are those
of pop-ups and their approvals (test_popups, test_popup_approvals) and of the helpdesk
(test_staff_signing_in, test_staff_actions, test_staff_looking_back), and of kiosks
(test_kiosk_witness)."""

NAME_PROOF = {"operator": "SKT", "birth_and_sex": "9003011"}

Case = Callable[["Bench"], httpx.Response]


class Bench:
    """A verifier, an enrolled device, and requests that begin an enrolment."""

    def __init__(self, verifier: LiveVerifier, folder: Path) -> None:
        self.verifier = verifier
        self.folder = folder
        self.person = verifier.new_person()
        self._consent = Pc(verifier.origin, folder / "reader").consent().document

    def enrolled(self, name: str = "pc", person: Person | None = None) -> RawClient:
        """A device with a registration."""
        pc = Pc(self.verifier.origin, self.folder / name)
        pc.enrol(self.verifier, person or self.person)
        return client_of(pc)

    def consent(self) -> dict[str, Any]:
        return {
            "version": self._consent.version,
            "lang": self._consent.lang,
            "sha256": self._consent.sha256,
            "agreed": True,
            "agreed_at": format_time(time.time_ns() // 1_000_000),
        }

    def begin(self, client: RawClient | None = None, **changes: Any) -> httpx.Response:
        """Step 1, with other members where the test says so."""
        client = client or RawClient(self.verifier.origin)
        body: dict[str, Any] = {
            "name": self.person.name,
            "phone": self.person.phone,
            "consent": self.consent(),
            "device": self.device(client),
            "lang": "ko",
        }
        return client.send("POST", "/v1/enrolments", body | changes)

    def device(self, client: RawClient, **changes: str) -> dict[str, str]:
        return {
            "public_key": client.public_key,
            "kind": "personal",
            "platform": "Linux",
            "app_version": "0.1.0",
            "label": "PC",
        } | changes

    def begun(self, client: RawClient, **changes: Any) -> str:
        """The path of an enrolment that waits for its code."""
        answer = self.begin(client, **changes)
        assert answer.status_code == 202, answer.text
        return f"/v1/enrolments/{answer.json()['enrolment_id']}"

    def proof(self, code: str | None = None) -> dict[str, str]:
        return {
            "code": code or self.verifier.identity_code(self.person),
            "key_share": b64url_encode(secrets.token_bytes(32)),
            "pin_auth": b64url_encode(secrets.token_bytes(32)),
        }

    def wrong_code(self) -> str:
        right = int(self.verifier.identity_code(self.person))
        return f"{(right + 1) % 1_000_000:06d}"


@pytest.fixture
def bench(verifier: LiveVerifier, tmp_path: Path) -> Bench:
    return Bench(verifier, tmp_path)


def bad_api_key(bench: Bench) -> httpx.Response:
    url = f"{bench.verifier.origin}/v1/verifications"
    return httpx.post(url, json={}, headers={"Authorization": "Bearer motp_x"}, trust_env=False)


def replayed(bench: Bench) -> httpx.Response:
    client, nonce = bench.enrolled(), secrets.token_bytes(16)
    assert client.sync(nonce=nonce).status_code == 200
    return client.sync(nonce=nonce)


def code_wrong(bench: Bench) -> httpx.Response:
    client = RawClient(bench.verifier.origin)
    path = bench.begun(client)
    return client.send("POST", f"{path}/identity", bench.proof(bench.wrong_code()))


def code_expired(bench: Bench) -> httpx.Response:
    client = RawClient(bench.verifier.origin)
    path = bench.begun(client)
    bench.verifier.age_enrolments(180)
    return client.send("POST", f"{path}/identity", bench.proof())


def enrolment_expired(bench: Bench) -> httpx.Response:
    client = RawClient(bench.verifier.origin)
    path = bench.begun(client)
    bench.verifier.age_enrolments(600)
    return client.send("POST", f"{path}/identity", bench.proof())


def enrolment_conflict(bench: Bench) -> httpx.Response:
    client = RawClient(bench.verifier.origin)
    path = bench.begun(client)
    assert client.send("POST", f"{path}/identity", bench.proof()).status_code == 200
    return client.send("POST", f"{path}/identity", bench.proof())


def not_on_roster(bench: Bench) -> httpx.Response:
    client = RawClient(bench.verifier.origin)
    path = bench.begun(client, name="남궁미상")
    return client.send("POST", f"{path}/identity", bench.proof())


def already_registered(bench: Bench) -> httpx.Response:
    person = bench.person
    Pc(bench.verifier.origin, bench.folder / "old").enrol(bench.verifier, person)
    new = Pc(bench.verifier.origin, bench.folder / "new")
    new.prove(bench.verifier, person)
    (bench.folder / "new/pending.vault").rename(bench.folder / "new/active.vault")
    vault = new.vault()
    assert vault.confirmation is not None
    body = {"confirmation": b64url_encode(vault.confirmation), "replace": None}
    return client_of(new).send("POST", f"/v1/enrolments/{vault.enrolment_id}/confirm", body)


def suspended(bench: Bench) -> httpx.Response:
    client = bench.enrolled()
    bench.verifier.change(tables.registration, client.registration_id, state="suspended")
    return client.unlock(bytes(32))


def locked(bench: Bench) -> httpx.Response:
    client = bench.enrolled()
    for _ in range(4):
        assert client.unlock(bytes(32)).status_code == 403
    return client.unlock(bytes(32))


def cloned(bench: Bench) -> httpx.Response:
    pc = Pc(bench.verifier.origin, bench.folder / "pc")
    pc.enrol(bench.verifier, bench.person)
    copy = client_of(pc)
    pc.unlock()
    pc.unlock()
    return copy.unlock(bytes(32))


def revoked(bench: Bench) -> httpx.Response:
    client = bench.enrolled()
    path = f"/v1/registrations/{client.registration_id}"
    assert client.send("DELETE", path, {"withdraw_consent": False}).status_code == 204
    return client.sync()


def of_another(bench: Bench) -> httpx.Response:
    own = bench.enrolled()
    other = bench.enrolled("other", bench.verifier.new_person())
    own.registration_id = other.registration_id
    return own.sync()


def too_soon(bench: Bench) -> httpx.Response:
    client = RawClient(bench.verifier.origin)
    return client.send("POST", f"{bench.begun(client)}/identity/resend")


def name_verified(bench: Bench) -> httpx.Response:
    client = bench.enrolled()
    assert client.use("name-proof", NAME_PROOF).status_code == 202
    code = bench.verifier.identity_code(bench.person)
    assert client.use("name-proof/confirm", {"code": code}).json()["name_proof"] == "done"
    return client.use("name-proof", NAME_PROOF)


def key_reused(bench: Bench) -> httpx.Response:
    def ask(code: str) -> httpx.Response:
        body = {
            "trainee": {"name": bench.person.name, "phone": bench.person.phone},
            "course": "C-1",
            "class": "1",
            "occasion": "entry",
            "code": code,
        }
        key = {"Idempotency-Key": f'"{bench.folder.name}"'}
        bearer = {"Authorization": f"Bearer {bench.verifier.api_key}"}
        url = f"{bench.verifier.origin}/v1/verifications"
        return httpx.post(url, json=body, headers=key | bearer, trust_env=False)

    assert ask("000000").status_code == 200
    return ask("000001")


CASES: dict[str, Case] = {
    "malformed-request": lambda b: b.enrolled().use("sync", raw=b'{"clock":'),
    "bad-signature": lambda b: RawClient(b.verifier.origin).sync(),
    "clock-skew": lambda b: b.enrolled().sync(created=int(time.time()) - 302),
    "replayed-request": replayed,
    "bad-api-key": bad_api_key,
    "identity-code-wrong": code_wrong,
    "identity-code-expired": code_expired,
    "pin-wrong": lambda b: b.enrolled().unlock(bytes(32)),
    "name-mismatch": lambda b: b.enrolled().use(
        "name-proof", NAME_PROOF | {"birth_and_sex": "0001013"}
    ),
    "name-already-verified": name_verified,
    "name-proof-expired": lambda b: b.enrolled().use("name-proof/confirm", {"code": "000000"}),
    "roster-mismatch": not_on_roster,
    "registration-suspended": suspended,
    "not-found": of_another,
    "method-not-allowed": lambda b: b.enrolled().send("PUT", "/v1/enrolments", {}),
    "already-registered": already_registered,
    "enrolment-conflict": enrolment_conflict,
    "idempotency-key-reused": key_reused,
    "device-cloned": cloned,
    "share-unknown": lambda b: b.enrolled().unlock(bytes(32), share_id=99),
    "enrolment-expired": enrolment_expired,
    "registration-revoked": revoked,
    "too-large": lambda b: b.enrolled().use("sync", raw=b" " * (64 * 1024 + 1)),
    "unsupported-media-type": lambda b: b.enrolled().sync(content_type="text/plain"),
    "consent-required": lambda b: b.begin(consent=None),
    "consent-outdated": lambda b: b.begin(consent=b.consent() | {"version": "2020-01"}),
    "invalid-name": lambda b: b.begin(name="12345"),
    "invalid-phone": lambda b: b.begin(phone="02-123-4567"),
    "kiosk-required": lambda b: b.begin(
        client := RawClient(b.verifier.origin), device=b.device(client, kind="kiosk")
    ),
    "kiosk-code-wrong": lambda b: (client := RawClient(b.verifier.origin)).send(
        "POST",
        "/v1/kiosks",
        {
            "code": "0123456789",
            "public_key": client.public_key,
            "exit_auth": b64url_encode(bytes(32)),
            "platform": "Linux",
            "app_version": "0.1.0",
        },
    ),
    "app-outdated": lambda b: b.begin(
        client := RawClient(b.verifier.origin), device=b.device(client, app_version="0.0.9")
    ),
    "registration-locked": locked,
    "too-many-requests": too_soon,
}


def assert_problem(answer: httpx.Response, slug: str) -> dict[str, Any]:
    """The members of an answer that must be this problem and nothing more."""
    (kind,) = (each for each in ProblemType if each.slug == slug)
    told: dict[str, Any] = answer.json()
    assert told["type"] == TYPE_PREFIX + slug, told
    assert (answer.status_code, told["status"]) == (kind.status, kind.status)
    assert answer.headers["content-type"] == CONTENT_TYPE
    assert answer.headers["cache-control"] == "no-store"
    assert told["title"] == kind.title
    told.pop("detail", "")
    assert told.keys() == {"type", "title", "status"} | MEMBERS.get(slug, set())
    return told


@pytest.mark.parametrize("slug", CASES)
def test_each_documented_refusal_has_its_status_its_type_and_its_members(
    bench: Bench, slug: str
) -> None:
    answer = CASES[slug](bench)
    told = assert_problem(answer, slug)
    if slug == "clock-skew":
        assert abs(parse_time(told["time"]) - time.time_ns() // 1_000_000) < 5000
    elif slug == "too-many-requests":
        assert 0 < told["retry_after"] <= 30
        assert answer.headers["retry-after"] == str(told["retry_after"])
    elif slug == "already-registered":
        assert told["replaces"].keys() == {"registration_id", "label", "since"}
    elif slug == "registration-revoked":
        assert told["reason"] == "reset"
    elif slug == "identity-code-expired":
        assert told["attempts_left"] == 5
    elif "attempts_left" in told:
        assert told["attempts_left"] == 4
    elif slug == "bad-api-key":
        assert answer.headers["www-authenticate"] == "Bearer"


def test_no_documented_refusal_is_left_out() -> None:
    assert CASES.keys() | ELSEWHERE == {each.slug for each in ProblemType}


def test_a_request_in_every_way_unsigned_or_wrongly_signed_is_refused(bench: Bench) -> None:
    client = bench.enrolled()
    path = f"/v1/registrations/{client.registration_id}/sync"
    url = client.origin + path
    stranger = RawClient(client.origin, registration_id=client.registration_id)
    elsewhere = b'{"clock":"2026-01-01T00:00:00.000Z","app_version":"1","platform":"x"}'
    refused = {
        "unsigned": httpx.post(url, json=a_sync(), trust_env=False),
        "another's key": stranger.sync(),
        "another authority": client.sync(authority="verifier.example"),
        "another body": client.sync(signed_body=elsewhere),
        "another method": httpx.post(
            url,
            json=a_sync(),
            headers=dict(client.send("DELETE", path).request.headers),
            trust_env=False,
        ),
        "no digest": client.sync(content_digest=""),
        "another label": client.sync(signature="kiosk=:AA==:"),
    }
    for answer in refused.values():
        assert_problem(answer, "bad-signature")
    assert client.sync().status_code == 200


@pytest.mark.parametrize(
    "member",
    [
        {"share_id": "1"},
        {"share_id": 1.5},
        {"share_id": 0},
        {"share_id": 2**53},
        {"share_id": True},
        {"share_id": None},
        {"pin_auth": 7},
        {"pin_auth": "A" * 42},
        {"pin_auth": "A" * 42 + "B"},
        {"try": "A" * 43},
        {"try": ["A" * 22]},
        {"clock": "2026-11-24T09:30:00Z"},
        {"clock": "2026-02-30T09:30:00.000Z"},
        {"clock": 1_795_500_000_000},
        {"app_version": ""},
        {"app_version": "1\n2"},
    ],
    ids=str,
)
def test_a_member_of_another_type_or_form_is_malformed(
    enrolled: RawClient, member: dict[str, Any]
) -> None:
    body = {
        "pin_auth": "A" * 43,
        "share_id": 1,
        "try": "A" * 22,
        "clock": a_sync()["clock"],
        "app_version": "0.1.0",
    }
    assert_problem(enrolled.use("unlock", body | member), "malformed-request")
    body.pop(next(iter(member)))
    assert_problem(enrolled.use("unlock", body), "malformed-request")


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 30_000, b'{"a":' * 10_000, b"1e999"]
)
def test_a_body_that_is_no_json_of_the_protocol_is_malformed(
    enrolled: RawClient, raw: bytes
) -> None:
    for step in ("unlock", "pin", "sync"):
        assert_problem(enrolled.use(step, raw=raw), "malformed-request")


@pytest.mark.parametrize(
    ("method", "path", "slug"),
    [
        ("GET", "/v1", "not-found"),
        ("GET", "/v2/service", "not-found"),
        ("GET", "/v1/consents/none", "not-found"),
        ("GET", "/v1/service/%2e%2e/x", "not-found"),
        ("GET", "/v1/consents/..%2f..%2fpyproject", "not-found"),
        ("POST", "/v1/service", "method-not-allowed"),
        ("GET", "/v1/verifications", "method-not-allowed"),
        ("GET", "/v1/registrations/x/unlock", "method-not-allowed"),
        ("PATCH", "/v1/registrations/x", "method-not-allowed"),
    ],
)
def test_what_is_not_there_is_told_apart_from_what_is_not_done_so(
    verifier: LiveVerifier, method: str, path: str, slug: str
) -> None:
    assert_problem(httpx.request(method, verifier.origin + path, trust_env=False), slug)


def test_members_that_nobody_knows_are_ignored(enrolled: RawClient) -> None:
    answer = enrolled.use("sync", a_sync() | {"colour": "blue", "list": [1, {"x": None}]})
    assert answer.status_code == 200


def test_nothing_of_all_this_made_the_verifier_fail(verifier: LiveVerifier) -> None:
    said = verifier.log()
    assert "traceback" not in said.lower()
    assert "internal-error" not in said


@pytest.fixture(scope="module")
def enrolled(verifier: LiveVerifier, tmp_path_factory: pytest.TempPathFactory) -> RawClient:
    """A device that many tests share: none of them changes anything."""
    return Bench(verifier, tmp_path_factory.mktemp("enrolled")).enrolled()
