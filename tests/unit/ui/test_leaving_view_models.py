"""Ways out of a registration: a forgotten PIN, another PC, taking the consent back."""

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation as n
from tests.support.ui_fakes import Desk

REGISTERED = o.Registered("홍*동", "010-****-5678")


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    """Where the PIN is asked for."""
    desk = Desk()
    desk.services.look_script.then(REGISTERED)
    desk.press(desk.app.start)
    assert isinstance(desk.where(), n.EnterPin)
    return desk


def test_whoever_forgot_the_pin_registers_anew_without_losing_the_old_one(desk: Desk) -> None:
    desk.press(desk.guide.forgot_pin)
    assert isinstance(desk.where(), n.ForgotPin)
    desk.press(desk.enrolment.begin_again)
    assert isinstance(desk.where(), n.ConsentSummary)
    assert desk.enrolment.state.document is not None
    desk.press(desk.enrolment.back)
    assert isinstance(desk.where(), n.EnterPin), "the registration is still there"
    assert desk.services.reset_script.calls == []


def test_a_first_registration_still_goes_back_to_the_notice(qapp: QApplication) -> None:
    desk = Desk()
    desk.press(desk.app.start)
    desk.press(desk.enrolment.begin)
    desk.press(desk.enrolment.back)
    assert isinstance(desk.where(), n.Notice)


def test_after_a_pin_lock_a_new_registration_is_offered_too(desk: Desk) -> None:
    desk.services.unlock_script.then(o.PinLocked())
    desk.type_pin(desk.unlock.digit)
    desk.press(desk.unlock.submit)
    desk.press(desk.guide.forgot_pin)
    assert desk.where() == n.ForgotPin(n.Blocked(o.PinLocked()))
    desk.press(desk.guide.back)
    assert desk.where() == n.Blocked(o.PinLocked())


def test_moving_to_another_pc_is_explained_and_changes_nothing(qapp: QApplication) -> None:
    desk = Desk()
    desk.to_code()
    desk.press(desk.guide.ask_move)
    assert isinstance(desk.where(), n.MoveDevice)
    assert desk.code.code() is not None, "the code goes on behind it"
    desk.press(desk.guide.back)
    assert isinstance(desk.where(), n.ShowCode)
    desk.press(desk.guide.ask_move)
    desk.code.lock()
    desk.press(desk.guide.back)
    assert isinstance(desk.where(), n.EnterPin)


def test_a_withdrawal_is_confirmed_told_and_ends_where_one_begins(desk: Desk) -> None:
    desk.press(desk.unlock.ask_reset)
    desk.press(desk.reset.ask_withdrawal)
    assert isinstance(desk.where(), n.ConfirmWithdrawal)
    desk.press(desk.reset.confirm_withdrawal)
    assert desk.services.withdraw_script.calls == [(False,)]
    assert desk.services.reset_script.calls == []
    assert desk.where() == n.Withdrawn(verifier_told=True)
    desk.services.look_script.then(o.NotRegistered())
    desk.press(desk.reset.finish)
    desk.executor.run()
    assert desk.services.look_script.calls


def test_a_withdrawal_can_be_thought_better_of(desk: Desk) -> None:
    desk.press(desk.reset.ask_withdrawal)
    desk.press(desk.reset.cancel)
    assert isinstance(desk.where(), n.EnterPin)
    assert desk.services.withdraw_script.calls == []


def test_without_the_verifier_this_pc_can_be_cleared_alone_and_that_is_said(desk: Desk) -> None:
    desk.services.withdraw_script.then(
        NoAnswer("offline"), o.ResetDone(verifier_told=False, withdrawn=True)
    )
    desk.press(desk.reset.ask_withdrawal)
    desk.press(desk.reset.confirm_withdrawal)
    assert desk.where() == n.Resetting(withdrawing=True)
    assert desk.reset.state.offer_here_only
    desk.press(desk.reset.here_only)
    assert desk.services.withdraw_script.calls == [(False,), (True,)]
    assert desk.where() == n.Withdrawn(verifier_told=False)


def test_a_withdrawal_that_was_cut_off_goes_on_as_one(qapp: QApplication) -> None:
    desk = Desk()
    desk.services.look_script.then(o.ResetUnfinished(withdrawing=True))
    desk.press(desk.app.start)
    assert desk.services.withdraw_script.calls == [(False,)]
    assert desk.where() == n.Withdrawn(verifier_told=True)


def test_a_suspension_met_while_registering_is_told_as_one(qapp: QApplication) -> None:
    desk = Desk()
    desk.to_identity_code()
    desk.services.prove_script.then(o.Suspended())
    desk.press(desk.enrolment.submit_code, "739164")
    assert desk.where() == n.Blocked(o.Suspended())


def test_a_pc_that_waits_for_its_pin_is_told_that_the_registration_moved(desk: Desk) -> None:
    desk.services.sync_script.then(o.Ended("replaced"))
    desk.press(desk.unlock.look)
    assert desk.where() == n.Blocked(o.Ended("replaced"))


def test_nobody_who_types_waits_for_that(desk: Desk) -> None:
    desk.unlock.digit("4")
    desk.press(desk.unlock.look)
    assert desk.services.sync_script.calls == []


def test_without_an_answer_the_pin_can_be_typed_all_the_same(desk: Desk) -> None:
    desk.services.sync_script.then(NoAnswer("offline"))
    desk.press(desk.unlock.look)
    assert isinstance(desk.where(), n.EnterPin)
    assert desk.app.state.connection == "offline"
    desk.type_pin(desk.unlock.digit)
    desk.press(desk.unlock.submit)
    assert isinstance(desk.where(), n.ShowCode)


def test_news_that_come_while_a_pin_is_tried_wait_for_its_answer(desk: Desk) -> None:
    desk.services.sync_script.then(o.Ended("staff"))
    desk.unlock.look()
    desk.type_pin(desk.unlock.digit)
    desk.unlock.submit()
    desk.executor.run()
    assert isinstance(desk.where(), n.ShowCode), "the PIN's own answer counts"
