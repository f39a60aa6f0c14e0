"""The console's view models over a verifier in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.offers import kiosk_obstacle
from motp_desktop.services.helpdesk.ports import AuditQuery, PeopleQuery
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.helpdesk.session import IDLE_MS, WARNING_MS
from motp_desktop.ui.viewmodels.helpdesk.states import (
    ActionsState,
    Place,
    SearchState,
    Stage,
)
from motp_protocol.helpdesk import StaffKioskState, StaffNotice, StaffRole
from motp_protocol.problems import ProblemType
from tests.support.helpdesk_desk import ModelsDesk
from tests.support.helpdesk_people import EVERYBODY, NOW, a_crowd
from tests.support.memory_helpdesk import PASSWORD, TEN_MINUTES_MS, TOTP, a_kiosk, a_line

Make = Callable[..., ModelsDesk]
S = TypeVar("S")


def shown(model: ViewModel[S]) -> S:
    """What it shows now: by a call, so that mypy does not take it for what it was before."""
    return model.state


@pytest.fixture
def console(qapp: QApplication) -> Make:
    """A console with somebody signed in."""

    def make(role: StaffRole = "helpdesk", crowd: int = 0, *, signed_in: bool = True) -> ModelsDesk:
        desk = ModelsDesk(qapp, role, [*EVERYBODY, *a_crowd(crowd)])
        return desk.sign_in() if signed_in else desk

    return make


# Signing in


def test_a_right_sign_in_opens_the_console(console: Make) -> None:
    desk = console(signed_in=False)
    desk.press(desk.models.session.sign_in, " kim ", PASSWORD, TOTP)
    state = desk.models.session.state
    assert state.stage is Stage.OPEN
    assert state.staff is not None
    assert (state.staff.name, state.staff.role) == ("kim", "helpdesk")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [(("", "p", TOTP), "name"), (("kim", "", TOTP), "password"), (("kim", "p", "12"), "code")],
)
def test_what_is_missing_is_marked_and_not_sent(
    console: Make, typed: tuple[str, str, str], fault: str
) -> None:
    desk = console(signed_in=False)
    desk.models.session.sign_in(*typed)
    assert desk.models.session.state.faults == {fault}
    assert desk.executor.waiting == 0


def test_a_wrong_sign_in_and_a_wait_are_told(console: Make) -> None:
    desk = console(signed_in=False)
    desk.press(desk.models.session.sign_in, "kim", "wrong", TOTP)
    assert shown(desk.models.session).trouble == o.WrongSignIn()
    desk.api.retry_after = 240
    desk.press(desk.models.session.sign_in, "kim", PASSWORD, TOTP)
    assert shown(desk.models.session).trouble == o.Busy(240)


def test_a_first_sign_in_sets_a_second_factor_and_a_password(console: Make) -> None:
    desk = console(signed_in=False)
    session = desk.models.session
    desk.api.is_new = True
    desk.press(session.sign_in, "kim", PASSWORD, "")
    assert shown(session).stage is Stage.SETUP
    session.finish_setup("12", "short", "short")
    assert session.state.faults == {"code", "new-password"}
    session.finish_setup(TOTP, "long enough now", "another one here")
    assert session.state.faults == {"repeated"}
    desk.press(session.finish_setup, TOTP, "long enough now", "long enough now")
    assert shown(session).stage is Stage.OPEN
    assert shown(session).setup is None


def test_no_secret_stands_in_a_state_as_it_is_logged(console: Make) -> None:
    desk = console(signed_in=False)
    desk.api.is_new = True
    desk.press(desk.models.session.sign_in, "kim", PASSWORD, "")
    assert "JBSWY3DPEHPK3PXP" not in repr(desk.models.session.state)
    desk.press(desk.models.session.finish_setup, TOTP, "long enough now", "long enough now")
    desk.search("홍길동").open("tra_well")
    desk.models.actions.ask_person()
    desk.models.actions.type_reason("이름을 맞춰 봄")
    desk.press(desk.models.actions.confirm)
    assert desk.models.person.state.shown is not None
    desk.models.actions.ask_bypass()
    desk.models.actions.type_reason("앱이 열리지 않음")
    desk.press(desk.models.actions.confirm)
    assert desk.models.actions.state.bypass is not None
    seen = "".join(repr(getattr(desk.models, n).state) for n in desk.models.__slots__)
    for secret in ("홍길동", "010-1234-5678", "036554", PASSWORD, "token"):
        assert secret not in seen


# The end of a session


def test_idleness_is_warned_of_and_then_signs_out(console: Make) -> None:
    desk = console().search("홍길동").open("tra_well")
    session = desk.models.session
    desk.pass_time(IDLE_MS - WARNING_MS)
    session.tick()
    assert shown(session).leaving_soon
    session.touch()
    assert not shown(session).leaving_soon
    desk.pass_time(IDLE_MS)
    desk.press(session.tick)
    assert session.state.stage is Stage.SIGN_IN
    assert session.state.ended == "idle"
    assert not desk.api.is_open


def test_when_a_session_ends_nothing_of_anybody_stays(console: Make) -> None:
    desk = console("admin").search("홍길동").open("tra_well").go(Place.AUDIT)
    desk.models.actions.ask_person()
    desk.press(desk.models.session.sign_out)
    assert desk.models.search.state == SearchState()
    assert desk.models.person.state.page is None
    assert desk.models.actions.state == ActionsState()
    assert desk.models.audit.state.lines == ()
    assert desk.models.console.state.place is Place.PEOPLE


def test_an_answer_that_comes_after_the_end_is_dropped(console: Make) -> None:
    desk = console()
    desk.models.person.open("tra_well")
    deliver = desk.executor.begin()
    desk.models.session.sign_out()
    deliver()
    desk.run()
    assert desk.models.person.state.page is None


def test_a_session_that_was_ended_elsewhere_ends_here_at_the_next_question(console: Make) -> None:
    desk = console()
    desk.api.is_open = False
    desk.open("tra_well")
    assert desk.models.session.state.ended == "over"


def test_a_session_that_was_ended_elsewhere_ends_here_at_its_notice(console: Make) -> None:
    desk = console()
    desk.api.is_open = False
    desk.press(desk.models.console.heard, StaffNotice(kind="session", trainee_id=None, at=NOW))
    assert desk.models.session.state.ended == "over"


def test_the_end_that_the_verifier_set_ends_it(console: Make) -> None:
    desk = console()
    for _ in range(8 * 4):
        desk.pass_time(15 * 60_000)
        desk.models.session.touch()
    desk.press(desk.models.session.tick)
    assert desk.models.session.state.ended == "over"


# Search


def test_typing_asks_once_when_it_pauses(console: Make) -> None:
    desk = console()
    for text in ("홍", "홍길", "홍길동"):
        desk.models.search.type_text(text)
    assert desk.executor.waiting == 0
    desk.models.search.timer.timeout.emit()
    desk.run()
    assert desk.api.asked == [PeopleQuery("홍길동")]
    assert [row.trainee_id for row in desk.models.search.state.rows] == ["tra_well"]


def test_an_older_answer_does_not_replace_a_newer_one(console: Make) -> None:
    desk = console()
    search = desk.models.search
    search.type_text("홍길동")
    search.search()
    late = desk.executor.begin()
    search.type_text("김서연")
    search.search()
    desk.run()
    late()
    assert [row.trainee_id for row in search.state.rows] == ["tra_locked"]


def test_an_older_question_that_still_waits_is_not_asked(console: Make) -> None:
    desk = console()
    for text in ("홍길동", "김서연"):
        desk.models.search.type_text(text)
        desk.models.search.search()
    desk.run()
    assert desk.api.asked == [PeopleQuery("김서연")]


@pytest.mark.parametrize(("text", "is_too_short"), [("567", True), ("", False), ("  ", False)])
def test_too_little_is_not_asked_for(console: Make, text: str, is_too_short: bool) -> None:
    desk = console().search(text)
    assert desk.api.asked == []
    assert desk.models.search.state.is_too_short is is_too_short


def test_ten_thousand_are_read_page_by_page(console: Make) -> None:
    desk = console(crowd=10_050).search("김민수")
    search = desk.models.search
    assert (len(search.state.rows), search.state.count, search.state.has_more) == (
        100,
        10_000,
        True,
    )
    desk.press(search.more)
    assert len(search.state.rows) == 200
    assert len({row.trainee_id for row in search.state.rows}) == 200


def test_another_order_begins_at_the_first_page(console: Make) -> None:
    desk = console(crowd=300).search("김민수")
    desk.press(desk.models.search.more)
    desk.press(desk.models.search.sort_by, "state")
    assert len(desk.models.search.state.rows) == 100
    assert desk.api.asked[-1] == PeopleQuery("김민수", "state")


def test_a_silent_verifier_is_told_and_asked_again(console: Make) -> None:
    desk = console()
    desk.api.silence = NoAnswer("offline")
    desk.search("홍길동")
    assert desk.models.search.state.trouble == NoAnswer("offline")
    desk.api.silence = None
    desk.press(desk.models.search.search)
    assert desk.models.search.state.trouble is None


# The person


def test_a_notice_of_the_person_reads_them_again_once(console: Make) -> None:
    desk = console().open("tra_well")
    for trainee in ("tra_well", "tra_well", "tra_clock", None):
        notice = StaffNotice(kind="check", trainee_id=trainee, at=NOW)
        desk.models.console.heard(notice)
    assert desk.models.person.again.isActive()
    desk.press(desk.models.person.again.timeout.emit)
    assert desk.api.asked == ["tra_well", "tra_well"]


def test_a_notice_of_somebody_else_changes_nothing(console: Make) -> None:
    desk = console().open("tra_well")
    desk.models.console.heard(StaffNotice(kind="check", trainee_id="tra_clock", at=NOW))
    assert not desk.models.person.again.isActive()


def test_another_person_shows_nothing_of_the_one_before(console: Make) -> None:
    desk = console().open("tra_well")
    desk.models.actions.ask_person()
    desk.models.actions.type_reason("이름을 맞춰 봄")
    desk.press(desk.models.actions.confirm)
    desk.models.person.open("tra_clock")
    assert desk.models.person.state.page is None
    assert desk.models.person.state.shown is None
    desk.run()
    assert desk.models.person.state.page is not None


def test_name_and_number_are_masked_again_after_a_minute(console: Make) -> None:
    desk = console().open("tra_well")
    desk.models.actions.ask_person()
    desk.models.actions.type_reason("이름을 맞춰 봄")
    desk.press(desk.models.actions.confirm)
    assert desk.models.person.state.shown is not None
    desk.models.person.masking.timeout.emit()
    assert desk.models.person.state.shown is None


def test_lost_news_are_made_up_for(console: Make) -> None:
    desk = console().open("tra_well")
    desk.models.console.live("lost")
    desk.press(desk.models.console.live, "live")
    assert desk.api.asked == ["tra_well", "tra_well"]


# Doing


def test_a_lock_is_lifted_with_a_reason_and_the_person_read_again(console: Make) -> None:
    desk = console().open("tra_locked")
    actions = desk.models.actions
    actions.ask("lift-code-lock", "reg_2")
    actions.type_reason("본인과 통화함")
    desk.press(actions.confirm)
    assert actions.state.asking is None
    assert actions.state.done is not None
    assert not actions.state.done.can_undo
    page = desk.models.person.state.page
    assert page is not None
    assert page.registrations[0].locks == []
    (line,) = desk.api.lines
    assert (line.kind, line.reason) == ("staff-code-lock-lifted", "본인과 통화함")


@pytest.mark.parametrize(
    ("reason", "fault"),
    [(" ", "missing"), ("010-1234-5678 통화", "number"), ("가" * 201, "too-long")],
)
def test_without_a_good_reason_nothing_is_done(console: Make, reason: str, fault: str) -> None:
    desk = console().open("tra_locked")
    desk.models.actions.ask("lift-code-lock", "reg_2")
    desk.models.actions.type_reason(reason)
    desk.press(desk.models.actions.confirm)
    asking = desk.models.actions.state.asking
    assert asking is not None
    assert asking.fault == fault
    assert desk.api.lines == []


def test_a_suspension_is_taken_back_with_its_reason_offered(console: Make) -> None:
    desk = console().open("tra_well")
    actions = desk.models.actions
    actions.ask("suspend", "reg_1")
    actions.type_reason("기기를 잃어버림")
    desk.press(actions.confirm)
    assert actions.state.done is not None
    assert actions.state.done.can_undo
    actions.undo()
    assert actions.state.asking is not None
    assert (actions.state.asking.kind, actions.state.asking.reason) == ("resume", "기기를 잃어버림")
    desk.press(actions.confirm)
    page = desk.models.person.state.page
    assert page is not None
    assert page.registrations[0].state == "active"


@pytest.mark.parametrize(
    ("trainee", "action", "device"),
    [
        ("tra_well", "lift-code-lock", "reg_1"),
        ("tra_well", "resume", "reg_1"),
        ("tra_pin", "lift-pin-lock", "reg_6"),
        ("tra_suspended", "suspend", "reg_5"),
        ("tra_locked", "suspend", "reg_old"),
    ],
)
def test_what_is_not_possible_is_not_asked(
    console: Make, trainee: str, action: str, device: str
) -> None:
    desk = console().open(trainee)
    desk.models.actions.ask(action, device)  # type: ignore[arg-type]
    assert desk.models.actions.state.asking is None


def test_an_auditor_does_nothing(console: Make) -> None:
    desk = console("auditor").open("tra_locked")
    desk.models.actions.ask("lift-code-lock", "reg_2")
    desk.models.actions.ask_bypass()
    assert desk.models.actions.state.asking is None


def test_what_has_changed_meanwhile_is_told_and_read_again(console: Make) -> None:
    desk = console().open("tra_locked")
    desk.models.actions.ask("lift-code-lock", "reg_2", "본인과 통화함")
    desk.api.refusal = ProblemType.ACTION_NOT_POSSIBLE
    desk.press(desk.models.actions.confirm)
    assert desk.models.actions.state.trouble == o.NotPossible()
    assert desk.api.asked == ["tra_locked", "tra_locked"]


def test_a_bypass_code_counts_down_and_vanishes(console: Make) -> None:
    desk = console().open("tra_well")
    actions = desk.models.actions
    actions.ask_bypass()
    actions.choose_occasion("exam")
    actions.type_reason("앱이 열리지 않음")
    desk.press(actions.confirm)
    bypass = actions.state.bypass
    assert bypass is not None
    assert (bypass.code, bypass.occasion, bypass.seconds_left) == ("036554", "exam", 600)
    desk.pass_time(1_500)
    actions.tick()
    later = shown(actions).bypass
    assert later is not None
    assert later.seconds_left == 599
    desk.pass_time(TEN_MINUTES_MS)
    actions.tick()
    assert shown(actions).bypass is None
    assert shown(actions).bypass_over


@pytest.mark.parametrize("kind", ["reveal", "bypass", "suspend"])
def test_what_was_done_for_one_person_is_not_shown_of_the_next(console: Make, kind: str) -> None:
    desk = console().open("tra_well")
    actions = desk.models.actions
    if kind == "reveal":
        actions.ask_person()
    elif kind == "bypass":
        actions.ask_bypass()
    else:
        actions.ask("suspend", "reg_1")
    actions.type_reason("본인과 통화함")
    actions.confirm()
    desk.models.person.open("tra_locked")
    desk.run()
    assert desk.models.person.state.trainee_id == "tra_locked"
    assert desk.models.person.state.page is not None
    assert desk.models.person.state.shown is None
    assert shown(actions) == ActionsState()


# Looking back


def test_a_helper_has_no_audit(console: Make) -> None:
    desk = console().go(Place.AUDIT)
    assert desk.models.console.state.place is Place.PEOPLE


def test_the_audit_is_filtered_and_read_page_by_page(console: Make) -> None:
    desk = console("auditor")
    desk.api.lines = [a_line(n, "staff-revoked" if n % 2 else "code-locked") for n in range(1, 301)]
    audit = desk.models.audit
    desk.go(Place.AUDIT)
    assert (len(audit.state.lines), audit.state.has_more) == (100, True)
    desk.press(audit.more)
    assert [line.number for line in audit.state.lines] == list(range(300, 100, -1))
    audit.filter_by(AuditQuery(kind="staff-revoked"))
    desk.press(audit.search)
    assert {line.kind for line in audit.state.lines} == {"staff-revoked"}


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "20261101"])
def test_a_day_that_is_none_is_marked(console: Make, day: str) -> None:
    desk = console("auditor").go(Place.AUDIT)
    desk.models.audit.filter_by(AuditQuery(since=day))
    desk.models.audit.search()
    assert desk.models.audit.state.faults == {"since"}


def test_an_export_needs_a_reason_and_says_where_it_went(console: Make, tmp_path: Path) -> None:
    desk = console("auditor").go(Place.AUDIT)
    audit, path = desk.models.audit, str(tmp_path / "audit.csv")
    audit.begin_export()
    desk.press(audit.export, path)
    assert audit.state.reason_fault == "missing"
    audit.type_reason("분기 점검")
    desk.press(audit.export, path)
    assert audit.state.kept == o.Exported(path)
    assert not audit.state.exporting
    assert desk.api.lines[-1].reason == "분기 점검"


def test_the_audit_goes_on_paper_in_korean(console: Make, tmp_path: Path) -> None:
    desk = console("auditor")
    desk.api.lines = [a_line(n) for n in range(1, 251)]
    desk.go(Place.AUDIT)
    path = tmp_path / "audit.pdf"
    desk.press(desk.models.audit.print_to, str(path))
    assert desk.models.audit.state.kept == o.Exported(str(path))
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") >= 2
    assert list(tmp_path.iterdir()) == [path]


def test_the_window_has_its_turn_between_pages(console: Make, tmp_path: Path) -> None:
    desk = console("auditor")
    desk.api.lines = [a_line(n) for n in range(1, 251)]
    desk.go(Place.AUDIT)
    desk.models.audit.print_to(str(tmp_path / "audit.pdf"))
    turns = 0
    while desk.executor.waiting:
        assert desk.models.audit.state.working
        desk.executor.begin()()
        turns += 1
    assert turns > 4
    assert isinstance(desk.models.audit.state.kept, o.Exported)


def test_a_paper_that_cannot_be_written_is_told(console: Make, tmp_path: Path) -> None:
    desk = console("auditor").go(Place.AUDIT)
    desk.press(desk.models.audit.print_to, str(tmp_path / "nowhere" / "audit.pdf"))
    assert isinstance(desk.models.audit.state.kept, o.StorageTrouble)


def test_the_board_follows_the_day_while_it_is_looked_at(console: Make) -> None:
    desk = console().go(Place.BOARD)
    notice = StaffNotice(kind="check", trainee_id="tra_x", at=NOW)
    desk.models.console.heard(notice)
    assert desk.models.board.again.isActive()
    desk.go(Place.PEOPLE)
    assert not desk.models.board.again.isActive()
    desk.models.console.heard(notice)
    assert not desk.models.board.again.isActive()


# Kiosks


def test_kiosks_are_read_when_they_are_looked_at_and_followed_until_one_leaves(
    console: Make,
) -> None:
    desk = console()
    kiosks = desk.models.kiosks
    assert shown(kiosks).kiosks is None
    desk.go(Place.KIOSKS)
    assert [each.kiosk_id for each in shown(kiosks).kiosks or ()][:2] == ["kio_1", "kio_2"]
    assert kiosks.again.isActive()
    desk.api.kiosks_now = desk.api.kiosks_now[:1]
    kiosks.again.timeout.emit()
    desk.run()
    assert len(shown(kiosks).kiosks or ()) == 1
    desk.go(Place.PEOPLE)
    assert not kiosks.again.isActive()


def test_a_kiosk_is_locked_and_unlocked_with_a_reason(console: Make) -> None:
    desk = console().go(Place.KIOSKS)
    kiosks = desk.models.kiosks
    kiosks.ask("lock")
    assert shown(kiosks).asking is None, "none is chosen"
    kiosks.choose("kio_1")
    kiosks.ask("unlock")
    assert shown(kiosks).asking is None, "it is not locked"
    kiosks.ask("lock")
    for reason, fault in (("", "missing"), ("010-1234-5678 분실", "number")):
        kiosks.type_reason(reason)
        kiosks.confirm()
        asking = shown(kiosks).asking
        assert asking is not None
        assert asking.fault == fault
    assert desk.api.lines == []
    kiosks.type_reason("  도난   신고 ")
    desk.press(kiosks.confirm)
    state = shown(kiosks)
    assert state.kiosk is not None
    assert (state.kiosk.state, state.done, state.asking) == ("locked", "lock", None)
    assert [(line.kind, line.reason) for line in desk.api.lines] == [("kiosk-locked", "도난 신고")]
    kiosks.ask("unlock")
    kiosks.type_reason("찾음")
    desk.press(kiosks.confirm)
    assert shown(kiosks).done == "unlock"


def test_a_kiosk_that_is_gone_or_changed_meanwhile_is_told_and_read_again(console: Make) -> None:
    desk = console().go(Place.KIOSKS)
    kiosks = desk.models.kiosks
    kiosks.choose("kio_1")
    kiosks.ask("lock")
    kiosks.type_reason("도난 신고")
    desk.api.kiosks_now[0] = a_kiosk("kio_1", "1층 로비", "revoked")
    desk.press(kiosks.confirm)
    state = shown(kiosks)
    assert state.trouble == o.NotPossible()
    assert state.kiosk is not None
    assert state.kiosk.state == "revoked"
    kiosks.cancel()
    assert shown(kiosks).trouble is None
    del desk.api.kiosks_now[0]
    desk.press(kiosks.look)
    assert (shown(kiosks).chosen, shown(kiosks).kiosk) == (None, None)


def test_without_a_network_the_kiosks_that_were_read_stay_and_the_trouble_is_told(
    console: Make,
) -> None:
    desk = console().go(Place.KIOSKS)
    desk.api.silence = NoAnswer("offline")
    desk.press(desk.models.console.refresh)
    state = shown(desk.models.kiosks)
    assert state.trouble == NoAnswer("offline")
    assert state.kiosks
    desk.api.silence = None
    desk.press(desk.models.console.refresh)
    assert shown(desk.models.kiosks).trouble is None


def test_an_auditor_only_looks_at_kiosks(console: Make) -> None:
    desk = console("auditor").go(Place.KIOSKS)
    desk.models.kiosks.choose("kio_1")
    desk.models.kiosks.ask("lock")
    assert shown(desk.models.kiosks).asking is None


def test_nothing_of_kiosks_stays_when_somebody_signs_out_and_a_late_answer_shows_none(
    console: Make,
) -> None:
    desk = console().go(Place.KIOSKS)
    kiosks = desk.models.kiosks
    kiosks.choose("kio_1")
    kiosks.ask("lock")
    kiosks.type_reason("도난 신고")
    kiosks.confirm()
    desk.models.session.sign_out()
    desk.run()
    assert shown(kiosks).kiosks is None
    assert shown(kiosks).done is None
    assert not kiosks.again.isActive()


def test_a_question_about_one_kiosk_is_never_answered_for_another(console: Make) -> None:
    desk = console().go(Place.KIOSKS)
    kiosks = desk.models.kiosks
    kiosks.choose("kio_1")
    kiosks.ask("lock")
    kiosks.choose("kio_3")
    assert shown(kiosks).asking is None
    desk.press(kiosks.confirm)
    assert desk.api.lines == []


@pytest.mark.parametrize(
    ("state", "role", "lock", "unlock"),
    [
        ("active", "helpdesk", None, "not-locked"),
        ("locked", "admin", "is-locked", None),
        ("awaited", "helpdesk", "not-in-use", "not-in-use"),
        ("expired", "helpdesk", "not-in-use", "not-in-use"),
        ("revoked", "admin", "not-in-use", "not-in-use"),
        ("active", "auditor", "role", "role"),
    ],
)
def test_what_may_be_done_about_a_kiosk_depends_on_the_role_and_on_how_it_stands(
    state: StaffKioskState, role: StaffRole, lock: str | None, unlock: str | None
) -> None:
    kiosk = a_kiosk("kio_1", "1층 로비", state)
    assert kiosk_obstacle("lock", role, kiosk) == lock
    assert kiosk_obstacle("unlock", role, kiosk) == unlock
