"""A whole journey, and then a search: no secret lies where it does not belong."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from motp_desktop.services.outcomes import (
    CodeSent,
    Ended,
    IdentityCodeWrong,
    NameDetails,
    NameMismatch,
    NameProven,
    ResetDone,
    WrongPin,
)
from motp_protocol.encoding import b64url_encode
from motp_protocol.keys import pin_keys, stretch_pin
from tests.support.desktop_fakes import CHEAP_ARGON2
from tests.support.live_staff import PASSWORD as STAFF_PASSWORD
from tests.support.live_staff import live_staff
from tests.support.live_verifier import INSTITUTION, LiveVerifier, Person, live_verifier
from tests.support.pc import Pc
from tests.support.raw_client import RawClient, client_of
from tests.support.secret_hunt import SecretHunt

pytestmark = pytest.mark.xdist_group("no-secrets")

PIN, NEW_PIN, WRONG_PIN = "48291739", "73915826", "95137248"
BIRTH = "910714"
PAGE = "https://www.example.kr"
OUTBOX = "outbox.jsonl"
"""The demo's text messages: the one place where numbers and identity codes belong."""

OWN_CLIENT = ("httpx", "httpcore")
"""With these the test itself asks, not the app."""


@dataclass(slots=True)
class Journey:
    """What came of it: the secrets, and every byte that was left behind on the way."""

    verifier: LiveVerifier
    person: Person
    hunt: SecretHunt = field(default_factory=SecretHunt)
    places: dict[str, bytes] = field(default_factory=dict)

    def look_around(self, moment: str, *pcs: Pc) -> None:
        """Keep a copy of every file as it is now; collect the secrets that there are now."""
        folders = [self.verifier.data_dir, *(pc.folder for pc in pcs)]
        for number, folder in enumerate(folders):
            for path in folder.rglob("*"):
                if path.is_file():
                    self.places[f"{moment}: {number}/{path.name}"] = path.read_bytes()
        for pc in pcs:
            self._collect(pc)

    def _collect(self, pc: Pc) -> None:
        if not (pc.folder / "active.vault").exists():
            return
        vault, secret = pc.vault(), pc.device_secret()
        self.hunt.add_bytes("device secret", secret)
        self.hunt.add_bytes("signing key", vault.signing_key)
        if self.verifier.is_active(vault.registration_id):
            self.hunt.add_bytes("seed", self.verifier.seed(vault.registration_id))
        for pin in (PIN, NEW_PIN, WRONG_PIN):
            keys = pin_keys(stretch_pin(pin, vault.pin_salt, CHEAP_ARGON2), secret)
            self.hunt.add_bytes("PIN's half for the verifier", keys.pin_auth)
            self.hunt.add_bytes("PIN's half for the vault", keys.wrap)

    def identity_code(self) -> str:
        code = self.verifier.identity_code(self.person)
        self.hunt.add_text("identity code", code)
        return code

    def code(self, pc: Pc) -> str:
        shown = pc.services.codes.now()
        assert shown is not None
        self.hunt.add_text("code", shown.code)
        self.hunt.add_text("code", shown.next_code)
        return shown.code

    def without_outbox(self) -> dict[str, bytes]:
        return {place: data for place, data in self.places.items() if not place.endswith(OUTBOX)}


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    policies = tmp_path / "policies"
    policies.mkdir()
    listed = '[form_interface]\nenabled = true\naddresses = ["127.0.0.1"]\n'
    pages = f'browser = true\norigins = ["{PAGE}"]\n'
    (policies / f"{INSTITUTION}.toml").write_text(listed + pages, "utf-8")
    settings = tmp_path / "verifier.toml"
    settings.write_text(f'identity = "outbox"\npolicy_dir = "{policies}"\n', "utf-8")
    with live_verifier(tmp_path / "verifier", "--config", str(settings)) as verifier:
        journey = Journey(verifier, verifier.new_person())
        journey.hunt.add_text("name", journey.person.name)
        journey.hunt.add_phone("phone number", journey.person.phone)
        journey.hunt.add_text("API key", verifier.api_key)
        for pin in (PIN, NEW_PIN, WRONG_PIN):
            journey.hunt.add_text("PIN", pin)
        journey.hunt.add_text("birth date", BIRTH)
        yield journey


def enrol(journey: Journey, pc: Pc) -> None:
    pc.send_code(journey.person, PIN)
    right = journey.identity_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    journey.hunt.add_text("identity code", wrong)
    assert pc.services.enrolment.prove(wrong) == IdentityCodeWrong(4)
    pc.services.enrolment.prove(right)
    pc.services.enrolment.confirm(replace=True)
    journey.look_around(f"enrolled {pc.folder.name}", pc)


def prove_name(journey: Journey, pc: Pc) -> None:
    """The number is proven to be in the person's own name, after a mismatch and a wrong code."""
    proof = pc.services.name_proof
    assert proof.ask(NameDetails("KT", "000101", "3")) == NameMismatch()
    assert isinstance(proof.ask(NameDetails("KT", BIRTH, "2")), CodeSent)
    right = journey.identity_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    journey.hunt.add_text("identity code", wrong)
    assert proof.confirm(wrong) == IdentityCodeWrong(4)
    journey.look_around("name proof under way", pc)
    assert isinstance(proof.confirm(right), NameProven)
    journey.look_around("name proven", pc)


def send_nonsense(journey: Journey, pc: Pc) -> None:
    """Requests that are refused for their form, with secrets in them."""
    person, device = journey.person, client_of(pc)
    secrets = {"name": person.name, "phone": person.phone, "code": 7, "pin_auth": PIN}
    for step in ("unlock", "pin", "sync"):
        assert device.use(step, secrets).status_code == 400
        assert device.use(step, raw=f'{{"pin":"{PIN}","name":"{person.name}'.encode())
    birth = {"operator": "KT", "birth_and_sex": f"{BIRTH}9"}
    assert device.use("name-proof", birth).status_code == 400
    stranger = RawClient(device.origin)
    info = {"device": {"public_key": stranger.public_key}} | secrets
    assert stranger.send("POST", "/v1/enrolments", info).status_code == 400
    assert device.send("POST", "/v1/verifications", secrets).status_code == 401


def send_forms(journey: Journey, pc: Pc) -> None:
    """The agency's forms, whole and broken, from a server, from a page and from a stranger's."""
    person, code = journey.person, journey.code(pc)
    form = {"USER_NM": person.name, "USER_TEL": person.phone, "AGTID": INSTITUTION}
    form |= {"OTPNO": code, "CLASS_AGENT_PK": "C-1,1", "EVAL_CD": "01", "CLASS_TME": "01"}
    form |= {"M_RET": "T", "M_TRNID": "txn_invented"}
    answers = []
    with httpx.Client(base_url=f"{pc.origin}/api/v2/", trust_env=False) as client:
        for path in ("otp_accredit", "user_reset"):
            for origin in ({}, {"Origin": PAGE}, {"Origin": "null"}):
                answers.append(client.post(path, data=form, headers=origin))
            form_type = {"Content-Type": "application/x-www-form-urlencoded"}
            broken = f"USER_NM={person.name}&OTPNO={code}&USER_TEL={person.phone}&%".encode()
            answers.append(client.post(path, content=broken, headers=form_type))
            answers.append(client.get(path, params=form))
    told = [each.json()["code"] for each in answers]
    assert told == [
        "AP001", "AP001", "AP007", "AP007", "WE002",
        "AP010", "AP010", "AP007", "AP007", "WE002",
    ]  # fmt: skip


def help_them(journey: Journey, pc: Pc) -> None:
    """Somebody of the staff signs in, well and badly, and helps."""
    hunt, person = journey.hunt, journey.person
    helper = live_staff(journey.verifier.data_dir, pc.origin, "kim", "admin")
    hunt.add_text("staff's first password", helper.first)
    hunt.add_text("staff's password", STAFF_PASSWORD)
    hunt.add_text("staff's setup token", helper.setup_token)
    hunt.add_text("staff's session token", helper.token)
    hunt.add_bytes("staff's second factor", helper.seed)
    wrong = {"name": person.name, "password": STAFF_PASSWORD, "totp": helper.code()}
    assert helper.ask("POST", "sessions", wrong).status_code == 401
    assert helper.ask("POST", "sessions", wrong | {"totp": 7}).status_code == 400
    for q in (person.phone, person.phone[-4:], person.name):
        assert helper.ask("GET", "trainees", params={"q": q}).json()["count"] == 1
    found = helper.ask("GET", "trainees", params={"q": person.phone}).json()
    path = f"trainees/{found['trainees'][0]['trainee_id']}"
    assert helper.ask("GET", path).status_code == 200
    assert helper.ask("POST", f"{path}/person", {"reason": "확인"}).status_code == 200
    numbered = helper.ask("POST", f"{path}/person", {"reason": person.phone})
    assert numbered.status_code == 422
    wanted = {"institution_id": INSTITUTION, "occasion": "exam", "reason": "앱 고장"}
    given = helper.ask("POST", f"{path}/bypass", wanted)
    assert given.status_code == 201, given.text
    hunt.add_text("bypass code", given.json()["code"])
    assert helper.ask("GET", "audit/export", params={"reason": "감사"}).status_code == 200
    journey.look_around("helped", pc)


def test_no_secret_lies_in_a_log_a_database_or_a_data_folder(
    journey: Journey,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3", "requests", "keyring"):
        caplog.set_level(logging.DEBUG, name)
    verifier, person = journey.verifier, journey.person
    old, new = (Pc(verifier.origin, tmp_path / name) for name in ("old", "new"))

    enrol(journey, old)
    assert old.services.unlock.unlock(WRONG_PIN) == WrongPin(4)
    old.unlock(PIN)
    assert verifier.check(person, journey.code(old)) == "accepted"
    assert verifier.check(person, journey.code(old)) == "code-used"
    old.services.unlock.change_pin(PIN, NEW_PIN)
    journey.look_around("PIN changed", old)
    send_nonsense(journey, old)
    send_forms(journey, old)
    prove_name(journey, old)
    help_them(journey, old)
    enrol(journey, new)
    assert old.services.unlock.unlock(NEW_PIN) == Ended("replaced")
    new.unlock(PIN)
    journey.code(new)
    verifier.wait_for_message(person, number=4)
    journey.look_around("replaced", old, new)
    assert new.services.reset.reset() == ResetDone(verifier_told=True)
    assert old.services.reset.start_over() == ResetDone(verifier_told=False)
    journey.look_around("reset", old, new)
    verifier.process.stop()
    journey.look_around("stopped")

    said = capfd.readouterr()
    journey.places["what the app wrote"] = (said.out + said.err).encode()
    journey.places["what the app logged"] = "\n".join(
        f"{each.getMessage()} {each.args!r}"
        for each in caplog.get_records("call")
        if not each.name.startswith(OWN_CLIENT)
    ).encode()
    assert journey.hunt.found_in(journey.without_outbox()) == []


def test_the_search_finds_what_is_there(journey: Journey, tmp_path: Path) -> None:
    pc = Pc(journey.verifier.origin, tmp_path / "pc")
    enrol(journey, pc)
    pc.unlock(PIN)
    found = {what for what, _ in journey.hunt.found_in(journey.places)}
    assert found == {"phone number", "identity code"}, "both are in the outbox"
    seed = journey.verifier.seed(pc.vault().registration_id)
    planted = {
        "raw": b"..." + seed + b"...",
        "hex": seed.hex().encode(),
        "url": b64url_encode(seed).encode(),
        "name": f'{{"name":"{journey.person.name}"}}'.encode("unicode_escape"),
        "phone": f"+82 10 {journey.person.phone[4:].replace('-', ' ')}".encode(),
        "pin": f"pin={PIN}".encode(),
    }
    places = {place for _, place in journey.hunt.found_in(planted)}
    assert places == planted.keys()


def test_the_searched_files_are_those_that_matter(journey: Journey, tmp_path: Path) -> None:
    pc = Pc(journey.verifier.origin, tmp_path / "pc")
    enrol(journey, pc)
    names = {place.rpartition("/")[2] for place in journey.places}
    assert names >= {"motp.sqlite3", "motp.sqlite3-wal", "verifier.log", "active.vault", OUTBOX}
    assert len(journey.places[f"enrolled {pc.folder.name}: 0/motp.sqlite3-wal"]) > 0
