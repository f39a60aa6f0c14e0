"""The runner: in order, off the UI thread, results on it, nothing from an older epoch."""

import logging
import threading
import time

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from motp_desktop.bugs import log_bug
from motp_desktop.ui.tasks import Bug, TaskRunner, ThreadExecutor
from tests.support.ui_fakes import ManualExecutor


def test_jobs_run_in_order_elsewhere_and_end_up_here(qtbot: QtBot) -> None:
    ran: list[tuple[int, str]] = []
    delivered: list[tuple[int, str]] = []
    runner = TaskRunner(ThreadExecutor(), log_bug)

    def job(number: int) -> int:
        ran.append((number, threading.current_thread().name))
        return number

    for number in range(20):
        runner.submit(
            lambda number=number: job(number),  # type: ignore[misc]
            lambda result: delivered.append((result, threading.current_thread().name)),
        )
    assert not delivered, "not before the event loop runs"
    qtbot.waitUntil(lambda: len(delivered) == 20, timeout=5_000)
    runner.close()
    assert ran == [(number, "motp-work") for number in range(20)]
    assert delivered == [(number, "MainThread") for number in range(20)]


def test_a_new_epoch_drops_results_and_skips_what_has_not_begun() -> None:
    executor, happened = ManualExecutor(), list[str]()
    runner = TaskRunner(executor, log_bug)
    runner.submit(lambda: happened.append("ran 1"), lambda _: happened.append("done 1"))
    runner.submit(lambda: happened.append("ran 2"), lambda _: happened.append("done 2"))
    runner.submit(
        lambda: happened.append("ran 3"), lambda _: happened.append("done 3"), always=True
    )
    deliver = executor.begin()
    runner.bump_epoch()
    deliver()
    executor.run()
    runner.submit(lambda: None, lambda _: happened.append("done 4"))
    executor.run()
    assert happened == ["ran 1", "ran 3", "done 4"]


def test_a_bug_is_told_and_the_worker_lives_on(qtbot: QtBot) -> None:
    bugs: list[Bug] = []
    happened: list[str] = []
    runner = TaskRunner(ThreadExecutor(), bugs.append)
    runner.submit(lambda: 1 // 0, lambda _: happened.append("?"), lambda: happened.append("failed"))
    runner.submit(lambda: "next", happened.append)
    qtbot.waitUntil(lambda: len(happened) == 2, timeout=5_000)
    runner.close()
    assert happened == ["failed", "next"]
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_a_job_that_hangs_does_not_hold_up_the_end(qtbot: QtBot) -> None:
    release, begun = threading.Event(), threading.Event()
    delivered: list[bool] = []
    executor = ThreadExecutor()
    runner = TaskRunner(executor, log_bug)

    def hang() -> bool:
        begun.set()
        return release.wait(30)

    runner.submit(hang, delivered.append)
    assert begun.wait(5)
    before = time.monotonic()
    runner.close(seconds=0.1)
    assert time.monotonic() - before < 1.0
    release.set()
    runner.submit(lambda: True, delivered.append)
    executor.close(seconds=5)  # until the worker has ended
    QCoreApplication.processEvents()
    assert not delivered


def test_a_bug_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int("secret 482917")
    except ValueError as error:
        with caplog.at_level(logging.ERROR):
            log_bug(error)
    assert "ValueError" in caplog.text
    assert "test_tasks.py" in caplog.text
    assert "482917" not in caplog.text
