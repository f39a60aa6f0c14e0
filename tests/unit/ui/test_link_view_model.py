"""A link that was opened: shown where it can be, said calmly elsewhere."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from motp_desktop.services import approval_outcomes as came
from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import KeyStoreFault
from motp_desktop.ui import navigation as n
from motp_desktop.ui.qt_application import Application
from motp_desktop.ui.viewmodels.approval_states import LinkNotice
from motp_desktop.ui.viewmodels.aside_states import Aside
from motp_desktop.ui.viewmodels.links import WAIT_MS
from tests.support.ui_fakes import ORIGIN, Desk, a_status

LINK = f"motp://approve?popup=p&ticket=t&verifier={ORIGIN}"
OTHER = LINK.replace("ticket=t", "ticket=t2")
ASKED, OTHER_ASKED = o.ApprovalAsked("p", "t"), o.ApprovalAsked("p", "t2")
REGISTERED = o.Registered("홍*동", "010-****-5678")


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    return Desk()


def locked(desk: Desk) -> None:
    desk.services.look_script.then(REGISTERED)
    desk.press(desk.app.start)


def unlock(desk: Desk) -> None:
    desk.type_pin(desk.unlock.digit)
    desk.press(desk.unlock.submit)


def notice(desk: Desk) -> LinkNotice | None:
    return desk.links.state.notice


def aside(desk: Desk) -> Aside | None:
    return desk.app.state.aside


def asked(desk: Desk) -> list[object]:
    return [link for (link,) in desk.approvals.ask_script.calls]


def test_while_unlocked_it_is_shown_at_once(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    assert aside(desk) is Aside.APPROVAL
    assert notice(desk) is None
    assert asked(desk) == [ASKED]
    assert isinstance(desk.where(), n.ShowCode)


def test_while_locked_it_waits_for_the_pin_and_then_opens_by_itself(desk: Desk) -> None:
    locked(desk)
    desk.press(desk.links.receive, LINK)
    assert notice(desk) is LinkNotice.UNLOCK
    assert aside(desk) is None
    assert asked(desk) == []
    unlock(desk)
    assert aside(desk) is Aside.APPROVAL
    assert notice(desk) is None
    assert asked(desk) == [ASKED]


def test_it_is_asked_about_before_all_else_that_an_unlock_leads_to(desk: Desk) -> None:
    locked(desk)
    desk.press(desk.links.receive, LINK)
    desk.type_pin(desk.unlock.digit)
    desk.unlock.submit()
    desk.executor.begin()()
    desk.executor.begin()()
    assert asked(desk) == [ASKED]
    assert desk.services.records_script.calls == []


def test_a_link_that_the_app_was_started_for_waits_until_it_is_known_what_is_here(
    desk: Desk,
) -> None:
    desk.services.look_script.then(REGISTERED)
    desk.app.start()
    desk.links.receive(LINK)
    assert notice(desk) is None
    desk.executor.run()
    assert notice(desk) is LinkNotice.UNLOCK


def test_the_newest_link_is_the_one_that_waits(desk: Desk) -> None:
    locked(desk)
    desk.press(desk.links.receive, LINK)
    desk.press(desk.links.receive, OTHER)
    unlock(desk)
    assert asked(desk) == [OTHER_ASKED]


def test_it_waits_three_minutes_and_then_says_so(desk: Desk) -> None:
    locked(desk)
    desk.press(desk.links.receive, LINK)
    desk.clock.advance(WAIT_MS - 1)
    desk.links.tick()
    assert notice(desk) is LinkNotice.UNLOCK
    desk.clock.advance(1)
    desk.links.tick()
    assert notice(desk) is LinkNotice.LATE
    unlock(desk)
    assert asked(desk) == []
    assert aside(desk) is None


def test_time_that_passed_while_the_pc_slept_counts(desk: Desk) -> None:
    locked(desk)
    desk.press(desk.links.receive, LINK)
    desk.clock.advance(WAIT_MS)
    unlock(desk)
    assert notice(desk) is LinkNotice.LATE
    assert asked(desk) == []


def test_whoever_closes_the_notice_has_given_it_up(desk: Desk) -> None:
    locked(desk)
    desk.press(desk.links.receive, LINK)
    desk.links.dismiss()
    assert notice(desk) is None
    unlock(desk)
    assert asked(desk) == []


def test_without_a_registration_it_is_told_what_to_do(desk: Desk) -> None:
    desk.press(desk.app.start)
    desk.press(desk.links.receive, LINK)
    assert notice(desk) is LinkNotice.UNREGISTERED
    assert desk.where() == n.Notice()
    desk.links.dismiss()
    desk.to_identity_code()
    desk.press(desk.links.receive, OTHER)
    assert notice(desk) is LinkNotice.UNREGISTERED
    assert isinstance(desk.where(), n.IdentityCode)
    assert asked(desk) == []


@pytest.mark.parametrize(
    "found", [o.Ended("key-lost"), o.KeyStoreTrouble(KeyStoreFault.LOCKED)], ids=str
)
def test_with_a_registration_that_cannot_be_used_the_screen_says_why(
    desk: Desk, found: o.Opened
) -> None:
    desk.services.look_script.then(found)
    desk.press(desk.app.start)
    desk.press(desk.links.receive, LINK)
    assert notice(desk) is LinkNotice.UNUSABLE
    assert asked(desk) == []


def test_what_was_said_of_a_screen_goes_with_it(desk: Desk) -> None:
    desk.services.look_script.then(o.KeyStoreTrouble(KeyStoreFault.LOCKED), REGISTERED)
    desk.press(desk.app.start)
    desk.press(desk.links.receive, LINK)
    desk.press(desk.start.retry)
    assert isinstance(desk.where(), n.EnterPin)
    assert notice(desk) is None


def test_a_second_one_waits_until_the_person_turns_to_it(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    desk.press(desk.links.receive, OTHER)
    assert notice(desk) is LinkNotice.WAITING
    assert asked(desk) == [ASKED]
    desk.press(desk.links.turn_to_it)
    assert asked(desk) == [ASKED, OTHER_ASKED]
    assert notice(desk) is None
    assert desk.approvals.answer_script.calls == []


def test_a_second_one_never_cuts_off_an_answer_on_its_way(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    desk.approval.choose("42")
    desk.links.receive(OTHER)
    desk.links.turn_to_it()
    assert notice(desk) is LinkNotice.WAITING
    desk.executor.run()
    assert len(desk.browser.opened) == 1
    desk.press(desk.links.turn_to_it)
    assert asked(desk) == [ASKED, OTHER_ASKED]


def test_the_same_link_again_changes_nothing(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    desk.press(desk.links.receive, LINK)
    assert notice(desk) is None
    assert asked(desk) == [ASKED]


def test_after_an_end_the_next_one_is_shown_at_once(desk: Desk) -> None:
    desk.to_code()
    desk.approvals.ask_script.then(came.ApprovalOver(), desk.approvals.question)
    desk.press(desk.links.receive, LINK)
    assert aside(desk) is Aside.APPROVAL_ENDED
    desk.press(desk.links.receive, OTHER)
    assert aside(desk) is Aside.APPROVAL
    assert desk.approval.state.request is not None


def test_one_that_was_left_without_an_answer_can_be_shown_again(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    desk.press(desk.approval.leave)
    assert aside(desk) is None
    assert notice(desk) is LinkNotice.WAITING
    desk.press(desk.links.turn_to_it)
    assert aside(desk) is Aside.APPROVAL
    assert asked(desk) == [ASKED, ASKED]


def test_the_lock_closes_it_and_says_so_and_the_site_can_ask_again(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    desk.press(desk.code.lock)
    assert isinstance(desk.where(), n.EnterPin)
    assert aside(desk) is None
    assert notice(desk) is LinkNotice.CLOSED
    desk.press(desk.links.receive, LINK)
    assert notice(desk) is LinkNotice.UNLOCK
    unlock(desk)
    assert asked(desk) == [ASKED, ASKED]


def test_the_idle_lock_counts_on_while_a_request_is_shown(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK)
    desk.clock.advance(a_status().policy.auto_lock_seconds * 1000)
    desk.code.tick()
    assert isinstance(desk.where(), n.EnterPin)
    assert notice(desk) is LinkNotice.CLOSED
    unlock(desk)
    assert notice(desk) is None
    assert aside(desk) is None


def test_another_verifiers_link_is_not_opened_but_told_of(desk: Desk) -> None:
    desk.to_code()
    desk.press(desk.links.receive, LINK.replace("verifier.", "other."))
    assert notice(desk) is LinkNotice.OTHER_VERIFIER
    assert aside(desk) is None
    assert asked(desk) == []


def test_what_is_no_link_says_nothing(desk: Desk) -> None:
    for text in ("", "motp://reset"):
        desk.links.receive(text)
        assert notice(desk) is None


def test_a_link_that_the_system_hands_over_is_taken(qapp: QApplication) -> None:
    heard: list[str] = []
    # As Qt calls it on a Mac; a process has one application, so this one stands in for it.
    taken = Application.event(_Stand(heard), QFileOpenEvent(QUrl(LINK)))  # type: ignore[arg-type]
    assert taken
    assert heard == [LINK]


class _Stand:
    """The part of an application that takes a link."""

    def __init__(self, heard: list[str]) -> None:
        self.link_opened = self
        self.emit = heard.append
