"""Which screen a kiosk shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.kiosk import outcomes
from motp_desktop.services.kiosk.opening_hours import is_open
from motp_desktop.services.outcomes import KeyStoreTrouble, UnexpectedRefusal
from motp_desktop.services.ports import KeyStoreFault, NoAnswer
from motp_desktop.ui.kiosk_navigation import (
    Arrived,
    Closed,
    ExitAsked,
    Forgotten,
    KioskEvent,
    KioskScreen,
    Leaving,
    LockedByStaff,
    Looked,
    LookingUp,
    OutOfOrder,
    Visiting,
    Welcome,
    claims_of,
    kiosk_transition,
)
from motp_protocol.kiosks import KioskClaims, OpeningHours

CLAIMS = KioskClaims(
    iss="https://v.example",
    sub="kio_1",
    iat=0,
    version=1,
    state="active",
    label="로비",
    institution_id="inst",
    institution_name="한빛훈련원",
)
READY = Looked(outcomes.KioskReady(CLAIMS, online=True), open_now=True)
OFFLINE = Looked(outcomes.KioskReady(CLAIMS, online=False), open_now=True)
CLOSED = Looked(outcomes.KioskReady(CLAIMS, online=True), open_now=False)
LOCKED = Looked(outcomes.KioskLocked(CLAIMS), open_now=True)
ENDED = Looked(outcomes.KioskEnded(), open_now=True)
NOT_ENROLLED = Looked(outcomes.NotEnrolled(), open_now=True)
NO_KEYCHAIN = Looked(KeyStoreTrouble(KeyStoreFault.LOCKED), open_now=True)
PASSING = Looked(NoAnswer("timeout"), open_now=True)
EVENTS: tuple[KioskEvent, ...] = (
    *(READY, OFFLINE, CLOSED, LOCKED, ENDED, NOT_ENROLLED, NO_KEYCHAIN, PASSING),
    *(Arrived(), Forgotten(), ExitAsked()),
)


def after(*happened: KioskEvent) -> KioskScreen:
    screen: KioskScreen = LookingUp()
    for event in happened:
        screen = kiosk_transition(screen, event)
    return screen


@pytest.mark.parametrize(
    ("happened", "screen"),
    [
        ((READY,), Welcome(CLAIMS, online=True)),
        ((READY, OFFLINE), Welcome(CLAIMS, online=False)),
        ((READY, OFFLINE, READY), Welcome(CLAIMS, online=True)),
        ((READY, PASSING), Welcome(CLAIMS, online=True)),
        ((CLOSED,), Closed(CLAIMS)),
        ((READY, LOCKED), LockedByStaff(CLAIMS)),
        ((LOCKED, READY), Welcome(CLAIMS, online=True)),
        ((READY, ENDED), OutOfOrder(outcomes.KioskEnded())),
        ((NOT_ENROLLED, READY), Welcome(CLAIMS, online=True)),
        ((READY, Arrived()), Visiting(CLAIMS, online=True)),
        ((READY, Arrived(), CLOSED), Visiting(CLAIMS, online=True)),
        ((READY, Arrived(), LOCKED), LockedByStaff(CLAIMS)),
        ((READY, Arrived(), Forgotten()), Welcome(CLAIMS, online=True)),
        ((READY, ExitAsked()), Leaving(Welcome(CLAIMS, online=True))),
        ((READY, ExitAsked(), Forgotten()), Welcome(CLAIMS, online=True)),
        ((READY, ExitAsked(), LOCKED), Leaving(LockedByStaff(CLAIMS))),
        ((READY, Arrived(), ExitAsked()), Visiting(CLAIMS, online=True)),
        ((LOCKED, Arrived()), LockedByStaff(CLAIMS)),
    ],
)
def test_a_screen_follows_from_what_happened(
    happened: tuple[KioskEvent, ...], screen: KioskScreen
) -> None:
    assert after(*happened) == screen


def test_a_refusal_that_nobody_knows_changes_nothing() -> None:
    unknown = Looked(UnexpectedRefusal("teapot"), open_now=True)
    assert after(READY, unknown) == Welcome(CLAIMS, online=True)


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_whatever_happens_nobody_stays_once_they_are_forgotten(events: list[KioskEvent]) -> None:
    screen = kiosk_transition(after(*events), Forgotten())
    assert not isinstance(screen, Visiting | Leaving)


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_only_a_kiosk_that_serves_is_visited(events: list[KioskEvent]) -> None:
    before = after(*events)
    arrived = kiosk_transition(before, Arrived())
    assert isinstance(arrived, Visiting) == isinstance(before, Welcome | Visiting)
    assert claims_of(arrived) == claims_of(before)


HOURS = OpeningHours(days=("mon", "fri"), opens="09:00", closes="18:00")
MONDAY_9 = 1_795_392_000_000  # 2026-11-23 09:00 in Seoul
MINUTE = 60_000


@pytest.mark.parametrize(
    ("minutes", "open_then"),
    [(-1, False), (0, True), (9 * 60 - 1, True), (9 * 60, False), (24 * 60, False),
     (4 * 24 * 60, True)],
)  # fmt: skip
def test_opening_hours_are_by_the_clocks_of_korea(minutes: int, open_then: bool) -> None:
    assert is_open(HOURS, MONDAY_9 + minutes * MINUTE) is open_then
    assert is_open(None, MONDAY_9 + minutes * MINUTE)
