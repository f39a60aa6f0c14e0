"""Where each screen leads, and that no sequence of events loses the way."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services import approval_outcomes as came
from motp_desktop.services import outcomes as o
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from motp_desktop.ui import events as e
from motp_desktop.ui import navigation as n
from motp_desktop.ui.navigation import transition
from motp_protocol.pin import PinFault
from tests.support.memory_approvals import an_approval
from tests.support.ui_fakes import NOW, REPLACES, a_consent, a_status

STATUS = a_status()
PIN_SCREEN = n.EnterPin("홍*동", "010-****-5678")
CODE_SCREEN = n.ShowCode(STATUS)
LOST = o.Ended("key-lost")
PROVEN = a_status(name_proof="done")
CHANGE, CHANGED = n.ChangePin(STATUS), n.PinChangeDone(STATUS)
RENEW, NOT_RENEWED = n.RenewConsent(STATUS), n.RenewalDeclined(STATUS)
PIN_LOCK, SUSPENSION = n.Blocked(o.PinLocked()), n.Blocked(o.Suspended())
HISTORY = n.History(STATUS)
ASK, NAME_CODE, NAME_DONE = n.ProveName(STATUS), n.NameCode(STATUS), n.NameDone(PROVEN)

EVENTS: list[e.Event] = [
    *(intent() for intent in get_args(e.Intent)),
    o.NotRegistered(),
    o.Registered("홍*동", "010-****-5678"),
    o.Unconfirmed(None),
    o.Unconfirmed(REPLACES),
    o.ResetUnfinished(),
    o.ResetUnfinished(withdrawing=True),
    *(o.Ended(reason) for reason in ("replaced", "cloned", "key-lost")),
    *(o.KeyStoreTrouble(fault) for fault in KeyStoreFault),
    *(o.StorageTrouble(fault) for fault in StorageFault),
    o.Busy(30),
    o.UnexpectedRefusal("internal"),
    NoAnswer("offline"),
    a_consent(),
    o.CodeSent("010-****-5678", 1, 1, 5),
    o.InvalidForm(name=True),
    o.InvalidForm(phone=True),
    o.InvalidForm(pin=PinFault.TOO_COMMON),
    o.ConsentOutdated(),
    o.IdentityCodeWrong(4),
    o.IdentityCodeExpired(),
    o.EnrolmentExpired(),
    o.RosterMismatch(),
    o.Proven(None),
    o.Proven(REPLACES),
    o.MustReplace(REPLACES),
    o.Enrolled(STATUS),
    o.PinRight(STATUS),
    o.WrongPin(4),
    o.PinLocked(),
    o.Suspended(),
    o.PinChanged(STATUS),
    o.PinUnsuitable(PinFault.TOO_SHORT, 6, 8),
    o.OwnRecords((), (), NOW),
    o.Synced(STATUS),
    o.Synced(a_status(locks=("code",))),
    o.Synced(a_status(locks=("pin",))),
    o.Synced(a_status(state="suspended")),
    o.Synced(a_status(state="revoked", reason="staff")),
    o.ResetDone(verifier_told=True),
    o.ResetDone(verifier_told=False),
    o.ResetDone(verifier_told=True, withdrawn=True),
    o.ResetDone(verifier_told=False, withdrawn=True),
    o.ConsentRenewed(STATUS),
    e.NameProofBegun(waiting=True),
    o.InvalidNameDetails(carrier=True),
    o.NameMismatch(),
    o.NameProofExpired(),
    o.NameProven(PROVEN),
    came.ApprovalQuestion(an_approval(expires_at=NOW), 1, "t", b"{}"),
    came.Approved("https://verifier.example/once"),
    came.ApprovalDeclined(),
    came.WrongNumber(),
    came.ApprovalExpired(),
    came.ApprovalOver(),
    came.OtherBrowser(),
    came.NameNotProven(),
    came.NotUnlocked(),
]

SCREENS: list[n.Screen] = [
    n.Starting(),
    n.Notice(),
    n.ConsentSummary(),
    n.ConsentDeclined(),
    n.ConsentForm(),
    n.PersonalDetails(),
    n.ChoosePin(),
    n.IdentityCode(),
    n.NotOnRoster(),
    n.ReplaceDevice(REPLACES),
    n.ReplaceDevice(REPLACES, resumed=True),
    n.Finishing(),
    n.Finishing(resumed=True),
    ASK,
    NAME_CODE,
    NAME_DONE,
    CHANGE,
    CHANGED,
    RENEW,
    NOT_RENEWED,
    n.ForgotPin(PIN_SCREEN),
    n.ForgotPin(PIN_LOCK),
    *(n.MoveDevice(back) for back in (PIN_SCREEN, CODE_SCREEN, n.Blocked(LOST))),
    *(n.ConfirmWithdrawal(back) for back in (PIN_SCREEN, CODE_SCREEN, n.Blocked(LOST))),
    n.Resetting(withdrawing=True),
    n.Withdrawn(verifier_told=True),
    n.Withdrawn(verifier_told=False),
    HISTORY,
    PIN_SCREEN,
    CODE_SCREEN,
    n.ConfirmReset(PIN_SCREEN),
    n.ConfirmReset(CODE_SCREEN),
    n.ConfirmReset(n.Blocked(o.PinLocked())),
    n.Resetting(),
    n.Blocked(LOST),
    n.Blocked(o.Suspended()),
    n.Blocked(o.PinLocked()),
    n.KeyStoreProblem(KeyStoreFault.LOCKED),
    n.KeyStoreProblem(KeyStoreFault.NONE_FOUND, resume=n.ChoosePin()),
    n.StorageProblem(StorageFault.FULL),
]


def test_every_kind_of_screen_and_event_is_walked() -> None:
    assert {type(screen) for screen in SCREENS} == set(get_args(n.Screen))
    assert {type(event) for event in EVENTS} == set(get_args(e.Event))


@pytest.mark.parametrize(
    ("screen", "event", "following"),
    [
        (n.Starting(), o.NotRegistered(), n.Notice()),
        (n.Starting(), o.Registered("홍*동", "010-****-5678"), PIN_SCREEN),
        (n.Starting(), o.Unconfirmed(None), n.Finishing(resumed=True)),
        (n.Starting(), o.Unconfirmed(REPLACES), n.ReplaceDevice(REPLACES, resumed=True)),
        (n.Starting(), o.ResetUnfinished(), n.Resetting()),
        (n.Starting(), LOST, n.Blocked(LOST)),
        (n.Notice(), e.Begun(), n.ConsentSummary()),
        (n.ConsentSummary(), e.SummaryAgreed(), n.ConsentForm()),
        (n.ConsentSummary(), e.Declined(), n.ConsentDeclined()),
        (n.ConsentForm(), e.Declined(), n.ConsentDeclined()),
        (n.ConsentDeclined(), e.Reconsidered(), n.ConsentSummary()),
        (n.ConsentForm(), e.ConsentGiven(), n.PersonalDetails()),
        (n.PersonalDetails(), e.DetailsGiven(), n.ChoosePin()),
        (n.ChoosePin(), o.CodeSent("", 1, 1, 5), n.IdentityCode()),
        (n.ChoosePin(), o.InvalidForm(phone=True), n.PersonalDetails()),
        (n.ChoosePin(), o.InvalidForm(pin=PinFault.TOO_COMMON), n.ChoosePin()),
        (n.ChoosePin(), o.ConsentOutdated(), n.ConsentForm()),
        (n.IdentityCode(), o.IdentityCodeWrong(3), n.IdentityCode()),
        (n.IdentityCode(), o.IdentityCodeExpired(), n.IdentityCode()),
        (n.IdentityCode(), o.EnrolmentExpired(), n.PersonalDetails()),
        (n.IdentityCode(), o.RosterMismatch(), n.NotOnRoster()),
        (n.IdentityCode(), o.Proven(None), n.Finishing()),
        (n.IdentityCode(), o.Proven(REPLACES), n.ReplaceDevice(REPLACES)),
        (n.NotOnRoster(), e.WentBack(), n.PersonalDetails()),
        (n.ReplaceDevice(REPLACES), e.ReplacementAgreed(), n.Finishing()),
        (n.ReplaceDevice(REPLACES), e.Abandoned(), n.Starting()),
        (n.Finishing(), o.MustReplace(REPLACES), n.ReplaceDevice(REPLACES)),
        (n.Finishing(), o.EnrolmentExpired(), n.PersonalDetails()),
        (n.Finishing(resumed=True), o.EnrolmentExpired(), n.Starting()),
        (
            n.Finishing(),
            o.Enrolled(STATUS),
            n.EnterPin("홍*동", "010-****-5678", welcome=True),
        ),
        (PIN_SCREEN, o.PinRight(STATUS), CODE_SCREEN),
        (PIN_SCREEN, o.WrongPin(4), PIN_SCREEN),
        (PIN_SCREEN, o.Synced(STATUS), PIN_SCREEN),
        (PIN_SCREEN, o.Synced(a_status(locks=("pin",))), n.Blocked(o.PinLocked())),
        (PIN_SCREEN, o.Ended("replaced"), n.Blocked(o.Ended("replaced"))),
        (PIN_SCREEN, o.PinLocked(), n.Blocked(o.PinLocked())),
        (CODE_SCREEN, e.Locked(), PIN_SCREEN),
        (CODE_SCREEN, o.Ended("cloned"), n.Blocked(o.Ended("cloned"))),
        (CODE_SCREEN, o.Synced(a_status(state="suspended")), n.Blocked(o.Suspended())),
        (CODE_SCREEN, o.Suspended(), SUSPENSION),
        (CODE_SCREEN, o.PinLocked(), PIN_LOCK),
        (HISTORY, o.PinLocked(), PIN_LOCK),
        (n.MoveDevice(CODE_SCREEN), o.Suspended(), SUSPENSION),
        (n.ConfirmReset(CODE_SCREEN), o.PinLocked(), PIN_LOCK),
        (CODE_SCREEN, came.ApprovalOver(), CODE_SCREEN),
        (CODE_SCREEN, o.Synced(a_status(locks=("pin",))), n.Blocked(o.PinLocked())),
        (
            CODE_SCREEN,
            o.Synced(a_status(locks=("code",))),
            n.ShowCode(a_status(locks=("code",))),
        ),
        (CODE_SCREEN, e.NameProofBegun(), ASK),
        (CODE_SCREEN, e.NameProofBegun(waiting=True), NAME_CODE),
        (ASK, o.CodeSent("010-****-5678", 1, 1, 5), NAME_CODE),
        (ASK, o.NameMismatch(), ASK),
        (ASK, o.NameProven(PROVEN), NAME_DONE),
        (ASK, e.WentBack(), CODE_SCREEN),
        (ASK, e.Locked(), PIN_SCREEN),
        (ASK, o.Suspended(), n.Blocked(o.Suspended())),
        (ASK, o.Synced(PROVEN), n.ProveName(PROVEN)),
        (ASK, o.Synced(a_status(locks=("pin",))), n.Blocked(o.PinLocked())),
        (NAME_CODE, o.NameProven(PROVEN), NAME_DONE),
        (NAME_CODE, o.NameMismatch(), ASK),
        (NAME_CODE, o.NameProofExpired(), ASK),
        (NAME_CODE, o.IdentityCodeWrong(4), NAME_CODE),
        (NAME_CODE, e.WentBack(), ASK),
        (NAME_CODE, LOST, n.Blocked(LOST)),
        (NAME_DONE, e.NameProofLeft(), n.ShowCode(PROVEN)),
        (NAME_DONE, o.CodeSent("010-****-5678", 1, 1, 5), NAME_DONE),
        (CODE_SCREEN, e.PinChangeAsked(), CHANGE),
        (CHANGE, o.PinChanged(PROVEN), n.PinChangeDone(PROVEN)),
        (CHANGE, o.WrongPin(4), CHANGE),
        (CHANGE, o.PinLocked(), n.Blocked(o.PinLocked())),
        (CHANGE, LOST, n.Blocked(LOST)),
        (CHANGE, e.WentBack(), CODE_SCREEN),
        (CHANGE, e.Locked(), PIN_SCREEN),
        (CHANGE, o.Synced(PROVEN), n.ChangePin(PROVEN)),
        (CODE_SCREEN, e.HistoryAsked(), HISTORY),
        (HISTORY, e.HistoryLeft(), CODE_SCREEN),
        (HISTORY, e.WentBack(), CODE_SCREEN),
        (HISTORY, o.Synced(PROVEN), n.History(PROVEN)),
        (HISTORY, o.Ended("cloned"), n.Blocked(o.Ended("cloned"))),
        (HISTORY, e.Locked(), PIN_SCREEN),
        (CHANGED, e.PinChangeLeft(), CODE_SCREEN),
        (CODE_SCREEN, e.ResetAsked(), n.ConfirmReset(CODE_SCREEN)),
        (n.ConfirmReset(CODE_SCREEN), e.ResetCancelled(), CODE_SCREEN),
        (n.ConfirmReset(CODE_SCREEN), e.Locked(), n.ConfirmReset(PIN_SCREEN)),
        (n.ConfirmReset(CODE_SCREEN), LOST, n.Blocked(LOST)),
        (n.ConfirmReset(PIN_SCREEN), e.ResetConfirmed(), n.Resetting()),
        (n.Resetting(), o.ResetDone(verifier_told=True), n.Notice()),
        (n.Starting(), o.ResetUnfinished(withdrawing=True), n.Resetting(withdrawing=True)),
        (CODE_SCREEN, e.RenewalBegun(), RENEW),
        (RENEW, o.ConsentRenewed(PROVEN), n.ShowCode(PROVEN)),
        (RENEW, o.ConsentOutdated(), RENEW),
        (RENEW, e.Declined(), NOT_RENEWED),
        (RENEW, e.WentBack(), CODE_SCREEN),
        (RENEW, LOST, n.Blocked(LOST)),
        (RENEW, e.Locked(), PIN_SCREEN),
        (NOT_RENEWED, e.WentBack(), RENEW),
        (NOT_RENEWED, e.RenewalLeft(), CODE_SCREEN),
        (NOT_RENEWED, e.WithdrawalAsked(), n.ConfirmWithdrawal(CODE_SCREEN)),
        (PIN_SCREEN, e.PinForgotten(), n.ForgotPin(PIN_SCREEN)),
        (n.ForgotPin(PIN_SCREEN), e.Begun(), n.ConsentSummary()),
        (n.ForgotPin(PIN_SCREEN), e.WentBack(), PIN_SCREEN),
        (PIN_LOCK, e.PinForgotten(), n.ForgotPin(PIN_LOCK)),
        (SUSPENSION, e.PinForgotten(), SUSPENSION),
        (n.ConsentSummary(), e.Abandoned(), n.Starting()),
        (n.IdentityCode(), o.Suspended(), SUSPENSION),
        (CODE_SCREEN, e.MoveAsked(), n.MoveDevice(CODE_SCREEN)),
        (PIN_SCREEN, e.MoveAsked(), n.MoveDevice(PIN_SCREEN)),
        (n.MoveDevice(CODE_SCREEN), e.WentBack(), CODE_SCREEN),
        (n.MoveDevice(CODE_SCREEN), e.Locked(), n.MoveDevice(PIN_SCREEN)),
        (n.MoveDevice(CODE_SCREEN), o.Ended("replaced"), n.Blocked(o.Ended("replaced"))),
        (CODE_SCREEN, e.WithdrawalAsked(), n.ConfirmWithdrawal(CODE_SCREEN)),
        (n.Blocked(LOST), e.WithdrawalAsked(), n.ConfirmWithdrawal(n.Blocked(LOST))),
        (n.Blocked(LOST), e.ResetAsked(), n.Blocked(LOST)),
        (n.ConfirmReset(PIN_SCREEN), e.WithdrawalAsked(), n.ConfirmWithdrawal(PIN_SCREEN)),
        (n.ConfirmWithdrawal(PIN_SCREEN), e.ResetCancelled(), PIN_SCREEN),
        (
            n.ConfirmWithdrawal(PIN_SCREEN),
            e.WithdrawalConfirmed(),
            n.Resetting(withdrawing=True),
        ),
        (n.ConfirmWithdrawal(PIN_SCREEN), e.ResetConfirmed(), n.ConfirmWithdrawal(PIN_SCREEN)),
        (
            n.Resetting(withdrawing=True),
            o.ResetDone(verifier_told=True, withdrawn=True),
            n.Withdrawn(verifier_told=True),
        ),
        (n.Withdrawn(verifier_told=True), e.Abandoned(), n.Starting()),
        (n.Blocked(LOST), o.ResetDone(verifier_told=False), n.Notice()),
        (n.Blocked(LOST), e.TriedAgain(), n.Blocked(LOST)),
        (n.Blocked(o.PinLocked()), e.TriedAgain(), n.Starting()),
        (
            n.IdentityCode(),
            o.KeyStoreTrouble(KeyStoreFault.LOCKED),
            n.KeyStoreProblem(KeyStoreFault.LOCKED, resume=n.IdentityCode()),
        ),
        (
            n.KeyStoreProblem(KeyStoreFault.LOCKED, resume=n.IdentityCode()),
            o.NotRegistered(),
            n.IdentityCode(),
        ),
        (n.KeyStoreProblem(KeyStoreFault.LOCKED), o.NotRegistered(), n.Notice()),
    ],
)
def test_a_screen_follows(screen: n.Screen, event: e.Event, following: n.Screen) -> None:
    assert transition(screen, event) == following


@given(st.sampled_from(SCREENS), st.lists(st.sampled_from(EVENTS), max_size=30))
def test_no_sequence_of_events_loses_the_way(screen: n.Screen, happened: list[e.Event]) -> None:
    for event in happened:
        following = transition(screen, event)
        if isinstance(following, n.ShowCode) and not isinstance(screen, n.ShowCode):
            asides = n.ConfirmReset | n.ConfirmWithdrawal | n.MoveDevice
            was_behind = isinstance(screen, asides) and screen.back == following
            is_open = n.open_status(screen) is not None
            assert was_behind or is_open or isinstance(event, o.PinRight)
        if isinstance(screen, n.Resetting) and following != screen:
            assert isinstance(event, o.ResetDone)
        if isinstance(event, NoAnswer | o.Busy | o.UnexpectedRefusal):
            assert following == screen, "what may pass moves nobody"
        screen = following


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: type(screen).__name__)
def test_every_screen_can_be_left(screen: n.Screen) -> None:
    assert any(type(transition(screen, event)) is not type(screen) for event in EVENTS)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: type(screen).__name__)
def test_the_code_can_be_reached_from_everywhere(screen: n.Screen) -> None:
    reached = [screen]
    for here in reached:  # grows as it is walked
        following = [transition(here, event) for event in EVENTS]
        reached += [found for found in following if found not in reached]
    assert n.ShowCode in {type(found) for found in reached}
