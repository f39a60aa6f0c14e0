"""What is on record: read when a registration opens, after each code, and on request."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import RecordsState
from motp_protocol.messages import PastCheck
from tests.support.ui_fakes import NOW, Desk, Script, a_check, a_need


def records(*checks: PastCheck) -> o.OwnRecords:
    return o.OwnRecords(checks, (), NOW)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    desk.services.records_script = Script[o.RecordsOutcome](records(a_check("v1")))
    desk.to_code()
    return desk


def next_code(desk: Desk) -> None:
    """Let a code pass."""
    desk.code.touch()
    desk.clock.advance(30_000)
    desk.press(desk.code.tick)


def test_they_are_read_when_the_code_is_first_shown(desk: Desk) -> None:
    assert desk.records.state.records == records(a_check("v1"))
    assert desk.records.state.news is None, "what was there before is no news"


def test_each_new_code_asks_what_came_of_the_one_before(desk: Desk) -> None:
    wrong = a_check("v2", reason="code-wrong")
    desk.services.records_script.then(records(wrong, a_check("v1")), records(wrong, a_check("v1")))
    next_code(desk)
    assert desk.records.state.news == wrong
    next_code(desk)
    assert desk.records.state.news == wrong, "it stays until something newer comes"


def test_a_later_check_takes_the_place_of_the_news(desk: Desk) -> None:
    wrong, right = a_check("v2", reason="code-wrong"), a_check("v3")
    desk.services.records_script.then(records(wrong), records(right, wrong))
    next_code(desk)
    next_code(desk)
    assert desk.records.state.news == right


def test_a_first_check_ever_is_news(qtbot: QtBot) -> None:
    desk = Desk()
    desk.services.records_script.then(records(), records(a_check("v1")))
    desk.to_code()
    next_code(desk)
    assert desk.records.state.news == a_check("v1")


def test_an_unreachable_verifier_is_not_asked_with_each_code(desk: Desk) -> None:
    desk.services.records_script.then(NoAnswer("offline"))
    next_code(desk)
    asked = len(desk.services.records_script.calls)
    assert desk.app.state.connection == "offline"
    next_code(desk)
    assert len(desk.services.records_script.calls) == asked
    assert desk.records.state.records == records(a_check("v1")), "what was read stays"


def test_the_history_is_read_again_when_it_opens_and_leads_back_to_the_code(desk: Desk) -> None:
    desk.services.records_script.then(records(a_check("v2"), a_check("v1")))
    desk.press(desk.records.open)
    assert isinstance(desk.where(), n.History)
    assert desk.records.state.records == records(a_check("v2"), a_check("v1"))
    desk.records.back()
    assert isinstance(desk.where(), n.ShowCode)


def test_the_code_goes_on_and_locks_behind_the_history(desk: Desk) -> None:
    desk.press(desk.records.open)
    assert desk.code.code() is not None
    desk.clock.advance(120_000)
    desk.press(desk.code.tick)
    assert isinstance(desk.where(), n.EnterPin)
    assert desk.records.state == RecordsState()


def test_trouble_is_told_until_it_is_read_again(desk: Desk) -> None:
    desk.services.records_script.then(o.Busy(9), records())
    desk.press(desk.records.open)
    assert desk.records.state.trouble == o.Busy(9)
    desk.press(desk.records.read)
    assert desk.records.state == RecordsState(records())


def test_a_registration_that_ended_meanwhile_is_told_as_such(desk: Desk) -> None:
    desk.services.records_script.then(o.Ended("replaced"))
    desk.press(desk.records.open)
    assert desk.where() == n.Blocked(o.Ended("replaced"))
    assert desk.code.code() is None


def test_a_bug_while_reading_is_trouble_and_no_silence(desk: Desk) -> None:
    desk.services.records_script.breaks(RuntimeError("odd"))
    desk.press(desk.records.open)
    assert desk.records.state.trouble == o.UnexpectedRefusal("internal")
    assert not desk.records.state.working


def test_an_answer_that_comes_after_locking_shows_nothing(desk: Desk) -> None:
    desk.records.open()
    deliver = desk.executor.begin()
    desk.code.lock()
    deliver()
    assert desk.records.state == RecordsState()


def test_what_is_still_needed_stands_first_and_what_no_rule_asks_for_not_at_all() -> None:
    done, todo = a_need("entry", required=False), a_need("lesson")
    never = msgspec.structs.replace(done, rule="never", satisfied_by=None)
    state = RecordsState(o.OwnRecords((), (done, never, todo), NOW))
    assert state.needs == (todo, done)
