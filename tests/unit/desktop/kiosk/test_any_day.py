"""Any day at a kiosk: whoever comes and whatever happens, each finds their own and nothing else."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from motp_desktop.services.kiosk.outcomes import HasProfile, NoProfile
from motp_desktop.services.outcomes import Ended, PinRight, Proven, UnexpectedRefusal, WrongPin
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import PIN
from tests.support.kiosk_fakes import KioskPc
from tests.support.memory_verifier import CODE, MemoryVerifier, refusal

PHONES = ("010-1234-5678", "010-8765-4321", "011-234-5678")
DAY_MS = 24 * 3600 * 1000


class AnyDay(RuleBasedStateMachine):
    """`days` tells for each number that is registered here when it was last used."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.pc = KioskPc(self.folder / "kiosk")
        self.pc.enrol()
        self.verifiers = {phone: MemoryVerifier(self.pc.clock) for phone in PHONES}
        self.days: dict[str, int] = {}
        self.day = 0
        self.here: str | None = None
        self.asked = False
        self.is_locked = False

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    @rule(phone=st.sampled_from(PHONES))
    def arrive(self, phone: str) -> None:
        self.pc.verifier = self.verifiers[phone]
        self.pc.verifier.teach(self.pc.verifier_clock)
        arrived = self.pc.visits.arrive(phone)
        self.asked = False
        if self.is_locked:
            assert arrived == UnexpectedRefusal("kiosk-locked")
            self.here = None
        else:
            assert arrived == (HasProfile() if phone in self.days else NoProfile())
            self.here = phone

    @precondition(lambda self: self.here is not None and self.here not in self.days)
    @rule()
    def ask_for_a_code(self) -> None:
        assert self.here is not None
        self.pc.send_code(self.here)
        self.asked = True

    @precondition(lambda self: self.asked)
    @rule(wrong=st.booleans())
    def prove_and_confirm(self, wrong: bool) -> None:
        assert self.here is not None
        if wrong:
            self.pc.visit.enrolment.prove("000000")
            return
        if not isinstance(self.pc.visit.enrolment.prove(CODE), Proven):
            return
        self.pc.visit.enrolment.confirm(replace=True)
        self.asked = False
        self.days[self.here] = self.day

    @precondition(lambda self: self.here in self.days)
    @rule()
    def unlock(self) -> None:
        assert self.here is not None
        assert isinstance(self.pc.visit.unlock.unlock(PIN), PinRight)
        assert self.pc.visit.codes.now() is not None
        self.days[self.here] = self.day

    @precondition(lambda self: self.here in self.days)
    @rule()
    def mistype(self) -> None:
        self.pc.verifier.script.append(refusal(ProblemType.PIN_WRONG, attempts_left=3))
        assert self.pc.visit.unlock.unlock("999990") == WrongPin(3)

    @precondition(lambda self: self.here in self.days)
    @rule()
    def learn_that_it_ended(self) -> None:
        assert self.here is not None
        self.pc.verifier.script.append(refusal(ProblemType.DEVICE_CLONED))
        assert self.pc.visit.unlock.unlock(PIN) == Ended("cloned")
        del self.days[self.here]
        self.verifiers[self.here] = MemoryVerifier(self.pc.clock)
        self.end()

    @rule()
    def end(self) -> None:
        self.pc.visits.end()
        self.here, self.asked = None, False

    @rule()
    def restart(self) -> None:
        self.pc.restart()
        self.here, self.asked = None, False

    @rule(days=st.integers(1, 60))
    def let_days_pass(self, days: int) -> None:
        self.pc.clock.pass_time(days * DAY_MS)
        self.day += days

    @rule()
    def sweep(self) -> None:
        self.pc.verifier.service()
        self.pc.visits.sweep()
        most = self.pc.api.claims.unused_days
        self.days = {
            phone: last
            for phone, last in self.days.items()
            if phone == self.here or self.day - last <= most
        }
        assert len(self.pc.profiles()) == len(self.days) + self.asked

    @rule()
    def staff_lock_or_unlock(self) -> None:
        self.is_locked = not self.is_locked
        self.pc.api.change(state="locked" if self.is_locked else "active")
        self.pc.kiosk.refresh()

    @invariant()
    def whoever_is_registered_has_a_profile(self) -> None:
        if hasattr(self, "folder"):
            assert len(self.pc.profiles()) >= len(self.days)

    @invariant()
    def without_a_visit_nothing_is_open(self) -> None:
        if hasattr(self, "folder"):
            assert (self.pc.visits.current is None) == (self.here is None)


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
