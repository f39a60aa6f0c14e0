"""본인 명의 확인, from the banner to its end."""

import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import NameFields, NameProofState
from tests.support.ui_fakes import Desk, a_status

NEEDED = a_status(name_proof="needed")
CODE = "739164"


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    desk.services.unlock_script.then(o.PinRight(NEEDED))
    desk.to_code()
    return desk


def fill(desk: Desk) -> None:
    desk.name_proof.set_carrier("LGU")
    desk.name_proof.set_birth("900301", "1")


def to_code(desk: Desk) -> None:
    desk.press(desk.name_proof.begin)
    fill(desk)
    desk.press(desk.name_proof.submit_details)


def test_the_code_screen_says_that_it_is_needed_until_it_is_done(desk: Desk) -> None:
    assert desk.code.state.name_needed
    to_code(desk)
    assert desk.where() == n.NameCode(NEEDED)
    desk.press(desk.name_proof.submit_code, CODE)
    assert desk.where() == n.NameDone(a_status(name_proof="done"))
    assert desk.name_proof.state == NameProofState()


def test_it_ends_at_the_code_which_asks_for_nothing_more(desk: Desk) -> None:
    to_code(desk)
    desk.press(desk.name_proof.submit_code, CODE)
    desk.press(desk.name_proof.finish)
    assert isinstance(desk.where(), n.ShowCode)
    assert not desk.code.state.name_needed
    assert desk.code.code() is not None


def test_the_details_go_to_the_use_case_and_the_code_after_them(desk: Desk) -> None:
    to_code(desk)
    (asked,) = desk.services.ask_name_script.calls
    assert asked == (o.NameDetails("LGU", "900301", "1"),)
    desk.press(desk.name_proof.submit_code, "739 164")
    assert desk.services.confirm_name_script.calls == [(CODE,)]


def test_a_wrong_field_is_named_until_something_is_typed(desk: Desk) -> None:
    desk.press(desk.name_proof.begin)
    desk.services.ask_name_script.then(o.InvalidNameDetails(carrier=True, birth=True))
    desk.press(desk.name_proof.submit_details)
    assert desk.name_proof.state.faults == o.InvalidNameDetails(carrier=True, birth=True)
    assert isinstance(desk.where(), n.ProveName)
    desk.name_proof.set_carrier("KT")
    assert desk.name_proof.state.faults == o.InvalidNameDetails()


def test_a_mismatch_is_told_with_what_was_typed_still_there(desk: Desk) -> None:
    desk.services.confirm_name_script.then(o.NameMismatch())
    to_code(desk)
    desk.press(desk.name_proof.submit_code, CODE)
    assert isinstance(desk.where(), n.ProveName)
    state = desk.name_proof.state
    assert state.mismatch
    assert (state.fields, state.identity) == (NameFields("LGU", "900301", "1"), None)
    desk.press(desk.name_proof.submit_details)
    assert not desk.name_proof.state.mismatch


def test_an_expired_proof_is_told_and_asked_for_anew(desk: Desk) -> None:
    desk.services.resend_name_script.then(o.NameProofExpired())
    to_code(desk)
    desk.clock.advance(30_000)
    desk.press(desk.name_proof.resend)
    assert isinstance(desk.where(), n.ProveName)
    assert desk.name_proof.state.expired


def test_wrong_and_old_codes_are_told_apart(desk: Desk) -> None:
    desk.services.confirm_name_script.then(o.IdentityCodeWrong(3), o.IdentityCodeExpired())
    to_code(desk)
    desk.press(desk.name_proof.submit_code, CODE)
    identity = desk.name_proof.state.identity
    assert identity is not None
    assert (identity.wrong, identity.attempts_left) == (True, 3)
    desk.press(desk.name_proof.submit_code, CODE)
    identity = desk.name_proof.state.identity
    assert identity is not None
    assert (identity.wrong, identity.seconds_left) == (False, 0)
    desk.press(desk.name_proof.submit_code, CODE)
    assert len(desk.services.confirm_name_script.calls) == 2, "an old code is not sent"


def test_the_seconds_are_counted_by_the_clock(desk: Desk) -> None:
    to_code(desk)
    desk.clock.advance(60_000)
    desk.name_proof.tick()
    identity = desk.name_proof.state.identity
    assert identity is not None
    assert (identity.seconds_left, identity.resend_in) == (120, 0)
    desk.press(desk.name_proof.resend)
    assert desk.services.resend_name_script.calls == [()]


def test_trouble_can_be_tried_again(desk: Desk) -> None:
    desk.services.ask_name_script.then(
        NoAnswer("offline"), o.CodeSent("010-****-5678", 200_000, 40_000, 5)
    )
    to_code(desk)
    assert desk.name_proof.state.trouble == NoAnswer("offline")
    assert desk.app.state.connection == "offline"
    desk.press(desk.name_proof.retry)
    assert isinstance(desk.where(), n.NameCode)
    assert desk.name_proof.state.trouble is None


def test_going_back_keeps_what_was_typed_and_the_code_that_is_on_its_way(desk: Desk) -> None:
    to_code(desk)
    desk.press(desk.name_proof.back)
    assert isinstance(desk.where(), n.ProveName)
    assert desk.name_proof.state.fields == NameFields("LGU", "900301", "1")
    desk.press(desk.name_proof.back)
    assert isinstance(desk.where(), n.ShowCode)
    desk.press(desk.name_proof.begin)
    assert isinstance(desk.where(), n.NameCode), "a code waits to be typed"
    desk.press(desk.name_proof.back)
    desk.press(desk.name_proof.back)
    desk.clock.advance(180_000)
    desk.code.touch()
    desk.press(desk.name_proof.begin)
    assert isinstance(desk.where(), n.ProveName), "none waits any more"


def test_a_lock_forgets_what_was_typed_and_not_the_code_on_its_way(desk: Desk) -> None:
    to_code(desk)
    desk.clock.advance(120_000)
    desk.press(desk.code.tick)
    assert isinstance(desk.where(), n.EnterPin)
    assert desk.code.code() is None
    assert desk.name_proof.state.fields == NameFields()
    desk.type_pin(desk.unlock.digit)
    desk.press(desk.unlock.submit)
    desk.press(desk.name_proof.begin)
    assert isinstance(desk.where(), n.NameCode)
    desk.press(desk.name_proof.submit_code, CODE)
    assert isinstance(desk.where(), n.NameDone)


def test_an_answer_that_comes_after_going_back_moves_nobody(desk: Desk) -> None:
    desk.press(desk.name_proof.begin)
    fill(desk)
    desk.name_proof.submit_details()
    deliver = desk.executor.begin()
    desk.name_proof.back()
    deliver()
    assert isinstance(desk.where(), n.ShowCode)
    assert not desk.name_proof.state.working


def test_a_registration_that_ends_meanwhile_ends_the_proof(desk: Desk) -> None:
    desk.services.confirm_name_script.then(o.Ended("replaced"))
    to_code(desk)
    desk.press(desk.name_proof.submit_code, CODE)
    assert desk.where() == n.Blocked(o.Ended("replaced"))
    assert desk.name_proof.state == NameProofState()
    assert desk.code.code() is None


def test_a_bug_is_told_and_nothing_hangs(desk: Desk) -> None:
    desk.services.ask_name_script.breaks(RuntimeError())
    to_code(desk)
    assert desk.name_proof.state.trouble == o.UnexpectedRefusal("internal")
    assert not desk.name_proof.state.working
    assert len(desk.bugs) == 1


def test_commands_on_other_screens_do_nothing(desk: Desk) -> None:
    desk.press(desk.name_proof.submit_details)
    desk.press(desk.name_proof.submit_code, CODE)
    desk.press(desk.name_proof.resend)
    fill(desk)
    assert desk.name_proof.state == NameProofState()
    assert desk.services.ask_name_script.calls == []
    desk.code.lock()
    desk.press(desk.name_proof.begin)
    assert isinstance(desk.where(), n.EnterPin)
