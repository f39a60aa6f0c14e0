"""The app's own log: bounded, private, one line a record, and nothing in it that looks secret."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.adapters import log_file
from motp_desktop.services.adapters.log_file import LogFile, logging_to, scrub

OURS = logging.getLogger("motp_desktop.services.adapters.test")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogFile]:
    with logging_to(tmp_path):
        yield LogFile(tmp_path)


def test_records_are_lines_that_say_when_how_grave_who_and_what(log: LogFile) -> None:
    OURS.info("asked the %s\nand more", "verifier")
    (line,) = log.tail()
    assert line[:11] == f"{line[:10]}T"
    assert line.endswith("Z INFO services.adapters.test: asked the verifier and more")


def test_others_are_heard_only_where_something_is_wrong(log: LogFile) -> None:
    logging.getLogger("somebody").info("chatter")
    logging.getLogger("somebody").error("broke")
    OURS.debug("too small")
    assert [line.partition("Z ")[2] for line in log.tail()] == ["ERROR somebody: broke"]


def test_of_an_exception_only_kind_and_place_are_kept(log: LogFile) -> None:
    try:
        int("hunter2")
    except ValueError:
        OURS.exception("could not")
    (line,) = log.tail()
    assert "hunter2" not in line
    assert "could not (ValueError at " in line
    assert "test_log_file.py" in line


@pytest.mark.skipif(os.name == "nt", reason="the profile folder's access list sees to it")
def test_the_log_is_this_users_alone(log: LogFile) -> None:
    OURS.info("words")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_the_log_stays_small_whatever_is_said(log: LogFile) -> None:
    for _ in range(2_000):
        OURS.info("%s", "words and " * 60)
    files = list(log.path.parent.iterdir())
    assert len(files) == 1 + log_file.BACKUPS
    assert sum(path.stat().st_size for path in files) <= log_file.BYTES * len(files)
    assert len(log.tail(50)) == 50


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    with logging_to(tmp_path):
        OURS.info("words")
    assert LogFile(tmp_path).tail() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_link_in_the_place_of_the_log_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / log_file.NAME).symlink_to(tmp_path / "victim")
    with logging_to(tmp_path):
        OURS.info("words")
    assert not (tmp_path / "victim").exists()


@pytest.mark.parametrize(
    "secret",
    ["482917", "010-1234-5678", "+82 10 1234 5678", "01012345678", "1234", "a" * 43, "00ff" * 16],
)
def test_what_looks_like_a_secret_is_left_out(secret: str) -> None:
    assert secret not in scrub(f"it was {secret}, and so on")
    assert scrub(f"it was {secret}, and so on").startswith("it was […]")


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-25T17:45:02.547Z INFO http: GET /v1/service: done",
        "unexpected KeyError at /usr/lib/motp_desktop/ui/run.py:41",
        "version 0.1.0 on Linux 6.18.44, status 409",
    ],
)
def test_what_helps_the_helpdesk_stays(line: str) -> None:
    assert scrub(line) == line


@given(st.text(max_size=200))
def test_any_text_can_be_scrubbed_and_twice_is_once(text: str) -> None:
    assert scrub(scrub(text)) == scrub(text)
