"""A kiosk and a real verifier: who may register and unlock there, and who may leave."""

import base64
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.config import DEFAULT_VERIFIER_ORIGIN, Settings
from motp_desktop.kiosk_services import build_kiosk
from motp_desktop.kiosk_texts import enrolment_lines
from motp_desktop.services.adapters.countersigning import countersigned
from motp_desktop.services.adapters.http_exchange import (
    HttpAnswer,
    HttpExchange,
    HttpRequest,
)
from motp_desktop.services.kiosk.outcomes import (
    ExitPinLocked,
    ExitPinWrong,
    HasProfile,
    KioskAdded,
    KioskCodeWrong,
    KioskEnded,
    KioskLocked,
    KioskReady,
    MayExit,
    NoProfile,
)
from motp_desktop.services.outcomes import (
    ConsentReady,
    Ended,
    EnrolmentForm,
    PinRight,
    UnexpectedRefusal,
    WrongPin,
)
from motp_desktop.services.ports import NoAnswer
from tests.support.live_kiosk import EXIT_PIN, LiveKiosk, add_kiosk, kiosk_command
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.pc import PIN, Pc
from tests.support.secret_hunt import SecretHunt

pytestmark = pytest.mark.xdist_group("kiosk")

WRONG_PIN = "730519"


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("verifier") / "data") as running:
        yield running


@pytest.fixture
def kiosk(verifier: LiveVerifier, tmp_path: Path) -> LiveKiosk:
    kiosk = LiveKiosk(verifier, tmp_path / "kiosk")
    kiosk.enrol()
    return kiosk


def test_a_trainee_registers_at_a_kiosk_and_comes_again_after_a_restart(
    kiosk: LiveKiosk, verifier: LiveVerifier
) -> None:
    person = verifier.new_person()
    kiosk.register(person)
    assert isinstance(kiosk.visit.unlock.unlock(PIN), PinRight)
    assert verifier.check(person, kiosk.code()) == "accepted"
    kiosk.visits.end()
    kiosk.restart()
    assert kiosk.visits.arrive(person.phone) == HasProfile()
    assert isinstance(kiosk.visit.unlock.unlock(WRONG_PIN), WrongPin)
    kiosk.unlock(person)


def test_a_kiosk_and_a_pc_of_one_s_own_stand_side_by_side(
    kiosk: LiveKiosk, verifier: LiveVerifier, tmp_path: Path
) -> None:
    person = verifier.new_person()
    pc = Pc(verifier.origin, tmp_path / "pc")
    pc.enrol(verifier, person)
    kiosk.register(person)
    assert verifier.check(person, kiosk.unlock(person)) == "accepted"
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"
    kiosk.unlock(person)


def test_another_kiosk_takes_the_place_of_this_one(
    kiosk: LiveKiosk, verifier: LiveVerifier, tmp_path: Path
) -> None:
    person = verifier.new_person()
    kiosk.register(person)
    kiosk.visits.end()
    other = LiveKiosk(verifier, tmp_path / "other")
    other.enrol("2층")
    other.register(person)
    other.unlock(person)
    assert kiosk.visits.arrive(person.phone) == HasProfile()
    assert kiosk.visit.unlock.unlock(PIN) == Ended("replaced")
    kiosk.visits.end()
    assert kiosk.visits.arrive(person.phone) == NoProfile()


# The kiosk's signature


@dataclass
class Rewitnessed(HttpExchange):
    """The network, on which the kiosk's signature is taken off, or made by another."""

    key: Ed25519PrivateKey | None = None
    is_on: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        if not self.is_on or "Signature" not in request.headers:
            return super().send(request)
        bare = {
            name: re.sub(r", kiosk=.*", "", value) if name.startswith("Signature") else value
            for name, value in request.headers.items()
        }
        plain = HttpRequest(request.method, request.url, bare, request.body)
        if self.key is not None:
            plain = countersigned(plain, self.key, base64.b64decode("A" * 22 + "=="))
        return super().send(plain)


@pytest.mark.parametrize("by_a_stranger", [True, False])
def test_without_the_kiosk_s_own_signature_nothing_opens(
    verifier: LiveVerifier, tmp_path: Path, by_a_stranger: bool
) -> None:
    network = Rewitnessed(Ed25519PrivateKey.generate() if by_a_stranger else None)
    kiosk = LiveKiosk(verifier, tmp_path / "kiosk", exchange=network)
    kiosk.enrol()
    person = verifier.new_person()
    kiosk.register(person)
    kiosk.unlock(person)
    network.is_on = True
    kiosk.visits.arrive(person.phone)
    assert kiosk.visit.unlock.unlock(PIN) == UnexpectedRefusal("bad-signature")
    newcomer = verifier.new_person()
    kiosk.visits.arrive(newcomer.phone)
    consent = kiosk.visit.enrolment.load_consent("ko")
    assert isinstance(consent, ConsentReady)
    form = EnrolmentForm(newcomer.name, newcomer.phone, PIN)
    refused = kiosk.visit.enrolment.start(form, consent, "ko")
    assert refused == UnexpectedRefusal("kiosk-required")
    network.is_on = False
    kiosk.unlock(person)


def test_a_registration_opens_at_no_other_kiosk(verifier: LiveVerifier, tmp_path: Path) -> None:
    """Somebody carries disk and keychain away, and signs as another kiosk that is in service."""
    network = Rewitnessed()
    kiosk = LiveKiosk(verifier, tmp_path / "kiosk", exchange=network)
    kiosk.enrol()
    person = verifier.new_person()
    kiosk.register(person)
    kiosk.visits.end()
    network.key = key_of(LiveKiosk(verifier, tmp_path / "other"))
    network.is_on = True
    kiosk.visits.arrive(person.phone)
    assert kiosk.visit.unlock.unlock(PIN) == UnexpectedRefusal("bad-signature")
    network.is_on = False
    kiosk.unlock(person)


def key_of(kiosk: LiveKiosk) -> Ed25519PrivateKey:
    """The key of a kiosk, which it is enrolled for."""
    kiosk.enrol("2층")
    import msgspec

    from motp_desktop.services.adapters.data_folder import DataFolder
    from motp_desktop.services.adapters.folder_file import FolderFile
    from motp_desktop.services.kiosk.identity import Identity, identity_seal

    (secret,) = kiosk.key_store.secrets.values()
    stored = FolderFile(DataFolder(kiosk.folder / "kiosk"), "kiosk.vault").load()
    assert stored is not None
    plain = identity_seal(secret).open(stored)
    assert plain is not None
    identity = msgspec.msgpack.decode(plain, type=Identity)
    return Ed25519PrivateKey.from_private_bytes(identity.signing_key)


# Enrolling


def test_a_code_makes_one_kiosk(verifier: LiveVerifier, tmp_path: Path) -> None:
    code = add_kiosk(verifier)
    first, second = (LiveKiosk(verifier, tmp_path / name) for name in ("first", "second"))
    added = first.kiosk.enrol(code.lower(), EXIT_PIN)
    assert isinstance(added, KioskAdded)
    assert (added.claims.label, added.claims.institution_name) == ("1층 로비", "한빛훈련원")
    assert second.kiosk.enrol(code, EXIT_PIN) == KioskCodeWrong()
    assert second.kiosk.enrol("ZZZZZ-ZZZZZ", EXIT_PIN) == KioskCodeWrong()


def test_a_script_enrols_a_kiosk_by_the_command(verifier: LiveVerifier, tmp_path: Path) -> None:
    where = ["--data-dir", str(tmp_path), "--verifier", verifier.origin, "--lang", "en"]
    command = [sys.executable, "-m", "motp_desktop", "kiosk", "enrol", "--key-file", *where]
    done = subprocess.run(
        command,
        input=f"{add_kiosk(verifier)}\n{EXIT_PIN}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "한빛훈련원, 1층 로비" in done.stderr
    # Where it was enrolled is known from then on.
    services = build_kiosk(Settings(DEFAULT_VERIFIER_ORIGIN, tmp_path))
    assert isinstance(services.kiosk.refresh(), KioskReady)
    assert services.kiosk.try_exit(EXIT_PIN) == MayExit()


def test_a_verifier_that_knows_itself_by_another_address_is_told_of(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    kiosk = LiveKiosk(verifier, tmp_path / "kiosk")
    kiosk.restart(verifier.origin.replace("127.0.0.1", "localhost"))
    refused = kiosk.kiosk.enrol(add_kiosk(verifier), EXIT_PIN)
    assert refused == UnexpectedRefusal("bad-signature")
    assert "MOTP_VERIFIER_PUBLIC_ORIGIN" in " ".join(enrolment_lines(refused, "en"))


def test_an_enrolment_whose_answer_was_lost_is_repeated(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    kiosk = LiveKiosk(verifier, tmp_path / "kiosk")
    code = add_kiosk(verifier)
    kiosk.cable.answers_to_lose = 1
    assert kiosk.kiosk.enrol(code, EXIT_PIN) == NoAnswer("timeout")
    kiosk.restart()
    assert isinstance(kiosk.kiosk.enrol(code, EXIT_PIN), KioskAdded)
    assert isinstance(kiosk.kiosk.refresh(), KioskReady)


# Staff


def test_a_locked_kiosk_serves_nobody_until_it_is_unlocked(
    kiosk: LiveKiosk, verifier: LiveVerifier
) -> None:
    person, newcomer = verifier.new_person(), verifier.new_person()
    kiosk.register(person)
    kiosk_command(verifier, "lock", id_of(kiosk))
    # What is locked while somebody stands there is refused by the verifier.
    assert kiosk.visit.unlock.unlock(WRONG_PIN) == UnexpectedRefusal("kiosk-locked")
    assert kiosk.visits.arrive(newcomer.phone) == NoProfile()
    consent = kiosk.visit.enrolment.load_consent("ko")
    assert isinstance(consent, ConsentReady)
    form = EnrolmentForm(newcomer.name, newcomer.phone, PIN)
    assert kiosk.visit.enrolment.start(form, consent, "ko") == UnexpectedRefusal("kiosk-locked")
    assert isinstance(kiosk.kiosk.refresh(), KioskLocked)
    assert kiosk.visits.arrive(person.phone) == UnexpectedRefusal("kiosk-locked")
    kiosk.restart()
    assert isinstance(kiosk.kiosk.look(), KioskLocked)
    kiosk_command(verifier, "unlock", id_of(kiosk))
    assert isinstance(kiosk.kiosk.refresh(), KioskReady)
    # The wrong PIN of the time when it was locked was not counted.
    kiosk.visits.arrive(person.phone)
    assert kiosk.visit.unlock.unlock(WRONG_PIN) == WrongPin(4)
    kiosk.unlock(person)


def test_a_revoked_kiosk_has_ended(kiosk: LiveKiosk, verifier: LiveVerifier) -> None:
    person = verifier.new_person()
    kiosk.register(person)
    kiosk_command(verifier, "revoke", id_of(kiosk))
    assert kiosk.visit.unlock.unlock(PIN) == UnexpectedRefusal("bad-signature")
    assert kiosk.kiosk.refresh() == KioskEnded()
    kiosk.restart()
    assert kiosk.kiosk.look() == KioskEnded()
    assert kiosk.kiosk.try_exit(WRONG_PIN) == ExitPinWrong(4)
    assert kiosk.kiosk.try_exit(EXIT_PIN) == MayExit()
    kiosk.enrol("새 자리")
    kiosk.register(person)
    kiosk.unlock(person)


def test_what_an_operator_configures_is_taken(kiosk: LiveKiosk, verifier: LiveVerifier) -> None:
    kiosk_command(verifier, "configure", id_of(kiosk), "--idle", "60", "--unused-days", "30")
    now = kiosk.kiosk.refresh()
    assert isinstance(now, KioskReady)
    assert (now.claims.idle_seconds, now.claims.unused_days) == (60, 30)
    kiosk.restart()
    assert kiosk.kiosk.look() == now


def id_of(kiosk: LiveKiosk) -> str:
    now = kiosk.kiosk.look()
    assert isinstance(now, KioskReady | KioskLocked)
    return now.claims.sub


# Without a network


def test_a_kiosk_starts_without_a_network_and_goes_on_with_one(
    kiosk: LiveKiosk, verifier: LiveVerifier
) -> None:
    person = verifier.new_person()
    kiosk.register(person)
    kiosk.visits.end()
    kiosk.cable.is_in = False
    kiosk.restart()
    assert isinstance(kiosk.kiosk.look(), KioskReady)
    now = kiosk.kiosk.refresh()
    assert isinstance(now, KioskReady)
    assert not now.online
    assert kiosk.visits.arrive(person.phone) == HasProfile()
    assert kiosk.visit.unlock.unlock(PIN) == NoAnswer("offline")
    kiosk.visits.sweep()
    kiosk.cable.is_in = True
    now = kiosk.kiosk.refresh()
    assert isinstance(now, KioskReady)
    assert now.online
    assert verifier.check(person, kiosk.unlock(person)) == "accepted"


def test_codes_go_on_while_the_network_is_away(kiosk: LiveKiosk, verifier: LiveVerifier) -> None:
    person = verifier.new_person()
    kiosk.register(person)
    kiosk.unlock(person)
    kiosk.cable.is_in = False
    assert verifier.check(person, kiosk.code()) == "accepted"


def test_the_administrator_leaves_with_a_network_and_without(kiosk: LiveKiosk) -> None:
    assert kiosk.kiosk.try_exit(WRONG_PIN) == ExitPinWrong(4)
    assert kiosk.kiosk.try_exit(EXIT_PIN) == MayExit()
    kiosk.cable.is_in = False
    assert kiosk.kiosk.try_exit(WRONG_PIN) == ExitPinWrong(4)
    assert kiosk.kiosk.try_exit(EXIT_PIN) == MayExit()
    kiosk.cable.is_in = True
    for left in (4, 3, 2, 1):
        assert kiosk.kiosk.try_exit(WRONG_PIN) == ExitPinWrong(left)
    assert isinstance(kiosk.kiosk.try_exit(WRONG_PIN), ExitPinLocked)
    locked = kiosk.kiosk.try_exit(EXIT_PIN)
    assert isinstance(locked, ExitPinLocked)
    assert 0 < locked.retry_after <= 900


# What is left


def test_no_secret_and_no_name_is_left_on_the_kiosk_or_in_the_verifier_s_log(
    kiosk: LiveKiosk, verifier: LiveVerifier
) -> None:
    hunt = SecretHunt()
    people = [verifier.new_person() for _ in range(3)]
    places: dict[str, bytes] = {}
    for number, person in enumerate(people):
        kiosk.register(person)
        hunt.add_text("code", kiosk.unlock(person))
        places |= files(kiosk, f"while {number} is there")
        hunt.add_text("name", person.name)
        hunt.add_phone("number", person.phone)
        hunt.add_text("identity code", verifier.identity_code(person))
    kiosk.visits.end()
    kiosk.kiosk.try_exit(EXIT_PIN)
    kiosk.kiosk.refresh()
    hunt.add_text("PIN", PIN)
    hunt.add_text("exit PIN", EXIT_PIN)
    for secret in kiosk.key_store.secrets.values():
        hunt.add_bytes("device secret", secret)
    assert len(kiosk.key_store.secrets) == 1
    places |= files(kiosk, "in the end")
    places["keychain"] = repr(kiosk.key_store.secrets.keys()).encode()
    places["verifier's log"] = verifier.log().encode()
    assert len(places) > 12
    assert hunt.found_in(places) == []
    planted = people[0].name.encode()
    assert hunt.found_in(places | {"planted": planted}) == [("name", "planted")]


def files(kiosk: LiveKiosk, moment: str) -> dict[str, bytes]:
    """Every file of the kiosk's data, with its name."""
    found = [path for path in kiosk.folder.rglob("*") if path.is_file()]
    return {f"{moment}: {path}": str(path).encode() + path.read_bytes() for path in found}
