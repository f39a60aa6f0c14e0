"""The registration's commands, from the notice to the welcome."""

import pytest
from pytestqt.qtbot import QtBot

from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import KeyStoreFault, NoAnswer
from motp_desktop.ui import navigation as n
from motp_desktop.ui.viewmodels.states import (
    Connection,
    EnrolmentState,
    Fields,
    IdentityState,
    PinStage,
)
from motp_protocol.pin import PinFault
from tests.support.ui_fakes import NAME, PHONE, PIN, REPLACES, Desk, a_consent, a_status

OFFLINE = NoAnswer("offline")


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def shown(desk: Desk) -> EnrolmentState:
    """What the views render now."""
    return desk.enrolment.state


def waiting(desk: Desk) -> IdentityState:
    """The wait for the identity code."""
    identity = desk.enrolment.state.identity
    assert identity is not None
    return identity


def connection(desk: Desk) -> Connection:
    """What the header says of the verifier."""
    return desk.app.state.connection


def test_a_registration_from_end_to_end(desk: Desk) -> None:
    desk.to_identity_code()
    assert desk.where() == n.IdentityCode()
    assert waiting(desk).seconds_left == 180
    desk.press(desk.enrolment.submit_code, "123 456")
    assert desk.where() == n.EnterPin("홍*동", "010-****-5678", welcome=True)
    form, consent, lang = desk.services.start_script.calls[0]
    assert form == o.EnrolmentForm(NAME, "-".join(PHONE), PIN)
    assert consent == a_consent()
    assert lang == "ko"
    assert desk.services.prove_script.calls == [("123456",)]
    assert desk.services.confirm_script.calls == [(False,)]
    assert shown(desk).fields == Fields()
    assert connection(desk) == "connected"


def test_the_document_is_loaded_while_the_summary_shows(desk: Desk) -> None:
    desk.press(desk.app.start)
    desk.enrolment.begin()
    assert desk.where() == n.ConsentSummary()
    assert shown(desk).working
    assert shown(desk).document is None
    desk.executor.run()
    assert shown(desk).document == a_consent().document
    assert not shown(desk).working


def test_a_document_that_does_not_come_can_be_asked_for_again(desk: Desk) -> None:
    desk.services.consent_script.then(OFFLINE, OFFLINE, a_consent())
    desk.press(desk.app.start)
    desk.press(desk.enrolment.begin)
    assert shown(desk).trouble == OFFLINE
    assert connection(desk) == "offline"
    desk.press(desk.enrolment.back)
    assert shown(desk).trouble is None
    desk.press(desk.enrolment.begin)
    assert shown(desk).trouble == OFFLINE
    desk.press(desk.enrolment.retry)
    assert shown(desk).trouble is None
    assert shown(desk).document is not None
    assert connection(desk) == "connected"


def test_another_language_loads_its_own_document(desk: Desk) -> None:
    desk.services.consent_script.then(a_consent("ko"), a_consent("en"))
    desk.press(desk.app.start)
    desk.press(desk.enrolment.begin)
    desk.press(desk.app.set_language, "en")
    assert shown(desk).document == a_consent("en").document
    assert desk.kept == ["en"]


def test_a_language_chosen_while_a_document_is_loading_wins(desk: Desk) -> None:
    desk.services.consent_script.then(a_consent("ko"), a_consent("en"))
    desk.press(desk.app.start)
    desk.enrolment.begin()
    desk.app.set_language("en")
    desk.executor.run()
    assert desk.services.consent_script.calls == [("ko",), ("en",)]
    assert shown(desk).document == a_consent("en").document


def test_agreeing_unread_is_asked_about_once(desk: Desk) -> None:
    desk.press(desk.app.start)
    desk.press(desk.enrolment.begin)
    desk.press(desk.enrolment.agree_summary)
    desk.press(desk.enrolment.agree)
    assert desk.where() == n.ConsentForm()
    assert shown(desk).remind_to_read
    desk.press(desk.enrolment.agree)
    assert desk.where() == n.PersonalDetails()


def test_refusing_is_no_dead_end(desk: Desk) -> None:
    desk.press(desk.app.start)
    desk.press(desk.enrolment.begin)
    desk.press(desk.enrolment.decline)
    assert desk.where() == n.ConsentDeclined()
    desk.press(desk.enrolment.reconsider)
    assert desk.where() == n.ConsentSummary()


def test_name_and_number_are_checked_where_they_are_typed(desk: Desk) -> None:
    desk.to_choose_pin()
    desk.press(desk.enrolment.back)
    desk.enrolment.set_name("  ")
    desk.enrolment.set_phone("010", "12", "")
    desk.press(desk.enrolment.submit_details)
    assert desk.where() == n.PersonalDetails()
    assert shown(desk).name_invalid
    assert shown(desk).phone_invalid
    desk.enrolment.set_name(NAME)
    assert not shown(desk).name_invalid
    desk.enrolment.set_phone("+82 10-1234-5678", "", "")
    assert shown(desk).fields == Fields(NAME, PHONE)
    desk.press(desk.enrolment.submit_details)
    assert desk.where() == n.ChoosePin()


def test_a_pin_that_is_easily_guessed_is_refused(desk: Desk) -> None:
    desk.to_choose_pin()
    assert shown(desk).pin.minimum == 6
    for pin, fault in [
        ("1234", PinFault.TOO_SHORT),
        ("111111", PinFault.TOO_COMMON),
        ("012345", PinFault.TOO_COMMON),
        ("345678", PinFault.TOO_COMMON),
        ("010123", PinFault.FROM_PHONE),
    ]:
        desk.type_pin(desk.enrolment.pin_digit, pin)
        assert shown(desk).pin.entered == len(pin)
        desk.press(desk.enrolment.submit_pin)
        assert shown(desk).pin.fault is fault
        assert shown(desk).pin.entered == 0
    assert desk.services.start_script.calls == []


def test_a_pin_repeated_otherwise_is_chosen_anew(desk: Desk) -> None:
    desk.to_choose_pin()
    desk.type_pin(desk.enrolment.pin_digit)
    desk.press(desk.enrolment.submit_pin)
    assert shown(desk).pin.stage is PinStage.REPEAT
    desk.type_pin(desk.enrolment.pin_digit, "482918")
    desk.press(desk.enrolment.submit_pin)
    assert shown(desk).pin.stage is PinStage.CHOOSE
    assert shown(desk).pin.differs
    desk.choose_pin()
    assert desk.where() == n.IdentityCode()


def test_the_dots_stay_until_it_is_known_what_comes_of_the_pin(desk: Desk) -> None:
    desk.services.start_script.then(OFFLINE)
    desk.to_choose_pin()
    desk.type_pin(desk.enrolment.pin_digit)
    desk.press(desk.enrolment.submit_pin)
    desk.type_pin(desk.enrolment.pin_digit)
    desk.enrolment.submit_pin()
    assert (shown(desk).pin.stage, shown(desk).pin.entered) == (PinStage.REPEAT, len(PIN))
    desk.executor.run()
    assert (shown(desk).pin.stage, shown(desk).pin.entered) == (PinStage.CHOOSE, 0)


def test_back_keeps_what_was_typed_but_not_the_pin(desk: Desk) -> None:
    desk.to_choose_pin()
    desk.type_pin(desk.enrolment.pin_digit)
    desk.press(desk.enrolment.submit_pin)
    desk.type_pin(desk.enrolment.pin_digit, "48")
    desk.press(desk.enrolment.back)
    assert desk.where() == n.ChoosePin()
    assert shown(desk).pin.stage is PinStage.CHOOSE
    assert shown(desk).pin.entered == 0
    desk.press(desk.enrolment.back)
    assert desk.where() == n.PersonalDetails()
    assert shown(desk).fields == Fields(NAME, PHONE)


def test_going_back_while_a_code_is_asked_for_drops_its_answer(desk: Desk) -> None:
    desk.to_choose_pin()
    desk.type_pin(desk.enrolment.pin_digit)
    desk.press(desk.enrolment.submit_pin)
    desk.type_pin(desk.enrolment.pin_digit)
    desk.enrolment.submit_pin()
    deliver = desk.executor.begin()
    desk.enrolment.back()
    deliver()
    desk.executor.run()
    assert desk.where() == n.PersonalDetails()
    assert desk.services.abandon_script.calls == [()]
    assert not shown(desk).working


def test_a_start_that_meets_trouble_is_tried_again_with_the_same_pin(desk: Desk) -> None:
    sent = o.CodeSent("010-****-5678", 200_000, 40_000, 5)
    desk.services.start_script.then(OFFLINE, sent)
    desk.to_identity_code()
    assert desk.where() == n.ChoosePin()
    assert shown(desk).trouble == OFFLINE
    desk.press(desk.enrolment.retry)
    assert desk.where() == n.IdentityCode()
    forms = [call[0] for call in desk.services.start_script.calls]
    assert forms[0] == forms[1]


def test_double_clicks_start_one_enrolment(desk: Desk) -> None:
    desk.to_choose_pin()
    desk.type_pin(desk.enrolment.pin_digit)
    desk.press(desk.enrolment.submit_pin)
    desk.type_pin(desk.enrolment.pin_digit)
    desk.enrolment.submit_pin()
    desk.enrolment.submit_pin()
    desk.enrolment.pin_digit("1")
    desk.executor.run()
    assert len(desk.services.start_script.calls) == 1


def test_fields_that_the_verifier_refuses_are_shown_where_they_are(desk: Desk) -> None:
    desk.services.start_script.then(o.InvalidForm(name=True))
    desk.to_identity_code()
    assert desk.where() == n.PersonalDetails()
    assert shown(desk).name_invalid
    assert not shown(desk).phone_invalid


def test_a_consent_that_changed_meanwhile_is_read_anew(desk: Desk) -> None:
    desk.services.start_script.then(o.ConsentOutdated())
    desk.to_identity_code()
    assert desk.where() == n.ConsentForm()
    assert shown(desk).consent_changed
    assert shown(desk).document is not None
    assert len(desk.services.consent_script.calls) == 2
    desk.press(desk.enrolment.agree)
    assert shown(desk).remind_to_read


def test_a_key_store_that_was_mended_lets_the_enrolment_go_on(desk: Desk) -> None:
    sent = o.CodeSent("010-****-5678", 200_000, 40_000, 5)
    desk.services.start_script.then(o.KeyStoreTrouble(KeyStoreFault.NONE_FOUND), sent)
    desk.to_identity_code()
    assert desk.where() == n.KeyStoreProblem(KeyStoreFault.NONE_FOUND, resume=n.ChoosePin())
    desk.press(desk.start.use_key_file)
    assert desk.where() == n.IdentityCode()


def test_the_wait_for_the_code_is_counted_from_the_clock(desk: Desk) -> None:
    desk.to_identity_code()
    desk.clock.advance(29_001)
    desk.enrolment.tick()
    identity = waiting(desk)
    assert (identity.seconds_left, identity.resend_in) == (151, 1)
    desk.press(desk.enrolment.resend)
    assert desk.services.resend_script.calls == []
    desk.clock.advance(999)
    desk.press(desk.enrolment.resend)
    assert len(desk.services.resend_script.calls) == 1
    identity = waiting(desk)
    assert identity.resent
    desk.clock.advance(1_000_000)
    desk.enrolment.tick()
    identity = waiting(desk)
    assert identity.seconds_left == 0


def test_a_code_that_ran_out_is_not_sent(desk: Desk) -> None:
    desk.to_identity_code()
    desk.clock.advance(180_000)
    desk.press(desk.enrolment.submit_code, "123456")
    assert desk.services.prove_script.calls == []
    assert waiting(desk).seconds_left == 0
    desk.services.resend_script.then(
        o.CodeSent("010-****-5678", desk.clock.elapsed_ms() + 180_000, desk.clock.elapsed_ms(), 5)
    )
    desk.press(desk.enrolment.resend)
    desk.press(desk.enrolment.submit_code, "123456")
    assert desk.services.prove_script.calls == [("123456",)]


def test_a_wrong_identity_code_says_how_many_tries_are_left(desk: Desk) -> None:
    desk.services.prove_script.then(o.IdentityCodeWrong(4), o.Proven(None))
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "12345")
    assert desk.services.prove_script.calls == []
    desk.press(desk.enrolment.submit_code, "123456")
    identity = waiting(desk)
    assert identity.wrong
    assert identity.attempts_left == 4


def test_a_code_that_the_verifier_finds_too_old_has_no_time_left(desk: Desk) -> None:
    desk.services.prove_script.then(o.IdentityCodeExpired(), o.Proven(None))
    desk.to_identity_code()
    desk.clock.advance(30_000)
    assert waiting(desk).seconds_left > 0
    desk.press(desk.enrolment.submit_code, "123456")
    desk.enrolment.tick()
    assert waiting(desk).seconds_left == 0
    assert not waiting(desk).wrong
    assert desk.where() == n.IdentityCode()
    desk.press(desk.enrolment.submit_code, "123456")
    assert desk.services.prove_script.calls == [("123456",)]


@pytest.mark.parametrize("name", ["prove", "resend"])
def test_an_enrolment_that_expired_begins_again_with_what_was_typed(desk: Desk, name: str) -> None:
    desk.services.prove_script.then(o.EnrolmentExpired())
    desk.services.resend_script.then(o.EnrolmentExpired())
    desk.to_identity_code()
    desk.clock.advance(60_000)
    if name == "prove":
        desk.press(desk.enrolment.submit_code, "123456")
    else:
        desk.press(desk.enrolment.resend)
    assert shown(desk).expired
    assert shown(desk).fields == Fields(NAME, PHONE)
    assert desk.where() == n.PersonalDetails()
    desk.press(desk.enrolment.submit_details)
    assert not shown(desk).expired


def test_nobody_on_the_roster_can_correct_the_name(desk: Desk) -> None:
    desk.services.prove_script.then(o.RosterMismatch())
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "123456")
    assert desk.where() == n.NotOnRoster()
    desk.press(desk.enrolment.back)
    assert desk.where() == n.PersonalDetails()
    assert desk.services.abandon_script.calls == [()]


def test_another_device_ends_only_when_agreed_to(desk: Desk) -> None:
    desk.services.prove_script.then(o.Proven(REPLACES))
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "123456")
    assert desk.where() == n.ReplaceDevice(REPLACES)
    assert desk.services.confirm_script.calls == []
    desk.press(desk.enrolment.accept_replace)
    assert desk.services.confirm_script.calls == [(True,)]
    assert isinstance(desk.where(), n.EnterPin)


def test_keeping_the_other_device_gives_the_enrolment_up(desk: Desk) -> None:
    desk.services.prove_script.then(o.Proven(REPLACES))
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "123456")
    desk.press(desk.enrolment.abandon)
    assert desk.services.abandon_script.calls == [()]
    assert desk.where() == n.Notice()


def test_a_device_that_turns_up_at_the_end_is_asked_about(desk: Desk) -> None:
    desk.services.confirm_script.then(o.MustReplace(REPLACES), o.Enrolled(a_status()))
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "123456")
    assert desk.where() == n.ReplaceDevice(REPLACES)
    desk.press(desk.enrolment.accept_replace)
    assert desk.services.confirm_script.calls == [(False,), (True,)]


def test_the_last_step_goes_on_after_a_restart(desk: Desk) -> None:
    desk.services.look_script.then(o.Unconfirmed(None))
    desk.services.confirm_script.then(OFFLINE)
    desk.press(desk.app.start)
    assert desk.where() == n.Finishing(resumed=True)
    assert shown(desk).trouble == OFFLINE
    desk.press(desk.enrolment.retry)
    assert desk.services.confirm_script.calls == [(False,), (False,)]


def test_a_last_step_that_is_too_late_after_a_restart_is_cleared_away(desk: Desk) -> None:
    desk.services.look_script.then(o.Unconfirmed(None), o.NotRegistered())
    desk.services.confirm_script.then(o.EnrolmentExpired())
    desk.press(desk.app.start)
    assert desk.where() == n.Notice()
    assert desk.services.abandon_script.calls == [()]
    assert shown(desk).expired


def test_a_bug_does_not_leave_the_screen_hanging(desk: Desk) -> None:
    desk.services.start_script.breaks(RuntimeError("secret words"))
    desk.to_identity_code()
    assert shown(desk).trouble == o.UnexpectedRefusal("internal")
    assert not shown(desk).working
    assert len(desk.bugs) == 1
    desk.press(desk.enrolment.retry)
    assert desk.where() == n.IdentityCode()


def test_no_state_shows_a_secret(desk: Desk) -> None:
    seen: list[str] = []
    desk.enrolment.state_changed.connect(lambda: seen.append(repr(desk.enrolment.state)))
    desk.to_identity_code()
    desk.press(desk.enrolment.submit_code, "739164")
    everything = "".join(seen)
    assert PIN not in everything
    assert "739164" not in everything
