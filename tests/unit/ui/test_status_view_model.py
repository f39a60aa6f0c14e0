"""The status of this PC: opened from anywhere, over a journey that goes on behind it."""

from dataclasses import replace

import pytest

from motp_desktop.services import outcomes
from motp_desktop.services.device_facts import DeviceStatus, StatusSign
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation
from motp_desktop.ui.viewmodels.aside_states import Aside, StatusState
from tests.support.ui_fakes import A_DEVICE_STATUS, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.to_code()
    return desk


def shown(desk: Desk) -> Aside | None:
    return desk.app.state.aside


def trouble(desk: Desk) -> outcomes.Trouble | None:
    return desk.status.state.trouble


def opened(desk: Desk) -> Desk:
    desk.press(desk.status.open)
    return desk


def test_the_status_is_looked_at_when_it_is_opened(desk: Desk) -> None:
    desk.status.open()
    assert shown(desk) is Aside.STATUS
    assert desk.status.state.status is None
    desk.executor.run()
    assert desk.status.state.status == A_DEVICE_STATUS


def test_going_back_leads_one_aside_back_and_then_to_the_journey(desk: Desk) -> None:
    opened(desk)
    desk.press(desk.status.show_log)
    assert desk.status.state.log == ("one", "two")
    desk.press(desk.app.leave_aside)
    assert shown(desk) is Aside.STATUS
    desk.press(desk.app.leave_aside)
    assert shown(desk) is None
    assert desk.status.state == StatusState(), "nothing is kept of what is not shown"
    desk.app.leave_aside()
    assert isinstance(desk.where(), navigation.ShowCode)


def test_the_journey_goes_on_behind_it(desk: Desk) -> None:
    opened(desk)
    desk.clock.advance(120_000)
    desk.code.tick()
    assert isinstance(desk.where(), navigation.EnterPin), "it locks"
    assert shown(desk) is Aside.STATUS


def test_the_verifier_is_asked_and_what_it_says_is_shown(desk: Desk) -> None:
    opened(desk)
    locked = replace(A_DEVICE_STATUS, registration="suspended")
    desk.status_desk.look_script.then(locked)
    desk.services.sync_script.then(NoAnswer("offline"), outcomes.Ended("cloned"))
    desk.press(desk.status.ask_verifier)
    assert trouble(desk) == NoAnswer("offline")
    assert desk.app.state.connection == "offline"
    assert desk.status.state.status == locked
    desk.press(desk.status.ask_verifier)
    assert trouble(desk) is None
    assert desk.where() == navigation.Blocked(outcomes.Ended("cloned"))


def test_each_sign_is_a_fresh_one(desk: Desk) -> None:
    opened(desk)
    desk.status_desk.sign_script.then(StatusSign("one", 1), StatusSign("two", 2), None)
    desk.press(desk.status.show_sign)
    assert (desk.app.state.aside, desk.status.state.token) == (Aside.SIGN, "one")
    desk.press(desk.status.show_sign)
    assert desk.status.state.token == "two"
    desk.press(desk.status.show_sign)
    assert desk.status.state.token == ""
    assert "two" not in repr(StatusState(token="two"))


def test_a_report_is_kept_or_is_said_not_to_be(desk: Desk) -> None:
    opened(desk)
    desk.diagnostics.save_script.then(False, True)  # noqa: FBT003 - the outcomes themselves
    desk.press(desk.status.save_report, "/media/usb/r.txt")
    assert (desk.status.state.saved, desk.status.state.not_saved) == ("", "/media/usb/r.txt")
    desk.press(desk.status.save_report, "/home/r.txt")
    assert (desk.status.state.saved, desk.status.state.not_saved) == ("/home/r.txt", "")
    assert desk.diagnostics.save_script.calls == [("/media/usb/r.txt",), ("/home/r.txt",)]


def test_a_bug_is_said_and_the_page_stays(desk: Desk) -> None:
    desk.status_desk.look_script.breaks(RuntimeError())
    opened(desk)
    assert trouble(desk) == outcomes.UnexpectedRefusal("internal")
    assert len(desk.bugs) == 1


def test_a_wait_gets_words(desk: Desk) -> None:
    desk.status.open()
    assert desk.status.state.working
    desk.executor.run()
    assert not desk.status.state.working


def test_without_a_registration_there_is_still_a_status() -> None:
    desk = Desk(navigation.Notice())
    bare = DeviceStatus("none", verifier="https://otp.example.kr")
    desk.status_desk.look_script.then(bare)
    opened(desk)
    assert desk.status.state.status == bare
