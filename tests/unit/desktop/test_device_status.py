"""What this PC says of itself, in every state that it can be in."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.adapters.contact_file import NAME, ContactFile
from motp_desktop.services.adapters.contact_notes import note_contact
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.contacts import Contact
from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.services.device_status import StatusDesk
from motp_desktop.services.doctor import Finding
from motp_desktop.services.ports import (
    Answer,
    KeyStoreFault,
    NoAnswer,
    Ok,
    Refused,
    Slot,
    StorageFault,
)
from motp_desktop.services.report import compose_report
from motp_protocol.messages import Confirmed
from motp_protocol.problems import ProblemType, problem
from motp_protocol.status_token import read_status, short_code
from tests.support.desktop_fakes import DEVICE, Desktop
from tests.support.memory_verifier import ORIGIN, SERVER_AHEAD_MS
from tests.support.ui_fakes import a_status


class Contacts:
    """The last contact, in memory."""

    def __init__(self) -> None:
        self.kept: Contact | None = None

    def note(self, contact: Contact) -> None:
        self.kept = contact

    def last(self) -> Contact | None:
        return self.kept

    def forget(self) -> None:
        self.kept = None

    def registration(self) -> str | None:
        return None if self.kept is None else self.kept.registration


class Bench:
    """A PC and its status desk."""

    def __init__(self) -> None:
        self.pc = Desktop()
        self.contacts = Contacts()

    @property
    def desk(self) -> StatusDesk:
        """Of a new process."""
        return StatusDesk(
            keeper=self.pc.keeper,
            key_store=self.pc.key_store,
            contacts=self.contacts,
            verifier_clock=self.pc.verifier_clock,
            verifier_origin=self.pc.origin,
            device=DEVICE,
            entropy=bytes,
        )

    def heard(self, **what: object) -> None:
        """The verifier said this of the registration."""
        values = {
            "registration": short_code(self.pc.contents().registration_id),
            "at": "2027-01-15T08:00:00.000Z",
            "state": "active",
        }
        self.contacts.kept = Contact(**(values | what))  # type: ignore[arg-type]


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.pc.enrol()
    return bench


def test_without_a_registration_the_pc_still_tells_of_itself() -> None:
    status = Bench().desk.look()
    assert status == DeviceStatus(
        "none",
        verifier=ORIGIN,
        app_version="0.1.0",
        platform="Linux 6.1",
        key_store="memory",
    )
    assert Bench().desk.sign() is None


def test_a_registration_is_told_with_its_last_contact(bench: Bench) -> None:
    bench.heard(locks=("code",))
    status = bench.desk.look()
    vault = bench.pc.contents()
    assert status.registration == "code-locked"
    assert status.last_contact == "2027-01-15T08:00:00.000Z"
    assert status.short_code == short_code(vault.registration_id)
    assert (status.name_masked, status.phone_masked) == (vault.name_masked, vault.phone_masked)
    assert status.skew_seconds == -SERVER_AHEAD_MS // 1000


@pytest.mark.parametrize(
    ("said", "registration", "reason"),
    [
        ({}, "active", ""),
        ({"locks": ("pin", "code")}, "pin-locked", ""),
        ({"state": "suspended"}, "suspended", ""),
        ({"state": "revoked", "reason": "cloned"}, "revoked", "cloned"),
    ],
)
def test_the_state_is_what_the_verifier_said_last(
    bench: Bench, said: dict[str, object], registration: str, reason: str
) -> None:
    bench.heard(**said)
    status = bench.desk.look()
    assert (status.registration, status.reason) == (registration, reason)


def test_what_was_said_of_another_registration_does_not_count(bench: Bench) -> None:
    bench.heard(registration="0000-0000", state="revoked")
    status = bench.desk.look()
    assert (status.registration, status.last_contact) == ("active", None)


def test_a_vault_that_does_not_open_says_why(bench: Bench) -> None:
    bench.pc.key_store.fault = KeyStoreFault.LOCKED
    status = bench.desk.look()
    assert (status.registration, status.reason) == ("unreadable", "key-store-locked")
    bench.pc.key_store.fault = None
    bench.pc.vaults.read_fault = StorageFault.DENIED
    assert bench.desk.look().reason == "storage-denied"
    bench.pc.vaults.read_fault = None
    bench.pc.vaults.slots[Slot.ACTIVE] = b"nonsense"
    status = bench.desk.look()
    assert (status.registration, status.reason) == ("ended", "vault-damaged")
    assert bench.desk.sign() is None


def test_the_sign_is_the_devices_own_by_the_verifiers_time(bench: Bench) -> None:
    bench.heard(state="suspended")
    bench.pc.clock.jump(95_000)
    sign = bench.desk.sign()
    assert sign is not None
    vault = bench.pc.contents()
    now = bench.pc.verifier_clock.now_ms() // 1000
    key = Ed25519PrivateKey.from_private_bytes(vault.signing_key).public_key()
    claims = read_status(sign.token, key.public_bytes_raw(), now=now)
    assert claims.skew == 95 - SERVER_AHEAD_MS // 1000
    assert (claims.sub, claims.state) == (vault.registration_id, "suspended")
    assert claims.iat == now
    assert sign.expires_at_ms == claims.exp * 1000 == (now + 600) * 1000
    assert sign.token not in repr(sign)


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (Ok(a_status()), "active", None),
        (Ok(a_status(state="revoked", reason="reset")), "revoked", "reset"),
        (Refused(problem(ProblemType.REGISTRATION_REVOKED, reason="staff")), "revoked", "staff"),
        (Refused(problem(ProblemType.DEVICE_CLONED)), "revoked", "cloned"),
        (Refused(problem(ProblemType.REGISTRATION_SUSPENDED)), "suspended", None),
        (Refused(problem(ProblemType.REGISTRATION_LOCKED)), "active", None),
    ],
)
def test_every_answer_about_a_registration_is_a_contact(
    answer: Answer[object], state: str, reason: str | None
) -> None:
    contacts = Contacts()
    note_contact(contacts, "/v1/registrations/r_1/sync", answer, "2027-01-15T08:00:00.000Z", 2.0)
    assert contacts.kept is not None
    assert contacts.kept.registration == short_code("r_1")
    assert (contacts.kept.state, contacts.kept.reason) == (state, reason)


def test_other_answers_are_none(tmp_path: Path) -> None:
    contacts = Contacts()
    moment = "2027-01-15T08:00:00.000Z"
    path = "/v1/registrations/r_1/unlock"
    answers: list[Answer[object]] = [
        NoAnswer("offline"),
        Refused(problem(ProblemType.PIN_WRONG, attempts_left=4)),
        Refused(problem(ProblemType.TOO_MANY_REQUESTS, retry_after=3)),
    ]
    for answer in answers:
        note_contact(contacts, path, answer, moment, 0.0)
    note_contact(contacts, "/v1/service", Ok(a_status()), moment, 0.0)
    assert contacts.kept is None
    confirmed = Confirmed(registration_id="r_2", status=a_status())
    note_contact(contacts, "/v1/enrolments/e_1/confirm", Ok(confirmed), moment, 0.0)
    assert contacts.registration() == short_code("r_2")
    note_contact(contacts, "/v1/registrations/r_2", Ok(None), moment, 0.0)
    assert contacts.registration() is None, "after a reset nothing is kept of what was said"


def test_the_last_contact_lasts_and_may_be_lost(tmp_path: Path) -> None:
    contact = Contact(registration="0000-0000", at="2027-01-15T08:00:00.000Z", state="active")
    book = ContactFile(DataFolder(tmp_path))
    assert book.last() is None
    book.note(contact)
    assert ContactFile(DataFolder(tmp_path)).last() == contact
    (tmp_path / NAME).write_text("{}")
    assert book.last() is None
    book.forget()
    assert not (tmp_path / NAME).exists()
    (tmp_path / "file").write_text("in the way")
    ContactFile(DataFolder(tmp_path / "file")).note(contact)


def test_a_report_tells_all_but_who_it_is_and_whose_folder(bench: Bench) -> None:
    bench.heard()
    status = bench.desk.look()
    text = compose_report(
        status,
        [Finding("network", "bad", "offline"), Finding("clock", "warn", "fast", "+95 s")],
        ["bug at /home/gildong/motp/x.py:3"],
        moment="2027-01-15T08:00:00.000Z",
        home="/home/gildong",
    )
    for fact in (status.short_code, ORIGIN, "bad  network: offline", "clock: fast +95 s", "~/motp"):
        assert fact in text
    for private in (status.name_masked, status.phone_masked, "gildong"):
        assert private not in text
