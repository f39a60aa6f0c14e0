import pytest

from motp_desktop.services.outcomes import Ended, KeyStoreTrouble, Synced
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import PIN, Desktop
from tests.support.memory_verifier import SERVER_AHEAD_MS, refusal


@pytest.fixture
def pc() -> Desktop:
    desktop = Desktop()
    desktop.enrol()
    desktop.unlock.unlock(PIN)
    return desktop


def test_the_code_is_that_of_the_verifiers_time(pc: Desktop) -> None:
    registration = pc.verifier.active()
    assert registration is not None
    profile = OtpProfile()
    step = step_at(pc.verifier.now_ms(), profile)
    code = pc.codes.now()
    assert code is not None
    assert code.code == code_for_step(registration.seed, step, profile)
    assert code.next_code == code_for_step(registration.seed, step + 1, profile)
    assert code.period_seconds == 30


def test_the_next_code_becomes_the_present_one(pc: Desktop) -> None:
    before = pc.codes.now()
    assert before is not None
    pc.clock.pass_time(before.milliseconds_left)
    after = pc.codes.now()
    assert after is not None
    assert after.code == before.next_code
    assert after.milliseconds_left == 30_000


def test_setting_the_system_clock_while_unlocked_changes_no_code(pc: Desktop) -> None:
    before = pc.codes.now()
    pc.clock.jump(-10 * 86_400_000)
    assert pc.codes.now() == before


def test_the_skew_is_this_pcs_clock_less_the_verifiers(pc: Desktop) -> None:
    assert pc.codes.skew_ms() == -SERVER_AHEAD_MS


def test_locking_drops_the_seed(pc: Desktop) -> None:
    pc.codes.forget()
    assert pc.codes.now() is None
    assert pc.session.current is None


def test_a_sync_tells_the_status_and_needs_no_pin(pc: Desktop) -> None:
    pc.restart()
    outcome = pc.sync.sync()
    assert isinstance(outcome, Synced)
    assert outcome.status.state == "active"


def test_a_sync_stores_an_offset_that_moved_and_leaves_one_that_did_not(pc: Desktop) -> None:
    writes = pc.vaults.writes
    pc.clock.jump(400)
    pc.sync.sync()
    assert pc.vaults.writes == writes
    pc.clock.jump(60_000)
    pc.sync.sync()
    assert pc.contents().clock_offset_ms == SERVER_AHEAD_MS - 60_400
    pc.restart()
    pc.opening.look()
    assert pc.verifier_clock.now_ms() == pc.verifier.now_ms()


def test_a_full_disk_does_not_spoil_a_sync(pc: Desktop) -> None:
    pc.clock.jump(60_000)
    pc.vaults.write_fault = StorageFault.FULL
    assert isinstance(pc.sync.sync(), Synced)


def test_a_suspended_registration_is_synced_and_a_revoked_one_has_ended(pc: Desktop) -> None:
    registration = pc.verifier.active()
    assert registration is not None
    registration.state = "suspended"
    assert isinstance(pc.sync.sync(), Synced)
    registration.state, registration.reason = "revoked", "staff"
    assert pc.sync.sync() == Ended("staff")


def test_a_sync_without_answer_key_store_or_vault_says_so(pc: Desktop) -> None:
    pc.verifier.script.append(NoAnswer("offline"))
    assert pc.sync.sync() == NoAnswer("offline")
    pc.verifier.script.append(refusal(ProblemType.NOT_FOUND))
    assert pc.sync.sync() == Ended("unknown")
    pc.key_store.fault = KeyStoreFault.LOCKED
    assert pc.sync.sync() == KeyStoreTrouble(KeyStoreFault.LOCKED)
    assert Desktop().sync.sync() == Ended("vault-damaged")
