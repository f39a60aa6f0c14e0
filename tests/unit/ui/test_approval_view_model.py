"""One request for approval, from its ticket to the browser that finishes it."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services import approval_outcomes as came
from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.approval import DONE_MS
from motp_desktop.ui.viewmodels.approval_ends import end_of
from motp_desktop.ui.viewmodels.approval_place import Place, place_of
from motp_desktop.ui.viewmodels.approval_states import ApprovalEnd, ApprovalState, TimeLeft
from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_desktop.ui.viewmodels.states import Connection
from motp_desktop.ui.viewmodels.work import INTERNAL
from tests.support.memory_approvals import NUMBERS, RIGHT
from tests.support.ui_fakes import COMPLETION_URL, Desk, a_status

LINK = o.ApprovalAsked("popup_1", "ticket-1")


def aside(desk: Desk) -> Aside | None:
    return desk.app.state.aside


def ended(desk: Desk) -> ApprovalEnd | None:
    return desk.approval.state.ended


def connection(desk: Desk) -> Connection:
    return desk.app.state.connection


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    """Unlocked, with the code on the screen."""
    desk = Desk()
    desk.to_code()
    return desk


@pytest.fixture
def shown(desk: Desk) -> Desk:
    """A request is shown."""
    desk.press(desk.approval.open, LINK)
    return desk


def test_who_asks_and_what_for_is_shown_over_the_code(shown: Desk) -> None:
    request = shown.approval.state.request
    assert request is not None
    assert (request.institution, request.numbers) == ("한빛훈련원", NUMBERS)
    assert aside(shown) is Aside.APPROVAL
    assert shown.approval.time_left() == TimeLeft(120, 1.0)


def test_the_number_opens_the_browser_and_the_code_follows_by_itself(shown: Desk) -> None:
    shown.press(shown.approval.choose, RIGHT)
    assert shown.approvals.answer_script.calls == [(shown.approvals.question, "approve", RIGHT)]
    assert shown.browser.opened == [COMPLETION_URL]
    assert ended(shown) is ApprovalEnd.APPROVED
    assert aside(shown) is Aside.APPROVAL_ENDED
    shown.clock.advance(DONE_MS - 1)
    shown.approval.tick()
    assert aside(shown) is Aside.APPROVAL_ENDED
    shown.clock.advance(1)
    shown.approval.tick()
    assert aside(shown) is None
    assert isinstance(shown.where(), n.ShowCode)


def test_no_is_said_with_an_empty_number_and_opens_nothing(shown: Desk) -> None:
    shown.approvals.answer_script.then(came.ApprovalDeclined())
    shown.press(shown.approval.decline)
    assert shown.approvals.answer_script.calls == [(shown.approvals.question, "refuse", "")]
    assert ended(shown) is ApprovalEnd.DECLINED
    assert shown.browser.opened == []
    shown.press(shown.approval.leave)
    assert aside(shown) is None
    assert shown.links.state.notice is None


def test_only_the_three_numbers_are_an_answer(shown: Desk) -> None:
    shown.press(shown.approval.choose, "11")
    assert shown.approvals.answer_script.calls == []


def test_an_answer_is_given_once_however_often_it_is_pressed(shown: Desk) -> None:
    shown.approval.choose(RIGHT)
    assert shown.approval.state.answering
    shown.approval.choose("17")
    shown.approval.decline()
    shown.executor.run()
    shown.press(shown.approval.decline)
    assert len(shown.approvals.answer_script.calls) == 1


@pytest.mark.parametrize(
    ("outcome", "end"),
    [
        (came.WrongNumber(), ApprovalEnd.WRONG_NUMBER),
        (came.ApprovalExpired(), ApprovalEnd.EXPIRED),
        (came.ApprovalOver(), ApprovalEnd.OVER),
        (came.OtherBrowser(), ApprovalEnd.OTHER_BROWSER),
        (came.NameNotProven(), ApprovalEnd.NAME_NEEDED),
    ],
)
def test_each_end_is_told_as_one_at_both_steps(
    desk: Desk, outcome: came.ApprovalRefusal, end: ApprovalEnd
) -> None:
    desk.approvals.ask_script.then(outcome, desk.approvals.question)
    desk.press(desk.approval.open, LINK)
    assert desk.approval.state == ApprovalState(ended=end)
    desk.press(desk.approval.open, LINK)
    desk.approvals.answer_script.then(outcome)
    desk.press(desk.approval.choose, RIGHT)
    assert desk.approval.state == ApprovalState(ended=end)
    assert aside(desk) is Aside.APPROVAL_ENDED


@pytest.mark.parametrize(
    "cause", [o.PinLocked(), o.Suspended(), o.Ended("cloned"), o.Ended("staff")], ids=str
)
def test_a_registration_that_cannot_be_used_is_told_by_its_own_screen(
    desk: Desk, cause: o.PinLocked | o.Suspended | o.Ended
) -> None:
    desk.approvals.ask_script.then(cause)
    desk.press(desk.approval.open, LINK)
    assert desk.where() == n.Blocked(cause)
    assert aside(desk) is None
    assert desk.links.state.notice is None


@pytest.mark.parametrize(
    "trouble", [NoAnswer("offline"), o.Busy(30), o.UnexpectedRefusal("odd")], ids=str
)
def test_what_may_pass_can_be_tried_again(desk: Desk, trouble: o.Trouble) -> None:
    desk.approvals.ask_script.then(trouble, desk.approvals.question)
    desk.press(desk.approval.open, LINK)
    assert desk.approval.state.trouble == trouble
    desk.press(desk.approval.retry)
    assert desk.approval.state == ApprovalState(desk.approvals.question.request)
    desk.approvals.answer_script.then(trouble, came.Approved(COMPLETION_URL))
    desk.press(desk.approval.choose, RIGHT)
    assert desk.approval.state.trouble == trouble
    assert desk.approval.state.request is not None
    desk.press(desk.approval.retry)
    assert [call[1:] for call in desk.approvals.answer_script.calls] == [("approve", RIGHT)] * 2
    assert desk.browser.opened == [COMPLETION_URL]


def test_a_bug_is_told_as_trouble(desk: Desk) -> None:
    desk.approvals.ask_script.breaks(RuntimeError())
    desk.press(desk.approval.open, LINK)
    assert desk.approval.state.trouble == INTERNAL


def test_offline_is_seen_in_the_header_and_an_answer_mends_it(desk: Desk) -> None:
    desk.approvals.ask_script.then(NoAnswer("offline"), desk.approvals.question)
    desk.press(desk.approval.open, LINK)
    assert connection(desk) == "offline"
    desk.press(desk.approval.retry)
    assert connection(desk) == "connected"


def test_a_browser_that_does_not_open_can_be_tried_again(shown: Desk) -> None:
    shown.browser.is_there = False
    shown.press(shown.approval.choose, RIGHT)
    assert ended(shown) is ApprovalEnd.NOT_OPENED
    shown.press(shown.approval.retry)
    assert ended(shown) is ApprovalEnd.NOT_OPENED
    shown.browser.is_there = True
    shown.press(shown.approval.retry)
    assert shown.browser.opened == [COMPLETION_URL]
    assert aside(shown) is None
    shown.press(shown.approval.retry)
    assert shown.browser.opened == [COMPLETION_URL]


def test_time_is_counted_by_the_clock_and_ends_the_request(shown: Desk) -> None:
    shown.clock.advance(30_001)
    assert shown.approval.time_left() == TimeLeft(90, 89_999 / 120_000)
    shown.clock.advance(89_999)
    shown.approval.tick()
    assert shown.approval.state == ApprovalState(ended=ApprovalEnd.EXPIRED)
    assert shown.approval.time_left() is None
    shown.press(shown.approval.choose, RIGHT)
    assert shown.approvals.answer_script.calls == []


def test_an_answer_that_left_in_time_is_waited_for(shown: Desk) -> None:
    shown.approval.choose(RIGHT)
    shown.clock.advance(120_000)
    shown.approval.tick()
    assert ended(shown) is None
    shown.executor.run()
    assert shown.browser.opened == [COMPLETION_URL]


def test_leaving_waits_for_an_answer_on_its_way(shown: Desk) -> None:
    shown.approval.choose(RIGHT)
    shown.approval.leave()
    assert aside(shown) is Aside.APPROVAL
    shown.executor.run()
    assert shown.browser.opened == [COMPLETION_URL]


def test_what_was_asked_for_a_page_that_was_left_is_not_shown(desk: Desk) -> None:
    desk.approval.open(LINK)
    held = desk.executor.begin()
    desk.approval.leave()
    held()
    assert aside(desk) is None
    assert desk.approval.state == ApprovalState()


def test_a_lock_drops_an_answer_on_its_way_and_opens_no_browser(shown: Desk) -> None:
    shown.approval.choose(RIGHT)
    held = shown.executor.begin()
    shown.code.lock()
    held()
    shown.executor.run()
    assert shown.browser.opened == []
    assert shown.approval.state == ApprovalState()
    assert isinstance(shown.where(), n.EnterPin)


def test_while_locked_nothing_is_opened(desk: Desk) -> None:
    desk.press(desk.code.lock)
    assert not desk.approval.open(LINK)
    desk.executor.run()
    assert desk.approvals.ask_script.calls == []


@pytest.mark.parametrize("behind", [Aside.STATUS, Aside.SIGN, Aside.LOG, Aside.SETTINGS])
def test_it_leads_back_to_the_aside_that_it_lay_over(desk: Desk, behind: Aside) -> None:
    desk.journey.show_aside(behind)
    desk.executor.run()
    desk.settings.type_address("https://half-typ")
    before = (desk.status.state, desk.settings.state)
    desk.press(desk.approval.open, LINK)
    desk.press(desk.approval.choose, RIGHT)
    desk.press(desk.approval.leave)
    assert aside(desk) is behind
    assert (desk.status.state, desk.settings.state) == before


def test_it_leads_back_to_a_screen_over_the_code_as_it_was(desk: Desk) -> None:
    desk.press(desk.pin_change.ask)
    desk.pin_change.digit("4")
    desk.press(desk.approval.open, LINK)
    assert isinstance(desk.where(), n.ChangePin)
    desk.press(desk.approval.leave)
    assert isinstance(desk.where(), n.ChangePin)
    assert desk.pin_change.state.entered == 1


def test_what_the_menu_opens_comes_before_it_and_it_can_be_shown_again(shown: Desk) -> None:
    shown.press(shown.settings.open)
    assert aside(shown) is Aside.SETTINGS
    shown.press(shown.approval.open, LINK)
    shown.press(shown.reset.ask)
    assert isinstance(shown.where(), n.ConfirmReset)
    assert aside(shown) is Aside.SETTINGS


def test_an_answer_that_comes_after_the_menu_opened_something_is_still_told(shown: Desk) -> None:
    shown.approval.choose(RIGHT)
    shown.settings.open()
    shown.executor.run()
    assert shown.browser.opened == [COMPLETION_URL]
    assert aside(shown) is Aside.APPROVAL_ENDED
    shown.press(shown.approval.leave)
    assert aside(shown) is Aside.SETTINGS


def test_a_sync_behind_it_moves_nothing(shown: Desk) -> None:
    shown.journey.report(o.Synced(a_status(locks=("code",))))
    assert aside(shown) is Aside.APPROVAL
    assert shown.approval.state.request is not None


def test_neither_ticket_nor_address_nor_key_is_in_a_state(shown: Desk) -> None:
    seen = []
    shown.approval.state_changed.connect(lambda: seen.append(repr(shown.approval.state)))
    shown.browser.is_there = False
    shown.press(shown.approval.choose, RIGHT)
    shown.press(shown.approval.open, LINK)
    told = "".join([*seen, repr(shown.links.state), repr(shown.app.state)])
    assert LINK.ticket not in told
    assert COMPLETION_URL not in told


def test_what_waits_for_the_person_is_no_end() -> None:
    assert end_of(came.NotUnlocked()) is None
    assert end_of(o.Busy(3)) is None


def test_every_open_screen_is_open_whatever_lies_over_it() -> None:
    show = n.ShowCode(a_status())
    enter = n.EnterPin("홍*동", "010-****-5678")
    assert place_of(n.ConfirmReset(show)) is Place.OPEN
    assert place_of(n.ConfirmReset(enter)) is Place.LOCKED
    assert place_of(n.ForgotPin(n.Blocked(o.PinLocked()))) is Place.UNUSABLE
    assert place_of(replace(enter, welcome=True)) is Place.LOCKED
