"""The change of a PIN: what is typed, what comes of it, and that nothing of it stays."""

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer, StorageFault
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import PinChangeStage, PinChangeState
from motp_protocol.messages import Status
from motp_protocol.pin import PinFault
from tests.support.ui_fakes import PIN, Desk

NEW_PIN = "739158"


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    """At the code, and on from there to the change."""
    desk = Desk()
    desk.to_code()
    desk.press(desk.pin_change.ask)
    return desk


def type_and_submit(desk: Desk, *pins: str) -> None:
    for pin in pins:
        desk.type_pin(desk.pin_change.digit, pin)
        desk.press(desk.pin_change.submit)


def stage(desk: Desk) -> PinChangeStage:
    return desk.pin_change.state.stage


def test_three_entries_change_the_pin_and_lead_back_to_the_code(desk: Desk) -> None:
    type_and_submit(desk, PIN)
    assert stage(desk) is PinChangeStage.CHOOSE
    type_and_submit(desk, NEW_PIN)
    assert stage(desk) is PinChangeStage.REPEAT
    type_and_submit(desk, NEW_PIN)
    assert desk.services.change_pin_script.calls == [(PIN, NEW_PIN)]
    assert isinstance(desk.where(), n.PinChangeDone)
    assert desk.pin_change.state == PinChangeState(), "nothing that was typed is kept"
    desk.press(desk.pin_change.finish)
    assert isinstance(desk.where(), n.ShowCode)


def test_a_wrong_pin_is_asked_for_again_and_the_new_one_is_not(desk: Desk) -> None:
    desk.services.change_pin_script.then(o.WrongPin(3), o.WrongPin(2))
    type_and_submit(desk, "1357", NEW_PIN, NEW_PIN)
    state = desk.pin_change.state
    assert (state.stage, state.attempts_left) == (PinChangeStage.CURRENT, 3)
    assert state.keeps_new
    type_and_submit(desk, PIN)
    assert desk.services.change_pin_script.calls[-1] == (PIN, NEW_PIN)
    assert desk.pin_change.state.attempts_left == 2


def test_the_same_pin_again_is_not_a_new_one(desk: Desk) -> None:
    type_and_submit(desk, PIN, PIN)
    assert desk.pin_change.state.choice.same
    assert stage(desk) is PinChangeStage.CHOOSE
    desk.pin_change.digit("7")
    assert not desk.pin_change.state.choice.same


def test_two_different_entries_are_chosen_anew(desk: Desk) -> None:
    type_and_submit(desk, PIN, NEW_PIN, "739159")
    assert desk.pin_change.state.choice.differs
    assert stage(desk) is PinChangeStage.CHOOSE
    assert desk.services.change_pin_script.calls == []


def test_digits_of_the_own_number_are_refused_before_anything_is_sent(desk: Desk) -> None:
    type_and_submit(desk, PIN, "5678")
    assert desk.pin_change.state.choice.fault is not None
    assert desk.services.change_pin_script.calls == []


def test_what_the_registration_asks_of_a_pin_is_learnt_from_its_refusal(desk: Desk) -> None:
    desk.services.change_pin_script.then(
        o.PinUnsuitable(PinFault.TOO_SHORT, 6, 8), o.PinChanged(desk_status(desk))
    )
    type_and_submit(desk, PIN, "7391", "7391")
    state = desk.pin_change.state
    assert state.stage is PinChangeStage.CHOOSE
    assert (state.choice.fault, state.choice.minimum) == (PinFault.TOO_SHORT, 6)
    type_and_submit(desk, NEW_PIN, NEW_PIN)
    assert isinstance(desk.where(), n.PinChangeDone)


@pytest.mark.parametrize("trouble", [NoAnswer("timeout"), o.StorageTrouble(StorageFault.FULL)])
def test_trouble_is_told_and_trying_again_needs_no_typing(desk: Desk, trouble: o.Trouble) -> None:
    desk.services.change_pin_script.then(trouble, o.PinChanged(desk_status(desk)))
    type_and_submit(desk, PIN, NEW_PIN, NEW_PIN)
    assert desk.pin_change.state.trouble == trouble
    desk.press(desk.pin_change.submit)
    assert desk.services.change_pin_script.calls == [(PIN, NEW_PIN)] * 2
    assert isinstance(desk.where(), n.PinChangeDone)


def test_a_bug_is_told_as_one(desk: Desk) -> None:
    desk.services.change_pin_script.breaks(RuntimeError())
    type_and_submit(desk, PIN, NEW_PIN, NEW_PIN)
    assert desk.pin_change.state.trouble == o.UnexpectedRefusal("internal")


@pytest.mark.parametrize("cause", [o.PinLocked(), o.Suspended(), o.Ended("replaced")])
def test_what_stops_the_registration_shows_its_own_screen(
    desk: Desk, cause: o.PinLocked | o.Suspended | o.Ended
) -> None:
    desk.services.change_pin_script.then(cause)
    type_and_submit(desk, PIN, NEW_PIN, NEW_PIN)
    assert desk.where() == n.Blocked(cause)


def test_going_back_passes_each_stage_and_forgets_what_was_typed(desk: Desk) -> None:
    type_and_submit(desk, PIN, NEW_PIN)
    desk.pin_change.back()
    assert stage(desk) is PinChangeStage.CHOOSE
    desk.pin_change.back()
    assert stage(desk) is PinChangeStage.CURRENT
    assert desk.pin_change.state.entered == 0
    desk.pin_change.back()
    assert isinstance(desk.where(), n.ShowCode)


def test_locking_leaves_the_change_and_what_was_typed(desk: Desk) -> None:
    type_and_submit(desk, PIN, NEW_PIN)
    desk.code.lock()
    assert isinstance(desk.where(), n.EnterPin)
    assert desk.pin_change.state == PinChangeState()
    assert desk.code.code() is None


def test_while_it_is_under_way_nothing_can_be_typed_or_left(desk: Desk) -> None:
    type_and_submit(desk, PIN, NEW_PIN)
    desk.type_pin(desk.pin_change.digit, NEW_PIN)
    desk.pin_change.submit()
    assert desk.pin_change.state.working
    desk.pin_change.back()
    desk.pin_change.digit("1")
    assert isinstance(desk.where(), n.ChangePin)
    desk.executor.run()
    assert isinstance(desk.where(), n.PinChangeDone)


def test_too_few_digits_are_not_a_pin(desk: Desk) -> None:
    type_and_submit(desk, "139")
    assert stage(desk) is PinChangeStage.CURRENT
    desk.pin_change.backspace()
    assert desk.pin_change.state.entered == 2


def test_it_is_asked_for_at_the_code_alone(qapp: QApplication) -> None:
    desk = Desk()
    desk.press(desk.pin_change.ask)
    desk.pin_change.digit("1")
    desk.pin_change.submit()
    assert desk.pin_change.state == PinChangeState()


def desk_status(desk: Desk) -> Status:
    screen = desk.where()
    assert isinstance(screen, n.ChangePin)
    return screen.status
