"""`kill -9` of the app at every numbered step: the next start always finds a way on.

Each start of the app is a process of its own, with the real services over a real data folder
and one real verifier on loopback. In the end there is a registration whose code the verifier
accepts. Until a new registration is confirmed, the old one works.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motp_desktop.services.confirmation import CONFIRM_STEPS
from motp_desktop.services.enrolment import ENROLMENT_STEPS
from motp_desktop.services.reset import RESET_STEPS
from motp_desktop.services.unlock import PIN_STEPS, UNLOCK_STEPS
from tests.support.app_pc import AppPc
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.nursery import Nursery

ALL_STEPS = ENROLMENT_STEPS + CONFIRM_STEPS
UNCONFIRMED = ALL_STEPS[: ALL_STEPS.index("confirm.2")]
"""The steps at which the verifier has not been asked to confirm yet."""

NewPc = Callable[[], AppPc]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("verifier") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.fixture
def person(verifier: LiveVerifier) -> Person:
    return verifier.new_person()


@pytest.fixture
def new_pc(nursery: Nursery, verifier: LiveVerifier, person: Person, tmp_path: Path) -> NewPc:
    """PCs of one person."""
    folders = (tmp_path / f"pc{number}" for number in range(9))
    return lambda: AppPc(nursery, verifier, person, next(folders))


@pytest.fixture
def accepts(verifier: LiveVerifier, person: Person) -> Callable[[dict[str, str]], bool]:
    """Whether a start of the app ended with a code that the verifier accepts."""
    return lambda news: "code" in news and verifier.check(person, news["code"]) == "accepted"


Accepts = Callable[[dict[str, str]], bool]


def found_after(step: str, *, otherwise: str) -> str:
    """What is on a PC where a first or another enrolment died at a step."""
    if step in {"enrol.6", "confirm.1", "confirm.2"}:
        return "Unconfirmed"
    return "Registered" if step == "confirm.3" else otherwise


@pytest.mark.parametrize("step", ALL_STEPS)
def test_a_first_enrolment_that_is_killed_can_be_finished(
    step: str, new_pc: NewPc, accepts: Accepts
) -> None:
    pc = new_pc()
    pc.die("enrol", at=step)
    news = pc.start("go_on", "unlock")
    assert news["found"] == found_after(step, otherwise="NotRegistered")
    assert news["unlock"] == "PinRight"
    assert accepts(news)
    assert pc.start("unlock")["unlock"] == "PinRight"


@pytest.mark.parametrize("step", ALL_STEPS)
def test_another_enrolment_on_the_same_pc_that_is_killed_can_be_finished(
    step: str, new_pc: NewPc, accepts: Accepts
) -> None:
    pc = new_pc()
    pc.start("enrol", "unlock")
    pc.die("enrol", at=step)
    news = pc.start("go_on", "unlock")
    assert news["found"] == found_after(step, otherwise="Registered")
    assert news["unlock"] == "PinRight"
    assert accepts(news)
    assert pc.start("unlock")["unlock"] == "PinRight"


@pytest.mark.parametrize("step", ALL_STEPS)
def test_giving_a_killed_enrolment_up_leaves_the_old_registration_or_a_clean_end(
    step: str, new_pc: NewPc, accepts: Accepts
) -> None:
    pc = new_pc()
    pc.start("enrol", "unlock")
    pc.die("enrol", at=step)
    news = pc.start("give_up", "unlock")
    if step == "confirm.2":
        # The verifier has confirmed, and the app never learnt it: the old one was replaced.
        assert news["unlock"] == "Ended replaced"
        news = pc.start("start_over", "unlock")
    assert news["unlock"] == "PinRight"
    assert accepts(news)


@pytest.mark.parametrize("step", ALL_STEPS)
def test_an_enrolment_on_another_pc_that_is_killed_ends_the_old_one_only_by_its_last_step(
    step: str, new_pc: NewPc, accepts: Accepts
) -> None:
    old, new = new_pc(), new_pc()
    old.start("enrol")
    new.die("enrol", at=step)
    news = old.start("unlock")
    if step in UNCONFIRMED:
        assert news["unlock"] == "PinRight"
        assert accepts(news)
    else:
        assert news["unlock"] == "Ended replaced"
    news = new.start("go_on", "unlock")
    assert news["found"] == found_after(step, otherwise="NotRegistered")
    assert news["unlock"] == "PinRight"
    assert accepts(news)
    assert old.start("unlock")["unlock"] == "Ended replaced"


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("step", UNLOCK_STEPS)
def test_an_unlock_that_is_killed_can_be_repeated(
    step: str, times: int, new_pc: NewPc, accepts: Accepts
) -> None:
    pc = new_pc()
    pc.start("enrol", "unlock")
    for _ in range(times):
        pc.die("unlock", at=step)
    news = pc.start("unlock")
    assert news == {"found": "Registered", "unlock": "PinRight", "code": news["code"]}
    assert accepts(news)
    assert pc.start("unlock")["unlock"] == "PinRight"


@pytest.mark.parametrize("step", PIN_STEPS)
def test_a_pin_change_that_is_killed_leaves_exactly_one_pin_in_force(
    step: str, new_pc: NewPc, accepts: Accepts
) -> None:
    pc = new_pc()
    pc.start("enrol", "unlock")
    pc.die("change_pin", at=step)
    in_force, other = ("unlock_anew", "unlock") if step == "pin.4" else ("unlock", "unlock_anew")
    assert pc.start(other)[other] == "WrongPin"
    news = pc.start(in_force)
    assert news[in_force] == "PinRight"
    assert accepts(news)
    assert pc.start(in_force)[in_force] == "PinRight"


@pytest.mark.parametrize("step", [*RESET_STEPS, "reset.2#2", "reset.3#2"])
def test_a_reset_that_is_killed_goes_on_and_leaves_room_for_an_enrolment(
    step: str, new_pc: NewPc, accepts: Accepts
) -> None:
    pc = new_pc()
    pc.start("enrol", "prove")
    pc.die("reset", at=step)
    news = pc.start("go_on", "unlock")
    is_gone = step in {"reset.5", "reset.6"}
    assert news["found"] == ("NotRegistered" if is_gone else "ResetUnfinished")
    assert news["unlock"] == "PinRight"
    assert accepts(news)


@pytest.mark.parametrize("step", RESET_STEPS)
def test_a_withdrawal_that_is_killed_goes_on_as_one(
    step: str, new_pc: NewPc, accepts: Accepts, verifier: LiveVerifier
) -> None:
    pc = new_pc()
    pc.start("enrol", "unlock")
    before = verifier.withdrawals()
    pc.die("withdraw", at=step)
    news = pc.start("go_on", "unlock")
    is_gone = step in {"reset.5", "reset.6"}
    assert news["found"] == ("NotRegistered" if is_gone else "ResetUnfinished")
    assert verifier.withdrawals() == before + 1, "taken back once, however often it was told"
    assert news["unlock"] == "PinRight", "and whoever consents anew is registered anew"
    assert accepts(news)


@pytest.mark.parametrize("step", PIN_STEPS)
def test_a_pin_change_that_is_killed_can_be_made_again(step: str, new_pc: NewPc) -> None:
    pc = new_pc()
    pc.start("enrol", "unlock")
    pc.die("change_pin", at=step)
    if step != "pin.4":
        pc.start("change_pin")
    assert pc.start("unlock_anew")["unlock_anew"] == "PinRight"
