"""A PC becomes a kiosk: the code, the exit PIN, and what a crash or a lost answer leaves."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.kiosk.enrolling import ENROL_STEPS, normalise_code
from motp_desktop.services.kiosk.identity import identity_seal
from motp_desktop.services.kiosk.outcomes import (
    ExitPinUnsuitable,
    KioskAdded,
    KioskCodeWrong,
    KioskEnded,
    KioskReady,
    MayExit,
    NotEnrolled,
)
from motp_desktop.services.outcomes import Busy, KeyStoreTrouble, UnexpectedRefusal
from motp_desktop.services.ports import KeyStoreFault
from motp_protocol.encoding import b64url_decode
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import Crash
from tests.support.kiosk_fakes import (
    EXIT_PIN,
    KIOSK_CODE,
    OFFLINE,
    PLAIN_CODE,
    KioskPc,
)
from tests.support.memory_ports import MemoryKeyStore
from tests.support.memory_verifier import refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture
def pc(tmp_path: Path) -> KioskPc:
    return KioskPc(tmp_path / "kiosk")


def test_a_pc_that_was_never_enrolled_is_no_kiosk(pc: KioskPc) -> None:
    assert pc.kiosk.look() == NotEnrolled()
    assert pc.kiosk.refresh() == NotEnrolled()
    assert pc.api.calls == []


def test_the_code_makes_a_kiosk_that_a_restart_finds_again(pc: KioskPc) -> None:
    assert pc.enrol() == KioskAdded(pc.api.claims)
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)
    pc.restart()
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)
    assert pc.api.calls == ["enrol", "published_keys"]


def test_looking_asks_nobody(pc: KioskPc) -> None:
    pc.enrol()
    pc.api.calls.clear()
    pc.kiosk.look()
    assert pc.api.calls == []


@pytest.mark.parametrize("code", ["", "7Q2M", "7Q2MXK4T9AA", "7Q2MXK4T9U", "가나다라마바사아자차"])
def test_what_is_no_code_is_not_sent(pc: KioskPc, code: str) -> None:
    assert pc.kiosk.enrol(code, EXIT_PIN) == KioskCodeWrong()
    assert pc.api.calls == []


def test_a_wrong_code_makes_no_kiosk(pc: KioskPc) -> None:
    assert pc.kiosk.enrol("ZZZZZ-ZZZZZ", EXIT_PIN) == KioskCodeWrong()
    assert pc.kiosk.look() == NotEnrolled()


@pytest.mark.parametrize("pin", ["73051", "1234567890123", "12345a", "111111", "123456", ""])
def test_an_exit_pin_has_six_digits_that_are_not_tried_first(pc: KioskPc, pin: str) -> None:
    assert pc.kiosk.enrol(KIOSK_CODE, pin) == ExitPinUnsuitable()
    assert pc.api.calls == []


@given(st.text(ALPHABET, min_size=10, max_size=10), st.data())
def test_a_code_is_read_as_it_was_meant(code: str, data: st.DataObject) -> None:
    misread = {"1": "1Il", "0": "0Oo"}
    typed = "".join(data.draw(st.sampled_from(misread.get(c, c + c.lower()))) for c in code)
    cut = data.draw(st.integers(0, 10))
    assert normalise_code(f" {typed[:cut]}-{typed[cut:]} ") == code


@given(st.text(max_size=30))
def test_a_code_is_ten_of_its_letters_or_none(text: str) -> None:
    code = normalise_code(text)
    assert code is None or (len(code) == 10 and set(code) <= set(ALPHABET))


def test_a_lost_answer_is_asked_for_again_with_equal_values(pc: KioskPc) -> None:
    pc.api.script.append("answer-lost")
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == OFFLINE
    assert pc.kiosk.look() == NotEnrolled()
    pc.restart()
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == KioskAdded(pc.api.claims)


def test_another_code_is_never_asked_with_the_key_of_the_one_before(pc: KioskPc) -> None:
    pc.api.script.append("answer-lost")
    pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN)
    pc.api.codes.add("0000000000")
    assert isinstance(pc.kiosk.enrol("00000-00000", EXIT_PIN), KioskAdded)
    first, second = pc.api.enrolled.values()
    assert first.public_key != second.public_key
    assert first.exit_auth != second.exit_auth


def test_what_is_kept_of_the_exit_pin_is_not_what_is_sent_of_it(pc: KioskPc) -> None:
    pc.enrol()
    (secret,) = pc.key_store.secrets.values()
    plain = identity_seal(secret).open((pc.folder / "kiosk.vault").read_bytes())
    assert plain is not None
    (request,) = pc.api.enrolled.values()
    sent = b64url_decode(request.exit_auth)
    assert sent not in plain
    assert hashlib.sha256(sent).digest() not in plain


def test_keys_that_cannot_be_fetched_leave_no_half_kiosk(pc: KioskPc) -> None:
    pc.api.script.extend([None, OFFLINE])
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == OFFLINE
    assert pc.kiosk.look() == NotEnrolled()
    pc.enrol()


@pytest.mark.parametrize("step", ENROL_STEPS)
def test_a_crash_at_any_step_is_gone_on_from(pc: KioskPc, step: str) -> None:
    pc.crash_at = step
    with pytest.raises(Crash):
        pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN)
    pc.restart()
    assert pc.kiosk.look() in (NotEnrolled(), KioskReady(pc.api.claims, online=True))
    pc.enrol()
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)
    assert pc.kiosk.try_exit(EXIT_PIN) == MayExit()


def test_a_configuration_by_a_stranger_makes_no_kiosk(pc: KioskPc) -> None:
    pc.api.published = [Ed25519PrivateKey.generate()]
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == UnexpectedRefusal("bad-config")
    assert pc.kiosk.look() == NotEnrolled()


def test_a_configuration_of_another_verifier_makes_no_kiosk(pc: KioskPc) -> None:
    pc.api.change(iss="https://elsewhere.example")
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == UnexpectedRefusal("bad-config")


def test_a_verifier_that_is_asked_too_often_says_when_to_come_back(pc: KioskPc) -> None:
    pc.api.script.append(refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=40))
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == Busy(40)


def test_a_keychain_that_fails_is_told_before_the_code_is_spent(pc: KioskPc) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN) == KeyStoreTrouble(KeyStoreFault.LOCKED)
    assert pc.api.calls == []


def test_a_lost_keychain_ends_the_kiosk_until_it_is_enrolled_anew(pc: KioskPc) -> None:
    pc.enrol()
    pc.key_store = MemoryKeyStore()
    pc.restart()
    assert pc.kiosk.look() == KioskEnded()
    assert pc.kiosk.refresh() == KioskEnded()
    pc.api.codes.add("0000000000")
    assert isinstance(pc.kiosk.enrol("00000-00000", EXIT_PIN), KioskAdded)
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)


def test_no_byte_of_the_identity_can_be_changed(pc: KioskPc) -> None:
    pc.enrol()
    file = pc.folder / "kiosk.vault"
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert pc.kiosk.look() == KioskEnded(), place
    file.write_bytes(whole)
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)


def test_one_sealed_file_does_not_open_in_the_place_of_another(pc: KioskPc) -> None:
    pc.api.script.append("answer-lost")
    pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN)
    (pc.folder / "kiosk.vault").write_bytes((pc.folder / "applicant.vault").read_bytes())
    assert pc.kiosk.look() == KioskEnded()


def test_nothing_of_the_enrolment_lies_in_plain(pc: KioskPc) -> None:
    pc.api.script.append("answer-lost")
    pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN)
    pc.enrol()
    stored = b"".join(each.read_bytes() for each in pc.folder.iterdir() if each.is_file())
    for secret in (PLAIN_CODE, EXIT_PIN, pc.api.claims.label, "hanbit"):
        assert secret.encode() not in stored
    assert not (pc.folder / "applicant.vault").exists()
