"""The share rules: lost, doubled and late messages are no copies, and copies are found."""

import hashlib
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from motp_verifier.services.shares import (
    PIN_ATTEMPTS,
    Cloned,
    IssuedShare,
    Opened,
    Outcome,
    Overtaken,
    PinLocked,
    Presentation,
    ShareState,
    UnknownShare,
    Withheld,
    WrongPin,
    present,
)


def _hash(pin: str) -> bytes:
    return hashlib.sha256(pin.encode()).digest()


def _ask(  # noqa: PLR0917 - positions read like the table that a test is
    state: ShareState, share_id: int, try_: str, pin: str = "1", new: str | None = None, at: int = 0
) -> tuple[ShareState, Outcome]:
    wanted = _hash(pin if new is None else new)
    return present(state, Presentation(share_id, try_.encode(), _hash(pin), wanted, at))


def _fresh(failures: int = 0) -> ShareState:
    return ShareState(IssuedShare(1, _hash("1")), last_id=1, pin_failures=failures)


def test_a_right_pin_opens_and_issues_the_next_share() -> None:
    state, outcome = _ask(_fresh(), 1, "a")
    assert outcome == Opened(IssuedShare(2, _hash("1")))
    assert state.base.id == 1
    assert state.last_id == 2


def test_presenting_the_newest_share_drops_the_older() -> None:
    state, _ = _ask(_fresh(), 1, "a")
    state, _ = _ask(state, 2, "b")
    assert state.base.id == 2
    assert _ask(state, 1, "c")[1] == Cloned()
    assert _ask(state, 1, "a")[1] == Cloned()


def test_a_lost_answer_is_given_again() -> None:
    state, first = _ask(_fresh(), 1, "a")
    state, again = _ask(state, 1, "a")
    assert again == first
    assert state.last_id == 2


def test_another_try_on_a_share_that_was_opened_is_a_copy() -> None:
    state, _ = _ask(_fresh(), 1, "a")
    assert _ask(state, 1, "b")[1] == Cloned()


def test_a_copy_is_found_without_the_pin() -> None:
    state, _ = _ask(_fresh(), 1, "a")
    assert _ask(state, 1, "b", pin="9")[1] == Cloned()


def test_a_copy_is_found_under_the_pin_lock_and_while_suspended() -> None:
    state, _ = _ask(_fresh(), 1, "a")
    locked = replace(state, pin_failures=PIN_ATTEMPTS)
    assert _ask(locked, 1, "b")[1] == Cloned()
    asked = Presentation(1, b"b", _hash("1"), _hash("1"), 0)
    assert present(state, asked, suspended=True)[1] == Cloned()


def test_a_repeated_try_still_needs_the_pin() -> None:
    state, _ = _ask(_fresh(), 1, "a")
    state, outcome = _ask(state, 1, "a", pin="9")
    assert outcome == WrongPin(4)
    assert state.pin_failures == 1


def test_after_a_lost_success_a_wrong_pin_and_a_new_try_still_open() -> None:
    """The device read the refusal, so it starts another try; it never saw the success."""
    state, first = _ask(_fresh(), 1, "a")
    state, _ = _ask(state, 1, "a", pin="9")
    state, outcome = _ask(state, 1, "b")
    assert outcome == first


def test_after_a_lost_success_a_suspension_and_a_new_try_still_open() -> None:
    state, first = _ask(_fresh(), 1, "a")
    state, outcome = present(
        state, Presentation(1, b"a", _hash("1"), _hash("1"), 0), suspended=True
    )
    assert outcome == Withheld()
    assert _ask(state, 1, "b")[1] == first


def test_an_id_never_issued_is_unknown_and_changes_nothing() -> None:
    state = _fresh()
    assert _ask(state, 2, "a") == (state, UnknownShare())


def test_the_fifth_wrong_pin_locks_and_a_right_one_then_does_not_open() -> None:
    state = _fresh()
    for number in range(1, PIN_ATTEMPTS):
        state, outcome = _ask(state, 1, f"t{number}", pin="9")
        assert outcome == WrongPin(PIN_ATTEMPTS - number)
    state, outcome = _ask(state, 1, "t5", pin="9")
    assert outcome == PinLocked()
    assert _ask(state, 1, "t6")[1] == PinLocked()


def test_the_very_same_wrong_request_counts_once() -> None:
    state, first = _ask(_fresh(), 1, "a", pin="9")
    state, again = _ask(state, 1, "a", pin="9")
    assert first == again == WrongPin(4)
    _, other = _ask(state, 1, "a", pin="8")
    assert other == WrongPin(3)


def test_a_right_pin_ends_the_run_of_wrong_ones() -> None:
    state, _ = _ask(_fresh(failures=4), 1, "a")
    assert state.pin_failures == 0


def test_a_lost_answer_to_a_pin_change_leaves_both_pins_good() -> None:
    state, changed = _ask(_fresh(), 1, "a", new="2")
    assert changed == Opened(IssuedShare(2, _hash("2")))
    state, opened = _ask(state, 1, "a")
    assert opened == Opened(IssuedShare(3, _hash("1")))
    assert _ask(state, 2, "b", pin="2")[1] == Opened(IssuedShare(4, _hash("2")))
    assert _ask(state, 3, "b", pin="1")[1] == Opened(IssuedShare(4, _hash("1")))


def test_a_late_request_is_refused_without_consequence() -> None:
    state, _ = _ask(_fresh(), 1, "a", at=20)
    state, _ = _ask(state, 2, "b", at=30)
    assert _ask(state, 1, "a", at=19) == (state, Overtaken())
    assert _ask(state, 1, "c", at=30)[1] == Cloned()


@dataclass(slots=True)
class Device:
    """A vault on a disk: its share, its PIN, and the try that awaits an answer."""

    share_id: int = 1
    pin: str = "1"
    pending: bytes | None = None
    answered: bool = field(default=True)


class OneDeviceBadNetwork(RuleBasedStateMachine):
    """One device, a user who mistypes, a network that loses, doubles and delays."""

    @initialize()
    def start(self) -> None:
        self.state = _fresh()
        self.device = Device()
        self.clock = 100
        self.tries = 0
        self.late: list[Presentation] = []
        self.suspended = False

    def _request(self, typed: str, wanted: str) -> Presentation:
        if self.device.pending is None:
            self.tries += 1
            self.device.pending = f"try {self.tries}".encode()
        self.clock += 1
        return Presentation(
            self.device.share_id, self.device.pending, _hash(typed), _hash(wanted), self.clock
        )

    def _verifier(self, request: Presentation) -> Outcome:
        self.state, outcome = present(self.state, request, suspended=self.suspended)
        assert not isinstance(outcome, (Cloned, UnknownShare))
        return outcome

    @rule(
        typed=st.sampled_from(["right", "wrong", "mistyped"]),
        change=st.sampled_from(["", "2", "3"]),
        fate=st.sampled_from(["fine", "request lost", "answer lost", "doubled", "late"]),
    )
    def unlock(self, typed: str, change: str, fate: str) -> None:
        pin = self.device.pin if typed == "right" else typed
        wanted = change or pin
        request = self._request(pin, wanted)
        if fate == "late":
            self.late.append(request)
        if fate in ("request lost", "late"):
            return
        outcome = self._verifier(request)
        if fate == "doubled":
            outcome = self._verifier(request)
        if fate == "answer lost":
            return
        self.device.pending = None
        if isinstance(outcome, Opened):
            assert typed == "right"
            self.device.share_id = outcome.next_share.id
            self.device.pin = wanted
            assert outcome.next_share.pin_hash == _hash(wanted)

    @precondition(lambda self: bool(self.late))
    @rule(data=st.data())
    def a_late_request_arrives(self, data: st.DataObject) -> None:
        position = data.draw(st.integers(0, len(self.late) - 1))
        self._verifier(self.late.pop(position))

    @rule()
    def the_helpdesk_lifts_the_lock(self) -> None:
        self.state = replace(self.state, pin_failures=0)

    @rule(suspended=st.booleans())
    def staff_suspend_or_resume(self, suspended: bool) -> None:
        self.suspended = suspended

    @invariant()
    def the_device_can_go_on(self) -> None:
        known = {self.state.base.id, *(each.id for each in self.state.candidates)}
        assert self.device.share_id in known


TestOneDeviceBadNetwork = OneDeviceBadNetwork.TestCase
TestOneDeviceBadNetwork.settings = settings(stateful_step_count=30)


@given(
    before=st.integers(0, 3),
    first_uses=st.integers(1, 3),
    thief_has_pin=st.booleans(),
)
def test_a_copied_vault_is_found_at_its_next_conflicting_use(
    before: int, first_uses: int, thief_has_pin: bool
) -> None:
    state, share_id = _fresh(), 1
    for number in range(before):
        state, outcome = _ask(state, share_id, f"before {number}")
        assert isinstance(outcome, Opened)
        share_id = outcome.next_share.id
    copied = share_id
    for number in range(first_uses):
        state, outcome = _ask(state, share_id, f"first {number}")
        assert isinstance(outcome, Opened)
        share_id = outcome.next_share.id
    pin = "1" if thief_has_pin else "9"
    assert _ask(state, copied, "second", pin=pin)[1] == Cloned()


def test_a_copy_taken_in_the_middle_of_a_try_is_found_one_use_later() -> None:
    state, _ = _ask(_fresh(), 1, "a")
    state, same = _ask(state, 1, "a")  # the copy repeats the owner's try: they share share 2
    assert same == Opened(IssuedShare(2, _hash("1")))
    state, _ = _ask(state, 2, "owner")
    assert _ask(state, 2, "copy")[1] == Cloned()
