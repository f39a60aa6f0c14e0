"""The administrator gets out, with a network and without one, and nobody else does."""

from pathlib import Path

import pytest

from motp_desktop.services.kiosk.exit_tries import LOCK_SECONDS
from motp_desktop.services.kiosk.outcomes import ExitPinLocked, ExitPinWrong, MayExit
from motp_desktop.services.outcomes import Busy, KeyStoreTrouble, StorageTrouble
from motp_desktop.services.ports import KeyStoreFault
from motp_protocol.problems import ProblemType
from tests.support.kiosk_fakes import EXIT_PIN, OFFLINE, KioskPc
from tests.support.memory_ports import MemoryKeyStore
from tests.support.memory_verifier import refusal

WRONG = "730519"


@pytest.fixture
def pc(tmp_path: Path) -> KioskPc:
    pc = KioskPc(tmp_path / "kiosk")
    pc.enrol()
    return pc


def offline(pc: KioskPc, pin: str) -> object:
    """What a try comes to without a network."""
    pc.api.script.append(OFFLINE)
    return pc.kiosk.try_exit(pin)


def test_the_verifier_judges_where_it_answers(pc: KioskPc) -> None:
    assert [pc.kiosk.try_exit(WRONG) for _ in range(2)] == [ExitPinWrong(4), ExitPinWrong(3)]
    assert pc.kiosk.try_exit(EXIT_PIN) == MayExit()
    for _ in range(5):
        pc.kiosk.try_exit(WRONG)
    assert pc.kiosk.try_exit(EXIT_PIN) == ExitPinLocked(899)


def test_without_a_network_the_sealed_check_judges(pc: KioskPc) -> None:
    assert offline(pc, WRONG) == ExitPinWrong(4)
    assert offline(pc, EXIT_PIN) == MayExit()
    assert offline(pc, WRONG) == ExitPinWrong(4)


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour_across_restarts(pc: KioskPc) -> None:
    assert [offline(pc, WRONG) for _ in range(4)] == [ExitPinWrong(left) for left in (4, 3, 2, 1)]
    pc.restart()
    assert offline(pc, WRONG) == ExitPinLocked(LOCK_SECONDS)
    pc.clock.pass_time(1000)
    pc.restart()
    assert offline(pc, EXIT_PIN) == ExitPinLocked(LOCK_SECONDS - 1)
    pc.clock.pass_time((LOCK_SECONDS - 1) * 1000 - 1)
    assert offline(pc, EXIT_PIN) == ExitPinLocked(1)
    pc.clock.pass_time(1)
    assert offline(pc, WRONG) == ExitPinWrong(4)
    assert offline(pc, EXIT_PIN) == MayExit()


def test_a_try_counts_before_it_is_compared(pc: KioskPc, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies between the two has had its try."""
    from motp_desktop.services.kiosk.exit_pin import ExitKeys

    class Died(BaseException):
        pass

    def die(self: ExitKeys, check: bytes) -> bool:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(ExitKeys, "opens", die)
        for _ in range(4):
            with pytest.raises(Died):
                offline(pc, EXIT_PIN)
            pc.restart()
    assert offline(pc, WRONG) == ExitPinLocked(LOCK_SECONDS)


def test_a_clock_that_is_set_back_makes_the_lock_no_longer_than_it_is(pc: KioskPc) -> None:
    for _ in range(5):
        offline(pc, WRONG)
    pc.clock.jump(-10 * 24 * 3600 * 1000)
    pc.restart()
    assert offline(pc, EXIT_PIN) == ExitPinLocked(LOCK_SECONDS)
    pc.clock.pass_time(LOCK_SECONDS * 1000)
    assert offline(pc, EXIT_PIN) == MayExit()


def test_a_count_that_cannot_be_kept_opens_nothing(
    pc: KioskPc, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motp_desktop.services.adapters.folder_file import FolderFile
    from motp_desktop.services.ports import StorageError, StorageFault

    def full(self: FolderFile, data: bytes) -> None:
        raise StorageError(StorageFault.FULL)

    monkeypatch.setattr(FolderFile, "save", full)
    assert offline(pc, EXIT_PIN) == StorageTrouble(StorageFault.FULL)


def test_a_kiosk_that_the_verifier_forgot_still_lets_its_administrator_out(pc: KioskPc) -> None:
    pc.api.is_revoked = True
    assert pc.kiosk.try_exit(WRONG) == ExitPinWrong(4)
    assert pc.kiosk.try_exit(EXIT_PIN) == MayExit()
    pc.kiosk.refresh()
    assert pc.kiosk.try_exit(WRONG) == ExitPinWrong(4)


def test_being_asked_too_often_is_no_way_round_the_verifier(pc: KioskPc) -> None:
    pc.api.script.append(refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=30))
    assert pc.kiosk.try_exit(EXIT_PIN) == Busy(30)


def test_a_pc_that_is_no_kiosk_holds_nobody(tmp_path: Path) -> None:
    assert KioskPc(tmp_path / "kiosk").kiosk.try_exit("") == MayExit()


def test_a_kiosk_whose_identity_is_lost_holds_nobody(pc: KioskPc) -> None:
    pc.key_store = MemoryKeyStore()
    pc.restart()
    assert pc.kiosk.try_exit(WRONG) == MayExit()


def test_a_keychain_that_fails_for_now_opens_nothing(pc: KioskPc) -> None:
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.kiosk.try_exit(WRONG) == KeyStoreTrouble(KeyStoreFault.LOCKED)


@pytest.mark.parametrize("pin", ["", "일이삼사오육", EXIT_PIN + "0", "7305１8"])
def test_what_is_no_pin_is_a_wrong_one(pc: KioskPc, pin: str) -> None:
    assert offline(pc, pin) == ExitPinWrong(4)
