"""The process dies at each touch of the disk in turn: what is there afterwards is always of use."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from motp_desktop.services.kiosk.outcomes import (
    ExitPinLocked,
    ExitPinWrong,
    HasProfile,
    KioskAdded,
    KioskReady,
    NoProfile,
    NotEnrolled,
)
from motp_desktop.services.outcomes import Enrolled, PinRight, Unconfirmed
from tests.support.desktop_fakes import PIN, Crash
from tests.support.kiosk_fakes import EXIT_PIN, KIOSK_CODE, OFFLINE, PHONE, KioskPc

_TOUCHES = [
    (os, "fsync"),
    (os, "open"),
    (Path, "replace"),
    (Path, "rename"),
    (Path, "mkdir"),
    (Path, "unlink"),
    (os, "rmdir"),
    (os, "unlink"),
]
_MOST = 200


@contextmanager
def dying_at(number: int) -> Iterator[None]:
    """Raise Crash instead of the touch of this number, and at every one after it."""
    left = number

    def dies(real: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Crash(real.__name__)
            return real(*arguments, **named)

        return touch

    with pytest.MonkeyPatch.context() as patch:
        for where, name in _TOUCHES:
            patch.setattr(where, name, dies(getattr(where, name)))
        yield


def every_crash(make: Callable[[], KioskPc], deed: Callable[[KioskPc], Any]) -> Iterator[KioskPc]:
    """A PC for each touch of the disk that a deed has, started anew after dying at it."""
    for number in range(_MOST):
        pc = make()
        try:
            with dying_at(number):
                deed(pc)
        except Crash:
            pc.restart()
            yield pc
        else:
            assert number > 0
            return
    raise AssertionError("it never came to its end")


@pytest.fixture
def make(tmp_path: Path) -> Callable[[], KioskPc]:
    numbers = iter(range(_MOST + 1))
    return lambda: KioskPc(tmp_path / f"kiosk{next(numbers)}")


def enrolled(make: Callable[[], KioskPc]) -> KioskPc:
    pc = make()
    pc.enrol()
    return pc


def test_while_the_kiosk_is_enrolled(make: Callable[[], KioskPc]) -> None:
    crashes = 0
    for pc in every_crash(make, lambda pc: pc.enrol()):
        crashes += 1
        if pc.kiosk.look() == NotEnrolled():
            assert isinstance(pc.kiosk.enrol(KIOSK_CODE, EXIT_PIN), KioskAdded)
        assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)
        pc.api.script.append(OFFLINE)
        assert pc.kiosk.try_exit("111119") == ExitPinWrong(4)
    assert crashes > 10


def test_while_the_configuration_is_renewed(make: Callable[[], KioskPc]) -> None:
    def ready() -> KioskPc:
        pc = enrolled(make)
        pc.api.change(idle_seconds=60)
        return pc

    for pc in every_crash(ready, lambda pc: pc.kiosk.refresh()):
        now = pc.kiosk.look()
        assert isinstance(now, KioskReady)
        assert now.claims.version in (1, 2)
        assert pc.kiosk.refresh() == KioskReady(pc.api.claims, online=True)


def test_while_a_trainee_registers(make: Callable[[], KioskPc]) -> None:
    def come_and_register(pc: KioskPc) -> None:
        pc.meet()
        pc.register()

    crashes = 0
    for pc in every_crash(lambda: enrolled(make), come_and_register):
        crashes += 1
        pc.visits.sweep()
        assert len(pc.profiles()) == (pc.visits.arrive(PHONE) == HasProfile())
        if pc.visits.arrive(PHONE) == NoProfile():
            pc.register()
        elif isinstance(pc.visit.opening.look(), Unconfirmed):
            assert isinstance(pc.visit.enrolment.confirm(replace=True), Enrolled)
        assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)
    assert crashes > 15


def test_while_a_trainee_unlocks(make: Callable[[], KioskPc]) -> None:
    def ready() -> KioskPc:
        pc = enrolled(make)
        pc.meet()
        pc.register()
        pc.visits.end()
        pc.clock.pass_time(24 * 3600 * 1000)
        return pc

    def come_and_unlock(pc: KioskPc) -> None:
        pc.visits.arrive(PHONE)
        pc.visit.unlock.unlock(PIN)

    for pc in every_crash(ready, come_and_unlock):
        pc.visits.sweep()
        assert pc.visits.arrive(PHONE) == HasProfile()
        assert isinstance(pc.visit.unlock.unlock(PIN), PinRight)


def test_while_a_profile_is_deleted(make: Callable[[], KioskPc]) -> None:
    def ready() -> KioskPc:
        pc = enrolled(make)
        pc.meet()
        pc.send_code()
        return pc

    for pc in every_crash(ready, lambda pc: pc.visits.end()):
        pc.visits.sweep()
        assert pc.profiles() == []
        pc.meet()


def test_while_a_wrong_exit_pin_is_counted(make: Callable[[], KioskPc]) -> None:
    """A try that dies is at worst one that costs nothing and tells nothing."""

    def try_wrong(pc: KioskPc) -> None:
        pc.api.script.append(OFFLINE)
        pc.kiosk.try_exit("111119")

    for pc in every_crash(lambda: enrolled(make), try_wrong):
        answers = []
        for _ in range(5):
            pc.api.script.append(OFFLINE)
            answers.append(pc.kiosk.try_exit("111119"))
        assert isinstance(answers[-1], ExitPinLocked)


def test_the_remains_of_a_crash_are_no_file_of_anybody_s(make: Callable[[], KioskPc]) -> None:
    """Temporary files of a write that was cut off go with the next start."""

    def come_and_register(pc: KioskPc) -> None:
        pc.meet()
        pc.register()

    for pc in every_crash(lambda: enrolled(make), come_and_register):
        pc.visits.sweep()
        pc.visits.arrive(PHONE)
        pc.visits.end()
        assert list(pc.folder.rglob("*.tmp")) == []
        shutil.rmtree(pc.folder)
