"""Two PCs with one vault, the real verifier, and a network that loses, doubles and delays.

The app's use cases run over their real files, and the verifier over its real database; only
what carries the requests is bad. Whatever it does, one PC alone never looks like a copy of
itself; and once both of two copies are used, the verifier says so.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, update

from motp_desktop.services import outcomes
from motp_desktop.services.adapters.http_exchange import HttpAnswer, HttpRequest
from motp_desktop.services.outcomes import CodeSent, Ended, Enrolled, PinRight, Proven
from motp_desktop.services.ports import NoAnswer
from motp_verifier.store.tables import registration
from tests.support.desktop_fakes import NEW_PIN, Crash
from tests.support.live_verifier import Person
from tests.support.pc import PIN, Pc
from tests.unit.verifier.device_world import NAME, PHONE, World, running

Fate: TypeAlias = Literal["fine", "request lost", "answer lost", "doubled", "late"]
FATES: st.SearchStrategy[Fate] = st.sampled_from(
    ["fine", "request lost", "answer lost", "doubled", "late"]
)
STEPS = ("unlock.1", "unlock.2", "unlock.3", "unlock.4", "unlock.5", "pin.1", "pin.2", "pin.3")
ORIGIN = "http://127.0.0.1:8470"
WRONG_PIN = "918273"
PERSON = Person(NAME, PHONE)
CLONED = Ended("cloned")


@dataclass
class Network:
    """Carries requests to a verifier, each signed one to its fate."""

    world: World
    fates: list[Fate] = field(default_factory=list)
    late: list[HttpRequest] = field(default_factory=list)
    reached: bool = False

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        fate = self.fates.pop(0) if self.fates and request.method != "GET" else "fine"
        if fate == "late":
            self.late.append(request)
        if fate in ("late", "request lost"):
            return NoAnswer("timeout")
        self.reached = True
        answer = self.deliver(request)
        if fate == "doubled":
            # The same bytes once more: the first answer is the one that arrives.
            self.deliver(request)
        return NoAnswer("timeout") if fate == "answer lost" else answer

    def deliver(self, request: HttpRequest) -> HttpAnswer:
        answer = self.world.client.request(
            request.method,
            request.url.removeprefix(ORIGIN),
            content=request.body,
            headers=dict(request.headers),
        )
        content_type = answer.headers.get("content-type", "").partition(";")[0]
        return HttpAnswer(answer.status_code, content_type, answer.content)


class TwoPcsBadNetwork(RuleBasedStateMachine):
    """One person with one PC; perhaps somebody with a copy of its disk and keychain."""

    @initialize(fates=st.lists(FATES, max_size=4), has_thief=st.booleans())
    def enrol_over_a_bad_network(self, fates: list[Fate], has_thief: bool) -> None:
        self.has_thief = has_thief
        self.resources = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="motp-copies-"))
        self.resources.callback(shutil.rmtree, self.folder)
        self.world = self.resources.enter_context(running(self.folder))
        self.world.add_trainee()
        self.network = Network(self.world)
        self.pcs = [Pc(ORIGIN, self.folder / "pc0", exchange=self.network)]
        self.pins = [PIN]
        self.copied_cleanly = False
        self.moved_on: int | None = None
        owner = self.pcs[0]
        owner.send_code(PERSON)
        code = self.world.phones.code()
        self.network.fates = list(fates)
        self._insist(lambda: owner.services.enrolment.prove(code), Proven)
        self.network.fates = list(reversed(fates))
        self._insist(lambda: owner.services.enrolment.confirm(replace=False), Enrolled)
        self.network.fates = []
        assert isinstance(owner.services.unlock.unlock(PIN), PinRight)

    @precondition(lambda self: self.has_thief and len(self.pcs) == 1)
    @rule()
    def the_disk_and_the_keychain_are_copied(self) -> None:
        self.copied_cleanly = self.pcs[0].vault().try_ is None
        self.pcs.append(self.pcs[0].copied_to(self.folder / "pc1"))
        self.pins.append(self.pins[0])
        self.moved_on = None

    @rule(who=st.integers(0, 1), right=st.booleans(), fate=FATES)
    def unlock(self, who: int, right: bool, fate: Fate) -> None:
        who %= len(self.pcs)
        pin = self.pins[who] if right else WRONG_PIN
        self._present(who, fate, lambda: self.pcs[who].services.unlock.unlock(pin))

    @rule(who=st.integers(0, 1), new=st.sampled_from([PIN, NEW_PIN]), fate=FATES)
    def change_the_pin(self, who: int, new: str, fate: Fate) -> None:
        who %= len(self.pcs)
        old = self.pins[who]
        outcome = self._present(
            who, fate, lambda: self.pcs[who].services.unlock.change_pin(old, new)
        )
        if isinstance(outcome, outcomes.PinChanged):
            self.pins[who] = new

    @rule(who=st.integers(0, 1), step=st.sampled_from(STEPS), fate=FATES)
    def die_while_the_pin_is_shown(self, who: int, step: str, fate: Fate) -> None:
        who %= len(self.pcs)
        pc, pin = self.pcs[who], self.pins[who]

        def die(reached: str) -> None:
            if reached == step:
                raise Crash(step)

        pc.on_step = die
        try:
            if step.startswith("pin"):
                self._present(who, fate, lambda: pc.services.unlock.change_pin(pin, pin))
            else:
                self._present(who, fate, lambda: pc.services.unlock.unlock(pin))
        except Crash:
            # At the last step of an unlock the vault was already sealed anew.
            self._note(who, success=step == "unlock.5")
        pc.on_step = lambda _step: None
        pc.restart()

    @precondition(lambda self: bool(self.network.late))
    @rule(data=st.data())
    def a_late_request_arrives(self, data: st.DataObject) -> None:
        late = self.network.late
        self.network.deliver(late.pop(data.draw(st.integers(0, len(late) - 1))))

    @rule(seconds=st.integers(1, 60))
    def the_person_waits(self, seconds: int) -> None:
        self._pass(seconds)

    @rule(who=st.integers(0, 1))
    def the_app_is_started_again(self, who: int) -> None:
        self.pcs[who % len(self.pcs)].restart()

    @rule()
    def the_helpdesk_lifts_the_lock(self) -> None:
        self._change(pin_failures=0)

    @invariant()
    def one_pc_alone_is_never_taken_for_a_copy(self) -> None:
        if hasattr(self, "pcs") and len(self.pcs) == 1:
            assert self._state() == ("active", None)

    def teardown(self) -> None:
        if not hasattr(self, "pcs"):
            return
        try:
            self._settle()
        finally:
            self.resources.close()

    def _settle(self) -> None:
        """With a good network one PC goes on, and of two copies at the latest the fourth."""
        self.network.fates = []
        self._change(pin_failures=0)
        told = [
            self.pcs[who].services.unlock.unlock(self.pins[who])
            for _ in range(2)
            for who in range(len(self.pcs))
        ]
        if len(self.pcs) == 1:
            assert all(isinstance(each, PinRight) for each in told), told
        else:
            assert CLONED in told, told
            assert self._state() == ("revoked", "cloned")
            assert told[-1] == CLONED

    def _present(self, who: int, fate: Fate, act: Callable[[], object]) -> object:
        """Let a PC show its PIN, and hold what comes of it to what a copy must betray."""
        self._pass(1)  # a PIN takes longer to type
        betrays = self.copied_cleanly and self.moved_on not in (None, who)
        self.network.fates, self.network.reached = [fate], False
        outcome = act()
        self.network.fates = []
        if betrays and self.network.reached:
            assert self._state() == ("revoked", "cloned"), outcome
        if len(self.pcs) == 1:
            assert not isinstance(outcome, Ended), outcome
        self._note(who, success=isinstance(outcome, PinRight | outcomes.PinChanged))
        return outcome

    def _pass(self, seconds: int) -> None:
        self.world.pass_seconds(seconds)
        for pc in self.pcs:
            pc.clock.passed_ms += seconds * 1000

    def _note(self, who: int, *, success: bool) -> None:
        if success and len(self.pcs) > 1:
            self.moved_on = who

    def _insist(self, step: Callable[[], object], wanted: type[Any]) -> None:
        """Do what a person does whose network is bad: try again."""
        outcome = step()
        while isinstance(outcome, NoAnswer):
            outcome = step()
        assert isinstance(outcome, wanted), outcome

    def _state(self) -> tuple[str, str | None]:
        query = select(registration.c.state, registration.c.reason)
        (found,) = self.world.database(lambda connection: connection.execute(query).all())
        return str(found.state), found.reason

    def _change(self, **values: Any) -> None:
        self.world.database(
            lambda connection: connection.execute(update(registration).values(values)).rowcount
        )


def test_the_network_carries_what_it_does_not_lose(tmp_path: Path) -> None:
    with running(tmp_path) as world:
        world.add_trainee()
        pc = Pc(ORIGIN, tmp_path / "pc", exchange=Network(world))
        assert isinstance(pc.send_code(PERSON), CodeSent)


def test_a_request_that_is_late_by_two_unlocks_is_no_copy() -> None:
    story = TwoPcsBadNetwork()
    try:
        story.enrol_over_a_bad_network(fates=[], has_thief=False)
        story.unlock(0, right=True, fate="late")
        story.unlock(0, right=True, fate="fine")
        story.unlock(0, right=True, fate="fine")
        story.network.deliver(story.network.late.pop())
        story.one_pc_alone_is_never_taken_for_a_copy()
    finally:
        story.teardown()


TestTwoPcsBadNetwork = TwoPcsBadNetwork.TestCase
TestTwoPcsBadNetwork.settings = settings(max_examples=40, stateful_step_count=25)
