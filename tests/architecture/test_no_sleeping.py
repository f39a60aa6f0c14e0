"""No test of a window or of what is behind it sleeps: it waits for what is to happen.

A test that sleeps is slow on a fast machine and wrong on a slow one.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ROOMS = ("views", "unit/ui", "e2e", "browser")
SLEEPS = frozenset({"sleep", "msleep", "usleep", "qSleep", "qWait", "wait_for_timeout"})
WAITS_OF_PYTEST_QT = frozenset({"wait"})
NO_WIDGET = {
    "unit/ui/test_run.py": "waits for the file of another process",
    "e2e/test_kiosk_screen.py": "watches another process for what must not happen",
}


def sources() -> Iterator[Path]:
    """The tests of windows and of what is behind them."""
    for room in ROOMS:
        yield from sorted((TESTS / room).rglob("*.py"))


def sleeps(source: str) -> list[int]:
    """The lines on which a Python source sleeps."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _is_sleep(node.func)
    ]


def _is_sleep(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in SLEEPS
    if not isinstance(called, ast.Attribute):
        return False
    holder = called.value.id if isinstance(called.value, ast.Name) else ""
    return called.attr in SLEEPS or (holder == "qtbot" and called.attr in WAITS_OF_PYTEST_QT)


def test_no_widget_test_sleeps() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sources()
        if path.relative_to(TESTS).as_posix() not in NO_WIDGET
        for line in sleeps(path.read_text("utf-8"))
    ]
    assert found == [], "wait for a signal or a state, as tests/e2e/test_by_keyboard.py does"


def test_what_is_excepted_is_there_and_sleeps() -> None:
    for name in NO_WIDGET:
        assert sleeps((TESTS / name).read_text("utf-8")), name


@pytest.mark.parametrize(
    ("source", "is_sleep"),
    [
        ("import time\ntime.sleep(1)", True),
        ("from time import sleep\nsleep(1)", True),
        ("QTest.qWait(1)", True),
        ("QThread.msleep(1)", True),
        ("qtbot.wait(1)", True),
        ("qtbot.waitUntil(is_so)", False),
        ("process.wait(1)", False),
        ("# time.sleep(1)", False),
    ],
)
def test_a_sleep_is_told_from_a_wait(source: str, is_sleep: bool) -> None:
    assert bool(sleeps(source)) is is_sleep
