from motp_desktop.services.verifier_clock import VerifierClock
from tests.support.memory_ports import TickingClock


def test_before_any_answer_the_stored_offset_corrects_the_system_clock() -> None:
    clock = TickingClock(system_ms=1_000_000)
    verifier = VerifierClock(clock, offset_ms=-4_000)
    assert verifier.now_ms() == 996_000
    assert verifier.skew_ms() == 4_000


def test_an_answer_is_read_as_the_middle_of_its_round_trip() -> None:
    clock = TickingClock()
    clock.since_start_ms = 10_400
    verifier = VerifierClock(clock)
    verifier.learn(2_000_000, 10_000, 10_400)
    assert verifier.now_ms() == 2_000_200


def test_a_jump_of_the_system_clock_changes_nothing_once_the_time_is_known() -> None:
    clock = TickingClock()
    verifier = VerifierClock(clock)
    verifier.learn(2_000_000, clock.since_start_ms, clock.since_start_ms)
    clock.jump(-86_400_000)
    clock.pass_time(30_000)
    assert verifier.now_ms() == 2_030_000


def test_the_offset_to_store_leads_a_new_process_to_the_same_time() -> None:
    clock = TickingClock()
    verifier = VerifierClock(clock)
    verifier.learn(clock.system_ms - 123_456, clock.since_start_ms, clock.since_start_ms)
    restarted = VerifierClock(clock)
    restarted.remember(verifier.offset_ms())
    assert restarted.now_ms() == verifier.now_ms()
    assert restarted.skew_ms() == 123_456


def test_a_slow_answer_that_agrees_does_not_blur_a_quick_one() -> None:
    clock = TickingClock()
    verifier = VerifierClock(clock)
    verifier.learn(2_000_000, 5_000, 5_000)
    verifier.learn(2_005_000, 5_000, 13_000)
    clock.since_start_ms = 13_000
    assert verifier.now_ms() == 2_008_000


def test_a_slow_answer_that_cannot_agree_is_believed() -> None:
    clock = TickingClock()
    verifier = VerifierClock(clock)
    verifier.learn(2_000_000, 5_000, 5_000)
    verifier.learn(9_000_000, 5_000, 13_000)
    clock.since_start_ms = 13_000
    assert verifier.now_ms() == 9_004_000


def test_a_moment_of_the_verifier_is_found_on_the_clock_that_never_jumps() -> None:
    clock = TickingClock()
    verifier = VerifierClock(clock)
    verifier.learn(2_000_000, clock.since_start_ms, clock.since_start_ms)
    assert verifier.elapsed_at(2_030_000) == clock.since_start_ms + 30_000
