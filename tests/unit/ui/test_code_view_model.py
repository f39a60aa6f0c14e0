"""The code, its countdown, the idle lock, the clipboard and the verifier's word meanwhile."""

import gc

import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.use_cases import CodeNow
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import CodeState
from tests.support.ui_fakes import Desk, a_status


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    desk.to_code()
    return desk


def showing(desk: Desk) -> CodeState:
    """What ShowCode renders now, but for the code."""
    return desk.code.state


def shown_code(desk: Desk) -> CodeNow:
    """The code."""
    now = desk.code.code()
    assert now is not None
    return now


def pass_time(desk: Desk, milliseconds: int) -> None:
    """Let time pass, tick once, and run what that leads to."""
    desk.clock.advance(milliseconds)
    desk.press(desk.code.tick)


def test_the_code_is_there_until_it_is_locked(desk: Desk) -> None:
    assert shown_code(desk).milliseconds_left == 30_000 - desk.clock.now_ms() % 30_000
    assert showing(desk).name_masked == "홍*동"
    desk.code.lock()
    assert desk.code.code() is None
    assert desk.services.now() is None
    assert showing(desk) == CodeState()
    assert desk.where() == n.EnterPin("홍*동", "010-****-5678")


def test_each_second_is_told_once(desk: Desk) -> None:
    ticks: list[int] = []
    desk.code.ticked.connect(lambda: ticks.append(shown_code(desk).milliseconds_left))
    for _ in range(30):
        pass_time(desk, 100)
    assert len(ticks) == 3


def test_the_last_seven_seconds_are_the_end(desk: Desk) -> None:
    pass_time(desk, shown_code(desk).milliseconds_left - 7_001)
    assert not showing(desk).ending
    pass_time(desk, 1)
    assert showing(desk).ending
    pass_time(desk, 7_000)
    assert not showing(desk).ending


def test_a_new_code_is_told_even_where_the_second_is_the_same(desk: Desk) -> None:
    codes: list[str] = []
    desk.code.ticked.connect(lambda: codes.append(shown_code(desk).code))
    first = shown_code(desk).code
    pass_time(desk, 30_000)
    assert codes
    assert codes[-1] != first


def test_it_locks_when_nobody_is_there(desk: Desk) -> None:
    pass_time(desk, 100_000)
    desk.code.touch()
    pass_time(desk, 119_999)
    assert isinstance(desk.where(), n.ShowCode)
    pass_time(desk, 1)
    assert isinstance(desk.where(), n.EnterPin)


def test_it_says_that_it_will_lock_and_one_sign_of_life_puts_that_off(desk: Desk) -> None:
    pass_time(desk, 99_999)
    assert not showing(desk).locking_soon
    pass_time(desk, 1)
    assert showing(desk).locking_soon
    desk.code.touch()
    assert not showing(desk).locking_soon
    pass_time(desk, 119_999)
    assert isinstance(desk.where(), n.ShowCode)


def test_a_short_idle_lock_is_told_of_at_its_half(qtbot: QtBot) -> None:
    desk = Desk()
    desk.services.unlock_script.then(o.PinRight(a_status(auto_lock_seconds=30)))
    desk.to_code()
    pass_time(desk, 14_999)
    assert not showing(desk).locking_soon
    pass_time(desk, 1)
    assert showing(desk).locking_soon


def test_a_copied_code_leaves_the_clipboard_after_half_a_minute(desk: Desk) -> None:
    desk.code.copy()
    assert desk.clipboard.text == shown_code(desk).code
    assert showing(desk).copied
    pass_time(desk, 29_999)
    assert desk.clipboard.text
    pass_time(desk, 1)
    assert desk.clipboard.text == ""
    assert not showing(desk).copied
    assert showing(desk).cleared, "whoever pastes nothing must know why"
    desk.code.copy()
    assert not showing(desk).cleared


def test_what_else_was_copied_since_is_left_alone(desk: Desk) -> None:
    desk.code.copy()
    desk.clipboard.text = "a shopping list"
    desk.code.lock()
    assert desk.clipboard.text == "a shopping list"


def test_locking_clears_the_clipboard(desk: Desk) -> None:
    desk.code.copy()
    desk.code.lock()
    assert desk.clipboard.text == ""


def test_a_policy_may_forbid_to_copy(desk: Desk) -> None:
    desk.journey.report(o.Synced(a_status(copy_code=False)))
    desk.code.copy()
    assert desk.clipboard.text == ""


def test_a_new_code_says_for_a_while_that_the_one_before_still_counts(desk: Desk) -> None:
    assert not showing(desk).just_changed, "the first code took nothing's place"
    pass_time(desk, shown_code(desk).milliseconds_left)
    assert showing(desk).just_changed
    pass_time(desk, 9_999)
    assert showing(desk).just_changed
    pass_time(desk, 1)
    assert not showing(desk).just_changed


def test_a_change_of_the_code_is_told_apart_from_its_beginning(desk: Desk) -> None:
    changes: list[str] = []
    desk.code.renewed.connect(lambda: changes.append(shown_code(desk).code))
    pass_time(desk, 1_000)
    assert changes == []
    pass_time(desk, 30_000)
    desk.code.lock()
    enter_again(desk)
    assert len(changes) == 1


def test_a_code_that_policy_hides_is_shown_on_request_for_half_a_minute(desk: Desk) -> None:
    desk.code.reveal()
    assert not showing(desk).hidden
    hiding = o.Synced(a_status(hide_code=True))
    desk.services.sync_script.then(hiding)
    desk.journey.report(hiding)
    assert showing(desk).hidden
    desk.code.reveal()
    assert not showing(desk).hidden
    pass_time(desk, 29_999)
    assert not showing(desk).hidden
    pass_time(desk, 1)
    assert showing(desk).hidden
    desk.code.reveal()
    desk.code.reveal()
    assert showing(desk).hidden


def test_a_revealed_code_is_hidden_again_after_a_lock(desk: Desk) -> None:
    desk.services.unlock_script.then(o.PinRight(a_status(hide_code=True)))
    desk.code.lock()
    enter_again(desk)
    desk.code.reveal()
    desk.code.lock()
    enter_again(desk)
    assert showing(desk).hidden


def test_large_digits_last_until_they_are_left_or_the_code_locks(desk: Desk) -> None:
    desk.code.enlarge()
    assert showing(desk).large
    pass_time(desk, 31_000)
    assert showing(desk).large
    desk.code.enlarge()
    assert not showing(desk).large
    desk.code.enlarge()
    desk.code.lock()
    enter_again(desk)
    assert not showing(desk).large


def test_the_window_stays_on_top_where_policy_lets_it_and_a_code_is_open(desk: Desk) -> None:
    desk.code.stay_on_top()
    assert not showing(desk).on_top
    desk.services.unlock_script.then(o.PinRight(a_status(always_on_top=True)))
    desk.code.lock()
    enter_again(desk)
    desk.code.stay_on_top()
    assert showing(desk).on_top
    desk.code.lock()
    assert not showing(desk).on_top
    enter_again(desk)
    assert showing(desk).on_top, "the choice is remembered"


def test_the_code_is_read_in_the_language_that_is_spoken_until_it_locks(desk: Desk) -> None:
    assert showing(desk).may_speak
    desk.code.speak()
    desk.app.set_language("en")
    desk.code.speak()
    code = shown_code(desk).code
    assert desk.speaker.said == [(code, "ko"), (code, "en")]
    desk.code.lock()
    assert desk.speaker.stopped == 1
    desk.code.speak()
    assert len(desk.speaker.said) == 2


def test_a_pc_without_a_voice_offers_none(desk: Desk) -> None:
    desk.speaker.is_there = False
    pass_time(desk, 1_000)
    assert not showing(desk).may_speak


def test_ten_thousand_seconds_of_countdown_leave_nothing_behind(desk: Desk) -> None:
    def count(seconds: int) -> int:
        for _ in range(seconds):
            desk.code.touch()
            desk.clock.advance(1_000)
            desk.code.tick()
            desk.executor.run()
        gc.collect()
        return len(gc.get_objects())

    before = count(600)
    assert count(10_000) - before < 100


def test_the_verifier_is_asked_now_and_then(desk: Desk) -> None:
    desk.services.sync_script.then(o.Synced(a_status(locks=("code",), auto_lock_seconds=3600)))
    for _ in range(59):
        desk.code.touch()
        pass_time(desk, 10_000)
    assert desk.services.sync_script.calls == []
    desk.code.touch()
    pass_time(desk, 10_000)
    assert len(desk.services.sync_script.calls) == 1
    assert showing(desk).locks == {"code"}
    assert desk.code.code() is not None


def test_the_verifier_is_asked_after_the_pc_slept(desk: Desk) -> None:
    desk.code.touch()
    pass_time(desk, 60_000)
    assert len(desk.services.sync_script.calls) == 1


def test_an_unreachable_verifier_is_told_and_the_code_stays(desk: Desk) -> None:
    desk.services.sync_script.then(NoAnswer("offline"))
    desk.services.records_script.then(NoAnswer("offline"))
    pass_time(desk, 60_000)
    assert desk.app.state.connection == "offline"
    assert desk.code.code() is not None


@pytest.mark.parametrize(
    ("heard", "cause"),
    [
        (o.Ended("cloned"), o.Ended("cloned")),
        (o.Synced(a_status(state="revoked", reason="staff")), o.Ended("staff")),
        (o.Synced(a_status(state="suspended")), o.Suspended()),
        (o.Synced(a_status(locks=("pin",))), o.PinLocked()),
    ],
)
def test_what_ended_meanwhile_takes_the_code_away(
    desk: Desk, heard: o.SyncOutcome, cause: o.Ended | o.Suspended | o.PinLocked
) -> None:
    desk.services.sync_script.then(heard)
    pass_time(desk, 60_000)
    assert desk.where() == n.Blocked(cause)
    assert desk.services.now() is None


def test_an_answer_that_comes_after_locking_moves_nobody(desk: Desk) -> None:
    desk.services.sync_script.then(o.Ended("cloned"))
    desk.clock.advance(60_000)
    desk.code.tick()
    deliver = desk.executor.begin()
    desk.code.lock()
    deliver()
    assert isinstance(desk.where(), n.EnterPin)
    enter_again(desk)
    pass_time(desk, 60_000)
    assert len(desk.services.sync_script.calls) == 2, "a dropped answer does not end the asking"


def enter_again(desk: Desk) -> None:
    """Unlock once more."""
    desk.type_pin(desk.unlock.digit)
    desk.press(desk.unlock.submit)


def test_asking_about_a_reset_keeps_the_code_and_the_idle_lock(desk: Desk) -> None:
    desk.press(desk.code.ask_reset)
    assert desk.code.code() is not None
    desk.press(desk.reset.cancel)
    assert isinstance(desk.where(), n.ShowCode)
    desk.press(desk.code.ask_reset)
    pass_time(desk, 120_000)
    assert desk.where() == n.ConfirmReset(n.EnterPin("홍*동", "010-****-5678"))
    assert desk.code.code() is None


def test_a_reset_forgets_the_code_at_once(desk: Desk) -> None:
    desk.press(desk.code.ask_reset)
    desk.reset.confirm()
    assert desk.services.now() is None


def test_the_skew_is_shown_in_seconds(desk: Desk) -> None:
    desk.services.skew = -12_600
    pass_time(desk, 1_000)
    assert showing(desk).skew_seconds == -13


def test_its_own_timer_ticks_with_the_code(desk: Desk, qtbot: QtBot) -> None:
    desk.clock.advance(1_000)
    with qtbot.waitSignal(desk.code.ticked, timeout=3_000):
        pass
