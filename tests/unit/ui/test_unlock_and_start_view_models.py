"""Starting, the PIN, a reset, and what stands in their way."""

import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import ResetState, StartState, UnlockState
from tests.support.ui_fakes import PIN, Desk, a_status

REGISTERED = o.Registered("홍*동", "010-****-5678")
PIN_SCREEN = n.EnterPin("홍*동", "010-****-5678")
OFFLINE = NoAnswer("offline")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


@pytest.fixture
def at_pin(desk: Desk) -> Desk:
    desk.services.look_script.then(REGISTERED)
    desk.press(desk.app.start)
    return desk


def unlocking(desk: Desk) -> UnlockState:
    """What EnterPin renders now."""
    return desk.unlock.state


def enter(desk: Desk, pin: str = PIN) -> None:
    """Type a PIN and try it."""
    desk.type_pin(desk.unlock.digit, pin)
    desk.press(desk.unlock.submit)


def test_the_right_pin_shows_the_code(at_pin: Desk) -> None:
    enter(at_pin)
    assert at_pin.where() == n.ShowCode(a_status())
    assert at_pin.services.unlock_script.calls == [(PIN,)]
    assert unlocking(at_pin) == UnlockState()


def test_only_digits_are_taken_and_no_more_than_fit(at_pin: Desk) -> None:
    for typed in ("1", "a", "٣", "", "22", "3"):
        at_pin.unlock.digit(typed)
    assert unlocking(at_pin).entered == 2
    at_pin.unlock.backspace()
    assert unlocking(at_pin).entered == 1
    at_pin.type_pin(at_pin.unlock.digit, "123456789")
    assert unlocking(at_pin).entered == 8
    at_pin.unlock.clear()
    assert unlocking(at_pin).entered == 0


def test_a_short_pin_is_not_tried(at_pin: Desk) -> None:
    enter(at_pin, "123")
    assert at_pin.services.unlock_script.calls == []
    assert unlocking(at_pin) == UnlockState(entered=3, too_short=True)
    at_pin.unlock.digit("4")
    assert unlocking(at_pin) == UnlockState(entered=4)


def test_a_wrong_pin_says_how_many_tries_are_left(at_pin: Desk) -> None:
    at_pin.services.unlock_script.then(o.WrongPin(4), o.WrongPin(3), o.PinLocked())
    enter(at_pin)
    assert unlocking(at_pin) == UnlockState(attempts_left=4)
    enter(at_pin)
    assert unlocking(at_pin).attempts_left == 3
    enter(at_pin)
    assert at_pin.where() == n.Blocked(o.PinLocked())


def test_trouble_is_shown_beside_the_pin_until_it_is_typed_again(at_pin: Desk) -> None:
    at_pin.services.unlock_script.then(OFFLINE)
    enter(at_pin)
    assert unlocking(at_pin) == UnlockState(trouble=OFFLINE)
    assert at_pin.app.state.connection == "offline"
    at_pin.unlock.digit("1")
    assert unlocking(at_pin).trouble is None


def test_nothing_is_taken_while_a_pin_is_tried(at_pin: Desk) -> None:
    at_pin.type_pin(at_pin.unlock.digit)
    at_pin.unlock.submit()
    at_pin.unlock.submit()
    at_pin.unlock.digit("1")
    at_pin.unlock.ask_reset()
    assert unlocking(at_pin).working
    assert at_pin.where() == PIN_SCREEN
    at_pin.executor.run()
    assert len(at_pin.services.unlock_script.calls) == 1


def test_words_appear_only_where_it_takes_a_while(at_pin: Desk, qtbot: QtBot) -> None:
    at_pin.type_pin(at_pin.unlock.digit)
    at_pin.unlock.submit()
    assert not unlocking(at_pin).busy
    qtbot.waitUntil(lambda: unlocking(at_pin).busy, timeout=2000)
    at_pin.executor.run()
    assert unlocking(at_pin) == UnlockState()


def test_a_bug_in_unlocking_is_told(at_pin: Desk) -> None:
    at_pin.services.unlock_script.breaks(ValueError(PIN))
    enter(at_pin)
    assert unlocking(at_pin) == UnlockState(trouble=o.UnexpectedRefusal("internal"))


@pytest.mark.parametrize(
    ("found", "screen"),
    [
        (o.NotRegistered(), n.Notice()),
        (o.Ended("vault-damaged"), n.Blocked(o.Ended("vault-damaged"))),
        (o.KeyStoreTrouble(KeyStoreFault.LOCKED), n.KeyStoreProblem(KeyStoreFault.LOCKED)),
        (o.StorageTrouble(StorageFault.DENIED), n.StorageProblem(StorageFault.DENIED)),
    ],
)
def test_the_first_screen_follows_from_what_is_here(
    desk: Desk, found: o.Opened, screen: n.Screen
) -> None:
    desk.services.look_script.then(found)
    desk.press(desk.app.start)
    assert desk.where() == screen


def test_a_bug_at_the_start_can_be_tried_again(desk: Desk) -> None:
    desk.services.look_script.breaks(RuntimeError())
    desk.press(desk.app.start)
    assert desk.start.state == StartState(trouble=o.UnexpectedRefusal("internal"))
    desk.press(desk.start.retry)
    assert desk.where() == n.Notice()
    assert desk.start.state.trouble is None


def test_a_key_store_can_be_unlocked_or_done_without(desk: Desk) -> None:
    locked = o.KeyStoreTrouble(KeyStoreFault.LOCKED)
    desk.services.look_script.then(locked, locked)
    desk.services.key_file_script.then(REGISTERED)
    desk.press(desk.app.start)
    desk.press(desk.start.retry)
    assert desk.where() == n.KeyStoreProblem(KeyStoreFault.LOCKED)
    desk.press(desk.start.use_key_file)
    assert desk.where() == PIN_SCREEN


def test_what_staff_lifted_is_found_by_trying_again(at_pin: Desk) -> None:
    at_pin.services.unlock_script.then(o.Suspended())
    enter(at_pin)
    at_pin.press(at_pin.start.start_over)
    assert at_pin.where() == n.Blocked(o.Suspended()), "only an ended one is cleared away"
    at_pin.press(at_pin.start.try_again)
    assert at_pin.where() == PIN_SCREEN


def test_an_ended_registration_is_cleared_away(desk: Desk) -> None:
    desk.services.look_script.then(o.Ended("replaced"))
    full = o.StorageTrouble(StorageFault.FULL)
    desk.services.start_over_script.then(full, o.ResetDone(verifier_told=False))
    desk.press(desk.app.start)
    desk.press(desk.start.start_over)
    assert desk.start.state.trouble == full
    desk.press(desk.start.start_over)
    assert desk.where() == n.Notice()


def resetting(desk: Desk) -> ResetState:
    """What Resetting renders now."""
    return desk.reset.state


def test_a_reset_is_asked_about_first(at_pin: Desk) -> None:
    at_pin.press(at_pin.unlock.ask_reset)
    assert at_pin.where() == n.ConfirmReset(PIN_SCREEN)
    at_pin.press(at_pin.reset.cancel)
    assert at_pin.where() == PIN_SCREEN
    at_pin.press(at_pin.unlock.ask_reset)
    at_pin.press(at_pin.reset.confirm)
    assert at_pin.services.reset_script.calls == [(False,)]
    assert at_pin.where() == n.Notice()


def test_a_reset_without_the_verifier_is_offered_once_it_does_not_answer(at_pin: Desk) -> None:
    at_pin.services.reset_script.then(OFFLINE, OFFLINE, o.ResetDone(verifier_told=False))
    at_pin.press(at_pin.unlock.ask_reset)
    at_pin.reset.confirm()
    at_pin.reset.here_only()
    assert resetting(at_pin).working
    at_pin.executor.run()
    assert resetting(at_pin) == ResetState(offer_here_only=True, trouble=OFFLINE)
    at_pin.press(at_pin.reset.retry)
    at_pin.press(at_pin.reset.here_only)
    assert at_pin.services.reset_script.calls == [(False,), (False,), (True,)]
    assert at_pin.where() == n.Notice()


def test_a_full_disk_is_not_got_round_by_leaving_the_verifier_out(at_pin: Desk) -> None:
    full = o.StorageTrouble(StorageFault.FULL)
    at_pin.services.reset_script.then(full)
    at_pin.press(at_pin.unlock.ask_reset)
    at_pin.press(at_pin.reset.confirm)
    assert resetting(at_pin) == ResetState(trouble=full)


def test_a_dead_keychain_cannot_keep_anybody_in_a_reset(at_pin: Desk) -> None:
    at_pin.services.reset_script.then(
        o.KeyStoreTrouble(KeyStoreFault.FAILED), o.ResetDone(verifier_told=False)
    )
    at_pin.press(at_pin.unlock.ask_reset)
    at_pin.press(at_pin.reset.confirm)
    at_pin.press(at_pin.reset.here_only)
    assert at_pin.where() == n.Notice()


def test_a_reset_that_was_cut_off_goes_on(desk: Desk) -> None:
    desk.services.look_script.then(o.ResetUnfinished())
    desk.press(desk.app.start)
    assert desk.services.reset_script.calls == [(False,)]
    assert desk.where() == n.Notice()
