"""View models under any order of commands and outcomes: nothing hangs, nothing leaks."""

from collections.abc import Callable
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from motp_desktop.services import approval_outcomes as came
from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from motp_desktop.ui.navigation import open_status
from motp_desktop.ui.viewmodels.aside_states import OVER_ALL
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_protocol.pin import PinFault
from tests.support.ui_fakes import (
    COMPLETION_URL,
    ORIGIN,
    REPLACES,
    Desk,
    FakeApprovals,
    FakeServices,
    Script,
    a_consent,
    a_status,
)

PIN, CODE = "482917", "739164"
TICKET = "tick-8-et"
LINK = f"motp://approve?popup=popup_1&ticket={{}}&verifier={ORIGIN}"
TROUBLES: list[o.Trouble] = [
    NoAnswer("offline"),
    o.KeyStoreTrouble(KeyStoreFault.LOCKED),
    o.StorageTrouble(StorageFault.FULL),
    o.Busy(30),
    o.UnexpectedRefusal("odd"),
]
STATUSES = [
    a_status(),
    a_status(locks=("pin",)),
    a_status(state="suspended"),
    a_status(state="revoked", reason="staff"),
]


def outcome_scripts(fakes: FakeServices) -> list[Callable[[], None]]:
    """Everything that any use case may come to next."""
    sent = o.CodeSent("010-****-5678", 10_000_000, 0, 5)

    def of(script: Script[o.Opened], *following: o.Opened) -> list[Callable[[], None]]:
        return [partial(script.then, outcome) for outcome in (*following, *TROUBLES)]

    opened: list[o.Opened] = [
        o.NotRegistered(),
        o.Registered("홍*동", "010-****-5678"),
        o.Unconfirmed(None),
        o.Unconfirmed(REPLACES),
        o.ResetUnfinished(),
        o.ResetUnfinished(withdrawing=True),
        o.Ended("key-lost"),
    ]
    return [
        *of(fakes.look_script, *opened),
        *of(fakes.key_file_script, *opened),
        *(partial(fakes.consent_script.then, x) for x in (a_consent(), *TROUBLES)),
        *(
            partial(fakes.start_script.then, x)
            for x in (
                sent,
                o.InvalidForm(name=True),
                o.InvalidForm(pin=PinFault.TOO_COMMON),
                o.ConsentOutdated(),
                *TROUBLES,
            )
        ),
        *(partial(fakes.resend_script.then, x) for x in (sent, o.EnrolmentExpired(), *TROUBLES)),
        *(
            partial(fakes.prove_script.then, x)
            for x in (
                o.Proven(None),
                o.Proven(REPLACES),
                o.IdentityCodeWrong(3),
                o.IdentityCodeExpired(),
                o.EnrolmentExpired(),
                o.RosterMismatch(),
                *TROUBLES,
            )
        ),
        *(
            partial(fakes.confirm_script.then, x)
            for x in (
                o.Enrolled(a_status()),
                o.MustReplace(REPLACES),
                o.EnrolmentExpired(),
                o.Ended("replaced"),
                *TROUBLES,
            )
        ),
        *(
            partial(fakes.unlock_script.then, x)
            for x in (o.WrongPin(2), o.PinLocked(), o.Suspended(), o.Ended("cloned"), *TROUBLES)
        ),
        *(partial(fakes.unlock_script.then, o.PinRight(status)) for status in STATUSES[:1] * 5),
        *(partial(fakes.sync_script.then, o.Synced(status)) for status in STATUSES),
        *(
            partial(fakes.ask_name_script.then, x)
            for x in (
                sent,
                o.InvalidNameDetails(birth=True),
                o.NameMismatch(),
                o.NameProven(STATUSES[0]),
                o.Suspended(),
                *TROUBLES,
            )
        ),
        *(
            partial(fakes.resend_name_script.then, x)
            for x in (sent, o.NameProofExpired(), *TROUBLES)
        ),
        *(
            partial(fakes.confirm_name_script.then, x)
            for x in (
                o.NameProven(STATUSES[0]),
                o.NameMismatch(),
                o.IdentityCodeWrong(2),
                o.IdentityCodeExpired(),
                o.NameProofExpired(),
                o.Ended("staff"),
                *TROUBLES,
            )
        ),
        *(
            partial(fakes.change_pin_script.then, x)
            for x in (
                o.PinChanged(STATUSES[0]),
                o.WrongPin(2),
                o.PinUnsuitable(PinFault.TOO_SHORT, 6, 8),
                o.PinLocked(),
                o.Ended("cloned"),
                *TROUBLES,
            )
        ),
        *(
            partial(fakes.renew_script.then, x)
            for x in (
                o.ConsentRenewed(STATUSES[0]),
                o.ConsentOutdated(),
                o.Ended("staff"),
                *TROUBLES,
            )
        ),
        *(partial(fakes.withdraw_script.then, x) for x in TROUBLES),
        *(partial(fakes.reset_script.then, x) for x in TROUBLES),
        *(partial(fakes.start_over_script.then, x) for x in TROUBLES),
        *(
            partial(script.breaks, RuntimeError())
            for script in (fakes.look_script, fakes.start_script, fakes.unlock_script)
        ),
    ]


def approval_scripts(fakes: FakeApprovals) -> list[Callable[[], None]]:
    """Everything that a request for approval may come to next."""
    refusals: list[came.ApprovalRefusal] = [
        *(came.WrongNumber(), came.ApprovalExpired(), came.ApprovalOver(), came.NameNotProven()),
        *(o.PinLocked(), o.Suspended(), o.Ended("cloned"), *TROUBLES),
    ]
    return [
        *(partial(fakes.ask_script.then, x) for x in (*refusals, fakes.question)),
        *(partial(fakes.answer_script.then, x) for x in (*refusals, came.ApprovalDeclined())),
        partial(fakes.answer_script.then, came.Approved(COMPLETION_URL)),
        partial(fakes.answer_script.breaks, RuntimeError()),
    ]


def commands(desk: Desk) -> list[Callable[[], None]]:
    """Everything that a person can do, and time."""

    def type_into(digit: Callable[[str], None]) -> Callable[[], None]:
        return partial(desk.type_pin, digit, PIN)

    enrolment, start, code, name = desk.enrolment, desk.start, desk.code, desk.name_proof
    return [
        *(enrolment.begin, enrolment.agree_summary, enrolment.decline, enrolment.reconsider),
        *(enrolment.reached_end, enrolment.agree, enrolment.submit_details, enrolment.pin_restart),
        *(enrolment.submit_pin, enrolment.resend, enrolment.accept_replace, enrolment.abandon),
        *(enrolment.back, enrolment.retry, enrolment.pin_backspace, enrolment.tick),
        partial(enrolment.set_name, "홍길동"),
        partial(enrolment.set_phone, "01012345678", "", ""),
        partial(enrolment.submit_code, CODE),
        type_into(enrolment.pin_digit),
        type_into(desk.unlock.digit),
        desk.unlock.look,
        *(desk.unlock.submit, desk.unlock.clear, desk.unlock.ask_reset),
        *(start.retry, start.use_key_file, start.start_over, start.try_again, start.ask_reset),
        *(code.copy, code.touch, code.lock, code.ask_reset, code.tick),
        *(name.begin, name.submit_details, name.resend, name.back, name.finish, name.retry),
        *(partial(name.set_carrier, "KT"), partial(name.set_birth, "900301", "1"), name.tick),
        partial(name.submit_code, CODE),
        *(desk.pin_change.ask, desk.pin_change.submit, desk.pin_change.submit),
        *(desk.pin_change.back, desk.pin_change.finish, desk.pin_change.backspace),
        type_into(desk.pin_change.digit),
        partial(desk.type_pin, desk.pin_change.digit, "739158"),
        *(partial(desk.links.receive, LINK.format(ticket)) for ticket in (TICKET, "t2")),
        *(desk.links.turn_to_it, desk.links.dismiss, desk.links.tick),
        *(partial(desk.approval.choose, "42"), desk.approval.decline, desk.approval.leave),
        *(desk.approval.retry, desk.approval.tick, desk.settings.open, desk.app.leave_aside),
        *(desk.renewal.begin, desk.renewal.reached_end, desk.renewal.agree, desk.renewal.decline),
        *(desk.renewal.back, desk.renewal.leave, desk.renewal.retry),
        *(desk.guide.forgot_pin, desk.guide.ask_move, desk.guide.back, enrolment.begin_again),
        *(desk.reset.ask, desk.reset.ask_withdrawal, desk.reset.confirm_withdrawal),
        *(
            desk.reset.finish,
            desk.reset.confirm,
            desk.reset.cancel,
            desk.reset.here_only,
            desk.reset.retry,
        ),
        partial(desk.app.set_language, "en"),
        partial(desk.app.set_language, "ko"),
        partial(desk.clock.advance, 1_000),
        partial(desk.clock.advance, 60_000),
        desk.executor.run,
        desk.executor.run,
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(choices=st.lists(st.integers(0, 10_000), max_size=80), screen=st.integers(0, 3))
def test_any_order_of_commands_and_outcomes(
    qapp: QApplication, choices: list[int], screen: int
) -> None:
    desk = Desk()
    to_somewhere = [lambda: None, desk.to_choose_pin, desk.to_identity_code, desk.to_code]
    to_somewhere[screen]()
    seen: list[str] = []
    models = (
        *(desk.app, desk.start, desk.enrolment, desk.unlock),
        *(desk.code, desk.name_proof, desk.pin_change, desk.renewal, desk.reset, desk.approval),
    )
    for model in models:
        model.state_changed.connect(lambda model=model: seen.append(repr(model.state)))
    desk.links.state_changed.connect(lambda: seen.append(repr(desk.links.state)))
    possible = [
        *commands(desk),
        *outcome_scripts(desk.services),
        *approval_scripts(desk.approvals),
    ]
    for choice in choices:
        possible[choice % len(possible)]()
        is_open = open_status(desk.where()) is not None
        if desk.code.code() is not None:
            assert is_open, "a code is there only where it may be shown, or is one step away"
        if is_open:
            assert desk.services.now() is not None
        if desk.app.state.aside in OVER_ALL:
            assert is_open, "a request is shown only while the registration is open"
    desk.executor.run()
    desk.code.lock()
    assert desk.code.code() is None
    assert desk.clipboard.text == ""
    assert not any(
        model.state.working for model in models[1:] if not isinstance(model, CodeViewModel)
    ), "nothing is under way, so nothing may say so"
    assert desk.app.state.aside not in OVER_ALL
    assert TICKET not in "".join(seen)
    assert COMPLETION_URL not in "".join(seen)
    assert "739158" not in "".join(seen)
    assert PIN not in "".join(seen)
    assert CODE not in "".join(seen)
